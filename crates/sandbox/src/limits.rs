//! How many messages the sandbox sends, and how long a code works.
//!
//! The service's guide says that there are limits per address and per user in 24 hours, and publishes no numbers.
//! These are ours.

use crate::contact::Contact;
use jiff::Timestamp;
use serde::{Deserialize, Serialize};

/// The limits, as `POST /control/limits` shows and takes them.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", default, deny_unknown_fields)]
pub struct Limits {
    /// Code messages to one address or number within the window.
    pub per_address: u32,
    /// Code messages to one user within the window, whatever the address.
    pub per_user: u32,
    /// How long a code works, in seconds.
    pub code_lifetime_seconds: u32,
    /// The length of the window, in seconds.
    pub window_seconds: u32,
}

impl Default for Limits {
    fn default() -> Self {
        Self { per_address: 5, per_user: 10, code_lifetime_seconds: 600, window_seconds: 86_400 }
    }
}

/// A limit that is reached.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Reached {
    /// Too many messages to this address or number; whole seconds until one may be sent again.
    Address(i64),
    /// Too many messages to this user; whole seconds until one may be sent again.
    User(i64),
}

/// One code message that counts.
#[derive(Clone, Debug)]
pub(crate) struct Sent {
    /// When.
    pub(crate) at: Timestamp,
    /// Who asked.
    pub(crate) user: String,
    /// Where to.
    pub(crate) contact: Contact,
}

impl Limits {
    /// Whether one more message may go to this contact of this user.
    pub(crate) fn check(
        &self,
        sent: &[Sent],
        user: &str,
        contact: &Contact,
        now: Timestamp,
    ) -> Result<(), Reached> {
        let to_contact = sent.iter().filter(|one| one.contact.is(contact));
        if let Some(wait) = self.wait(to_contact, self.per_address, now) {
            return Err(Reached::Address(wait));
        }
        let to_user = sent.iter().filter(|one| one.user == user);
        self.wait(to_user, self.per_user, now).map_or(Ok(()), |wait| Err(Reached::User(wait)))
    }

    /// Seconds until fewer than `limit` of these are in the window; nothing when that is so already.
    fn wait<'a>(&self, sent: impl Iterator<Item = &'a Sent>, limit: u32, now: Timestamp) -> Option<i64> {
        let window = i64::from(self.window_seconds);
        let ends: Vec<i64> =
            sent.map(|one| one.at.as_second() + window - now.as_second()).filter(|left| *left > 0).collect();
        let limit = usize::try_from(limit).unwrap_or(usize::MAX);
        if ends.len() < limit {
            return None;
        }
        Some(ends.get(ends.len() - limit).copied().unwrap_or(window))
    }
}
