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
    /// It is of another type, such as an ID token.
    #[error("the token is not a logout token")]
    OtherToken,
    /// It is signed in a way that is not accepted, such as not at all.
    #[error("the logout token's algorithm is not accepted")]
    Algorithm,
    /// None of the provider's keys is the one that it names; they may have changed.
    #[error("no key of the provider is that of the logout token")]
    UnknownKey,
    /// The signature does not hold.
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

/// Validates a token of the provider `issuer`, for the application `client`, with the provider's `keys`.
pub(super) fn validate(
    token: &str,
    issuer: &str,
    client: &str,
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
    // Explicit typing is recommended, not required (section 2.4); what claims another type is none of these.
    if header.typ.as_deref().is_some_and(|kind| !is_logout_type(kind)) {
        return Err(Problem::OtherToken);
    }
    if !ALGORITHMS.contains(&header.alg) {
        return Err(Problem::Algorithm);
    }
    let signature = URL_SAFE_NO_PAD.decode(signature).map_err(|_| Problem::Malformed)?;
    let key = key_of(&header, keys).ok_or(Problem::UnknownKey)?;
    key.verify_signature(&header.alg, message.as_bytes(), &signature).map_err(|_| Problem::Signature)?;

    let claims: Claims = read(payload)?;
    if claims.iss != issuer {
        return Err(Problem::Issuer);
    }
    if !claims.aud.has(client) {
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

fn is_logout_type(kind: &str) -> bool {
    let kind = kind.to_ascii_lowercase();
    matches!(kind.as_str(), "logout+jwt" | "application/logout+jwt" | "jwt")
}

fn key_of<'keys>(header: &Header, keys: &'keys CoreJsonWebKeySet) -> Option<&'keys CoreJsonWebKey> {
    keys.keys().iter().find(|key| {
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

#[cfg(test)]
mod tests {
    use proptest::{prop_assert, proptest};

    use super::*;

    fn is_taken(token: &str) -> bool {
        let keys = serde_json::from_str(
            r#"{"keys":[{"kty":"EC","crv":"P-256","use":"sig","alg":"ES256","kid":"own",
                "x":"f83OJ3D2xF1Bg8vub9tLe1gHMzV76e8Tus9uPHvRVEU",
                "y":"x_FEzRu9m36HLN_tue659LNpXW6pCyStikYjKIWI5a0"}]}"#,
        )
        .expect("keys");
        let now = Timestamp::from_millis(1_800_000_000_000);
        validate(token, "https://id.example.com", "contact-change", &keys, now).is_ok()
    }

    proptest! {
        #[test]
        fn no_text_is_taken_for_a_logout_token(text in "\\PC*|([A-Za-z0-9_-]*\\.){0,4}[A-Za-z0-9_-]*") {
            prop_assert!(!is_taken(&text));
        }

        #[test]
        fn nothing_without_a_true_signature_is_taken(
            alg in "ES256|ES384|RS256|PS256|HS256|none",
            header in r#"(,"(kid|typ|crit|x)":("own"|"logout\+jwt"|"JWT"|1|null|\[\])){0,3}"#,
            claims in r#"(,"(sub|nonce|events|exp|iat)":("a"|1800000060|\{\}|null)){0,4}"#,
            signature in proptest::collection::vec(proptest::num::u8::ANY, 0..80),
        ) {
            let header = format!(r#"{{"alg":"{alg}"{header}}}"#);
            let claims = format!(r#"{{"iss":"https://id.example.com","aud":"contact-change"{claims}}}"#);
            let [header, claims] = [header, claims].map(|part| URL_SAFE_NO_PAD.encode(part));
            let token = format!("{header}.{claims}.{}", URL_SAFE_NO_PAD.encode(signature));
            prop_assert!(!is_taken(&token));
        }
    }
}
