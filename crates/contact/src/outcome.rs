//! What the service's answers mean. An outcome is something that a person can cause; faults are errors elsewhere.

use crate::{Contacts, Timestamp};

/// A limit of the service was reached.
#[derive(Clone, Copy, Debug, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
pub struct LimitReached {
    /// When the limit ends, if the service tells.
    pub until: Option<Timestamp>,
}

/// A limit of our own was reached, so the service was not asked.
#[derive(Clone, Copy, Debug, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
pub struct OwnLimit {
    /// Before this time no code is sent.
    pub until: Timestamp,
    /// What is not sent until then.
    pub stops: Stops,
}

/// What a limit of our own stops.
#[derive(Clone, Copy, Debug, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
pub enum Stops {
    /// Codes to this contact: another one can be used now.
    Contact,
    /// Codes to any contact of this kind.
    Kind,
}

/// What *begin* came to, without its verification token.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum BeginOutcome {
    /// A code is on its way; the verification ends at this time.
    Sent {
        /// When the code stops working, by our clock.
        expires_at: Timestamp,
    },
    /// The service does not accept the address or number.
    NotAcceptable,
    /// The account holds this contact already, verified.
    AlreadyYours,
    /// The address, the number or the account has had its messages.
    LimitReached(LimitReached),
    /// The operator sends no codes to its country or domain; the service was not asked.
    NotAllowed,
    /// A limit of our own was reached; the service was not asked.
    OwnLimit(OwnLimit),
    /// The service cannot do it for a reason that is not the person's; nothing was sent. The reference finds the log line.
    Unavailable {
        /// The request's id.
        reference: String,
    },
    /// No answer, or one that says nothing: a message may arrive, but its code will not work.
    Lost,
}

impl BeginOutcome {
    /// Tells whether surely no message was sent.
    pub fn sent_nothing(&self) -> bool {
        !matches!(self, Self::Sent { .. } | Self::Lost)
    }
}

/// What *finish* came to, after a lost answer was settled by reading the user.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum FinishOutcome {
    /// The contact was changed; this is what the account holds now.
    Changed(Contacts),
    /// The code was not accepted while it had time left: it was wrong.
    WrongCode,
    /// The code was not accepted and its time was over.
    Expired,
    /// The service knows nothing of the verification any more.
    Over,
    /// Another account took the contact meanwhile.
    Taken,
    /// The answer was lost, and the account does not hold the contact.
    NotChanged,
    /// The answer was lost, and the account could not be read either.
    Unknown,
    /// The code was surely not given to the service, for a reason that is not the person's: it is unspent. The
    /// reference finds the log line.
    Unavailable {
        /// The request's id.
        reference: String,
    },
}
