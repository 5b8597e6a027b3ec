//! What the browser and the provider send, as anything at all: for `cargo fuzz` and for the tests. Each function takes octets, and
//! panics if what it says does not hold.
#![expect(clippy::missing_panics_doc, reason = "to panic is how each of them says that something is wrong")]

use std::{
    convert::Infallible,
    pin::pin,
    sync::LazyLock,
    task::{Context, Poll, Waker},
};

use ::http::{HeaderMap, HeaderValue, Response, header};
use axum_extra::extract::cookie::{Key, PrivateCookieJar};
use contact::Timestamp;
use oauth2::{
    AccessToken, AuthorizationCode, ClientId, ClientSecret, HttpRequest, HttpResponse, PkceCodeVerifier,
    RedirectUrl,
};
use openidconnect::{
    IssuerUrl, Nonce, ProviderMetadataWithLogout,
    core::{CoreClient, CoreJsonWebKeySet, CoreUserInfoClaims},
};
use url::Url;

use super::{
    ReturnTo,
    logout_token::{self, Expected},
    relying_party::Client,
    tokens,
    transaction::{Jar, Transaction},
};
use crate::config::PublicUrl;

const ISSUER: &str = "https://id.example.com";
const CONFIGURATION: &str = r#"{"issuer":"https://id.example.com","authorization_endpoint":"https://id.example.com/auth",
    "token_endpoint":"https://id.example.com/token","userinfo_endpoint":"https://id.example.com/userinfo",
    "end_session_endpoint":"https://id.example.com/end","jwks_uri":"https://id.example.com/jwks",
    "response_types_supported":["code"],"subject_types_supported":["public"],
    "id_token_signing_alg_values_supported":["ES256"]}"#;
/// The key of RFC 7517, appendix A.1: nobody here can sign by it.
const KEYS: &str = r#"{"keys":[{"kty":"EC","crv":"P-256","use":"sig","alg":"ES256","kid":"own",
    "x":"f83OJ3D2xF1Bg8vub9tLe1gHMzV76e8Tus9uPHvRVEU","y":"x_FEzRu9m36HLN_tue659LNpXW6pCyStikYjKIWI5a0"}]}"#;

const NOW: Timestamp = Timestamp::from_millis(1_800_000_000_000);

#[expect(clippy::expect_used, reason = "the configuration is as it must be")]
static METADATA: LazyLock<ProviderMetadataWithLogout> =
    LazyLock::new(|| discovered(CONFIGURATION.as_bytes(), KEYS.as_bytes()).expect("metadata"));

#[expect(clippy::expect_used, reason = "the addresses are as they must be")]
static CLIENT: LazyLock<Client> = LazyLock::new(|| {
    let (id, secret) = (ClientId::new("contact-change".into()), ClientSecret::new("secret".into()));
    let back = RedirectUrl::new("https://contact.example.com/sign-in/callback".into()).expect("an address");
    CoreClient::from_provider_metadata(METADATA.clone(), id, Some(secret)).set_redirect_uri(back)
});

/// No cookie that is not ours is a sign-in under way, or keeps one from being begun.
#[expect(clippy::expect_used, reason = "a transaction can always be written")]
pub fn cookies(data: &[u8]) {
    let Some(public_url) = PublicUrl::parse("http://localhost:3000") else { return };
    let mut headers = HeaderMap::new();
    if let Ok(value) = HeaderValue::from_bytes(data) {
        headers.insert(header::COOKIE, value);
    }
    let jar = || Jar {
        current: PrivateCookieJar::from_headers(&headers, Key::from(&[7; 64])),
        previous: Some(PrivateCookieJar::from_headers(&headers, Key::from(&[8; 64]))),
        public_url: public_url.clone(),
    };
    let (_, found) = jar().take(Some("state"), NOW);
    assert!(found.is_none());
    let transaction = Transaction {
        state: "state".to_owned(),
        nonce: "nonce".to_owned(),
        verifier: "verifier".to_owned(),
        return_to: ReturnTo::default(),
        step_up: None,
        began: NOW,
    };
    let _ = jar().keep(&transaction, &headers).expect("a jar");
}

/// Whatever an address says, it leads to a page of ours or nowhere.
#[expect(clippy::expect_used, reason = "that it is an address is what is asked")]
pub fn return_to(data: &[u8]) {
    const OURS: &str = "https://contact.example.com";
    let Some(public_url) = PublicUrl::parse(OURS) else { return };
    if let Some(path) = ReturnTo::parse(&String::from_utf8_lossy(data), &public_url) {
        let path = path.address(&public_url);
        let url = Url::parse(OURS).and_then(|ours| ours.join(&path)).expect("an address");
        assert_eq!(url.origin().ascii_serialization(), OURS);
        assert!(path.starts_with('/') && !path.starts_with("//") && !path.contains('\\'), "{path}");
        assert!(path.bytes().all(|octet| octet.is_ascii_graphic()), "{path}");
    }
}

