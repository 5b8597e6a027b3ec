//! The token endpoint: codes and refresh tokens become tokens (`OpenID` Connect Core 1.0, section 3.1.3), and API clients
//! get theirs.

use super::api_tokens;
use super::client_auth::{TokenError, client, credentials, form};
use super::keys::encode;
use super::parameters::Parameters;
use super::sign_ins::{Lifetimes, Tokens};
use crate::clock::later;
use crate::service::{Service, Shared};
use crate::settings::Signing;
use axum::Json;
use axum::body::Bytes;
use axum::extract::State;
use axum::http::{HeaderMap, header};
use axum::response::{IntoResponse, Response};
use jiff::Timestamp;
use serde_json::json;
use sha2::{Digest, Sha256};

/// How long an ID token works, in seconds.
const ID_TOKEN_LIFETIME: u32 = 3600;

/// `POST /openid/token`
pub(crate) async fn token(State(service): State<Shared>, headers: HeaderMap, body: Bytes) -> Response {
    issue(&service, &headers, &body).unwrap_or_else(IntoResponse::into_response)
}

fn issue(service: &Service, headers: &HeaderMap, body: &[u8]) -> Result<Response, TokenError> {
    let form = form(headers, body)?;
    service.step(|world, now| {
        if form.get("grant_type") == Some("client_credentials") {
            let answer = api_tokens::issue(service, &credentials(headers, &form)?, &form, world, now)?;
            return Ok(([(header::CACHE_CONTROL, "no-store")], Json(answer)).into_response());
        }
        let client = client(headers, &form, world)?;
        let signing = world.client(&client).map_or(Signing::Rs256, |client| client.signing);
        let settings = &service.settings;
        let lifetimes =
            Lifetimes { access: settings.token_lifetime, refresh: settings.refresh_token_lifetime };
        let refused = |sentence| TokenError::new("invalid_grant", sentence);
        let (tokens, nonce) = match form.get("grant_type") {
            Some("authorization_code") => {
                let challenge =
                    form.get("code_verifier").map(|verifier| encode(Sha256::digest(verifier.as_bytes())));
                let (code, redirect_uri) = (required(&form, "code")?, required(&form, "redirect_uri")?);
                let tokens = world
                    .sign_ins
                    .redeem(&client, code, redirect_uri, challenge.as_deref(), now, lifetimes)
                    .map_err(refused)?;
                let nonce = tokens.grant.nonce.clone();
                (tokens, nonce)
            }
            Some("refresh_token") => {
                let token = required(&form, "refresh_token")?;
                // A renewed ID token has no nonce (Core, section 12.2).
                (world.sign_ins.renew(&client, token, now, lifetimes).map_err(refused)?, None)
            }
            Some(_) => return Err(TokenError::new("unsupported_grant_type", "Not supported.")),
            None => return Err(TokenError::new("invalid_request", "grant_type is missing.")),
        };
        let id_token = id_token(service, signing, &tokens, nonce.as_deref(), now)?;
        let mut answer = json!({
            "access_token": tokens.access,
            "token_type": "Bearer",
            "expires_in": lifetimes.access,
            "scope": tokens.grant.scopes.join(" "),
            "id_token": id_token,
        });
        if let (Some(refresh), Some(answer)) = (tokens.refresh, answer.as_object_mut()) {
            answer.insert("refresh_token".into(), refresh.into());
        }
        Ok(([(header::CACHE_CONTROL, "no-store")], Json(answer)).into_response())
    })
}

fn required<'a>(form: &'a Parameters, name: &'static str) -> Result<&'a str, TokenError> {
    let missing = || TokenError::new("invalid_request", "A parameter of this grant is missing.");
    form.get(name).ok_or_else(missing)
}

fn id_token(
    service: &Service,
    signing: Signing,
    tokens: &Tokens,
    nonce: Option<&str>,
    now: Timestamp,
) -> Result<String, TokenError> {
    let digest = Sha256::digest(tokens.access.as_bytes());
    // The left half of the hash (Core, section 3.1.3.6).
    let at_hash = encode(digest.get(..16).unwrap_or_default());
    let mut claims = json!({
        "iss": service.issuer,
        "sub": tokens.grant.sub,
        "aud": tokens.grant.client,
        "iat": now.as_second(),
        "exp": later(now, ID_TOKEN_LIFETIME).as_second(),
        "auth_time": tokens.grant.auth_time.as_second(),
        "at_hash": at_hash,
    });
    if let (Some(nonce), Some(claims)) = (nonce, claims.as_object_mut()) {
        claims.insert("nonce".into(), nonce.into());
    }
    let signed = service.keys.sign(signing, "JWT", &claims);
    signed.map_err(|_| TokenError::new("server_error", "The ID token could not be signed."))
}
