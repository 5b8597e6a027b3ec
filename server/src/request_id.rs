//! A name for each request: people see it as a reference, operators find the log line by it.

use std::{convert::Infallible, fmt, sync::Arc};

use axum::extract::FromRequestParts;
use http::{Extensions, HeaderName, request::Parts};

/// The header that tells the id with every response.
pub(crate) const HEADER: HeaderName = HeaderName::from_static("x-request-id");

/// The id of a request: 32 hexadecimal digits, drawn here. One that came with the request is not taken over, since
/// it would end up in logs and pages.
#[derive(Clone, Debug)]
pub(crate) struct RequestId(Arc<str>);

impl RequestId {
    /// Gives the id of a request, by what goes along with it. Whoever asks first draws it.
    pub(crate) fn of(extensions: &mut Extensions) -> Self {
        extensions.get_or_insert_with(|| Self(format!("{:032x}", rand::random::<u128>()).into())).clone()
    }

    /// Gives the digits.
    pub(crate) fn as_str(&self) -> &str {
        &self.0
    }
}

impl fmt::Display for RequestId {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(&self.0)
    }
}

impl<S: Sync> FromRequestParts<S> for RequestId {
    type Rejection = Infallible;

    async fn from_request_parts(parts: &mut Parts, _: &S) -> Result<Self, Infallible> {
        Ok(Self::of(&mut parts.extensions))
    }
}
