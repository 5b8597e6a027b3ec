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
        other: Some(PrivateCookieJar::from_headers(&headers, Key::from(&[8; 64]))),
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
mod tests;
