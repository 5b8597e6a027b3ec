//! What becomes of a code that is entered.

use contact::{AwaitCode, FinishOutcome, Flow, FlowId, VerificationCode};
use session::{ChangeError, Held, next_id};

use super::{Event, Journey, Visit, answer::tell};

impl Journey {
    /// Enters a code, once. What the change takes away must be known by then if it is to be told: afterwards nobody can tell,
    /// and whoever makes another person's change could choose a moment in which it cannot be read.
    pub(super) async fn finish(
        &self,
        visit: &Visit,
        change: &mut Held,
        form: FlowId,
        awaiting: AwaitCode,
        code: VerificationCode,
    ) -> Result<(), ChangeError> {
        let sent_at = change.sent_at();
        let previous = match change.previous() {
            Some(_) => Ok(None),
            None => self.previous(visit, awaiting.choices).await,
        };
        let previous = match previous {
            Ok(previous) => previous,
            // No later moment would be a better one, so the change is made without. Nor would one be where these credentials are
            // good for entering a code and not for reading (401). If they are good for neither, the code is not taken.
            Err(fault) if fault.is_for_good() || fault.status() == Some(401) => None,
            Err(_) => return self.leave_unspent(visit, change, awaiting).await,
        };
        let Some((awaiting, token, underway)) = change.entering(form, previous).await? else { return Ok(()) };
        let contact = &awaiting.contact;
        self.record(visit, Event::Entered(contact));
        let (outcome, locale) = self.call_finish(visit, &awaiting, &token, &code).await;
        let after = sent_at.map(|sent_at| self.now().since(sent_at));
        self.record(visit, Event::Finished { contact, outcome: &outcome, after });
        let flow = awaiting.finished(next_id(), outcome, self.now());
        self.announce(visit, underway.state(), &flow).await;
        let due = self.due(&flow, underway.previous(), locale);
        // What is not kept is found, and told to the previous contacts, on the next visit.
        let is_kept = tell(visit, underway.owing(due).settle(flow.clone(), None).await);
        if is_kept && let Flow::Done(done) = &flow {
            self.miss(visit, done, change.previous());
        }
        Ok(())
    }

    /// Does not enter a code: the same form can do so in a moment.
    async fn leave_unspent(
        &self,
        visit: &Visit,
        change: &mut Held,
        awaiting: AwaitCode,
    ) -> Result<(), ChangeError> {
        let outcome = FinishOutcome::Unavailable { reference: visit.reference.clone() };
        let contact = &awaiting.contact;
        self.record(visit, Event::Finished { contact, outcome: &outcome, after: None });
        let id = awaiting.id.clone();
        // Its time may have run out meanwhile.
        change.told(awaiting.finished(id, outcome, self.now()).at(self.now())).await
    }
}
