//! Limits of our own in front of the service: how many messages may be asked for, so that nobody is flooded with them
//! and nobody spends the operator's money on them.
//!
//! Every send counts against its destination, its account, its network and the whole of its kind. Windows slide: a
//! send is forgotten an hour, or a day, after it was made. Counted in a store, for all nodes that share it, under keyed
//! hashes of who and where to. Times are those of the node that counts: they may differ by as much as its clock does.

mod network;
mod rate;

use std::sync::Arc;

use contact::{Contact, Kind, Timestamp};
use identity::Subject;

use crate::{
    Keyring, Store,
    store::{self, Count, Place, Taking, Window},
};

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
    id: u128,
    places: Vec<Place>,
}

/// The sends of the last day, counted.
#[derive(Clone)]
pub struct Sends {
    limits: SendLimits,
    store: Arc<dyn Store>,
    keyring: Arc<Keyring>,
}

impl Sends {
    /// Takes the limits, and where and under which keys sends are counted.
    pub fn new(limits: SendLimits, store: Arc<dyn Store>, keyring: Arc<Keyring>) -> Self {
        Self { limits, store, keyring }
    }

    /// Takes a place in all windows, or in none: then it gives the limit that is reached. `now` is when.
    ///
    /// # Errors
    /// The store fails.
    pub async fn spend(
        &self,
        asker: Asker<'_>,
        contact: &Contact,
        now: Timestamp,
    ) -> store::Result<Result<Spent, Reached>> {
        let limits = self.limits(asker, contact.kind(), Some(contact));
        let windows: Vec<Window> = limits.iter().map(|(_, _, window)| *window).collect();
        let spent = Spent { id: rand::random(), places: windows.iter().map(|window| window.place).collect() };
        if windows.is_empty() {
            return Ok(Ok(spent));
        }
        let taken = self.store.take(&windows, spent.id, now).await;
        if taken.is_err() {
            // It may have been taken all the same, and nothing is sent.
            let _ = self.give_back(&spent).await;
        }
        Ok(match taken? {
            Taking::Counted => Ok(spent),
            Taking::Full(counts) => match worst(&limits, &counts) {
                Some(Allowance::Reached(reached)) => Err(reached),
                _ => Ok(spent),
            },
        })
    }

    /// Gives back the place of a send that surely was not made.
    ///
    /// # Errors
    /// The store fails.
    pub async fn give_back(&self, spent: &Spent) -> store::Result<()> {
        self.store.give_back(&spent.places, spent.id).await
    }

    /// Tells how many messages somebody may ask for at a time `now`: to a contact, or (without one) to one of a kind
    /// that had none yet. Gives nothing where no limit is set.
    ///
    /// # Errors
    /// The store fails.
    pub async fn allowance(
        &self,
        asker: Asker<'_>,
        kind: Kind,
        contact: Option<&Contact>,
        now: Timestamp,
    ) -> store::Result<Option<Allowance>> {
        let limits = self.limits(asker, kind, contact);
        let windows: Vec<Window> = limits.iter().map(|(_, _, window)| *window).collect();
        if windows.is_empty() {
            return Ok(None);
        }
        Ok(worst(&limits, &self.store.count(&windows, now).await?))
    }

    /// Gives what a send counts against: the limits that are set, those that stop the most last.
    fn limits(&self, asker: Asker<'_>, kind: Kind, contact: Option<&Contact>) -> Vec<(Limit, Span, Window)> {
        let SendLimits { destination, account, network, email, sms } = self.limits;
        let budget = match kind {
            Kind::Email => email,
            Kind::Mobile => sms,
        };
        let mut windows = Vec::new();
        let mut count = |limit, rate: Rate, what: &[&str]| {
            // To name a place takes a hash, which is saved where nothing is counted.
            let mut place = None;
            for (span, most) in rate.spans() {
                let place = *place.get_or_insert_with(|| self.keyring.sends(what));
                windows.push((limit, span, Window { place, span: span.length(), limit: most }));
            }
        };
        if let Some(contact) = contact {
            // Mailboxes that differ in case alone are the same nearly everywhere.
            count(Limit::Destination, destination, &["destination", &contact.as_str().to_lowercase()]);
        }
        count(Limit::Account, account, &["account", asker.subject.as_str()]);
        count(Limit::Network, network, &["network", &asker.network.written()]);
        count(Limit::Budget, budget, &["budget", kind.as_str()]);
        windows
    }
}

/// Gives what all windows together leave.
fn worst(limits: &[(Limit, Span, Window)], counts: &[Count]) -> Option<Allowance> {
    limits.iter().zip(counts).fold(None, |worst, ((which, within, window), count)| {
        let (which, within) = (*which, *within);
        let until = count.blocked_by.map(|at| at.after(window.span));
        let messages = window.limit.get().saturating_sub(count.within);
        Some(match (worst, until) {
            (Some(Allowance::Reached(other)), Some(until)) => {
                Allowance::Reached(Reached { which, until: until.max(other.until) })
            }
            (_, Some(until)) => Allowance::Reached(Reached { which, until }),
            (Some(worst @ Allowance::Reached(_)), None) => worst,
            (Some(worst @ Allowance::Left { messages: fewer, .. }), None) if fewer < messages => worst,
            (_, None) => Allowance::Left { messages, within },
        })
    })
}
