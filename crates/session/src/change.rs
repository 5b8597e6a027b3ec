//! One change: the state that the person sees, what the browser must not see, and the rule that each press is one
//! call.

#[cfg(test)]
mod tests;
mod written_out;

use bytes::Bytes;
use contact::{AwaitCode, Choices, Contact, Contacts, Flow, FlowId, Restart, RestartReason, Timestamp};
use identity::VerificationToken;
use serde::{Deserialize, Serialize};

use crate::{
    ChangeError, Due, Keyring,
    store::{self, Place, StoreFault},
};

/// One change: the state that the person sees, and what the browser must not see.
#[derive(Clone, Serialize, Deserialize)]
pub(crate) struct Change {
    flow: Flow,
    #[serde(with = "written_out")]
    token: Option<VerificationToken>,
    /// When the code that is awaited was sent. Versions before this one did not write it down.
    #[serde(default)]
    sent_at: Option<Timestamp>,
    #[serde(default)]
    is_resent: bool,
    last_press: Option<(FlowId, Press)>,
    /// What the account held when the code was asked for, or else when it was entered, if the change takes it away.
    #[serde(default)]
    previous: Option<Contacts>,
    /// The notices of this change, and of those before it, that are still to be sent.
    #[serde(default)]
    due: Vec<Due>,
    #[serde(default)]
    changed_at: Option<Timestamp>,
    /// When it was last written down. Versions before this one did not do so.
    #[serde(default)]
    kept_at: Option<Timestamp>,
}

/// What was read of a change that was kept.
pub(crate) enum Unsealed {
    /// All of it.
    Whole(Change),
    /// It was written by a version that says other things: a new one, with what outlives any state.
    Rest(Change),
}

/// What outlives any state, for whoever cannot read the state.
#[derive(Default, Deserialize)]
struct Rest {
    #[serde(default)]
    due: Vec<Due>,
    #[serde(default)]
    changed_at: Option<Timestamp>,
}

/// What is known of a change.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Known {
    /// The state.
    pub flow: Flow,
    /// When a contact was changed last, whatever was begun since; nothing if that is forgotten or never was.
    pub changed_at: Option<Timestamp>,
    /// Since when it stands as it does; nothing if that is not known.
    pub kept_at: Option<Timestamp>,
    /// Whether the code that is awaited took the place of an earlier one.
    pub is_resent: bool,
    /// The notices that are still to be sent, whatever was begun since.
    pub due: Vec<Due>,
}

/// What a form asks for.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Press {
    /// Send a code to what was typed, with these choices.
    Begin(String, Choices),
    /// Send a new code to the same contact.
    Resend,
    /// Enter the code.
    Finish,
    /// Go back to the field.
    Edit,
    /// Give the change up.
    Cancel,
}

/// How a press stands to the state of its change.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Standing {
    /// It was made on the state as it is now.
    Current,
    /// It is the very press that led to the state as it is now: the answer is that state.
    Repeat,
    /// It was made on a state that was left since.
    Older,
}

impl Default for Change {
    /// A change that nobody has pressed anything for.
    fn default() -> Self {
        Self {
            flow: Flow::start(next_id()),
            token: None,
            sent_at: None,
            is_resent: false,
            last_press: None,
            previous: None,
            due: Vec::new(),
            changed_at: None,
            kept_at: None,
        }
    }
}

impl Change {
    /// Gives the state.
    pub(crate) fn flow(&self) -> &Flow {
        &self.flow
    }

    /// Gives what is known.
    pub(crate) fn known(&self) -> Known {
        let is_resent = self.is_resent && matches!(self.flow, Flow::AwaitCode(_));
        let (flow, due) = (self.flow.clone(), self.due.clone());
        Known { flow, changed_at: self.changed_at, kept_at: self.kept_at, is_resent, due }
    }

    /// Tells how a press by a form of the state `form` stands. Even the first press has to know the state: a form made
    /// for somebody who was signed in here before must not act for whoever is signed in now.
    pub(crate) fn standing(&self, form: &FlowId, press: &Press) -> Standing {
        match &self.last_press {
            Some((before, last)) if before == form && last == press => Standing::Repeat,
            _ if self.flow.id() == form => Standing::Current,
            _ => Standing::Older,
        }
    }

    /// Puts in a state that no press led to, such as one whose time ran out. Its forms stay good.
    pub(crate) fn update(&mut self, flow: Flow) {
        if let Flow::Done(done) = &flow {
            self.changed_at = Some(done.at);
        }
        self.flow = flow;
    }

    /// Takes a press that needs no call, and the state that it leads to. A code that is still awaited keeps its token.
    pub(crate) fn pressed(&mut self, form: FlowId, press: Press, flow: Flow) {
        self.last_press = Some((form, press));
        let token = self.token.take();
        self.settle(flow, token);
    }

