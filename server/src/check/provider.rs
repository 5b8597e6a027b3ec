//! The OpenID provider: found, on time, and knowing this server as the configuration says.

use base64::{Engine, engine::general_purpose::STANDARD};
use http::{
    HeaderMap, Method, Request, StatusCode,
    header::{ACCEPT, AUTHORIZATION, CONTENT_TYPE, DATE, LOCATION},
};
use secrecy::ExposeSecret;
use serde_json::Value;
use tokio::time::Instant;
use upstream::Upstream;
use url::{Url, form_urlencoded};

use super::{Finding, certificates};
use crate::{
    chain, clock,
    config::{Provider, Settings},
    sign_in::LEEWAY,
};

/// Where the provider describes itself, below its issuer (OpenID Connect Discovery 1.0, section 4).
const DISCOVERY: &str = "/.well-known/openid-configuration";

pub(super) async fn look(settings: &Settings, upstream: &Upstream) -> Vec<Finding> {
    let provider = &settings.provider;
    let address = format!("{}{DISCOVERY}", provider.issuer.trim_end_matches('/'));
    let began = Instant::now();
    let answer = match get(upstream, &address).await {
        Ok(answer) => answer,
        Err(problem) => {
            let advice = "check provider.issuer, and that this machine reaches it; provider.ca_file names a private authority";
            return vec![Finding::failed("discovery", problem, advice)];
        }
    };
    let away = began.elapsed();
    let document = match (answer.status(), serde_json::from_slice::<Value>(answer.body())) {
        (StatusCode::OK, Ok(document)) => document,
        (status, _) => {
            let detail = format!("{address} answered {status}, and no description of a provider");
            return vec![Finding::failed(
                "discovery",
                detail,
                "provider.issuer is another one; ask the instance's operator",
            )];
        }
    };
    let mut findings = vec![
        issuer(provider, &document),
        clocks(answer.headers(), u64::try_from(away.as_millis()).unwrap_or(u64::MAX)),
        endpoints(provider, &document),
        scopes(settings, &document),
        keys(upstream, &document).await,
    ];
    findings.extend(certificates::shown("provider's certificate", &answer, clock::now()));
    findings.push(authentication(settings, upstream, &document).await);
    findings.push(redirect_address(settings, upstream, &document).await);
    findings
}

fn issuer(provider: &Provider, document: &Value) -> Finding {
    match document["issuer"].as_str() {
        Some(theirs) if theirs == provider.issuer => Finding::ok("issuer", theirs),
        Some(theirs) => Finding::failed(
            "issuer",
            format!("it calls itself {theirs}, and the configuration {}", provider.issuer),
            format!("[provider] issuer = \"{theirs}\"   (character by character)"),
        ),
        None => Finding::failed("issuer", "it does not say who it is", "this is no OpenID provider"),
    }
}

fn clocks(headers: &HeaderMap, away: u64) -> Finding {
    const WHAT: &str = "clocks";
    let date = headers
        .get(DATE)
        .and_then(|date| date.to_str().ok())
        .and_then(|date| httpdate::parse_http_date(date).ok());
    let Some(theirs) = date.map(contact::Timestamp::from) else {
        return Finding::unknown(WHAT, "the provider does not tell the time");
    };
    let ours = clock::now().as_millis().saturating_sub(away / 2);
    // The header tells whole seconds.
    let apart = theirs.as_millis().abs_diff(ours).saturating_sub(1000 + away / 2) / 1000;
    let detail = format!("{apart} seconds apart");
    if apart > LEEWAY.as_secs() {
        Finding::failed(
            WHAT,
            detail,
            "set the clock of the one that is wrong (NTP): ID tokens will be refused",
        )
    } else if apart > 5 {
        Finding::warning(WHAT, detail, "set the clock of the one that is wrong (NTP)")
    } else {
        Finding::ok(WHAT, "the same, within seconds")
    }
}

/// What nobody can sign in without.
const NEEDED: [&str; 3] = ["authorization_endpoint", "token_endpoint", "jwks_uri"];

/// What people would miss.
const WANTED: [&str; 2] = ["end_session_endpoint", "userinfo_endpoint"];

