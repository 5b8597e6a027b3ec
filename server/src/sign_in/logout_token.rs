//! A logout token: the provider tells, from server to server, that a person has signed out (`OpenID` Connect Back-Channel
//! Logout 1.0, sections 2.4 and 2.6).

use base64::{Engine, engine::general_purpose::URL_SAFE_NO_PAD};
use contact::Timestamp;
use identity::Subject;
use openidconnect::{
    JsonWebKey, JsonWebKeyAlgorithm,
    core::{CoreJsonWebKey, CoreJsonWebKeySet, CoreJwsSigningAlgorithm},
};
use serde::{Deserialize, de::DeserializeOwned};
use serde_json::{Map, Value};

use super::tokens::{ALGORITHMS, LEEWAY};

/// The longest token that is looked at, in octets.
const LARGEST: usize = 8 * 1024;

/// The event that a token must tell of.
const EVENT: &str = "http://schemas.openid.net/event/backchannel-logout";

/// What a token says, if it holds: this person signed out at that time, by the provider's clock.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct LoggedOut {
    pub(super) subject: Subject,
    pub(super) at: Timestamp,
}

/// Why a logout token does not hold. Quotes nothing of it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub(crate) enum LogoutTokenProblem {
    /// It is not a signed token of three parts, or a part is not what it must be.
    #[error("the logout token is malformed")]
    Malformed,
    /// It is of another type, or says none.
    #[error("the token is not typed as a logout token")]
    OtherToken,
    /// It is signed in a way that is not accepted, such as not at all.
    #[error("the logout token's algorithm is not accepted")]
    Algorithm,
    /// None of the provider's keys is the one that it names; they may have changed.
    #[error("no key of the provider is that of the logout token")]
    UnknownKey,
    /// The signature does not hold; a key may have taken the name of another one.
    #[error("the signature of the logout token does not hold")]
    Signature,
    /// It is of another provider.
    #[error("the logout token is of another issuer")]
    Issuer,
    /// It is for another application.
    #[error("the logout token is for another application")]
    Audience,
    /// It has run out, or is of the future.
    #[error("the logout token is not of this time")]
    Time,
    /// It tells of something else than a logout.
    #[error("the logout token tells of no logout")]
    Event,
    /// It has a nonce, as ID tokens have.
    #[error("the logout token has a nonce")]
    Nonce,
    /// It names nobody. Names of sessions alone are of no use here: this provider gives none.
    #[error("the logout token names no subject")]
    Subject,
}

#[derive(Deserialize)]
struct Header {
    alg: CoreJwsSigningAlgorithm,
    kid: Option<String>,
    typ: Option<String>,
    crit: Option<Value>,
}

#[derive(Deserialize)]
struct Claims {
    iss: String,
    aud: Audiences,
    iat: u64,
    exp: u64,
    sub: Option<String>,
    nonce: Option<Value>,
    #[serde(default)]
    events: Map<String, Value>,
}

#[derive(Deserialize)]
#[serde(untagged)]
enum Audiences {
    One(String),
    Several(Vec<String>),
}

impl Audiences {
    fn has(&self, client: &str) -> bool {
        match self {
            Self::One(one) => one == client,
            Self::Several(several) => several.iter().any(|one| one == client),
        }
    }
}

/// What a token must be to count.
#[derive(Clone, Copy)]
pub(super) struct Expected<'provider> {
    /// Of this provider.
    pub(super) issuer: &'provider str,
    /// For this application.
    pub(super) client: &'provider str,
    /// Typed as a logout token, unless this is set. The specification only recommends that (section 2.4); OWASP ASVS 5.0
    /// demands it (10.5.5).
    pub(super) or_untyped: bool,
}

/// Validates a token with the provider's `keys`.
pub(super) fn validate(
    token: &str,
    expected: Expected<'_>,
    keys: &CoreJsonWebKeySet,
    now: Timestamp,
) -> Result<LoggedOut, LogoutTokenProblem> {
    use LogoutTokenProblem as Problem;

    if token.len() > LARGEST {
        return Err(Problem::Malformed);
    }
    let (message, signature) = token.rsplit_once('.').ok_or(Problem::Malformed)?;
    let (header, payload) = message.split_once('.').ok_or(Problem::Malformed)?;
    let header: Header = read(header)?;
    if header.crit.is_some() {
        return Err(Problem::Malformed);
    }
    if !is_logout_type(header.typ.as_deref(), expected.or_untyped) {
        return Err(Problem::OtherToken);
    }
    if !ALGORITHMS.contains(&header.alg) {
        return Err(Problem::Algorithm);
    }
    let signature = URL_SAFE_NO_PAD.decode(signature).map_err(|_| Problem::Malformed)?;
    // The library looks at what each key is for, and at its type.
    let holds =
        |key: &CoreJsonWebKey| key.verify_signature(&header.alg, message.as_bytes(), &signature).is_ok();
    if !keys_of(&header, keys).any(holds) {
        let is_known = keys_of(&header, keys).next().is_some();
        return Err(if is_known { Problem::Signature } else { Problem::UnknownKey });
    }

    let claims: Claims = read(payload)?;
    if claims.iss != expected.issuer {
        return Err(Problem::Issuer);
    }
    if !claims.aud.has(expected.client) {
        return Err(Problem::Audience);
    }
    let (made, end) = (seconds(claims.iat), seconds(claims.exp).after(LEEWAY));
    if made > now.after(LEEWAY) || end <= now {
        return Err(Problem::Time);
    }
    if !claims.events.get(EVENT).is_some_and(Value::is_object) {
        return Err(Problem::Event);
    }
    if claims.nonce.is_some() {
        return Err(Problem::Nonce);
    }
    let subject = claims.sub.and_then(|sub| Subject::parse(&sub).ok()).ok_or(Problem::Subject)?;
    Ok(LoggedOut { subject, at: made })
}

/// A type is a media type, which may leave out `application/` (RFC 7515, section 4.1.9). `JWT` says no more than none.
fn is_logout_type(kind: Option<&str>, or_untyped: bool) -> bool {
    match kind.map(str::to_ascii_lowercase).as_deref() {
        Some("logout+jwt" | "application/logout+jwt") => true,
        None | Some("jwt") => or_untyped,
        Some(_) => false,
    }
}

/// Gives the keys that a token may be signed by: all that fit, if it names none (RFC 7515, appendix D).
fn keys_of<'keys>(
    header: &'keys Header,
    keys: &'keys CoreJsonWebKeySet,
) -> impl Iterator<Item = &'keys CoreJsonWebKey> {
    keys.keys().iter().filter(|key| {
        let is_named = match (&header.kid, key.key_id()) {
            (Some(wanted), Some(id)) => wanted == id.as_str(),
            (Some(_), None) => false,
            (None, _) => true,
        };
        let fits = match key.signing_alg() {
            JsonWebKeyAlgorithm::Algorithm(algorithm) => *algorithm == header.alg,
            JsonWebKeyAlgorithm::Unspecified => true,
            JsonWebKeyAlgorithm::Unsupported => false,
        };
        is_named && fits
    })
}

fn read<Part: DeserializeOwned>(part: &str) -> Result<Part, LogoutTokenProblem> {
    let bytes = URL_SAFE_NO_PAD.decode(part).map_err(|_| LogoutTokenProblem::Malformed)?;
    serde_json::from_slice(&bytes).map_err(|_| LogoutTokenProblem::Malformed)
}

fn seconds(seconds: u64) -> Timestamp {
    Timestamp::from_millis(seconds.saturating_mul(1000))
}
