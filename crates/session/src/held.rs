//! A change that is held. Whatever is done to it is written down as it is done, so nobody can forget to; and before a
//! call is made, the state that is true if its answer never comes.

use std::{sync::Arc, time::Duration};

use contact::{AwaitCode, Choices, Contact, Contacts, Flow, FlowId, Timestamp};
use identity::VerificationToken;
use tokio::time::{Instant, sleep};

use crate::{Due, Keyring, Known, Press, Standing, change::Change, changes::ChangeError, lease::Lease};

/// How long it is tried to keep what a call came to. Less than a hold lasts without being renewed.
pub(crate) const PERSEVERANCE: Duration = Duration::from_secs(5);

/// The time between two attempts.
pub(crate) const BREATH: Duration = Duration::from_millis(100);

/// One change, held alone until it is dropped.
pub struct Held {
    keyring: Arc<Keyring>,
    lease: Lease,
    change: Change,
    clock: fn() -> Timestamp,
}

/// A call may be made, once: that it may have been made is written down. What it came to is still to be settled; if
/// it never is, the state that was written down is the truth.
#[must_use = "the call that it stands for is still to be made, and settled"]
pub struct Underway<'held> {
    held: &'held mut Held,
    token: Option<VerificationToken>,
}

impl Held {
    /// Takes a change that is kept.
    pub(crate) fn of(keyring: Arc<Keyring>, lease: Lease, change: Change, clock: fn() -> Timestamp) -> Self {
        Self { keyring, lease, change, clock }
    }

    /// Takes a change that begins here.
    ///
    /// # Errors
    /// It cannot be kept.
    pub(crate) async fn new(
        keyring: Arc<Keyring>,
        lease: Lease,
        change: Change,
        clock: fn() -> Timestamp,
    ) -> Result<Self, ChangeError> {
        let mut held = Self::of(keyring, lease, change, clock);
        held.keep().await?;
        Ok(held)
    }

    /// Gives the state.
    pub fn flow(&self) -> &Flow {
        self.change.flow()
    }

    /// Gives what the account held before the change took it away, as far as it is known.
    pub fn previous(&self) -> Option<&Contacts> {
        self.change.previous()
    }

    /// Gives what is known of the change.
    pub fn known(&self) -> Known {
        self.change.known()
    }

    /// Tells how a press by a form of the state `form` stands. Even the first press has to know the state: a form made
    /// for somebody who was signed in here before must not act for whoever is signed in now.
    pub fn standing(&self, form: &FlowId, press: &Press) -> Standing {
        self.change.standing(form, press)
    }

    /// Gives when the code was sent that is awaited, if one is and if that is known.
    pub fn sent_at(&self) -> Option<Timestamp> {
        self.change.sent_at()
    }

    /// Puts in a state that no press led to, such as one whose time ran out. Its forms stay good.
    ///
    /// # Errors
    /// It cannot be kept.
    pub async fn update(&mut self, flow: Flow) -> Result<(), ChangeError> {
        if *self.flow() == flow { Ok(()) } else { self.told(flow).await }
    }

    /// Puts in a state that was found to hold, with the notices that are due if it is that the change was made.
    ///
    /// # Errors
    /// It cannot be kept.
    pub async fn found(&mut self, flow: Flow, due: Vec<Due>) -> Result<(), ChangeError> {
        self.change.owe(due);
        self.update(flow).await
    }

    /// Takes it that a notice is due no more; tries for a while if the store fails, or it would be sent again.
    ///
    /// # Errors
    /// It cannot be kept.
    pub async fn strike_off(mut self, due: &Due) -> Result<(), ChangeError> {
        self.change.strike_off(due);
        self.persevere().await
    }

    /// Puts in what a press came to that was not taken, whether or not the same was said before. Its forms stay good.
    ///
    /// # Errors
    /// It cannot be kept.
    pub async fn told(&mut self, flow: Flow) -> Result<(), ChangeError> {
        self.change.update(flow);
        self.keep().await
    }

