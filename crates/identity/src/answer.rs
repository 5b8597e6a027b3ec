//! What the service answers. An answer is something that a person can cause; all else is a [`Fault`](crate::Fault).

use std::time::Duration;

use contact::Contacts;

use crate::VerificationToken;

/// What *begin* was answered.
#[derive(Debug)]
pub enum Begun {
    /// A code is on its way.
    Sent {
        /// Names the verification.
        token: VerificationToken,
        /// How long the code works, counted from the arrival of the answer: at most 24 hours.
        lifetime: Duration,
    },
    /// The service does not accept the address or number (400).
    NotAcceptable,
    /// The account holds the contact already, verified (409).
    AlreadyYours,
    /// A limit on messages is reached (429).
    LimitReached {
        /// How long until it ends, from now, if the service tells (`Retry-After`): at most 48 hours.
        retry_after: Option<Duration>,
    },
}

/// What *finish* was answered.
#[derive(Debug)]
pub enum Finished {
    /// The contact was changed; this is the person now.
    Changed(User),
    /// The code was not accepted: wrong, expired or used (400). The service may not say which.
    NotAccepted,
    /// The verification is unknown or over (404, 410).
    Over,
    /// Another account took the contact meanwhile (409).
    Taken,
}

/// A person as the service has them.
#[derive(Clone, Debug)]
pub struct User {
    /// What the account holds.
    pub contacts: Contacts,
    /// Whether the answer had a member for contacts at all. If not, the account may hold none, or the answer be in another
    /// dialect: that there are none in it proves nothing.
    pub names_contacts: bool,
    /// The language the service writes to the person in, as `fi` or `en_GB`.
    pub locale: Option<String>,
}
