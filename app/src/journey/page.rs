//! What a page shows.

use std::{
    hash::{DefaultHasher, Hash as _, Hasher as _},
    sync::Arc,
    time::Duration,
};

use contact::{
    Contacts, Flow, Kind, KnownContact, Refusal, Restart, RestartReason, Timestamp, likely_address,
};
use session::{ChangeError, Known};

use super::{
    Journey, Visit, clock,
    countries::{listed, shown_back},
};
use crate::{
    Allowance, ChangeView, ContactsView, Locale, Offer, Page, PageState, Step, Underway, View,
    consequences::{awaited, decided, joined, primary, removed},
    steps::refusal::refusal_sentence,
    text::{server::text, text as page_text},
};

/// How long it is said what came of a press. Whoever comes back later comes to try again.
const NEWS: Duration = Duration::from_mins(10);

impl Journey {
    /// Gives what a page shows. `done` is the id of the change that the person has just finished, if the address names
    /// one: another one makes room for the next change.
    ///
    /// # Errors
    /// The change of the page cannot be read.
    pub async fn page(
        self: &Arc<Self>,
        visit: &Visit,
        page: Page,
        done: Option<&str>,
    ) -> Result<PageState, ChangeError> {
        let (view, back) = match page {
            Page::Contacts => {
                let (contacts, changes) = self.contacts_and_changes(visit).await?;
                let back = visit.back_from_contacts(&changes, contacts.is_some());
                let changes = changes.into_iter().map(|(kind, Known { flow, .. })| Underway {
                    kind,
                    flow: flow.id().clone(),
                    pending: flow.pending().cloned(),
                });
                let (policy, changes) = (self.0.policy, changes.collect());
                (View::Contacts(ContactsView { contacts, policy, changes }), back)
            }
            Page::Change(kind) => {
                let view = self.change_view(visit, kind, done).await?;
                let back = view.step.back.clone();
                (View::Change(view), back)
            }
        };
        Ok(PageState { locale: visit.locale, name: visit.signed_in.name.clone(), back, view })
    }

    /// Gives what the account holds and where both changes stand. Whoever sees there that a change was made may go away then:
    /// so it is found out here as well.
    async fn contacts_and_changes(
        self: &Arc<Self>,
        visit: &Visit,
    ) -> Result<(Option<Contacts>, Vec<(Kind, Known)>), ChangeError> {
        let (mut read, mut changes) = (None, Vec::new());
        for kind in [Kind::Email, Kind::Mobile] {
            let mut known = self.known(visit, kind).await?;
            if known.flow.can_settle() {
                let (contacts, found) = self.find_out(visit, kind).await?;
                (read, known) = (Some(contacts), found);
            }
            changes.push((kind, known));
        }
        let contacts = match read {
            Some(contacts) => contacts,
            None => self.contacts(visit).await,
        };
        Ok((contacts, changes))
    }

    async fn change_view(
        self: &Arc<Self>,
        visit: &Visit,
        kind: Kind,
        done: Option<&str>,
    ) -> Result<ChangeView, ChangeError> {
        let before = self.known(visit, kind).await?;
        let (contacts, known) = if before.flow.can_settle() {
            self.find_out(visit, kind).await?
        } else {
            (self.contacts(visit).await, before.clone())
        };
        let flow = known.flow;
        // A change found to be done on this very visit is news; one that was done before is asked for by its id.
        let is_news = flow != before.flow || done == Some(flow.id().to_string().as_str());
        let lately = self.done_lately(visit, &flow, known.kept_at).filter(|_| !is_news);
        let flow = if is_news { flow } else { flow.afresh() };
        let sign_in = self.sign_in_note(visit, &flow).map(str::to_owned);
        let step = self.step(visit, kind, Known { flow, ..known }).await;
        let previous = contacts.as_ref().map(|contacts| contacts.of(kind));
        // Whose form already says one of them keeps that one; which ones go depends on what they make of it.
        let typed = match &step.flow {
            Flow::Enter(enter) => self.read(visit, kind, &enter.typed).ok(),
            _ => None,
        };
        let is_typed = |one: &KnownContact| typed.as_ref().is_some_and(|typed| typed.is(&one.value));
        let others = previous.filter(|all| !all.iter().any(is_typed));
        let mut policy = self.0.policy;
        let sentences = text(visit.locale).of(kind);
        let is_first = previous.is_some_and(<[_]>::is_empty);
        if is_first {
            // There is nothing to choose: the first one is the primary one, and takes the place of none.
            for choice in [&mut policy.primary, &mut policy.replace_all] {
                *choice = if *choice == Offer::Offer { Offer::Never } else { *choice };
            }
        }
        Ok(ChangeView {
            kind,
            title: if is_first { sentences.add } else { sentences.title },
            policy,
            removed: removed(visit.locale, kind, others),
            notes: joined([lately, sign_in, decided(visit.locale, kind, policy, others)]),
            home: self.home(visit, kind),
            step,
        })
    }

    /// Says on an empty form what was done a moment ago: the answer to the press need not have arrived.
    fn done_lately(&self, visit: &Visit, flow: &Flow, kept_at: Option<Timestamp>) -> Option<String> {
        let Flow::Done(done) = flow else { return None };
        if kept_at.is_none_or(|kept_at| self.is_old(kept_at)) {
            return None;
        }
        let contact = &done.contact;
        let shown = shown_back(visit.locale, contact).unwrap_or_else(|| contact.readable().to_owned());
        Some(page_text(visit.locale).of(contact.kind()).is_verified.with(&shown))
    }

