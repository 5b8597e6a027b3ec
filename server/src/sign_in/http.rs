//! The HTTP client for the provider: no redirects, time-outs on everything, answers of a bounded size.

use axum::body::Bytes;
use oauth2::{HttpRequest, HttpResponse};

use crate::config::Provider;

/// No document of a provider is larger.
const LARGEST: usize = 1 << 20;

/// A call to the provider that brought no answer.
#[derive(Debug, thiserror::Error)]
pub(crate) enum CallError {
    /// It could not be made.
    #[error("the call failed")]
    Call(#[source] reqwest::Error),
    /// The answer is larger than any document of a provider.
    #[error("the answer is too large")]
    TooLarge,
    /// The answer cannot be passed on.
    #[error("the answer cannot be read")]
    Unreadable(#[from] http::Error),
}

impl From<reqwest::Error> for CallError {
    /// Leaves the address out: a query can hold what nobody should log.
    fn from(error: reqwest::Error) -> Self {
        Self::Call(error.without_url())
    }
}

/// Makes the client.
///
/// # Errors
/// This machine has no certificates of authorities, or no random numbers.
pub(super) fn client(provider: &Provider) -> Result<reqwest::Client, reqwest::Error> {
    reqwest::Client::builder()
        .redirect(reqwest::redirect::Policy::none())
        .no_proxy()
        .timeout(provider.timeout)
        .connect_timeout(provider.connect_timeout)
        .build()
}

/// Makes one call.
///
/// # Errors
/// There is no answer, or it is too large.
pub(super) async fn call(client: reqwest::Client, request: HttpRequest) -> Result<HttpResponse, CallError> {
    let mut answer = client.execute(request.try_into()?).await?;
    let mut body = Vec::new();
    while let Some(chunk) = answer.chunk().await? {
        extend(&mut body, &chunk)?;
    }
    let mut response = http::Response::builder().status(answer.status());
    if let Some(headers) = response.headers_mut() {
        headers.clone_from(answer.headers());
    }
    Ok(response.body(body)?)
}

fn extend(body: &mut Vec<u8>, chunk: &Bytes) -> Result<(), CallError> {
    if body.len() + chunk.len() > LARGEST {
        return Err(CallError::TooLarge);
    }
    body.extend_from_slice(chunk);
    Ok(())
}
