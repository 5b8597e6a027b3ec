//! The faults that can be switched on for a call, as `POST /control/faults` takes them.

use rand::{Rng, SeedableRng as _, rngs::StdRng};
use serde::{Deserialize, Serialize};

/// A call that can be disturbed.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub(crate) enum Call {
    /// `change-contact/begin`
    Begin,
    /// `change-contact/finish`
    Finish,
    /// The user and the profile object.
    User,
    /// The token endpoint.
    Token,
    /// The provider's configuration.
    Discovery,
    /// The provider's keys.
    Jwks,
    /// The userinfo endpoint.
    Userinfo,
    /// `email/send` and `sms/send`
    Send,
}

impl Call {
    /// Whether the call writes to the ledger even when a fault keeps it from acting.
    pub(crate) fn is_recorded(self) -> bool {
        matches!(self, Self::Begin | Self::Finish | Self::Send)
    }
}

/// What goes wrong.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "fault", rename_all = "snake_case", rename_all_fields = "camelCase")]
pub(crate) enum Kind {
    /// Acts, answers that much later.
    Slow { milliseconds: u64 },
    /// Never answers.
    Hang,
    /// Closes the connection before acting.
    ResetBefore,
    /// Acts, then closes the connection without an answer.
    ResetAfter,
    /// Answers with this status, and with `Retry-After` in seconds if given.
    Status {
        status: u16,
        #[serde(default, skip_serializing_if = "Option::is_none")]
        retry_after: Option<u64>,
    },
    /// Answers 502 with a page, as a gateway does.
    Html,
    /// Acts, answers 200 with JSON that is cut off.
    Malformed,
    /// Acts, answers 200 with ten megabytes.
    Huge,
    /// Acts, answers 200 with plain text.
    WrongType,
    /// Acts, answers with one byte of the body a second.
    Trickle,
    /// Answers 307 to another address.
    Redirect,
    /// `finish` only: the verification runs out at this moment.
    Expired,
    /// `finish` only: another account has the contact, told after the right code.
    Taken,
}

/// A fault that is switched on.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub(crate) struct Fault {
    /// The call it disturbs.
    pub(crate) call: Call,
    /// What goes wrong.
    #[serde(flatten)]
    pub(crate) kind: Kind,
    /// Whether the call does its work all the same; each kind has its own answer to that.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    acts: Option<bool>,
    /// How many more times it happens; nothing means always.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    times: Option<u32>,
    /// How likely it happens to a call, from 0 to 1; nothing means that it does.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    probability: Option<f64>,
}

/// The faults that are switched on, in order, and the dice for those that happen by chance.
pub(crate) struct Faults {
    list: Vec<Fault>,
    dice: StdRng,
}

impl Default for Faults {
    fn default() -> Self {
        Self::new(Vec::new(), 0)
    }
}

impl Fault {
    /// Says what is wrong with a fault that makes no sense.
    pub(crate) fn check(&self) -> Result<(), String> {
        match &self.kind {
            Kind::Expired | Kind::Taken if self.call != Call::Finish => {
                Err(format!("the fault {} is for the call finish only", self.name()))
            }
            Kind::Status { status, .. } if !(200..=599).contains(status) => {
                Err("status must be from 200 to 599".into())
            }
            _ if self.probability.is_some_and(|chance| !(0.0..=1.0).contains(&chance)) => {
                Err("probability must be from 0 to 1".into())
            }
            _ => Ok(()),
        }
    }

    /// Whether the call does its work.
    pub(crate) fn acts(&self) -> bool {
        match &self.kind {
            Kind::ResetBefore => false,
            Kind::ResetAfter | Kind::Expired | Kind::Taken => true,
            Kind::Hang | Kind::Status { .. } | Kind::Html | Kind::Redirect => self.acts.unwrap_or(false),
            Kind::Slow { .. } | Kind::Malformed | Kind::Huge | Kind::WrongType | Kind::Trickle => {
                self.acts.unwrap_or(true)
            }
        }
    }

    /// The status that goes out in place of the true one; nothing when no answer does.
    pub(crate) fn answered(&self, truly: u16) -> Option<u16> {
        match &self.kind {
            Kind::Hang | Kind::ResetBefore | Kind::ResetAfter => None,
            Kind::Status { status, .. } => Some(*status),
            Kind::Html => Some(502),
            Kind::Redirect => Some(307),
            Kind::Malformed | Kind::Huge | Kind::WrongType => Some(200),
            Kind::Slow { .. } | Kind::Trickle | Kind::Expired | Kind::Taken => Some(truly),
        }
    }

    /// The fault's name.
    pub(crate) fn name(&self) -> &'static str {
        self.outcome().trim_start_matches("fault:")
    }

    /// The ledger's outcome of a call that the fault kept from acting.
    pub(crate) fn outcome(&self) -> &'static str {
        match &self.kind {
            Kind::Slow { .. } => "fault:slow",
            Kind::Hang => "fault:hang",
            Kind::ResetBefore => "fault:reset_before",
            Kind::ResetAfter => "fault:reset_after",
            Kind::Status { .. } => "fault:status",
            Kind::Html => "fault:html",
            Kind::Malformed => "fault:malformed",
            Kind::Huge => "fault:huge",
            Kind::WrongType => "fault:wrong_type",
            Kind::Trickle => "fault:trickle",
            Kind::Redirect => "fault:redirect",
            Kind::Expired => "fault:expired",
            Kind::Taken => "fault:taken",
        }
    }
}

impl Faults {
    /// These, and no others. The same seed makes the same chance, call by call in the order of their arrival.
    pub(crate) fn new(list: Vec<Fault>, seed: u64) -> Self {
        Self { list, dice: StdRng::seed_from_u64(seed) }
    }

    /// Those that are still switched on.
    pub(crate) fn list(&self) -> &[Fault] {
        &self.list
    }

    /// Takes the first fault for a call that happens to it, and forgets it when it has happened often enough.
    pub(crate) fn take(&mut self, call: Call) -> Option<Fault> {
        let Self { list, dice } = self;
        let happens = |fault: &Fault| {
            let is_for_it = fault.call == call && fault.times != Some(0);
            is_for_it && fault.probability.is_none_or(|chance| dice.random_bool(chance))
        };
        let place = list.iter().position(happens)?;
        let fault = list.get_mut(place)?;
        fault.times = fault.times.map(|times| times - 1);
        let taken = fault.clone();
        list.retain(|fault| fault.times != Some(0));
        Some(taken)
    }
}
