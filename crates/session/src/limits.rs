//! Limits of our own in front of the service: how many messages may be asked for, so that nobody is flooded with them
//! and nobody spends the operator's money on them.
//!
//! Every send counts against its destination, its account, its network and the whole of its kind. Windows slide: a
//! send is forgotten an hour, or a day, after it was made. In the memory of this process, where who and where to are
//! kept as keyed hashes only.

mod network;
mod rate;

use std::{
    collections::{HashMap, VecDeque, hash_map::RandomState},
    hash::BuildHasher,
    sync::{Mutex, MutexGuard, PoisonError},
};

use contact::{Contact, Kind, Timestamp};
use identity::Subject;

pub use network::Network;
pub use rate::{Rate, Span};

/// How many messages may be sent.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct SendLimits {
    /// To one contact, whoever asks.
    pub destination: Rate,
    /// For one person, wherever they go.
    pub account: Rate,
    /// For one network, whoever asks.
    pub network: Rate,
    /// By email, in all.
    pub email: Rate,
    /// By text message, in all.
    pub sms: Rate,
}

/// One of the limits.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Limit {
    /// On messages to one contact.
    Destination,
    /// On messages for one person.
    Account,
    /// On messages for one network.
    Network,
    /// On all messages of one kind.
    Budget,
}

/// A limit is reached.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Reached {
    /// The one that stops the most: others than the destination's stop messages to any contact.
    pub which: Limit,
    /// When the last one of those that are reached lets a message through again.
    pub until: Timestamp,
}

/// How many messages may still be asked for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Allowance {
    /// So many, and surely at least one.
    Left {
        /// The number.
        messages: u32,
        /// Within this span.
        within: Span,
    },
    /// None for now.
    Reached(Reached),
}

/// Who asks.
#[derive(Clone, Copy)]
pub struct Asker<'visit> {
    /// Their account.
    pub subject: &'visit Subject,
    /// The network that they ask from.
    pub network: Network,
}

/// A place that was taken in all windows.
#[derive(Debug)]
#[must_use = "a send that surely was not made gives its place back"]
pub struct Spent {
    at: Timestamp,
    keys: Vec<u64>,
}

/// The sends of the last day, counted.
pub struct Sends {
    limits: SendLimits,
    capacity: usize,
    hasher: RandomState,
    ledger: Mutex<Ledger>,
}

/// The times of the sends, oldest first: by what they count against, and all in a row, to be forgotten in that order.
#[derive(Default)]
struct Ledger {
    times: HashMap<u64, VecDeque<Timestamp>>,
    sends: VecDeque<(Timestamp, Vec<u64>)>,
}

impl Sends {
    /// Takes the limits, and the number of sends to remember at the most; the oldest are forgotten first.
    pub fn new(limits: SendLimits, capacity: usize) -> Self {
        Self { limits, capacity, hasher: RandomState::new(), ledger: Mutex::default() }
    }

    /// Takes a place in all windows, or in none. `now` is when.
    ///
    /// # Errors
    /// The limit that is reached.
    pub fn spend(&self, asker: Asker<'_>, contact: &Contact, now: Timestamp) -> Result<Spent, Reached> {
        let windows = self.windows(asker, contact.kind(), Some(contact));
        let mut ledger = self.ledger();
        ledger.forget(now, self.capacity);
        if let Some(Allowance::Reached(reached)) = ledger.allowance(&windows, now) {
            return Err(reached);
        }
        let keys = windows.into_iter().map(|(_, _, key)| key).collect();
        Ok(ledger.add(now, keys))
    }

    /// Gives back the place of a send that surely was not made.
    pub fn give_back(&self, spent: &Spent) {
        self.ledger().remove(spent);
    }