    /// Takes a press that needs no call, and the state that it leads to.
    ///
    /// # Errors
    /// It cannot be kept, so the press was not taken: a code that is awaited can still be entered.
    pub async fn pressed(&mut self, form: FlowId, press: Press, flow: Flow) -> Result<(), ChangeError> {
        let before = self.change.clone();
        self.change.pressed(form, press, flow);
        self.keep_or_undo(before).await
    }

    /// Takes a press that is about to ask for a message. Until it is settled, the state says that the answer was lost.
    ///
    /// # Errors
    /// That cannot be kept, so the call must not be made.
    pub async fn sending(
        &mut self,
        form: FlowId,
        press: Press,
        contact: Contact,
        choices: Choices,
    ) -> Result<Underway<'_>, ChangeError> {
        let before = self.change.clone();
        let token = self.change.sending(form, press, contact, choices);
        self.keep_or_undo(before).await?;
        Ok(Underway { held: self, token })
    }

    /// Takes a press that is about to enter the code, and gives what is needed for it: the token serves once. Until it
    /// is settled, the state says that the outcome is unknown. Gives nothing if no code is awaited. `previous`: what the
    /// account holds before the change takes it away, if that was read only now.
    ///
    /// # Errors
    /// That cannot be kept, so the call must not be made.
    pub async fn entering(
        &mut self,
        form: FlowId,
        previous: Option<Contacts>,
    ) -> Result<Option<(AwaitCode, VerificationToken, Underway<'_>)>, ChangeError> {
        let before = self.change.clone();
        let Some((awaiting, token)) = self.change.entering(form, previous) else { return Ok(None) };
        self.keep_or_undo(before).await?;
        Ok(Some((awaiting, token.clone(), Underway { held: self, token: Some(token) })))
    }

    async fn keep(&mut self) -> Result<(), ChangeError> {
        let value = self.change.seal(&self.keyring, self.lease.place(), (self.clock)())?;
        if self.lease.write(value).await? { Ok(()) } else { Err(ChangeError::Overtaken) }
    }

    /// A write that failed may have been made all the same, and nothing follows it: what was there before is true.
    async fn keep_or_undo(&mut self, before: Change) -> Result<(), ChangeError> {
        let kept = self.keep().await;
        if let Err(ChangeError::Store(_)) = kept {
            self.change = before;
            let _ = self.persevere().await;
        }
        kept
    }

    /// Keeps the change, and tries for a while if the store fails: there is no other record of what a call came to.
    async fn persevere(&mut self) -> Result<(), ChangeError> {
        let deadline = Instant::now() + PERSEVERANCE;
        loop {
            match self.keep().await {
                Err(ChangeError::Store(_)) if Instant::now() < deadline => sleep(BREATH).await,
                kept => return kept,
            }
        }
    }
}

impl Underway<'_> {
    /// Gives the name of the state that was written down: whoever finds it later finds what the call came to.
    pub fn state(&self) -> &FlowId {
        self.held.flow().id()
    }

    /// Notes that the call sent a code, when, and what the account holds before the change takes it away, if that was read.
    pub fn sent(self, at: Timestamp, previous: Option<Contacts>) -> Self {
        self.held.change.sent(at, previous);
        self
    }

    /// Gives what the account held before the change took it away, as far as it is known.
    pub fn previous(&self) -> Option<&Contacts> {
        self.held.previous()
    }

    /// Notes the notices that are due once the change is settled as done.
    pub fn owing(self, due: Vec<Due>) -> Self {
        self.held.change.owe(due);
        self
    }

    /// Puts in the state that the call led to, with the token of its verification where it gave one; if a code is
    /// awaited and it gave none, the token from before is still good.
    ///
    /// # Errors
    /// It cannot be kept. The change then shows what is true all the same: that it is done if it is; else the state
    /// from before the call, which is what the store has, so that the next press knows it.
    pub async fn settle(self, flow: Flow, token: Option<VerificationToken>) -> Result<(), ChangeError> {
        let Self { held, token: before } = self;
        let unsettled = held.change.clone();
        let is_done = matches!(flow, Flow::Done(_));
        held.change.settle(flow, token.or(before));
        let kept = held.persevere().await;
        if kept.is_err() && !is_done {
            held.change = unsettled;
        }
        kept
    }
}
