//! What a page shows.

use contact::{Contacts, FinishOutcome, Flow, Kind, Refusal, Timestamp};
use session::ChangeError;

use super::{Event, Journey, Visit, calls::report, clock, countries::shown_back};
use crate::{ChangeView, ContactsView, Page, PageState, Step, Underway, View};

impl Journey {
    /// Gives what a page shows. `done` is the id of the change that the person has just finished, if the address names
    /// one: another one makes room for the next change.
    ///
    /// # Errors
    /// The change of the page cannot be read.
    pub async fn page(
        &self,
        visit: &Visit,
        page: Page,
        done: Option<&str>,
    ) -> Result<PageState, ChangeError> {
        let view = match page {
            Page::Contacts => View::Contacts(self.contacts_view(visit).await?),
            Page::Change(kind) => View::Change(self.change_view(visit, kind, done).await?),
        };
        Ok(PageState { locale: visit.locale, name: visit.signed_in.name.clone(), view })
    }

    async fn contacts_view(&self, visit: &Visit) -> Result<ContactsView, ChangeError> {
        let mut changes = Vec::new();
        for kind in [Kind::Email, Kind::Mobile] {
            let flow = self.flow(visit, kind).await?;
            changes.push(Underway { kind, flow: flow.id().clone(), pending: flow.pending().cloned() });
        }
        Ok(ContactsView { contacts: self.contacts(visit).await, changes })
    }

    async fn change_view(
        &self,
        visit: &Visit,
        kind: Kind,
        done: Option<&str>,
    ) -> Result<ChangeView, ChangeError> {
        let before = self.flow(visit, kind).await?;
        let (contacts, flow) = match &before {
            Flow::Restart(restart) if restart.can_settle() => self.settle(visit, kind).await?,
            _ => (self.contacts(visit).await, before.clone()),
        };
        // A change found to be done on this very visit is news; one that was done before is asked for by its id.
        let is_news = flow != before || done == Some(flow.id().to_string().as_str());
        let shown = if is_news { flow } else { flow.afresh() };
        Ok(ChangeView { kind, contacts, policy: self.0.policy, step: self.step(visit, kind, shown).await })
    }

    /// Reads what became of a change whose outcome is not known. It is held meanwhile, so that what is read is not
    /// older than the state it may settle.
    async fn settle(&self, visit: &Visit, kind: Kind) -> Result<(Option<Contacts>, Flow), ChangeError> {
        let mut change = self.0.changes.open(&visit.signed_in.caller.subject, kind).await?;
        let contacts = self.contacts(visit).await;
        let flow = match (change.flow().clone().at(self.now()), &contacts) {
            (Flow::Restart(restart), Some(contacts)) => restart.settled(contacts),
            (flow, _) => flow,
        };
        let is_found = *change.flow() != flow;
        change.update(flow.clone()).await?;
        if is_found && let Flow::Done(done) = &flow {
            let outcome = FinishOutcome::Changed(done.contacts.clone());
            self.record(visit, Event::Finished { contact: &done.contact, outcome: &outcome, after: None });
            self.give_notice(visit, &flow, change.previous());
        }
        Ok((contacts, flow))
    }

    /// Gives where a change stands now.
    pub(super) async fn look(&self, visit: &Visit, kind: Kind) -> Result<Step, ChangeError> {
        let flow = self.flow(visit, kind).await?;
        Ok(self.step(visit, kind, flow).await)
    }

    async fn flow(&self, visit: &Visit, kind: Kind) -> Result<Flow, ChangeError> {
        let mut flow = self.0.changes.look(&visit.signed_in.caller.subject, kind).await?.at(self.now());
        if let Flow::Enter(enter) = &mut flow
            && visit.is_fresh(self.now(), self.0.fresh_for)
        {
            // They have just done so, and find what they had typed.
            enter.refusal.take_if(|refusal| *refusal == Refusal::SignInAgain);
        }
        Ok(flow)
    }

    /// Reads what the account holds; nothing if that fails, which the operator is told.
    pub(super) async fn contacts(&self, visit: &Visit) -> Option<Contacts> {
        match self.0.service.user(&visit.signed_in.caller).await {
            Ok(user) => Some(user.contacts),
            Err(fault) => {
                report(visit, "user", &fault);
                None
            }
        }
    }

    /// Gives a state with the times and figures that belong to it.
    pub(super) async fn step(&self, visit: &Visit, kind: Kind, flow: Flow) -> Step {
        let now = self.now();
        let write = |time| clock::write(visit, &self.0.zone, now, time);
        let (ends_at, contact) = match &flow {
            Flow::Enter(_) => (None, None),
            Flow::AwaitCode(awaiting) => (Some(write(awaiting.expires_at)), Some(&awaiting.contact)),
            Flow::Restart(restart) => (None, Some(&restart.contact)),
            Flow::Done(done) => (None, Some(&done.contact)),
        };
        let shown_back = contact.and_then(|contact| shown_back(visit.locale, contact));
        let is_primary = matches!(&flow, Flow::Done(done) if done.is_primary());
        let allowance = self.allowance(visit, kind, &flow, write).await;
        let limit_ends_at = flow.limit_ends_at().map(write);
        let person = self.0.keyring.stand_in(&visit.signed_in.caller.subject);
        Step { person, flow, now, ends_at, limit_ends_at, shown_back, is_primary, allowance }
    }

    pub(super) fn now(&self) -> Timestamp {
        (self.0.clock)()
    }
}