/// Nothing is a logout token that the provider did not sign.
pub fn logout_token(data: &[u8]) {
    assert!(!is_logout_token(&String::from_utf8_lossy(data), METADATA.jwks()));
}

/// No metadata are of another issuer than the one that was asked.
pub fn discovery(data: &[u8]) {
    if let Some(metadata) = discovered(data, KEYS.as_bytes()) {
        assert_eq!(metadata.issuer().as_str(), ISSUER);
    }
}

/// Whatever the keys, what is not signed by one of them is no logout token.
pub fn jwks(data: &[u8]) {
    // Signed by nobody: the signature is all zeros.
    let token = format!("eyJhbGciOiJFUzI1NiIsImtpZCI6Im93biJ9.e30.{}", "A".repeat(86));
    if let Some(metadata) = discovered(CONFIGURATION.as_bytes(), data) {
        assert!(!is_logout_token(&token, metadata.jwks()));
    }
}

/// No answer to a code signs anybody in if the provider did not sign it.
pub fn token(data: &[u8]) {
    let call = |_: HttpRequest| answered(data);
    let Ok(request) = CLIENT.exchange_code(AuthorizationCode::new("code".into())) else { return };
    let verifier = PkceCodeVerifier::new("a-verifier-that-is-long-enough-to-be-one-0123456789".into());
    if let Ok(tokens) = at_once(request.set_pkce_verifier(verifier).request_async(&call)) {
        assert!(tokens::validate(&CLIENT, &tokens, &Nonce::new("nonce".into())).is_err());
    }
}

/// Names and the like are read of the person who was asked for, or of nobody.
pub fn userinfo(data: &[u8]) {
    let call = |_: HttpRequest| answered(data);
    let subject = openidconnect::SubjectIdentifier::new("5a".into());
    let Ok(request) = CLIENT.user_info(AccessToken::new("token".into()), Some(subject.clone())) else {
        return;
    };
    let claims: Result<CoreUserInfoClaims, _> = at_once(request.request_async(&call));
    if let Ok(claims) = claims {
        assert_eq!(*claims.subject(), subject);
    }
}

fn is_logout_token(text: &str, keys: &CoreJsonWebKeySet) -> bool {
    let expected = Expected { issuer: ISSUER, client: "contact-change", or_untyped: true };
    logout_token::validate(text, expected, keys, NOW).is_ok()
}

/// Asks for the metadata and then for the keys, as at the first sign-in.
fn discovered(configuration: &[u8], keys: &[u8]) -> Option<ProviderMetadataWithLogout> {
    let call =
        |request: HttpRequest| answered(if request.uri().path() == "/jwks" { keys } else { configuration });
    let issuer = IssuerUrl::new(ISSUER.to_owned()).ok()?;
    at_once(ProviderMetadataWithLogout::discover_async(issuer, &call)).ok()
}

fn answered(body: &[u8]) -> std::future::Ready<Result<HttpResponse, Infallible>> {
    let mut response = Response::new(body.to_vec());
    response.headers_mut().insert(header::CONTENT_TYPE, HeaderValue::from_static("application/json"));
    std::future::ready(Ok(response))
}

/// Gives what comes of work that waits for nobody.
fn at_once<Work: Future>(work: Work) -> Work::Output {
    match pin!(work).poll(&mut Context::from_waker(Waker::noop())) {
        Poll::Ready(output) => output,
        Poll::Pending => unreachable!("every answer is there"),
    }
}

#[cfg(test)]
mod tests {
    use base64::{Engine, engine::general_purpose::URL_SAFE_NO_PAD};
    use proptest::prelude::*;
    use serde_json::{Value, json};

    use super::*;

    fn anything() -> impl Strategy<Value = Vec<u8>> {
        prop::collection::vec(any::<u8>(), 0..200)
    }

    fn like(pattern: &'static str) -> impl Strategy<Value = Vec<u8>> {
        prop_oneof![8 => pattern.prop_map(String::into_bytes), 1 => anything()]
    }

    fn leaf() -> impl Strategy<Value = Value> {
        prop_oneof![
            Just(Value::Null),
            Just(json!([])),
            Just(json!({})),
            any::<bool>().prop_map(Value::from),
            any::<f64>().prop_map(Value::from),
            any::<i64>().prop_map(Value::from),
            "\\PC{0,20}".prop_map(Value::from),
            "https?://[a-z.:/@%]{0,20}".prop_map(Value::from),
            prop::collection::vec(".{0,8}", 0..4).prop_map(Value::from),
        ]
    }

    /// A document with some of its members changed, and now and then cut off or something else altogether.
    fn changed(document: Value) -> impl Strategy<Value = Vec<u8>> {
        let names: Vec<String> = document.as_object().into_iter().flat_map(|it| it.keys().cloned()).collect();
        let change = (prop::sample::select(names), leaf());
        let changes = prop::collection::vec(change, 0..4);
        let cut = prop_oneof![4 => Just(usize::MAX), 1 => 0..200_usize];
        let whole = (changes, cut).prop_map(move |(changes, cut)| {
            let mut document = document.clone();
            for (name, value) in changes {
                document[name] = value;
            }
            let mut text = document.to_string().into_bytes();
            text.truncate(cut);
            text
        });
        prop_oneof![8 => whole, 1 => anything()]
    }

