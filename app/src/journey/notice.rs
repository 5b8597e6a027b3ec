//! A notice to the contacts that the account had before: whoever did not make the change themselves learns of it where
//! they can still be reached (NIST SP 800-63B-4, section 4.6).
//!
//! It is sent by the service, after the person has their answer. That it fails changes nothing for them; the operator is
//! told. It is written down as due with the change that it is of, so a node that dies leaves it to the next visit, and so does
//! a service that takes none for a while: whoever makes another person's change could choose a moment in which it does not.

#[cfg(test)]
mod tests;

use std::{sync::Arc, time::Duration};

use contact::{Choices, Contact, Contacts, Done, Flow, Kind, KnownContact};
use identity::{Client, Fault, Notice};
use opentelemetry::context::FutureExt as _;
use session::{ChangeError, Due, Known};
use tokio::time::sleep;
use tracing::Instrument as _;
use upstream::chain;

use super::{Event, Journey, Visit, clock};
use crate::{
    Locale,
    text::server::{Told, text},
};

/// How long to wait before a notice is sent again that surely was not sent.
const PAUSES: [Duration; 2] = [Duration::from_secs(1), Duration::from_secs(5)];

/// How long it is tried to tell of a change, on every visit.
const STILL_NEWS: Duration = Duration::from_hours(24);

/// What notices say of the operator.
pub struct Notices {
    /// What the service is called, in a language; nothing if the operator gave it no name.
    pub name: Box<dyn Fn(Locale) -> Option<String> + Send + Sync>,
    /// Where there is help, if the operator said so.
    pub support: Box<dyn Fn() -> Option<String> + Send + Sync>,
}

impl Journey {
    /// Reads what the account holds if a change will take it away that is to be told; nothing if it will not, or if the service
    /// answers without a word of contacts.
    ///
    /// # Errors
    /// It cannot be read, which the operator is told.
    pub(super) async fn previous(&self, visit: &Visit, choices: Choices) -> Result<Option<Contacts>, Fault> {
        if self.0.notices.is_none() || !choices.replace_all {
            return Ok(None);
        }
        self.account(visit).await.map(|user| user.names_contacts.then_some(user.contacts))
    }

    /// Gives the notices that are due once a change is done; of any other state there are none. `previous`: what the account
    /// held before the change took it away. `locale`: the language that the service writes to the person in.
    pub(super) fn due(&self, flow: &Flow, previous: Option<&Contacts>, locale: Option<String>) -> Vec<Due> {
        let (Some(_), Flow::Done(done)) = (&self.0.notices, flow) else { return Vec::new() };
        let known = previous.filter(|_| done.choices.replace_all).unwrap_or(&done.contacts);
        let replaced = has_replaced(done, previous);
        let due = |(kind, to)| {
            let contact = done.contact.clone();
            Due { kind, to, contact, replaced, at: done.at, locale: locale.clone() }
        };
        receivers(done, known).into_iter().map(due).collect()
    }

    /// Tells the operator if a change took away what was never read, so that it cannot be told.
    pub(super) fn miss(&self, visit: &Visit, done: &Done, previous: Option<&Contacts>) {
        if self.0.notices.is_some() && done.choices.replace_all && previous.is_none() {
            tracing::warn!(
                reference = %visit.reference,
                "a notice of a change goes to what is left: the previous contacts could not be read while they were there"
            );
            self.record(visit, Event::PreviousNotKnown(done.contact.kind()));
        }
    }

    /// Sends what is due, if anything is: what has just become so, and what a node died with. Does not wait for it.
    pub(super) fn send_due(self: &Arc<Self>, visit: &Visit, kind: Kind, known: &Known) {
        if self.0.notices.is_none() || known.due.is_empty() {
            return;
        }
        let (journey, visit) = (Arc::clone(self), visit.clone());
        let work = async move {
            if let Err(error) = journey.send_in_turn(&visit, kind).await {
                tracing::error!(
                    reference = %visit.reference,
                    fault = %chain(&error),
                    "what notices are due could not be read or kept; the next visit sends those that are"
                );
            }
        };
        // The program does not end before they are sent.
        self.1.spawn(work.in_current_span().with_current_context());
    }

    async fn send_in_turn(&self, visit: &Visit, kind: Kind) -> Result<(), ChangeError> {
        let Some(notices) = &self.0.notices else { return Ok(()) };
        let subject = &visit.signed_in.caller.subject;
        let _turn = match self.0.changes.turn(subject, kind).await {
            // Somebody is at it, and alive: they look again before they go.
            Err(ChangeError::Busy) => return Ok(()),
            turn => turn?,
        };
        // What could not be struck off, though that was said, is not sent for ever.
        let mut tried = Vec::new();
        loop {
            // Whoever had the turn before has sent some, or all; and more may become due meanwhile.
            let due = self.0.changes.look(subject, kind).await?.due;
            let Some(due) = due.into_iter().find(|due| !tried.contains(due)) else { return Ok(()) };
            let sent = self.send_one(visit, notices, &due).await;
            let is_left_due = sent.is_err_and(|fault| may_come_later(&fault));
            if !is_left_due || self.now().since(due.at) >= STILL_NEWS {
                self.0.changes.open(subject, kind).await?.strike_off(&due).await?;
            }
            tried.push(due);
        }
    }

