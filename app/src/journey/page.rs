//! What a page shows.

use std::hash::BuildHasher;

use contact::{Contacts, Flow, Kind, Timestamp};

use super::{Journey, Visit, calls::report, clock, countries::shown_back};
use crate::{ChangeView, ContactsView, Page, PageState, Step, Underway, View};

impl Journey {
    /// Gives what a page shows. `done` is the id of the change that the person has just finished, if the address names
    /// one: another one makes room for the next change.
    pub async fn page(&self, visit: &Visit, page: Page, done: Option<&str>) -> PageState {
        let view = match page {
            Page::Contacts => View::Contacts(self.contacts_view(visit).await),
            Page::Change(kind) => View::Change(self.change_view(visit, kind, done).await),
        };
        PageState { locale: visit.locale, name: visit.signed_in.name.clone(), view }
    }

    async fn contacts_view(&self, visit: &Visit) -> ContactsView {
        let mut changes = Vec::new();
        for kind in [Kind::Email, Kind::Mobile] {
            let change = self.0.changes.open(&visit.signed_in.caller.subject, kind).await;
            let flow = change.flow().clone().at(self.now());
            changes.push(Underway { kind, flow: flow.id().clone(), pending: flow.pending().cloned() });
        }
        ContactsView { contacts: self.contacts(visit).await, changes }
    }

    async fn change_view(&self, visit: &Visit, kind: Kind, done: Option<&str>) -> ChangeView {
        // Held while the account is read, so that what is read is not older than the state it may settle.
        let mut change = self.0.changes.open(&visit.signed_in.caller.subject, kind).await;
        let contacts = self.contacts(visit).await;
        let before = change.flow().clone().at(self.now());
        let flow = match (before.clone(), &contacts) {
            (Flow::Restart(restart), Some(contacts)) => restart.settled(contacts, self.now()),
            (flow, _) => flow,
        };
        change.update(flow.clone());
        // A change found to be done on this very visit is news; one that was done before is asked for by its id.
        let is_news = flow != before || done == Some(flow.id().to_string().as_str());
        let shown = if is_news { flow } else { flow.afresh() };
        ChangeView { kind, contacts, policy: self.0.policy, step: self.step(visit, kind, shown) }
    }

    /// Gives where a change stands now.
    pub(super) async fn look(&self, visit: &Visit, kind: Kind) -> Step {
        let change = self.0.changes.open(&visit.signed_in.caller.subject, kind).await;
        self.step(visit, kind, change.flow().clone().at(self.now()))
    }

    async fn contacts(&self, visit: &Visit) -> Option<Contacts> {
        match self.0.service.user(&visit.signed_in.caller).await {
            Ok(user) => Some(user.contacts),
            Err(fault) => {
                report(visit, "user", &fault);
                None
            }
        }
    }

    /// Gives a state with the times and figures that belong to it.
    pub(super) fn step(&self, visit: &Visit, kind: Kind, flow: Flow) -> Step {
        let now = self.now();
        let write = |time| clock::write(visit, &self.0.zone, now, time);
        let (ends_at, contact) = match &flow {
            Flow::Enter(_) => (None, None),
            Flow::AwaitCode(awaiting) => (Some(write(awaiting.expires_at)), Some(&awaiting.contact)),
            Flow::Restart(restart) => (None, Some(&restart.contact)),
            Flow::Done(done) => (None, Some(&done.contact)),
        };
        let shown_back = contact.and_then(|contact| shown_back(visit.locale, contact));
        let allowance = self.allowance(visit, kind, &flow, write);
        let limit_ends_at = flow.limit_ends_at().map(write);
        let person = self.1.hash_one(&visit.signed_in.caller.subject);
        Step { person, flow, now, ends_at, limit_ends_at, shown_back, allowance }
    }

    pub(super) fn now(&self) -> Timestamp {
        (self.0.clock)()
    }
}
