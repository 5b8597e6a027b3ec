//! Why there is no token.

use oauth2::RequestTokenError;
use oauth2::basic::{BasicErrorResponseType, BasicRequestTokenError};
use upstream::Failure;

/// Why there is no token for the API client. Holds no secret, and nothing of what the provider wrote but its error code.
#[derive(Debug, thiserror::Error)]
pub(crate) enum GrantFailure {
    /// There was no answer.
    #[error("the provider did not answer")]
    Call(#[source] Failure),
    /// A status that says that there is no token endpoint.
    #[error("there is no token endpoint at its address: the answer was {0}")]
    NoEndpoint(u16),
    /// The provider's configuration is not what it must be.
    #[error("the provider's configuration does not tell the token endpoint: {0}")]
    Configuration(&'static str),
    /// The provider gives no token (RFC 6749, section 5.2).
    #[error("the provider answered {0}")]
    Refused(String),
    /// The answer is not what it must be.
    #[error("the provider's answer is not that of a token endpoint")]
    Unreadable,
}

impl From<BasicRequestTokenError<Self>> for GrantFailure {
    fn from(error: BasicRequestTokenError<Self>) -> Self {
        match error {
            RequestTokenError::ServerResponse(answer) => Self::Refused(match answer.error() {
                // It can be anything.
                BasicErrorResponseType::Extension(_) => "an unknown error".to_owned(),
                code => code.as_ref().to_owned(),
            }),
            RequestTokenError::Request(failure) => failure,
            RequestTokenError::Parse(..) | RequestTokenError::Other(_) => Self::Unreadable,
        }
    }
}
