//! How many messages the sandbox sends, and how long a code works.
//!
//! The service's guide says that there are limits per address and per user in 24 hours, and publishes no numbers.
//! These are ours.

use crate::contact::{Contact, Kind};
use jiff::Timestamp;
use serde::{Deserialize, Serialize};
use std::collections::HashMap;

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

/// The code messages that count: when they were sent, oldest first, by where they went and by who asked. A limit is looked at
/// without looking at anybody else's messages, so that the sandbox is as quick after a million of them.
#[derive(Debug, Default)]
pub(crate) struct Sent {
    to_contacts: HashMap<(Kind, String), Vec<Timestamp>>,
    by_users: HashMap<String, Vec<Timestamp>>,
}

impl Sent {
    /// Counts a message.
    pub(crate) fn note(&mut self, user: &str, contact: &Contact, at: Timestamp) {
        self.to_contacts.entry(contact.reached()).or_default().push(at);
        self.by_users.entry(user.to_owned()).or_default().push(at);
    }
}

impl Limits {
    /// Whether one more message may go to this contact of this user.
    pub(crate) fn check(
        &self,
        sent: &Sent,
        user: &str,
        contact: &Contact,
        now: Timestamp,
    ) -> Result<(), Reached> {
        let to_contact = sent.to_contacts.get(&contact.reached());
        if let Some(wait) = self.wait(to_contact, self.per_address, now) {
            return Err(Reached::Address(wait));
        }
        self.wait(sent.by_users.get(user), self.per_user, now).map_or(Ok(()), |wait| Err(Reached::User(wait)))
    }

    /// Seconds until fewer than `limit` of these are in the window; nothing when that is so already.
    fn wait(&self, sent: Option<&Vec<Timestamp>>, limit: u32, now: Timestamp) -> Option<i64> {
        let sent = sent.map_or(&[][..], Vec::as_slice);
        let window = i64::from(self.window_seconds);
        let left = |at: &Timestamp| at.as_second() + window - now.as_second();
        let within = sent.len() - sent.partition_point(|at| left(at) <= 0);
        let limit = usize::try_from(limit).unwrap_or(usize::MAX);
        if within < limit {
            return None;
        }
        // With a limit of none there is no message to wait for.
        Some(sent.get(sent.len() - limit).map_or(window, left))
    }
}
