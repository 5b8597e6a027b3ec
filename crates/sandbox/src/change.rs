//! Beginning and finishing a change of a contact.
//!
//! The rules are from the service's guide: a message with a six-digit code, limits in 24 hours, a code that can be
//! entered once, right or wrong. Each step is one change of the world, so that two calls at once cannot both pass.

use crate::clock::{iso, later};
use crate::contact::{Contact, Kind};
use crate::ledger::{Cause, Change, Sending, correlation};
use crate::limits::Reached;
use crate::message::{Code, Message};
use crate::people::Choices;
use crate::world::World;
use jiff::Timestamp;

/// A change that was begun.
#[derive(Clone, Debug)]
pub(crate) struct Verification {
    user: String,
    contact: Contact,
    choices: Choices,
    code: String,
    expires: Timestamp,
    state: State,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum State {
    Open,
    Used,
    Superseded,
}

impl Verification {
    /// What it is to verify.
    pub(crate) fn contact(&self) -> &Contact {
        &self.contact
    }

    /// Whether this user began it.
    pub(crate) fn is_of(&self, user: &str) -> bool {
        self.user == user
    }
}

/// What a user asks for with `begin`.
#[derive(Clone, Debug)]
pub(crate) struct Wish {
    /// The new contact.
    pub(crate) contact: Contact,
    /// What else.
    pub(crate) choices: Choices,
    /// The language to write the message in; the user's own if nothing is wished for.
    pub(crate) language: Option<&'static str>,
}

/// A change that has just been begun.
pub(crate) struct Begun {
    /// The verification token.
    pub(crate) token: String,
    /// Until when the code works.
    pub(crate) expires: Timestamp,
    /// Until when, in seconds from now.
    pub(crate) lifetime: u32,
    /// What was sent.
    pub(crate) message: Message,
}

/// Why no change was begun.
pub(crate) enum NotBegun {
    NoSuchUser,
    AlreadyYours,
    Limit(Reached),
}

/// Why no change was made.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum NotFinished {
    Unknown,
    Used,
    Superseded,
    Expired,
    WrongCode,
    Taken,
}

impl World {
    /// Sends a code to the new contact. An older verification of the same kind no longer works then.
    pub(crate) fn begin(
        &mut self,
        user: &str,
        wish: &Wish,
        host: &str,
        now: Timestamp,
    ) -> Result<Begun, NotBegun> {
        let person = self.person(user).ok_or(NotBegun::NoSuchUser)?;
        if person.has_verified(&wish.contact) {
            return Err(NotBegun::AlreadyYours);
        }
        let language = wish.language.unwrap_or(person.preferred_language);
        self.limits.check(&self.sent, user, &wish.contact, now).map_err(NotBegun::Limit)?;

        let lifetime = self.limits.code_lifetime_seconds;
        let expires = later(now, lifetime);
        let code = format!("{:06}", rand::random_range(0..1_000_000));
        let token = crate::service::random_token();
        let message = Code { contact: &wish.contact, digits: &code, language, lifetime, host }.message(now);
        self.sent.note(user, &wish.contact, now);
        self.outbox.push(message.clone());
        self.ledger.messages.push(Sending {
            at: iso(now),
            user: user.to_owned(),
            cause: Cause::Begin,
            channel: message.channel,
            to: Some(message.to.clone()),
            outcome: "sent",
            status: None,
            verification: Some(correlation(&token)),
            fault: None,
        });
        self.supersede(user, wish.contact.kind(), &token);
        self.verifications.insert(
            token.clone(),
            Verification {
                user: user.to_owned(),
                contact: wish.contact.clone(),
                choices: wish.choices,
                code,
                expires,
                state: State::Open,
            },
        );
        Ok(Begun { token, expires, lifetime, message })
    }

    /// Of a user and a kind, only the verification that was begun last can still be open.
    fn supersede(&mut self, user: &str, kind: Kind, token: &str) {
        let older = self.last_begun.insert((user.to_owned(), kind), token.to_owned());
        let older = older.and_then(|token| self.verifications.get_mut(&token));
        if let Some(older) = older.filter(|older| older.state == State::Open) {
            older.state = State::Superseded;
        }
    }

    /// Makes a verification run out now.
    pub(crate) fn expire(&mut self, token: &str, now: Timestamp) {
        if let Some(verification) = self.verifications.get_mut(token) {
            verification.expires = verification.expires.min(now);
        }
    }

    /// Takes the one entry of a code. Right or wrong, it uses the verification up. `by_another` plays another
    /// account that has the contact.
    pub(crate) fn finish(
        &mut self,
        user: &str,
        token: &str,
        code: &str,
        by_another: bool,
        now: Timestamp,
    ) -> Result<(), NotFinished> {
        let verification = self
            .verifications
            .get_mut(token)
            .filter(|verification| verification.user == user)
            .ok_or(NotFinished::Unknown)?;
        match verification.state {
            State::Used => return Err(NotFinished::Used),
            State::Superseded => return Err(NotFinished::Superseded),
            State::Open if verification.expires <= now => return Err(NotFinished::Expired),
            State::Open => verification.state = State::Used,
        }
        if verification.code != code {
            return Err(NotFinished::WrongCode);
        }
        let Verification { contact, choices, .. } = verification.clone();
        let others = self.people.iter().any(|person| person.id != user && person.has_verified(&contact));
        if by_another || others {
            return Err(NotFinished::Taken);
        }
        let person = self.people.iter_mut().find(|person| person.id == user).ok_or(NotFinished::Unknown)?;
        let before = values(person.list(contact.kind()));
        person.change(&contact, choices, now);
        let after = values(person.list(contact.kind()));
        self.ledger.changes.push(Change {
            at: iso(now),
            user: user.to_owned(),
            kind: contact.kind(),
            contact: contact.value().to_owned(),
            primary: choices.primary,
            replace_all: choices.replace_all,
            before,
            after,
            verification: correlation(token),
        });
        Ok(())
    }
}

fn values(list: &[crate::people::Listed]) -> Vec<String> {
    list.iter().map(|one| one.value.clone()).collect()
}