    /// A token whose header and claims are changed, and which nobody signed.
    fn unsigned(claims: &Value) -> impl Strategy<Value = String> + use<> {
        let header = json!({ "alg": "ES256", "kid": "own", "typ": "logout+jwt" });
        let alg = prop_oneof![Just("ES256"), Just("RS256"), Just("PS256"), Just("HS256"), Just("none")];
        let signature = prop::collection::vec(any::<u8>(), 0..80);
        (alg, changed(header), changed(claims.clone()), signature).prop_map(
            |(alg, header, claims, signature)| {
                let header = match serde_json::from_slice::<Value>(&header) {
                    Ok(mut header @ Value::Object(_)) => {
                        header["alg"] = json!(alg);
                        header.to_string().into_bytes()
                    }
                    _ => header,
                };
                [header, claims, signature].map(|part| URL_SAFE_NO_PAD.encode(part)).join(".")
            },
        )
    }

    fn claims() -> Value {
        json!({
            "iss": ISSUER, "aud": "contact-change", "sub": "5a", "nonce": "nonce", "iat": 1_800_000_000, "exp": 1_800_000_060,
            "events": { "http://schemas.openid.net/event/backchannel-logout": {} },
        })
    }

    proptest! {
        #[test]
        fn whatever_cookies_are_sent_none_is_a_sign_in_that_is_not_ours(
            data in like("((sign-in-[0-9a-f]{16}|session|[a-z_-]{0,12})=[!-~&&[^;]]{0,60}; ?){0,8}"),
        ) {
            cookies(&data);
        }

        #[test]
        fn whatever_an_address_says_it_leads_to_a_page_of_ours(
            data in like("[/\\\\.:@?#%a-z0-9\t\n ]{0,24}|/\\PC{0,24}|\\PC*"),
        ) {
            return_to(&data);
        }

        #[test]
        fn whatever_is_told_nothing_without_a_true_signature_is_a_logout_token(
            data in prop_oneof![
                4 => unsigned(&claims()).prop_map(String::into_bytes),
                1 => like("\\PC*|([A-Za-z0-9_-]*\\.){0,4}[A-Za-z0-9_-]*"),
            ],
        ) {
            logout_token(&data);
        }

        #[test]
        fn whatever_a_provider_says_of_itself_it_is_the_one_that_was_asked(
            data in changed(serde_json::from_str(CONFIGURATION).expect("JSON")),
        ) {
            discovery(&data);
        }

        #[test]
        fn whatever_keys_a_provider_has_nothing_is_signed_that_is_not(
            key in changed(serde_json::from_str::<Value>(KEYS).expect("JSON")["keys"][0].clone()),
        ) {
            jwks(&[b"{\"keys\":[".as_slice(), &key, b"]}"].concat());
        }

        #[test]
        fn whatever_a_provider_answers_to_a_code_nobody_is_signed_in_without_its_signature(
            id_token in unsigned(&claims()),
            answer in changed(json!({ "access_token": "a", "token_type": "Bearer", "expires_in": 60, "id_token": "" })),
        ) {
            let answer = match serde_json::from_slice::<Value>(&answer) {
                Ok(mut answer @ Value::Object(_)) if answer["id_token"] == "" => {
                    answer["id_token"] = json!(id_token);
                    answer.to_string().into_bytes()
                }
                _ => answer,
            };
            token(&answer);
        }

        #[test]
        fn whatever_a_provider_tells_of_a_person_it_is_that_person(
            data in changed(json!({ "sub": "5a", "name": "Ann", "locale": "en-GB", "zoneinfo": "Europe/London" })),
        ) {
            userinfo(&data);
        }
    }

    #[test]
    fn what_is_right_is_not_refused_for_how_it_is_fed() {
        assert_eq!(METADATA.jwks().keys().len(), 1);
        let call = |_: HttpRequest| answered(br#"{"sub":"5a","name":"Ann"}"#);
        let request = CLIENT.user_info(AccessToken::new("token".into()), None).expect("a request");
        let claims: Result<CoreUserInfoClaims, _> = at_once(request.request_async(&call));
        assert!(claims.is_ok());
    }

    #[test]
    fn cargo_fuzz_calls_the_same_functions() {
        for name in ["cookies", "return_to", "logout_token", "discovery", "jwks", "token", "userinfo"] {
            let file = format!("{}/../fuzz/fuzz_targets/{name}.rs", env!("CARGO_MANIFEST_DIR"));
            let text = std::fs::read_to_string(file).expect("a target");
            assert!(text.contains(&format!("server::fuzz::{name}(data)")), "{text}");
        }
    }
}
