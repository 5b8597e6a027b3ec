//! How an application proves who it is at the provider (RFC 6749, section 2.3.1), and how it is refused.

use super::parameters::Parameters;
use crate::world::World;
use axum::Json;
use axum::http::{HeaderMap, StatusCode, header};
use axum::response::{IntoResponse, Response};
use base64::{Engine as _, engine::general_purpose::STANDARD};
use serde_json::json;
use url::form_urlencoded;

/// An error of the token endpoint (RFC 6749, section 5.2).
#[derive(Debug)]
pub(crate) struct TokenError {
    status: StatusCode,
    code: &'static str,
    sentence: &'static str,
}

impl TokenError {
    /// 400 with a code from the specification.
    pub(crate) fn new(code: &'static str, sentence: &'static str) -> Self {
        Self { status: StatusCode::BAD_REQUEST, code, sentence }
    }

    /// 401: the client is not known, or its secret is another one.
    pub(crate) fn invalid_client() -> Self {
        let sentence = "The client or its secret is not right.";
        Self { status: StatusCode::UNAUTHORIZED, code: "invalid_client", sentence }
    }
}

impl IntoResponse for TokenError {
    fn into_response(self) -> Response {
        let body = Json(json!({ "error": self.code, "error_description": self.sentence }));
        let mut response = (self.status, [(header::CACHE_CONTROL, "no-store")], body).into_response();
        if self.status == StatusCode::UNAUTHORIZED {
            let challenge = axum::http::HeaderValue::from_static("Basic realm=\"sandbox\"");
            response.headers_mut().insert(header::WWW_AUTHENTICATE, challenge);
        }
        response
    }
}

/// The fields of a form post.
pub(crate) fn form(headers: &HeaderMap, body: &[u8]) -> Result<Parameters, TokenError> {
    let is_form = headers
        .get(header::CONTENT_TYPE)
        .and_then(|value| value.to_str().ok())
        .and_then(|value| value.split(';').next())
        .is_some_and(|media| media.trim().eq_ignore_ascii_case("application/x-www-form-urlencoded"));
    if !is_form {
        return Err(TokenError::new("invalid_request", "The body must be a form."));
    }
    Parameters::read(body).map_err(|_| TokenError::new("invalid_request", "A parameter is given twice."))
}

/// What a client proves itself with.
pub(crate) struct Credentials {
    pub(crate) id: String,
    pub(crate) secret: String,
}

/// Reads what the client proves itself with, by `client_secret_basic` or `client_secret_post`, never both.
pub(crate) fn credentials(headers: &HeaderMap, form: &Parameters) -> Result<Credentials, TokenError> {
    let (id, secret) = match (headers.get(header::AUTHORIZATION), form.get("client_secret")) {
        (Some(_), Some(_)) => {
            return Err(TokenError::new("invalid_request", "The client proves itself in two ways."));
        }
        (Some(header), None) => {
            header.to_str().ok().and_then(basic).ok_or_else(TokenError::invalid_client)?
        }
        (None, Some(secret)) => (form.get("client_id").unwrap_or_default().to_owned(), secret.to_owned()),
        (None, None) => return Err(TokenError::invalid_client()),
    };
    Ok(Credentials { id, secret })
}

/// The id of the application.
pub(crate) fn client(headers: &HeaderMap, form: &Parameters, world: &World) -> Result<String, TokenError> {
    let Credentials { id, secret } = credentials(headers, form)?;
    let client = world.client(&id).filter(|client| client.secret == secret);
    client.map(|client| client.id.clone()).ok_or_else(TokenError::invalid_client)
}

/// Id and secret, each form-encoded before they are joined.
fn basic(value: &str) -> Option<(String, String)> {
    let (scheme, value) = value.split_once(' ')?;
    if !scheme.eq_ignore_ascii_case("basic") {
        return None;
    }
    let pair = String::from_utf8(STANDARD.decode(value.trim()).ok()?).ok()?;
    let (id, secret) = pair.split_once(':')?;
    Some((decoded(id), decoded(secret)))
}

fn decoded(text: &str) -> String {
    form_urlencoded::parse(text.as_bytes()).next().map(|(name, _)| name.into_owned()).unwrap_or_default()
}
