//! Faults: calls that failed for a reason that is not the person's. Opaque, with predicates for what a caller may do.

use std::error::Error;
use std::fmt;
use std::sync::Arc;

use upstream::Failure;

use crate::credentials::GrantFailure;

/// A call that failed for a reason that is not the person's. Its text is for the operator and holds nothing personal
/// and no secret: the service's own error messages may quote a contact, so they are not in it.
#[derive(Debug)]
pub struct Fault {
    call: Call,
    reason: Reason,
}

/// One of the calls.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Call {
    Begin,
    Finish,
    User,
    Notice,
}

/// What went wrong.
#[derive(Debug)]
pub(crate) enum Reason {
    /// The call is only for API clients, and calls are made with the person's own token.
    NotAvailable,
    /// There is no access token to call with.
    NoAccessToken,
    /// The provider gave the API client no token, so nothing was sent.
    NoToken(Arc<GrantFailure>),
    /// There was no answer.
    NoAnswer(Failure),
    /// A status that says that our credentials or permissions will not do.
    Refused(u16),
    /// A status that says that there is no such person.
    NoSuchUser(u16),
    /// A status without a meaning.
    Status(u16),
    /// A status with a meaning, but this is missing in the body.
    Unreadable(Missing),
}

/// What is missing in a body, and the members of the dialect that name it.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Missing {
    pub(crate) what: &'static str,
    pub(crate) members: &'static str,
}

impl Fault {
    pub(crate) fn new(call: Call, reason: Reason) -> Self {
        Self { call, reason }
    }

    /// Tells whether the service may have acted: sent a message, spent the code, changed the contact. It may have
    /// unless the request cannot have reached it (no connection, no place, no token) or it refused to look at it: 401, 403,
    /// 404, 405, 429, and for *begin* and a notice any 4xx. For *finish* a 4xx that the dialect does not know may mean that
    /// the code is spent. Never send such a call again. Reading acts on nothing.
    pub fn may_have_acted(&self) -> bool {
        self.call != Call::User
            && match &self.reason {
                Reason::NotAvailable
                | Reason::NoAccessToken
                | Reason::NoToken(_)
                | Reason::Refused(_)
                | Reason::NoSuchUser(_)
                | Reason::Status(401 | 403..=405 | 429) => false,
                Reason::NoAnswer(failure) => !failure.sent_nothing(),
                Reason::Status(status) => self.call == Call::Finish || !(400..500).contains(status),
                Reason::Unreadable(_) => true,
            }
    }

    /// Tells whether our credentials or permissions were refused, by the service or, for a token, by the provider. The
    /// operator's to mend.
    pub fn is_refused(&self) -> bool {
        match &self.reason {
            Reason::Refused(_) => true,
            Reason::NoToken(failure) => matches!(**failure, GrantFailure::Refused(_)),
            _ => false,
        }
    }

    /// Tells whether the provider gave the API client no token, so that the service was not asked.
    pub fn is_without_token(&self) -> bool {
        matches!(self.reason, Reason::NoToken(_))
    }

    /// Tells whether the person's own access token is missing or not accepted any more; a new sign-in may help.
    /// Means nothing where an API client calls.
    pub fn needs_sign_in(&self) -> bool {
        matches!(self.reason, Reason::NoAccessToken) || self.status() == Some(401)
    }

    /// Tells whether there was no connection: the service is down, or its name or certificate is not right.
    pub fn is_unreachable(&self) -> bool {
        matches!(self.failure(), Some(Failure::NoConnection(_)))
    }

    /// Tells whether the call is not available at all with these credentials.
    pub fn is_not_available(&self) -> bool {
        matches!(self.reason, Reason::NotAvailable)
    }

    /// Tells whether the service refuses the call for good, so that it would do so again in a moment (403, 404 and the like). A
    /// credential that it does not accept can be replaced until then, and it may have had too much to do (401, 408, 425, 429).
    pub fn is_for_good(&self) -> bool {
        let passes = |status| matches!(status, 401 | 408 | 425 | 429);
        self.status().is_some_and(|status| (400..500).contains(&status) && !passes(status))
    }

    /// Gives the status that was answered, if it is the fault.
    pub fn status(&self) -> Option<u16> {
        match self.reason {
            Reason::Refused(status) | Reason::NoSuchUser(status) | Reason::Status(status) => Some(status),
            _ => None,
        }
    }

    /// Gives the name of the call: `begin`, `finish`, `user` or `notice`.
    pub fn call(&self) -> &'static str {
        self.call.name()
    }

    fn failure(&self) -> Option<&Failure> {
        match &self.reason {
            Reason::NoAnswer(failure) => Some(failure),
            Reason::NoToken(failure) => match &**failure {
                GrantFailure::Call(failure) => Some(failure),
                _ => None,
            },
            _ => None,
        }
    }
}

impl Call {
    pub(crate) fn name(self) -> &'static str {
        match self {
            Self::Begin => "begin",
            Self::Finish => "finish",
            Self::User => "user",
            Self::Notice => "notice",
        }
    }
}

impl fmt::Display for Fault {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        let call = self.call();
        write!(formatter, "{call}: ")?;
        match &self.reason {
            Reason::NotAvailable => formatter.write_str("only an API client can do this"),
            Reason::NoAccessToken => formatter.write_str("the person has no access token to call with"),
            Reason::NoToken(_) => formatter.write_str("there is no token for the API client"),
            Reason::NoAnswer(failure) => formatter.write_str(told(failure)),
            Reason::Refused(status) => write!(formatter, "the identity service answered {status}"),
            // A wrong path is answered in the same way.
            Reason::NoSuchUser(status) | Reason::Status(status @ (404 | 405)) => write!(
                formatter,
                "the identity service answered {status}: there is no such person, or the path of dialect.{call} is \
                 another one"
            ),
            Reason::Status(status) => write!(
                formatter,
                "the identity service answered {status}, which has no meaning in dialect.{call}.answers"
            ),
            Reason::Unreadable(Missing { what, members }) => {
                write!(formatter, "the answer of the identity service has no readable {what} ({members})")
            }
        }
    }
}

fn told(failure: &Failure) -> &'static str {
    match failure {
        Failure::Busy => "too many calls are under way; nothing was sent",
        Failure::Resting => "the identity service failed too often a moment ago, so it was not asked",
        Failure::NotSent(_) => "the request could not be made",
        Failure::NoConnection(_) => "no connection to the identity service",
        Failure::TimedOut(_) => "the identity service did not answer in time",
        Failure::Broken(_) => "the answer of the identity service was cut off",
        Failure::TooLarge => "the answer of the identity service is too large",
    }
}

impl Error for Fault {
    fn source(&self) -> Option<&(dyn Error + 'static)> {
        match &self.reason {
            Reason::NoToken(failure) => Some(&**failure),
            // What it says is said already.
            Reason::NoAnswer(failure) => failure.source(),
            _ => None,
        }
    }
}