fn endpoints(provider: &Provider, document: &Value) -> Finding {
    const WHAT: &str = "endpoints";
    let missing = |names: &[&str]| -> Vec<String> {
        names.iter().filter(|name| !document[**name].is_string()).map(|name| (*name).to_owned()).collect()
    };
    let in_the_open = |name: &&str| {
        let url = document[*name].as_str().and_then(|address| Url::parse(address).ok());
        url.is_some_and(|url| url.scheme() == "http" && !upstream::is_loopback(&url))
    };
    let needed = missing(&NEEDED);
    let wanted = missing(&WANTED);
    let plain: Vec<&str> = NEEDED.into_iter().chain(WANTED).filter(in_the_open).collect();
    if !needed.is_empty() {
        Finding::failed(WHAT, format!("missing: {}", needed.join(", ")), "nobody can sign in without them")
    } else if !plain.is_empty() && !provider.line.tls.allow_insecure {
        Finding::failed(
            WHAT,
            format!("plain http: {}", plain.join(", ")),
            "have the provider name https addresses (it has to know that a proxy in front of it ends TLS), or set \
             provider.allow_insecure = true if the network between is yours alone",
        )
    } else if !wanted.is_empty() {
        Finding::warning(
            WHAT,
            format!("missing: {}", wanted.join(", ")),
            "people are signed out here and not there, or are greeted by no name",
        )
    } else {
        Finding::ok(WHAT, "all there")
    }
}

fn scopes(settings: &Settings, document: &Value) -> Finding {
    const WHAT: &str = "scopes";
    let Some(known) = document["scopes_supported"].as_array() else {
        return Finding::unknown(WHAT, "the provider does not say which it has");
    };
    let asked = settings.provider.scopes.iter().chain(settings.service.credentials.scopes());
    let asked: Vec<&str> = asked.map(String::as_str).collect();
    let is_lacking = |scope: &&str| !known.iter().any(|known| known == scope);
    let lacking: Vec<&str> = asked.iter().copied().filter(is_lacking).collect();
    if lacking.is_empty() {
        Finding::ok(WHAT, asked.join(" "))
    } else {
        let detail = format!("the provider does not name {}", lacking.join(" "));
        let advice = "leave them out of provider.scopes or service.user_scopes, or have them added";
        Finding::warning(WHAT, detail, advice)
    }
}

async fn keys(upstream: &Upstream, document: &Value) -> Finding {
    const WHAT: &str = "keys";
    let Some(address) = document["jwks_uri"].as_str() else { return Finding::unknown(WHAT, "no jwks_uri") };
    let advice = "the provider's own trouble: its operator has to mend it";
    let answer = match get(upstream, address).await {
        Ok(answer) => answer,
        Err(problem) => return Finding::failed(WHAT, problem, advice),
    };
    let keys = serde_json::from_slice::<Value>(answer.body()).unwrap_or_default();
    let usable = keys["keys"].as_array().map_or(0, |keys| {
        keys.iter()
            .filter(|key| matches!(key["kty"].as_str(), Some("RSA" | "EC")) && key["use"] != "enc")
            .count()
    });
    if usable > 0 {
        Finding::ok(WHAT, format!("{usable} that can sign"))
    } else {
        Finding::failed(
            WHAT,
            format!("{address} answered {} and no RSA or EC key that signs", answer.status()),
            advice,
        )
    }
}