    /// Tells how many messages somebody may ask for at a time `now`: to a contact, or (without one) to one of a kind
    /// that had none yet. Gives nothing where no limit is set.
    pub fn allowance(
        &self,
        asker: Asker<'_>,
        kind: Kind,
        contact: Option<&Contact>,
        now: Timestamp,
    ) -> Option<Allowance> {
        let windows = self.windows(asker, kind, contact);
        self.ledger().allowance(&windows, now)
    }

    /// Gives what a send counts against: the limits that are set, those that stop the most last.
    fn windows(&self, asker: Asker<'_>, kind: Kind, contact: Option<&Contact>) -> Vec<(Limit, Rate, u64)> {
        let SendLimits { destination, account, network, email, sms } = self.limits;
        let budget = match kind {
            Kind::Email => email,
            Kind::Mobile => sms,
        };
        // Mailboxes that differ in case alone are the same nearly everywhere.
        let to = contact.map(|contact| contact.as_str().to_lowercase());
        let of = |limit, key: u64| self.hasher.hash_one((limit, key));
        let hash = |text: &str| self.hasher.hash_one(text);
        let key_of_kind = of(Limit::Budget, u64::from(kind == Kind::Mobile));
        let all = [
            to.map(|to| (Limit::Destination, destination, of(Limit::Destination, hash(&to)))),
            Some((Limit::Account, account, of(Limit::Account, hash(asker.subject.as_str())))),
            Some((Limit::Network, network, of(Limit::Network, self.hasher.hash_one(asker.network)))),
            Some((Limit::Budget, budget, key_of_kind)),
        ];
        all.into_iter().flatten().filter(|(_, rate, _)| rate.is_set()).collect()
    }

    fn ledger(&self) -> MutexGuard<'_, Ledger> {
        // Nothing that is done under the lock panics half-way.
        self.ledger.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Ledger {
    fn allowance(&self, windows: &[(Limit, Rate, u64)], now: Timestamp) -> Option<Allowance> {
        let none = VecDeque::new();
        let rooms = windows.iter().flat_map(|(limit, rate, key)| {
            let times = self.times.get(key).unwrap_or(&none);
            rate.rooms(times, now).map(move |(span, room)| (*limit, span, room))
        });
        rooms.fold(None, |worst, (which, within, room)| {
            Some(match (worst, room) {
                (Some(Allowance::Reached(other)), Err(until)) => {
                    Allowance::Reached(Reached { which, until: until.max(other.until) })
                }
                (_, Err(until)) => Allowance::Reached(Reached { which, until }),
                (Some(worst @ Allowance::Reached(_)), Ok(_)) => worst,
                (Some(worst @ Allowance::Left { messages: fewer, .. }), Ok(messages)) if fewer < messages => {
                    worst
                }
                (_, Ok(messages)) => Allowance::Left { messages, within },
            })
        })
    }

    fn add(&mut self, now: Timestamp, keys: Vec<u64>) -> Spent {
        // A clock that was set back must not put the order out.
        let at = self.sends.back().map_or(now, |(last, _)| now.max(*last));
        for key in &keys {
            self.times.entry(*key).or_default().push_back(at);
        }
        self.sends.push_back((at, keys.clone()));
        Spent { at, keys }
    }

    fn remove(&mut self, spent: &Spent) {
        for key in &spent.keys {
            if let Some(times) = self.times.get_mut(key)
                && let Ok(place) = times.binary_search(&spent.at)
            {
                times.remove(place);
            }
        }
    }

    /// Forgets what counts no more, and, to make room for one, the oldest.
    fn forget(&mut self, now: Timestamp, capacity: usize) {
        while let Some((at, _)) = self.sends.front()
            && (self.sends.len() >= capacity.max(1) || now.since(*at) >= Span::Day.length())
            && let Some((at, keys)) = self.sends.pop_front()
        {
            for key in keys {
                let Some(times) = self.times.get_mut(&key) else { continue };
                while times.front().is_some_and(|time| *time <= at) {
                    times.pop_front();
                }
                if times.is_empty() {
                    self.times.remove(&key);
                }
            }
        }
    }
}
