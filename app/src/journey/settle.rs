//! What became of a change whose outcome is not known.

use std::{panic::resume_unwind, sync::Arc};

use contact::{Contacts, FinishOutcome, Flow, Kind, Refusal, Restart, RestartReason};
use identity::{Fault, User};
use session::{ChangeError, Held, Known};

use super::{Event, Journey, Visit};

impl Journey {
    /// Finds out for a page where a change stands now, and gives what the account holds, if it can be read. The change is held
    /// meanwhile, so that what is read is not older than the state it may settle. Brought to its end when the browser hangs
    /// up: whoever is to be told is told.
    pub(super) async fn find_out(
        self: &Arc<Self>,
        visit: &Visit,
        kind: Kind,
    ) -> Result<(Option<Contacts>, Known), ChangeError> {
        let (journey, visit) = (Arc::clone(self), visit.clone());
        let work = self.outlasting(async move {
            let mut change = journey.0.changes.open(&visit.signed_in.caller.subject, kind).await?;
            let contacts = journey.settle(&visit, &mut change).await?.ok().map(|user| user.contacts);
            let known = journey.as_of_now(change.known());
            drop(change);
            journey.send_due(&visit, kind, &known);
            Ok((contacts, known))
        });
        work.await.unwrap_or_else(|error| resume_unwind(error.into_panic()))
    }

    /// Finds out the same before a press leaves the state, and gives whether it may. While nobody knows whether the change was
    /// made, and it cannot be read now, the state stays: nothing else would ever tell that it was. That it was not there when it
    /// was looked for is not to know either: the service may have taken its time. Where it cannot be read for good it would stay
    /// for nothing.
    ///
    /// # Errors
    /// The state cannot be kept.
    pub(super) async fn may_leave(&self, visit: &Visit, change: &mut Held) -> Result<bool, ChangeError> {
        if !change.flow().can_settle() {
            return Ok(true);
        }
        let is_unread_for_now = self.settle(visit, change).await?.is_err_and(|fault| !fault.is_for_good());
        match change.flow().clone() {
            Flow::Restart(restart) if is_unread_for_now => {
                let refusal = Some(Refusal::Unavailable { reference: visit.reference.clone() });
                change
                    .told(Flow::Restart(Restart { reason: RestartReason::Unknown, refusal, ..restart }))
                    .await?;
                Ok(false)
            }
            _ => Ok(true),
        }
    }

    /// Reads what the account holds and puts in the state that follows; a change that is found to be done is told to all who
    /// are told of one. Gives what was read, or why it cannot be.
    ///
    /// # Errors
    /// The state cannot be kept.
    async fn settle(&self, visit: &Visit, change: &mut Held) -> Result<Result<User, Fault>, ChangeError> {
        let read = self.account(visit).await;
        let state = change.flow().id().clone();
        let flow = match (change.flow().clone().at(self.now()), &read) {
            (Flow::Restart(restart), Ok(user)) if user.names_contacts => {
                restart.settled(&user.contacts, self.now())
            }
            (flow, _) => flow,
        };
        let is_found = *change.flow() != flow;
        let mut due = Vec::new();
        if is_found {
            self.announce(visit, &state, &flow).await;
            let locale = read.as_ref().ok().and_then(|user| user.locale.clone());
            due = self.due(&flow, change.previous(), locale);
        }
        change.found(flow.clone(), due).await?;
        if is_found && let Flow::Done(done) = &flow {
            let outcome = FinishOutcome::Changed(done.contacts.clone());
            self.record(visit, Event::Finished { contact: &done.contact, outcome: &outcome, after: None });
            self.miss(visit, done, change.previous());
        }
        Ok(read)
    }
}