    async fn send_one(&self, visit: &Visit, notices: &Notices, due: &Due) -> Result<(), Fault> {
        let (kind, to, locale) = (due.kind, due.to.as_str(), language(visit, due));
        let told = self.told(visit, locale, notices, due);
        let sent = send(&self.0.service, visit, &notice(locale, kind, to, &told)).await;
        let event = match &sent {
            Ok(()) => Event::NoticeSent { kind, to },
            Err(fault) => Event::NoticeFailed { kind, to, may_have_acted: fault.may_have_acted() },
        };
        self.record(visit, event);
        sent
    }

    fn told(&self, visit: &Visit, locale: Locale, notices: &Notices, due: &Due) -> Told {
        Told {
            kind: due.contact.kind(),
            contact: masked(&due.contact),
            service: (notices.name)(locale),
            time: clock::write_whole(visit, locale, &self.0.zone, due.at),
            replaced: due.replaced,
            support: (notices.support)(),
        }
    }
}

/// Tells whether a change took other contacts away. Where nobody knows what there was, it is taken to have done so.
fn has_replaced(done: &Done, previous: Option<&Contacts>) -> bool {
    let is_another = |known: &KnownContact| !done.contact.is(&known.value);
    let has_another = |held: &Contacts| held.of(done.contact.kind()).iter().any(is_another);
    done.choices.replace_all && previous.is_none_or(has_another)
}

/// Gives who is told: the verified contacts of the same kind; if there were none, those of the other kind.
fn receivers(done: &Done, known: &Contacts) -> Vec<(Kind, String)> {
    let of = |kind: Kind| -> Vec<(Kind, String)> {
        let others = known.of(kind).iter().filter(|known| known.verified && !done.contact.is(&known.value));
        others.map(|known| (kind, known.value.clone())).collect()
    };
    let (same, other) = match done.contact.kind() {
        Kind::Email => (Kind::Email, Kind::Mobile),
        Kind::Mobile => (Kind::Mobile, Kind::Email),
    };
    let first = of(same);
    if first.is_empty() { of(other) } else { first }
}

/// Gives the language of a notice: the person's own, as the provider knows it, else as the service does. That of the page
/// is chosen by whoever is signed in, who need not be the one whom the notice is for; it is left for where nobody knows.
fn language(visit: &Visit, due: &Due) -> Locale {
    let own = [&visit.signed_in.locale, &due.locale].into_iter().flatten();
    own.map(String::as_str).find_map(Locale::from_tag).unwrap_or(visit.locale)
}

fn notice(locale: Locale, kind: Kind, to: &str, told: &Told) -> Notice {
    let (words, to) = (&text(locale).notice, to.to_owned());
    match kind {
        Kind::Email => Notice::Email { to, subject: (words.subject)(told), text: (words.email)(told) },
        Kind::Mobile => Notice::Sms { to, text: (words.sms)(told) },
    }
}

/// Tells whether a notice surely was not sent, and may be later.
fn may_come_later(fault: &Fault) -> bool {
    !fault.may_have_acted() && !fault.is_not_available() && !fault.is_for_good()
}

/// Sends one; again only after a fault that surely sent nothing and passes. Tells the operator of the last one.
async fn send(service: &Client, visit: &Visit, notice: &Notice) -> Result<(), Fault> {
    let mut pauses = PAUSES.into_iter();
    loop {
        let Err(fault) = service.notify(&visit.signed_in.caller, notice).await else { return Ok(()) };
        let Some(pause) = pauses.next().filter(|_| may_come_later(&fault)) else {
            tracing::warn!(
                reference = %visit.reference,
                may_have_acted = fault.may_have_acted(),
                fault = %chain(&fault),
                "a notice of a change was not sent"
            );
            return Err(fault);
        };
        sleep(pause).await;
    }
}

/// Gives as much of a contact as tells its owner which one it is, and nobody else what it is. In characters that a text
/// message holds in its short form.
fn masked(contact: &Contact) -> String {
    let whole = contact.readable();
    if let (Kind::Email, Some((name, domain))) = (contact.kind(), whole.split_once('@')) {
        let first: String = name.chars().take(1).collect();
        return format!("{first}***@{domain}");
    }
    let digits: Vec<char> = whole.chars().filter(char::is_ascii_digit).collect();
    format!("***{}", digits[digits.len().saturating_sub(2)..].iter().collect::<String>())
}
