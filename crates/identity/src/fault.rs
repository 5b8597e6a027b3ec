//! Faults: calls that failed for a reason that is not the person's. Opaque, with predicates for what a caller may do.

use std::fmt;

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
}

/// What went wrong.
#[derive(Debug)]
pub(crate) enum Reason {
    /// There is no access token to call with.
    NoAccessToken,
    /// The request could not be made, so nothing was sent.
    NotSent(reqwest::Error),
    /// There was no connection, so nothing was sent.
    NoConnection(reqwest::Error),
    /// The whole time was over.
    TimedOut(reqwest::Error),
    /// The connection broke, or what came was not HTTP.
    Broken(reqwest::Error),
    /// A status without a meaning.
    Status(u16),
    /// A status with a meaning, but this is missing in the body.
    Unreadable(&'static str),
    /// The body is longer than what is read.
    TooLarge,
}

impl Fault {
    pub(crate) fn new(call: Call, reason: Reason) -> Self {
        Self { call, reason }
    }

    /// Takes an error of the HTTP client, without its address: that names the person.
    pub(crate) fn from_http(call: Call, error: reqwest::Error) -> Self {
        let error = error.without_url();
        let reason = if error.is_connect() {
            Reason::NoConnection(error)
        } else if error.is_builder() {
            Reason::NotSent(error)
        } else if error.is_timeout() {
            Reason::TimedOut(error)
        } else {
            Reason::Broken(error)
        };
        Self { call, reason }
    }

    /// Tells whether the service may have acted: sent a message, spent the code, changed the contact. It may have
    /// unless the request cannot have reached it (no connection) or it refused to look at it: 401, 403, 404, 405, 429,
    /// and for *begin* any 4xx. For *finish* a 4xx that the dialect does not know may mean that the code is spent. Never
    /// send such a call again. Reading acts on nothing.
    pub fn may_have_acted(&self) -> bool {
        self.call != Call::User
            && match self.reason {
                Reason::NoAccessToken
                | Reason::NotSent(_)
                | Reason::NoConnection(_)
                | Reason::Status(401 | 403..=405 | 429) => false,
                Reason::Status(status) => self.call == Call::Finish || !(400..500).contains(&status),
                Reason::TimedOut(_) | Reason::Broken(_) | Reason::Unreadable(_) | Reason::TooLarge => true,
            }
    }

    /// Tells whether the service refused our credentials or permissions (401, 403). The operator's to mend.
    pub fn is_refused(&self) -> bool {
        matches!(self.status(), Some(401 | 403))
    }

    /// Tells whether the person's own access token is missing or not accepted any more; a new sign-in may help.
    /// Means nothing where an API client calls.
    pub fn needs_sign_in(&self) -> bool {
        matches!(self.reason, Reason::NoAccessToken | Reason::Status(401))
    }

    /// Tells whether there was no connection: the service is down, or its name or certificate is not right.
    pub fn is_unreachable(&self) -> bool {
        matches!(self.reason, Reason::NoConnection(_))
    }

    /// Gives the status that was answered, if it is the fault.
    pub fn status(&self) -> Option<u16> {
        match self.reason {
            Reason::Status(status) => Some(status),
            _ => None,
        }
    }

    /// Gives the name of the call: `begin`, `finish` or `user`.
    pub fn call(&self) -> &'static str {
        self.call.name()
    }
}

impl Call {
    pub(crate) fn name(self) -> &'static str {
        match self {
            Self::Begin => "begin",
            Self::Finish => "finish",
            Self::User => "user",
        }
    }
}

impl fmt::Display for Fault {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(formatter, "{}: ", self.call())?;
        match &self.reason {
            Reason::NoAccessToken => formatter.write_str("the person has no access token to call with"),
            Reason::NotSent(_) => formatter.write_str("the request could not be made"),
            Reason::NoConnection(_) => formatter.write_str("no connection to the identity service"),
            Reason::TimedOut(_) => formatter.write_str("the identity service did not answer in time"),
            Reason::Broken(_) => formatter.write_str("the answer of the identity service was cut off"),
            Reason::Status(status) => write!(formatter, "the identity service answered {status}"),
            Reason::Unreadable(missing) => {
                write!(formatter, "the answer of the identity service has no readable {missing}")
            }
            Reason::TooLarge => formatter.write_str("the answer of the identity service is too large"),
        }
    }
}

impl std::error::Error for Fault {
    fn source(&self) -> Option<&(dyn std::error::Error + 'static)> {
        match &self.reason {
            Reason::NotSent(error)
            | Reason::NoConnection(error)
            | Reason::TimedOut(error)
            | Reason::Broken(error) => Some(error),
            Reason::NoAccessToken | Reason::Status(_) | Reason::Unreadable(_) | Reason::TooLarge => None,
        }
    }
}
