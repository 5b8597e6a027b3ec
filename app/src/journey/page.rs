//! What a page shows.

use std::hash::BuildHasher;

use contact::{Contacts, Flow, Kind, Timestamp};

use super::{Journey, Visit, calls::report, clock, countries::shown_back};
use crate::{ChangeView, ContactsView, Outcome, Page, PageState, Reason, Step, Underway, View};

impl Journey {
    /// Gives what a page shows. `done` is the id of the change that the person has just finished, if the address names
    /// one: another one makes room for the next change.
    pub async fn page(&self, visit: &Visit, page: Page, done: Option<&str>) -> PageState {
        let (view, outcome) = match page {
            Page::Contacts => {
                let (view, outcome) = self.contacts_view(visit).await;
                (View::Contacts(view), outcome)
            }
            Page::Change(kind) => {
                let (view, outcome) = self.change_view(visit, kind, done).await;
                (View::Change(view), outcome)
            }
        };
        PageState { locale: visit.locale, name: visit.signed_in.name.clone(), outcome, view }
    }

    async fn contacts_view(&self, visit: &Visit) -> (ContactsView, Outcome) {
        let mut changes = Vec::new();
        let mut outcome = Outcome::Cancelled;
        for kind in [Kind::Email, Kind::Mobile] {
            let change = self.0.changes.open(&visit.signed_in.caller.subject, kind).await;
            let flow = change.flow().clone().at(self.now());
            if visit.is_answered_by(kind, &flow) {
                outcome = Outcome::Changed;
            }
            changes.push(Underway { kind, flow: flow.id().clone(), pending: flow.pending().cloned() });
        }
        let contacts = self.contacts(visit).await;
        if contacts.is_none() && outcome == Outcome::Cancelled {
            outcome = Outcome::Failed(Reason::Unavailable);
        }
        (ContactsView { contacts, changes }, outcome)
    }

    async fn change_view(&self, visit: &Visit, kind: Kind, done: Option<&str>) -> (ChangeView, Outcome) {
        // Held while the account is read, so that what is read is not older than the state it may settle.
        let mut change = self.0.changes.open(&visit.signed_in.caller.subject, kind).await;
        let contacts = self.contacts(visit).await;
        let before = change.flow().clone().at(self.now());
        let flow = match (before.clone(), &contacts) {
            (Flow::Restart(restart), Some(contacts)) => restart.settled(contacts, self.now()),
            (flow, _) => flow,
        };
        change.update(flow.clone());
        let is_answered = visit.is_answered_by(kind, &flow);
        // A change found to be done on this very visit is news; one that was done before is asked for by its id.
        let is_news = flow != before || done == Some(flow.id().to_string().as_str());
        let shown = if is_news { flow } else { flow.afresh() };
        let view = ChangeView { kind, contacts, policy: self.0.policy, step: self.step(visit, kind, shown) };
        (view, if is_answered { Outcome::Changed } else { Outcome::Cancelled })
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

impl Visit {
    /// Tells whether a change is what the application that sent the person here asked for: of its kind, and done since.
    fn is_answered_by(&self, kind: Kind, flow: &Flow) -> bool {
        match (&self.way_back, flow) {
            (Some(way_back), Flow::Done(done)) => way_back.kind == kind && done.at >= way_back.since,
            _ => false,
        }
    }
}
