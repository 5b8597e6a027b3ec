//! Why a call was refused, in the service's documented error body.

use crate::dialect::{Headers, Words};
use axum::Json;
use axum::extract::Request;
use axum::http::{HeaderMap, HeaderName, StatusCode, header};
use axum::response::{IntoResponse, Response};
use serde::Serialize;
use serde::de::DeserializeOwned;
use serde_json::Value;
use utoipa::ToSchema;

/// The longest body a call may have, in bytes.
const LONGEST_BODY: usize = 16 * 1024;

/// The documented error body.
#[derive(Debug, Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub(crate) struct ErrorBody {
    /// What is wrong, in English, for developers.
    #[schema(example = "Client does not have required permission ACCOUNT_VIEW.")]
    error_message: String,
    /// The status of the answer once more.
    #[schema(example = 403)]
    status_code: u16,
}

/// A refused call.
#[derive(Debug)]
pub(crate) struct Refusal {
    pub(crate) status: StatusCode,
    /// What the ledger says about it.
    pub(crate) outcome: &'static str,
    message: String,
    retry_after: Option<i64>,
    retry_after_name: HeaderName,
}

impl Refusal {
    /// A refusal with its status, the ledger's word for it, and a sentence for developers.
    pub(crate) fn new(status: StatusCode, outcome: &'static str, message: impl Into<String>) -> Self {
        Self {
            status,
            outcome,
            message: message.into(),
            retry_after: None,
            retry_after_name: header::RETRY_AFTER,
        }
    }

    /// 400: what was sent cannot be used.
    pub(crate) fn invalid(message: impl Into<String>) -> Self {
        Self::new(StatusCode::BAD_REQUEST, "invalid", message)
    }

    /// 403: not with these credentials.
    pub(crate) fn forbidden(message: impl Into<String>) -> Self {
        Self::new(StatusCode::FORBIDDEN, "forbidden", message)
    }

    /// 401: no credentials, or wrong ones.
    pub(crate) fn unauthorized() -> Self {
        Self::new(StatusCode::UNAUTHORIZED, "unauthorized", "Credentials are missing or not valid.")
    }

    /// 404: no such user.
    pub(crate) fn no_such_user() -> Self {
        Self::new(StatusCode::NOT_FOUND, "no_such_user", "User was not found.")
    }

    /// 429: so many whole seconds until it may be tried again.
    pub(crate) fn limited(outcome: &'static str, seconds: i64) -> Self {
        let message = "The limit of messages is reached.";
        Self { retry_after: Some(seconds), ..Self::new(StatusCode::TOO_MANY_REQUESTS, outcome, message) }
    }

    /// The same in the words of a call.
    pub(crate) fn said(mut self, words: &Words, headers: &Headers) -> Self {
        self.status = words.status(self.outcome, self.status);
        if let Ok(name) = HeaderName::try_from(headers.retry_after.as_str()) {
            self.retry_after_name = name;
        }
        self
    }
}

impl IntoResponse for Refusal {
    fn into_response(self) -> Response {
        let body = ErrorBody { error_message: self.message, status_code: self.status.as_u16() };
        let mut response = (self.status, Json(body)).into_response();
        let headers = response.headers_mut();
        if let Some(seconds) = self.retry_after {
            headers.insert(self.retry_after_name, seconds.into());
        }
        if self.outcome == "unauthorized" {
            for challenge in ["Basic realm=\"sandbox\"", "Bearer realm=\"sandbox\""] {
                headers.append(header::WWW_AUTHENTICATE, axum::http::HeaderValue::from_static(challenge));
            }
        }
        response
    }
}

/// A call's JSON body. 415: not JSON; 413: longer than 16 KiB; 400: cannot be read. Unknown members are ignored.
pub(crate) async fn read<T: DeserializeOwned>(request: Request, words: &Words) -> Result<T, Refusal> {
    if !is_json(request.headers()) {
        let message = "The body must be application/json.";
        return Err(Refusal::new(StatusCode::UNSUPPORTED_MEDIA_TYPE, "invalid", message));
    }
    let body = axum::body::to_bytes(request.into_body(), LONGEST_BODY).await.map_err(|_| {
        Refusal::new(StatusCode::PAYLOAD_TOO_LARGE, "invalid", "The body is longer than 16 KiB.")
    })?;
    serde_json::from_slice(&body)
        .and_then(|members| serde_json::from_value(Value::Object(words.understand(members))))
        .map_err(|error| Refusal::invalid(format!("The body cannot be read: {error}.")))
}

fn is_json(headers: &HeaderMap) -> bool {
    headers
        .get(header::CONTENT_TYPE)
        .and_then(|value| value.to_str().ok())
        .and_then(|value| value.split(';').next())
        .is_some_and(|media| media.trim().eq_ignore_ascii_case("application/json"))
}
