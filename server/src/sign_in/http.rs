//! Calls to the provider.

use http::Method;
use oauth2::{HttpRequest, HttpResponse};
use upstream::{Call, Failure, Upstream};

/// Makes one call, under a name for those who watch: what only reads (configuration, keys) is tried again if there is hope, what spends a code is sent
/// once.
///
/// # Errors
/// There is no answer.
pub(super) async fn call(
    provider: Upstream,
    name: &'static str,
    mut request: HttpRequest,
) -> Result<HttpResponse, Failure> {
    request.extensions_mut().insert(Call(name));
    if request.method() == Method::GET { provider.read(request).await } else { provider.send(request).await }
}