/// Offers a code that is none: whoever knows the client says that the code is wrong.
async fn authentication(settings: &Settings, upstream: &Upstream, document: &Value) -> Finding {
    const WHAT: &str = "client secret";
    let provider = &settings.provider;
    let Some(address) = document["token_endpoint"].as_str() else {
        return Finding::unknown(WHAT, "no token_endpoint");
    };
    let secret = provider.client_secret.current();
    let has = |method: &str| {
        let methods = document["token_endpoint_auth_methods_supported"].as_array();
        methods.is_some_and(|methods| methods.iter().any(|known| known == method))
    };
    let mut form = form_urlencoded::Serializer::new(String::new());
    form.append_pair("grant_type", "authorization_code")
        .append_pair("code", "a-code-that-is-none")
        .append_pair("redirect_uri", settings.web.public_url.at("/sign-in/callback").as_str())
        .append_pair("code_verifier", &"a".repeat(43));
    let mut request = Request::builder()
        .method(Method::POST)
        .uri(address)
        .header(ACCEPT, "application/json")
        .header(CONTENT_TYPE, "application/x-www-form-urlencoded");
    if has("client_secret_post") && !has("client_secret_basic") {
        form.append_pair("client_id", &provider.client_id)
            .append_pair("client_secret", secret.expose_secret());
    } else {
        // RFC 6749, section 2.3.1.
        let encode = |text: &str| form_urlencoded::byte_serialize(text.as_bytes()).collect::<String>();
        let pair = format!("{}:{}", encode(&provider.client_id), encode(secret.expose_secret()));
        request = request.header(AUTHORIZATION, format!("Basic {}", STANDARD.encode(pair)));
    }
    let Ok(request) = request.body(form.finish().into_bytes()) else {
        return Finding::unknown(WHAT, "the token_endpoint is no address");
    };
    let answer = match upstream.send(request).await {
        Ok(answer) => answer,
        Err(failure) => {
            return Finding::failed(WHAT, chain(&failure), "the token endpoint has to be reached");
        }
    };
    let body = serde_json::from_slice::<Value>(answer.body()).unwrap_or_default();
    match body["error"].as_str() {
        Some("invalid_grant") => {
            Finding::ok(WHAT, format!("{} is known with its secret", provider.client_id))
        }
        Some("invalid_client") => Finding::failed(
            WHAT,
            "the provider does not know this client with this secret",
            "compare provider.client_id and provider.client_secret with the registration",
        ),
        Some("unauthorized_client") => Finding::failed(
            WHAT,
            "the client may not use the authorization code grant",
            "allow the grant authorization_code in the registration",
        ),
        _ => Finding::unknown(WHAT, format!("a code that is none was answered {}", answer.status())),
    }
}

/// Asks for a sign-in that shows nothing (`prompt=none`): an error comes back to an address that is registered, and only there.
async fn redirect_address(settings: &Settings, upstream: &Upstream, document: &Value) -> Finding {
    const WHAT: &str = "redirect address";
    let ours = settings.web.public_url.at("/sign-in/callback");
    let address = document["authorization_endpoint"].as_str().and_then(|address| Url::parse(address).ok());
    let Some(mut address) = address else { return Finding::unknown(WHAT, "no authorization_endpoint") };
    address
        .query_pairs_mut()
        .append_pair("response_type", "code")
        .append_pair("client_id", &settings.provider.client_id)
        .append_pair("redirect_uri", ours.as_str())
        .append_pair("scope", "openid")
        .append_pair("prompt", "none")
        .append_pair("state", "check")
        .append_pair("nonce", "check")
        .append_pair("code_challenge", &"a".repeat(43))
        .append_pair("code_challenge_method", "S256");
    let answer = match get(upstream, address.as_str()).await {
        Ok(answer) => answer,
        Err(problem) => {
            return Finding::failed(WHAT, problem, "the authorization endpoint has to be reached");
        }
    };
    let back = answer.headers().get(LOCATION).and_then(|location| location.to_str().ok());
    if back.is_some_and(|back| back.starts_with(ours.as_str())) {
        Finding::ok(WHAT, format!("{ours} is registered"))
    } else {
        Finding::failed(
            WHAT,
            format!(
                "{ours} is not registered for {}: the provider answered {}",
                settings.provider.client_id,
                answer.status()
            ),
            format!("register {ours}, and {} for after sign-out", settings.web.public_url.at("/signed-out")),
        )
    }
}

async fn get(upstream: &Upstream, address: &str) -> Result<http::Response<Vec<u8>>, String> {
    let request =
        Request::builder().uri(address).header(ACCEPT, "application/json, text/html").body(Vec::new());
    let request = request.map_err(|_| format!("{address} is no address"))?;
    upstream.read(request).await.map_err(|failure| chain(&failure))
}