    /// Says beside the button for a code that it leads through the sign-in first, and to whoever comes back from there how to
    /// go on. It stays true on a page that goes on without being loaded.
    fn sign_in_note(&self, visit: &Visit, flow: &Flow) -> Option<&'static str> {
        let Flow::Enter(enter) = flow else { return None };
        let text = text(visit.locale);
        let was_asked = enter.refusal == Some(Refusal::SignInAgain);
        match (was_asked, visit.is_fresh(self.now(), self.0.fresh_for)) {
            (false, false) => Some(text.sign_in_first),
            (true, true) => Some(text.signed_in_again),
            // Whoever was asked and did not is told so as a problem; to all others it is nothing new.
            (true, false) | (false, true) => None,
        }
    }

    /// Gives where a change stands now.
    pub(super) async fn look(self: &Arc<Self>, visit: &Visit, kind: Kind) -> Result<Step, ChangeError> {
        let known = self.known(visit, kind).await?;
        Ok(self.step(visit, kind, known).await)
    }

    pub(super) async fn known(self: &Arc<Self>, visit: &Visit, kind: Kind) -> Result<Known, ChangeError> {
        let known = self.0.changes.look(&visit.signed_in.caller.subject, kind).await?;
        self.send_due(visit, kind, &known);
        Ok(self.as_of_now(known))
    }

    /// Leaves out what holds no more, or is no news any more.
    pub(super) fn as_of_now(&self, known: Known) -> Known {
        let mut flow = known.flow.at(self.now());
        if known.kept_at.is_some_and(|kept_at| self.is_old(kept_at)) {
            flow = flow.without_news();
        }
        Known { flow, ..known }
    }

    fn is_old(&self, kept_at: Timestamp) -> bool {
        self.now().since(kept_at) > NEWS
    }

    /// Reads what the account holds; nothing if that fails, which the operator is told.
    pub(super) async fn contacts(&self, visit: &Visit) -> Option<Contacts> {
        self.account(visit).await.ok().map(|user| user.contacts)
    }

    /// Gives a state with the times and figures that belong to it.
    pub(super) async fn step(self: &Arc<Self>, visit: &Visit, kind: Kind, mut known: Known) -> Step {
        let now = self.now();
        if let Flow::Enter(enter) = &mut known.flow
            && visit.is_fresh(now, self.0.fresh_for)
        {
            // They have just done so, and find what they had typed.
            enter.refusal.take_if(|refusal| *refusal == Refusal::SignInAgain);
        }
        let flow = &known.flow;
        let write = |time| clock::write(visit, &self.0.zone, now, time);
        let (ends_at, contact) = match flow {
            Flow::Enter(_) => (None, None),
            Flow::AwaitCode(awaiting) => (Some(write(awaiting.expires_at)), Some(&awaiting.contact)),
            Flow::Restart(restart) => (None, Some(&restart.contact)),
            Flow::Done(done) => (None, Some(&done.contact)),
        };
        let shown_back = contact.and_then(|contact| shown_back(visit.locale, contact));
        let limit_ends_at = flow.limit_ends_at().map(&write);
        let notes = match flow {
            Flow::AwaitCode(awaiting) => awaited(visit.locale, kind, awaiting.choices, known.is_resent),
            Flow::Restart(restart) => {
                refused(visit.locale, restart, shown_back.as_deref(), limit_ends_at.as_deref())
            }
            Flow::Done(done) => primary(visit.locale, done),
            Flow::Enter(_) => None,
        };
        let meant = contact.and_then(|contact| likely_address(contact.readable()));
        let allowance = self.allowance(visit, kind, flow, write).await;
        let person = self.0.keyring.stand_in(&visit.signed_in.caller.subject);
        let back = self.back(visit, kind, &known, allowance.as_ref()).await;
        let mark = mark(person, &known.flow, allowance.as_ref());
        let mut flow = known.flow;
        if let Flow::Done(done) = &mut flow {
            for number in &mut done.contacts.mobiles {
                number.value = listed(visit.locale, Kind::Mobile, &number.value);
            }
        }
        Step { person, mark, flow, now, ends_at, limit_ends_at, shown_back, notes, meant, allowance, back }
    }

    pub(super) fn now(&self) -> Timestamp {
        (self.0.clock)()
    }
}

/// Gives why the last press sent no new code, if it did not; or why it left a change alone that may have been made.
fn refused(
    locale: Locale,
    restart: &Restart,
    shown_back: Option<&str>,
    limit_ends_at: Option<&str>,
) -> Option<String> {
    let Restart { contact, reason, refusal, .. } = restart;
    Some(match (reason, refusal.as_ref()?) {
        (RestartReason::Unknown, Refusal::Unavailable { reference }) => text(locale).not_left.with(reference),
        (_, refusal) => {
            let shown = shown_back.unwrap_or_else(|| contact.readable());
            refusal_sentence(page_text(locale), contact.kind(), refusal, shown, limit_ends_at)
        }
    })
}

/// Gives a number for what is told of a change, so that the browser need not compare all of it. Of a contact that is still to
/// be entered nothing is but whose it is: what it was in one tab is no news in another.
fn mark(person: u64, flow: &Flow, allowance: Option<&Allowance>) -> u64 {
    let told = Some(flow).filter(|flow| !matches!(flow, Flow::Enter(_)));
    let mut hasher = DefaultHasher::new();
    // What could not be written would be no state that a page can be given.
    postcard::to_allocvec(&(person, told, allowance)).unwrap_or_default().hash(&mut hasher);
    hasher.finish()
}
