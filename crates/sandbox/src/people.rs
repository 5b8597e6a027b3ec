//! The people the sandbox knows, and how a change is made to their contacts.

use crate::contact::{Contact, Kind};
use jiff::Timestamp;
use std::borrow::Cow;

/// A person with an account.
#[derive(Clone, Debug)]
pub(crate) struct Person {
    /// 24 lower-case hexadecimal characters; the `sub` of their sign-ins.
    pub(crate) id: Cow<'static, str>,
    /// What they sign in with.
    pub(crate) username: Cow<'static, str>,
    /// Whether the sign-in page offers them to whoever comes. Otherwise they have to be asked for.
    pub(crate) is_offered: bool,
    /// Given, middle and family name.
    pub(crate) name: Name,
    /// Their locale in the service's style, such as `en_GB`.
    pub(crate) locale: &'static str,
    /// The language of messages to them.
    pub(crate) preferred_language: &'static str,
    /// Their time zone, if the service knows it.
    pub(crate) zoneinfo: Option<&'static str>,
    /// Email addresses; the first is the primary one.
    pub(crate) emails: Vec<Listed>,
    /// Mobile numbers; the first is the primary one.
    pub(crate) mobiles: Vec<Listed>,
    /// When the account was last changed.
    pub(crate) modified: Timestamp,
}

/// A person's name.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Name {
    /// The given name.
    pub(crate) given: &'static str,
    /// The middle name, if any.
    pub(crate) middle: Option<&'static str>,
    /// The family name.
    pub(crate) family: &'static str,
}

/// An address or number in a person's list.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Listed {
    /// The address or number.
    pub(crate) value: String,
    /// What the person calls it, such as "Work".
    pub(crate) name: Option<String>,
    /// Whether a code sent there came back.
    pub(crate) verified: bool,
    /// The service's tags.
    pub(crate) tags: Vec<String>,
}

/// What is asked for beside the new contact.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) struct Choices {
    /// Make it the primary one: put it first.
    pub(crate) primary: bool,
    /// Remove all previous ones of the same kind.
    pub(crate) replace_all: bool,
}

impl Name {
    /// The whole name, as the sign-in page and the `name` claim have it.
    pub(crate) fn full(&self) -> String {
        [Some(self.given), self.middle, Some(self.family)]
            .into_iter()
            .flatten()
            .filter(|part| !part.is_empty())
            .collect::<Vec<_>>()
            .join(" ")
    }
}

impl Person {
    /// Their contacts of one kind, primary first.
    pub(crate) fn list(&self, kind: Kind) -> &[Listed] {
        match kind {
            Kind::Email => &self.emails,
            Kind::Mobile => &self.mobiles,
        }
    }

    /// Whether this contact is theirs and verified.
    pub(crate) fn has_verified(&self, contact: &Contact) -> bool {
        self.list(contact.kind()).iter().any(|one| one.verified && contact.is_written(&one.value))
    }

    /// Their primary address or number.
    pub(crate) fn primary(&self, kind: Kind) -> Option<&Listed> {
        self.list(kind).first()
    }

    /// Adds a verified contact. Listed already: verified where it stands. `primary` moves it to the front,
    /// `replace_all` makes it the only one of its kind; neither: it goes to the end.
    pub(crate) fn change(&mut self, contact: &Contact, choices: Choices, now: Timestamp) {
        let list = match contact.kind() {
            Kind::Email => &mut self.emails,
            Kind::Mobile => &mut self.mobiles,
        };
        let place = list.iter().position(|one| contact.is_written(&one.value));
        let mut entry = match place {
            Some(place) => list.remove(place),
            None => Listed { value: String::new(), name: None, verified: false, tags: Vec::new() },
        };
        contact.value().clone_into(&mut entry.value);
        entry.verified = true;
        if choices.replace_all {
            list.clear();
        }
        let to = if choices.primary { 0 } else { place.unwrap_or(list.len()).min(list.len()) };
        list.insert(to, entry);
        self.modified = now;
    }
}
