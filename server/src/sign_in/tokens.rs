//! The provider's tokens: validated, and read.

use std::time::{Duration, SystemTime, UNIX_EPOCH};

use contact::Timestamp;
use identity::{Caller, Subject};
use openidconnect::{
    AccessTokenHash, Nonce, NonceVerifier, OAuth2TokenResponse, TokenResponse,
    core::{CoreIdTokenClaims, CoreJwsSigningAlgorithm as Alg, CoreTokenResponse, CoreUserInfoClaims},
};
use secrecy::SecretString;
use session::{SignedIn, TokenLife};
use upstream::Upstream;

use super::{Failure, relying_party::Client};
use crate::{chain, clock};

/// How far the provider's clock and ours may be apart.
pub(crate) const LEEWAY: Duration = Duration::from_secs(30);

/// How an ID token may be signed: by the provider's own key, never by a secret that is shared, never not at all.
pub(super) const ALGORITHMS: [Alg; 9] = [
    Alg::RsaSsaPkcs1V15Sha256,
    Alg::RsaSsaPkcs1V15Sha384,
    Alg::RsaSsaPkcs1V15Sha512,
    Alg::RsaSsaPssSha256,
    Alg::RsaSsaPssSha384,
    Alg::RsaSsaPssSha512,
    Alg::EcdsaP256Sha256,
    Alg::EcdsaP384Sha384,
    Alg::EcdsaP521Sha512,
];

/// What makes the pages pleasant, and nothing depends on.
#[derive(Default)]
pub(super) struct Comforts {
    name: Option<String>,
    locale: Option<String>,
    zone: Option<String>,
}

/// Validates the ID token (OpenID Connect Core 1.0, section 3.1.3.7) and, if it has a hash of it, the access token
/// (section 3.1.3.8).
pub(super) fn validate<'tokens>(
    client: &Client,
    tokens: &'tokens CoreTokenResponse,
    nonce: impl NonceVerifier,
) -> Result<&'tokens CoreIdTokenClaims, Failure> {
    let id_token = tokens.id_token().ok_or(Failure::NoIdToken)?;
    let now = clock::now();
    let verifier = client
        .id_token_verifier()
        .set_allowed_algs(ALGORITHMS)
        .set_time_fn(move || reading(now).checked_sub(LEEWAY).unwrap_or(UNIX_EPOCH).into())
        .set_issue_time_verifier_fn(move |issued| {
            let latest = now.after(LEEWAY).as_millis();
            let issued = u64::try_from(issued.timestamp_millis()).unwrap_or_default();
            if issued <= latest { Ok(()) } else { Err("the ID token is of the future".to_owned()) }
        });
    let claims = id_token.claims(&verifier, nonce)?;
    if let Some(expected) = claims.access_token_hash() {
        let key = id_token.signing_key(&verifier)?;
        let actual = AccessTokenHash::from_token(tokens.access_token(), id_token.signing_alg()?, key)?;
        if actual != *expected {
            return Err(Failure::OtherAccessToken);
        }
    }
    Ok(claims)
}

/// Validates the ID token that came with a renewal, if one did: it has no nonce, and is of the same person (OpenID Connect
/// Core 1.0, section 12.2).
pub(super) fn validate_renewed(
    client: &Client,
    tokens: &CoreTokenResponse,
    subject: &Subject,
) -> Result<(), Failure> {
    if tokens.id_token().is_none() {
        return Ok(());
    }
    let claims = validate(client, tokens, |_: Option<&Nonce>| Ok(()))?;
    if claims.subject().as_str() == subject.as_str() { Ok(()) } else { Err(Failure::AnotherPerson) }
}

/// The tokens that a renewal brought.
pub(super) struct Renewed {
    pub(super) access_token: SecretString,
    pub(super) life: Option<TokenLife>,
    /// The one that takes the place of the one that was shown, if the provider rotates them (RFC 9700, section 4.14.2).
    pub(super) refresh_token: Option<SecretString>,
}

