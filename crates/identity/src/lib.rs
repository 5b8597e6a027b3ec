//! The client of the identity service.

use std::time::Duration;

use contact::{Choices, Contact, Contacts, VerificationCode};
use secrecy::SecretString;

/// The id of a person at the identity service.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Subject(String);

/// On whose behalf a call is made.
#[derive(Clone, Debug)]
pub struct Caller {
    /// The person.
    pub subject: Subject,
    /// The person's own access token, for services that are called with it.
    pub access_token: Option<SecretString>,
}

/// Names a verification at the service. Never leaves the server.
#[derive(Clone, Debug)]
pub struct VerificationToken(SecretString);

/// What *begin* was answered.
#[derive(Debug)]
pub enum Begun {
    /// A code is on its way.
    Sent {
        /// Names the verification.
        token: VerificationToken,
        /// How long the code works, from now.
        lifetime: Duration,
    },
    /// Not acceptable (400).
    NotAcceptable,
    /// Already there, verified (409).
    AlreadyYours,
    /// A limit is reached (429).
    LimitReached {
        /// When it ends, from now.
        retry_after: Option<Duration>,
    },
}

/// What *finish* was answered.
#[derive(Debug)]
pub enum Finished {
    /// The contact was changed.
    Changed(User),
    /// The code was not accepted (400).
    NotAccepted,
    /// The verification is unknown or over (404, 410).
    Over,
    /// Another account took the contact (409).
    Taken,
}

/// A person as the service has them.
#[derive(Clone, Debug)]
pub struct User {
    /// What the account holds.
    pub contacts: Contacts,
    /// The language the service writes to the person in.
    pub locale: Option<String>,
}

/// A call that failed for a reason that is not the person's.
#[derive(Debug, thiserror::Error)]
#[error("the identity service cannot be called")]
pub struct Fault;

impl Fault {
    /// Tells whether the service may have acted: the answer was lost.
    pub fn may_have_acted(&self) -> bool {
        true
    }
}

/// The client.
#[derive(Clone, Debug)]
pub struct Client;

impl Client {
    /// Sends a code.
    ///
    /// # Errors
    /// A fault.
    pub async fn begin(&self, caller: &Caller, contact: &Contact, choices: Choices) -> Result<Begun, Fault> {
        let _ = (caller, contact, choices);
        Err(Fault)
    }

    /// Enters the code.
    ///
    /// # Errors
    /// A fault.
    pub async fn finish(
        &self,
        caller: &Caller,
        token: &VerificationToken,
        code: &VerificationCode,
    ) -> Result<Finished, Fault> {
        let _ = (caller, token, code);
        Err(Fault)
    }

    /// Reads the person.
    ///
    /// # Errors
    /// A fault.
    pub async fn user(&self, caller: &Caller) -> Result<User, Fault> {
        let _ = caller;
        Err(Fault)
    }
}