    /// Takes a press that is about to ask for a message, and gives the token of the code awaited so far, if any.
    /// Until it is settled, the state says that the answer was lost: so it stays true if the caller never returns.
    pub(crate) fn sending(
        &mut self,
        form: FlowId,
        press: Press,
        contact: Contact,
        choices: Choices,
    ) -> Option<VerificationToken> {
        // Another change takes away other contacts; those of the one before may be somebody else's by now.
        if press != Press::Resend {
            self.previous = None;
        }
        self.last_press = Some((form, press));
        self.flow = unsettled(contact, choices, RestartReason::BeginLost);
        self.token.take()
    }

    /// Gives what the account held before the change took it away: those contacts are told of it.
    pub(crate) fn previous(&self) -> Option<&Contacts> {
        self.previous.as_ref()
    }

    /// Notes the notices that are due once the change is done.
    pub(crate) fn owe(&mut self, due: Vec<Due>) {
        self.due.extend(due);
    }

    /// Takes it that a notice is due no more.
    pub(crate) fn strike_off(&mut self, due: &Due) {
        self.due.retain(|other| other != due);
    }

    /// Takes a press that is about to enter the code, and gives the token out of the change: it serves once. Until it
    /// is settled, the state says that the outcome is unknown: the next visit finds the truth if the caller never
    /// returns. Gives nothing if no code is awaited. `previous`: what the account holds before the change takes it away, if
    /// that was read only now.
    pub(crate) fn entering(
        &mut self,
        form: FlowId,
        previous: Option<Contacts>,
    ) -> Option<(AwaitCode, VerificationToken)> {
        let Flow::AwaitCode(awaiting) = &self.flow else { return None };
        let awaiting = awaiting.clone();
        let token = self.token.take()?;
        self.last_press = Some((form, Press::Finish));
        self.previous = previous.or(self.previous.take());
        self.flow = unsettled(awaiting.contact.clone(), awaiting.choices, RestartReason::Unknown);
        Some((awaiting, token))
    }

    /// Puts in the state that a call led to, with the token of its verification where a code is awaited.
    pub(crate) fn settle(&mut self, flow: Flow, token: Option<VerificationToken>) {
        self.token = token.filter(|_| matches!(flow, Flow::AwaitCode(_)));
        self.update(flow);
    }

    /// Notes when the code was sent that is awaited from now on, and what the account holds before the change takes it away,
    /// if that was read.
    pub(crate) fn sent(&mut self, at: Timestamp, previous: Option<Contacts>) {
        self.sent_at = Some(at);
        self.is_resent = matches!(self.last_press, Some((_, Press::Resend)));
        if previous.is_some() {
            self.previous = previous;
        }
    }

    /// Gives when the code was sent that is awaited, if one is and if that is known.
    pub(crate) fn sent_at(&self) -> Option<Timestamp> {
        self.sent_at.filter(|_| matches!(self.flow, Flow::AwaitCode(_)))
    }

    /// Writes the change down for a store as it is now, so that nobody else can read it.
    ///
    /// # Errors
    /// It cannot be written, which no value of it brings about.
    pub(crate) fn seal(&mut self, keyring: &Keyring, place: Place, now: Timestamp) -> store::Result<Bytes> {
        self.kept_at = Some(now);
        // With names, so that a later version reads what an earlier one wrote.
        let plain = rmp_serde::to_vec_named(self).map_err(StoreFault::new)?;
        keyring.seal(place, &plain)
    }

    /// Reads what a store kept.
    ///
    /// # Errors
    /// It was sealed with keys that are not ours.
    pub(crate) fn unseal(keyring: &Keyring, place: Place, sealed: &[u8]) -> Result<Unsealed, ChangeError> {
        let plain = keyring.open(place, sealed).ok_or(ChangeError::Sealed)?;
        if let Ok(change) = rmp_serde::from_slice(&plain) {
            return Ok(Unsealed::Whole(change));
        }
        // What cannot be read may be personal, so the error is not told.
        tracing::warn!("a change was kept by a version that says other things; it begins anew");
        let Rest { due, changed_at } = rmp_serde::from_slice(&plain).unwrap_or_default();
        Ok(Unsealed::Rest(Self { due, changed_at, ..Self::default() }))
    }
}

/// Gives a fresh id for a state.
pub fn next_id() -> FlowId {
    FlowId::from_random(rand::random())
}

fn unsettled(contact: Contact, choices: Choices, reason: RestartReason) -> Flow {
    Flow::Restart(Restart { id: next_id(), contact, choices, reason, refusal: None })
}
