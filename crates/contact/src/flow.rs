//! The flow as one value: data lives inside its state, transitions consume the state they leave.

use std::fmt;

use serde::{Deserialize, Serialize};

use crate::{Choices, CodeProblem, Contact, ContactProblem, Contacts, LimitReached, OwnLimit, Timestamp};

/// Names one state of one flow. Every form carries the id of the state it was made for, so that a form that was
/// overtaken is known for what it is and spends nothing.
#[derive(Clone, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(transparent)]
pub struct FlowId(String);

impl FlowId {
    /// Takes 128 random bits.
    pub fn from_random(bits: u128) -> Self {
        Self(format!("{bits:032x}"))
    }

    /// Takes what a form carries. Any text will do: one that names no state matches none.
    pub fn from_form(text: &str) -> Self {
        Self(text.to_owned())
    }
}

impl fmt::Display for FlowId {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(&self.0)
    }
}

/// The change of one contact, from the empty field to the verified contact.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Flow {
    /// The person enters the new contact.
    Enter(Enter),
    /// A code was sent and waits to be entered.
    AwaitCode(AwaitCode),
    /// The contact was changed.
    Done(Done),
    /// The code is spent or over; a new one is one press away.
    Restart(Restart),
}

/// The person enters the new contact.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Enter {
    /// The id that the form of this state carries.
    pub id: FlowId,
    /// What was typed before, kept so that nobody types twice.
    pub typed: String,
    /// What was chosen before.
    pub choices: Choices,
    /// Why the last press sent nothing.
    pub refusal: Option<Refusal>,
}

/// Why nothing was sent.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Refusal {
    /// What was typed is not a contact.
    Malformed(ContactProblem),
    /// The service does not accept it.
    NotAcceptable,
    /// The account holds it already, verified.
    AlreadyYours,
    /// A limit of the service was reached.
    LimitReached(LimitReached),
    /// The operator sends no codes to its country or domain.
    NotAllowed,
    /// A limit of our own was reached.
    OwnLimit(OwnLimit),
    /// The form was of an older state of the flow, so it was not taken at its word.
    OlderForm,
    /// The person signed in too long ago to change a contact, and has to prove anew who they are.
    SignInAgain,
    /// The service cannot do it now. The reference finds the operator's log line.
    Unavailable {
        /// The request's id.
        reference: String,
    },
}

/// A code was sent and waits to be entered.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct AwaitCode {
    /// The id that the forms of this state carry.
    pub id: FlowId,
    /// Where the code was sent.
    pub contact: Contact,
    /// What will happen with the contact.
    pub choices: Choices,
    /// When the code stops working.
    pub expires_at: Timestamp,
    /// What the person should know of their last press; it spent nothing.
    pub notice: Option<Notice>,
}

/// What happened on a press that did not reach the service, or was refused by it, while a code is still good.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Notice {
    /// What was typed is not a code. The code is still unspent.
    Malformed(CodeProblem),
    /// The form was of an older state: its code was superseded. Nothing was spent.
    Superseded,
    /// The form was of an older state. Nothing was done.
    OlderForm,
    /// Another contact, or the same with other choices, was entered while this one waits for its code. Nothing was sent.
    AnotherPending,
    /// No new code was sent; the one that was sent before still works.
    NotResent(Refusal),
    /// The code could not be given to the service, so it is unspent. The reference finds the operator's log line.
    NotChecked {
        /// The request's id.
        reference: String,
    },
}

/// The contact was changed.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Done {
    /// The id of this state.
    pub id: FlowId,
    /// The new contact, verified.
    pub contact: Contact,
    /// What the person had asked for.
    pub choices: Choices,
    /// What the account holds now: the service's own answer.
    pub contacts: Contacts,
    /// When it was found to be changed.
    pub at: Timestamp,
}

/// The code is spent or over. Contact and choices are kept: one press sends a new code.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Restart {
    /// The id that the form of this state carries.
    pub id: FlowId,
    /// Where a new code will be sent.
    pub contact: Contact,
    /// What will happen with the contact.
    pub choices: Choices,
    /// Why the code is of no use any more.
    pub reason: RestartReason,
    /// Why the last press for a new code sent none.
    pub refusal: Option<Refusal>,
}

/// Why a code is of no use any more.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum RestartReason {
    /// It was entered wrong, and can be entered once.
    WrongCode,
    /// Its time was over.
    Expired,
    /// The service knows nothing of it any more.
    Over,
    /// The contact belongs to another account by now.
    Taken,
    /// The answer to *begin* was lost: a message may arrive, its code will not work.
    BeginLost,
    /// The answer to *finish* was lost; the account was read and was not changed.
    NotChanged,
    /// The answer to *finish* was lost and the account could not be read: it is not known whether it was changed.
    Unknown,
}

impl fmt::Debug for Enter {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter
            .debug_struct("Enter")
            .field("id", &self.id)
            .field("refusal", &self.refusal)
            .finish_non_exhaustive()
    }
}
