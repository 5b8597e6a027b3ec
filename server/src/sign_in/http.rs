//! Calls to the provider.

use http::Method;
use oauth2::{HttpRequest, HttpResponse};
use upstream::{Failure, Upstream};

/// Makes one call: what only reads (configuration, keys) is tried again if there is hope, what spends a code is sent
/// once.
///
/// # Errors
/// There is no answer.
pub(super) async fn call(provider: Upstream, request: HttpRequest) -> Result<HttpResponse, Failure> {
    if request.method() == Method::GET { provider.read(request).await } else { provider.send(request).await }
}
