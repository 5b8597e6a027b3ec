//! Why nobody was signed in: for the operator. The person gets a page with a way on.

use app::ssr::SignInProblem;
use axum::extract::rejection::QueryRejection;
use http::StatusCode;
use oauth2::{ConfigurationError, RequestTokenError};
use openidconnect::{
    ClaimsVerificationError, DiscoveryError, SignatureVerificationError, SigningError,
    core::{CoreErrorResponseType, CoreRequestTokenError},
};

use upstream::Failure as CallError;

/// Why nobody was signed in. Holds no token, code or secret, and nothing that the provider wrote about the person.
#[derive(Debug, thiserror::Error)]
pub(crate) enum Failure {
    /// The provider's own answer to the person (RFC 6749, section 4.1.2.1).
    #[error("the provider answered {0}")]
    Refused(String),
    /// The browser did not begin this, or took longer than ten minutes, or comes back a second time.
    #[error("the browser has no sign-in under way with this state")]
    NoTransaction,
    /// The address that the browser was sent to says something twice, or nothing that can be read.
    #[error("the address cannot be read")]
    Address(#[from] QueryRejection),
    /// The answer is of another provider (RFC 9207, section 2.4).
    #[error("the answer does not come from the issuer")]
    WrongIssuer,
    /// Neither a code nor an error came back.
    #[error("the provider sent neither a code nor an error")]
    NoCode,
    /// The provider cannot be reached, or does not say what it must (OpenID Connect Discovery 1.0).
    #[error("the provider's configuration cannot be read")]
    Discovery(#[source] DiscoveryFailure),
    /// The issuer, or an address in the provider's configuration, is none.
    #[error("the provider's configuration lacks what is needed")]
    Incomplete(#[from] ConfigurationError),
    /// The code was not exchanged for tokens.
    #[error("the code was not exchanged: {0}")]
    Exchange(String, #[source] Option<CallError>),
    /// The provider sent tokens without an ID token.
    #[error("the provider sent no ID token")]
    NoIdToken,
    /// The ID token does not hold (OpenID Connect Core 1.0, section 3.1.3.7).
    #[error("the ID token does not hold")]
    IdToken(#[from] ClaimsVerificationError),
    /// The signature of the ID token does not hold.
    #[error("the signature of the ID token does not hold")]
    Signature(#[from] SignatureVerificationError),
    /// The hash over the access token cannot be made.
    #[error("the access token's hash cannot be made")]
    Hash(#[from] SigningError),
    /// The access token was not issued with the ID token.
    #[error("the access token is not that of the ID token")]
    OtherAccessToken,
    /// The person's id cannot be one at the service.
    #[error("the subject of the ID token cannot be used")]
    Subject(#[from] identity::SubjectProblem),
    /// Somebody else signed in than the person who was to prove anew who they are.
    #[error("another person signed in than the one who was asked to")]
    AnotherPerson,
    /// The provider did not ask the person, though it was told to.
    #[error("the provider did not ask the person to sign in anew, as `prompt=login` demands")]
    NotFresh,
    /// The provider does not say whether it asked the person.
    #[error(
        "the ID token does not say when the person proved who they are (`auth_time`); for a provider that never does, there \
         is `provider.without_auth_time`"
    )]
    NoAuthTime,
    /// The cookie of the sign-in cannot be written.
    #[error("the sign-in cannot be kept")]
    Keep(#[from] serde_json::Error),
}

/// What discovery failed with, less the documents themselves.
#[derive(Debug, thiserror::Error)]
pub(crate) enum DiscoveryFailure {
    /// There was no answer.
    #[error(transparent)]
    Call(#[from] CallError),
    /// There was an answer, and it is not what the specification asks for.
    #[error("{0}")]
    Document(String),
}

impl From<DiscoveryError<CallError>> for Failure {
    fn from(error: DiscoveryError<CallError>) -> Self {
        Self::Discovery(match error {
            DiscoveryError::Request(call) => DiscoveryFailure::Call(call),
            DiscoveryError::Response(status, _, problem) => {
                DiscoveryFailure::Document(format!("status {status}, {problem}"))
            }
            DiscoveryError::Parse(error) => {
                DiscoveryFailure::Document(format!("the document cannot be read at {}", error.path()))
            }
            DiscoveryError::UrlParse(error) => DiscoveryFailure::Document(error.to_string()),
            DiscoveryError::Validation(problem) | DiscoveryError::Other(problem) => {
                DiscoveryFailure::Document(problem)
            }
            _ => DiscoveryFailure::Document("for an unknown reason".to_owned()),
        })
    }
}

impl From<CoreRequestTokenError<CallError>> for Failure {
    /// Keeps the provider's error code, never its description or the body: these can hold what was sent.
    fn from(error: CoreRequestTokenError<CallError>) -> Self {
        match error {
            RequestTokenError::ServerResponse(answer) => {
                let code = match answer.error() {
                    CoreErrorResponseType::Extension(code) => known_form(code),
                    code => code.as_ref().to_owned(),
                };
                Self::Exchange(format!("the provider answered {code}"), None)
            }
            RequestTokenError::Request(call) => Self::Exchange("no answer".to_owned(), Some(call)),
            RequestTokenError::Parse(error, _) => {
                Self::Exchange(format!("the answer cannot be read at {}", error.path()), None)
            }
            RequestTokenError::Other(_) => {
                Self::Exchange("the answer is not what it must be".to_owned(), None)
            }
        }
    }
}

impl Failure {
    /// Takes the provider's error from the address that it sent the browser to.
    pub(super) fn refused(error: &str) -> Self {
        Self::Refused(known_form(error))
    }

    /// Tells whether it is a person's own doing: they said no, waited long, or went back.
    pub(crate) fn is_the_person_s(&self) -> bool {
        match self {
            Self::Refused(error) => error == "access_denied",
            Self::NoTransaction | Self::Address(_) | Self::NoCode | Self::AnotherPerson => true,
            _ => false,
        }
    }

    /// Gives what is recorded of it.
    pub(super) fn seen(&self) -> SignInProblem {
        match self {
            Self::Refused(_) | Self::NoCode => SignInProblem::Refused,
            Self::NoTransaction | Self::Address(_) => SignInProblem::NotUnderWay,
            Self::Discovery(_) | Self::Incomplete(_) | Self::Exchange(..) | Self::NoIdToken => {
                SignInProblem::Provider
            }
            Self::WrongIssuer
            | Self::IdToken(_)
            | Self::Signature(_)
            | Self::Hash(_)
            | Self::OtherAccessToken
            | Self::AnotherPerson
            | Self::NotFresh
            | Self::NoAuthTime
            | Self::Subject(_) => SignInProblem::NotProven,
            Self::Keep(_) => SignInProblem::Store,
        }
    }

    /// Tells whether the keys that are known may be old: the key is unknown, or another one has its name now.
    pub(super) fn may_be_of_old_keys(&self) -> bool {
        use SignatureVerificationError::{CryptoError, NoMatchingKey};
        matches!(
            self,
            Self::IdToken(ClaimsVerificationError::SignatureVerification(NoMatchingKey | CryptoError(_)))
        )
    }

    /// Gives the status of the page.
    pub(crate) fn status(&self) -> StatusCode {
        match self {
            Self::Refused(_) | Self::AnotherPerson => StatusCode::FORBIDDEN,
            Self::NoTransaction | Self::Address(_) | Self::WrongIssuer | Self::NoCode => {
                StatusCode::BAD_REQUEST
            }
            Self::Keep(_) => StatusCode::INTERNAL_SERVER_ERROR,
            _ => StatusCode::BAD_GATEWAY,
        }
    }
}

/// Gives an error code if it has the form of one; what comes from an address can be anything.
fn known_form(code: &str) -> String {
    let short = code.len() <= 64 && !code.is_empty();
    let plain = short && code.chars().all(|character| character.is_ascii_lowercase() || character == '_');
    if plain { code.to_owned() } else { "an unknown error".to_owned() }
}