impl Renewed {
    /// Takes what the provider answered, and when it was asked.
    pub(super) fn of(tokens: &CoreTokenResponse, asked: Timestamp) -> Self {
        let refresh_token = tokens.refresh_token();
        Self {
            access_token: tokens.access_token().secret().to_owned().into(),
            // A life of no time is none that anybody can keep.
            life: tokens.expires_in().filter(|life| !life.is_zero()).map(|life| TokenLife::new(asked, life)),
            refresh_token: refresh_token.map(|token| token.secret().to_owned().into()),
        }
    }
}

/// Gives name, language and time zone: from the ID token; those that it lacks, from one call of the userinfo endpoint.
/// If that fails, the person is signed in all the same, since who they are is proven; the page then greets nobody.
pub(super) async fn comforts(
    client: &Client,
    tokens: &CoreTokenResponse,
    claims: &CoreIdTokenClaims,
    upstream: &Upstream,
) -> Comforts {
    let found = Comforts {
        name: claims
            .name()
            .and_then(|name| name.get(None))
            .map(|name| name.as_str().to_owned())
            .or_else(|| claims.preferred_username().map(|name| name.as_str().to_owned())),
        locale: claims.locale().map(|tag| tag.as_ref().to_owned()),
        zone: claims.zoneinfo().map(|zone| zone.as_str().to_owned()),
    };
    if found.name.is_some() && found.locale.is_some() && found.zone.is_some() {
        return found;
    }
    let Ok(request) = client.user_info(tokens.access_token().clone(), Some(claims.subject().clone())) else {
        return found;
    };
    // Once: nobody waits for a second try of what only makes pages pleasant.
    let call = |mut request: oauth2::HttpRequest| {
        request.extensions_mut().insert(upstream::Call("userinfo"));
        let upstream = upstream.clone();
        async move { upstream.send(request).await }
    };
    match request.request_async(&call).await {
        Ok(info) => found.or(&info),
        Err(error) => {
            let reason = match &error {
                openidconnect::UserInfoError::Request(error) => chain(error),
                // What it says may name the person.
                openidconnect::UserInfoError::ClaimsVerification(_) => "its claims do not hold".to_owned(),
                _ => "the answer cannot be read".to_owned(),
            };
            tracing::warn!(reason, "the userinfo endpoint gave nothing; the person is signed in without it");
            found
        }
    }
}

impl Comforts {
    fn or(self, info: &CoreUserInfoClaims) -> Self {
        let name = info.name().and_then(|name| name.get(None)).map(|name| name.as_str().to_owned());
        let username = || info.preferred_username().map(|name| name.as_str().to_owned());
        Self {
            name: self.name.or(name).or_else(username),
            locale: self.locale.or_else(|| info.locale().map(|tag| tag.as_ref().to_owned())),
            zone: self.zone.or_else(|| info.zoneinfo().map(|zone| zone.as_str().to_owned())),
        }
    }
}

/// Gives who signed in. `asked`: when the provider was asked for the tokens, if those for other calls are kept. `or_issued`:
/// whether the person proved who they are when the ID token was issued, if the provider does not say when (`auth_time`).
pub(super) fn signed_in(
    tokens: &CoreTokenResponse,
    claims: &CoreIdTokenClaims,
    comforts: Comforts,
    asked: Option<Timestamp>,
    or_issued: bool,
) -> Result<SignedIn, Failure> {
    let id_token = tokens.id_token().ok_or(Failure::NoIdToken)?;
    let proven = claims.auth_time().or_else(|| or_issued.then(|| claims.issue_time()));
    let kept = asked.map(|asked| Renewed::of(tokens, asked));
    let (access_token, token_life, refresh_token) = match kept {
        Some(kept) => (Some(kept.access_token), kept.life, kept.refresh_token),
        None => (None, None, None),
    };
    Ok(SignedIn {
        caller: Caller { subject: Subject::parse(claims.subject().as_str())?, access_token, renewal: None },
        token_life,
        refresh_token,
        name: comforts.name,
        locale: comforts.locale,
        zone: comforts.zone,
        authenticated_at: proven.map(|proven| {
            Timestamp::from_millis(u64::try_from(proven.timestamp_millis()).unwrap_or_default())
        }),
        id_token: id_token.to_string().into(),
    })
}

fn reading(now: Timestamp) -> SystemTime {
    UNIX_EPOCH + Duration::from_millis(now.as_millis())
}
