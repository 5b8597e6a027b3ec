//! What applications are still to be told, kept in a store until they were: in order of when it is due, and not lost with
//! the node that was at it.
//!
//! ```text
//! put ──▶ due ──take──▶ held for a while ──▶ done, or put off, or due again if the node died
//! ```
//!
//! Whoever takes an event holds it alone for a while. So it is told at least once and, if every application forgets what it
//! has heard already by its id, once.

use std::{sync::Arc, time::Duration};

use bytes::Bytes;
use contact::{FlowId, Kind, Timestamp};
use identity::Subject;
use serde::{Deserialize, Serialize};
use tokio::{
    sync::Notify,
    time::{Instant, sleep},
};

use crate::{
    Keyring,
    held::{BREATH, PERSEVERANCE},
    store::{self, Queued, Store, StoreFault},
};

/// A change that was made, as applications are told of it: neither the old contact nor the new one is in it.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct Change {
    /// Whose contact was changed.
    pub subject: Subject,
    /// Which kind of contact.
    pub kind: Kind,
    /// Whether the new one is the primary one of its kind now.
    pub primary: bool,
    /// Whether it took the place of all others of its kind.
    pub replaced_all: bool,
    /// When it was made.
    pub at: Timestamp,
    /// The id of the request that made it.
    pub reference: String,
}

/// What applications are still to be told. Cheap to clone.
#[derive(Clone)]
pub struct Outbox {
    store: Arc<dyn Store>,
    keyring: Arc<Keyring>,
    applications: Arc<[String]>,
    most: u32,
    life: Duration,
    news: Arc<Notify>,
}

/// An event that is held.
pub struct Taken {
    /// Its name, which is the same in each attempt.
    pub id: u128,
    /// What there is to tell; nothing if it was sealed with keys that are not ours.
    pub change: Option<Change>,
    until: Timestamp,
}

/// Why an application will not be told.
#[derive(Debug, thiserror::Error)]
pub enum NotPut {
    /// Too much waits for it already.
    #[error("too many events wait for it already")]
    Full,
    /// The store fails.
    #[error(transparent)]
    Store(#[from] StoreFault),
}

impl Outbox {
    /// Takes where events are kept, under which keys, and the ids of the applications that are told. `most`: how many may
    /// wait for one of them; `life`: how long a queue is kept that nothing is put into, which is longer than it is tried to
    /// tell of anything.
    pub fn new(
        store: Arc<dyn Store>,
        keyring: Arc<Keyring>,
        applications: impl IntoIterator<Item = String>,
        most: u32,
        life: Duration,
    ) -> Self {
        let applications = applications.into_iter().collect();
        Self { store, keyring, applications, most, life, news: Arc::default() }
    }

    /// Puts word of a change into the queue of every application, and gives those that will not be told, with the reason.
    /// `state` names the state of the change before it was known to be made, which is the same whenever that is found: so
    /// the same event may be put there again and has the same id. If the store fails it is tried for a while.
    pub async fn put(&self, state: &FlowId, change: &Change) -> Vec<(&str, NotPut)> {
        let deadline = Instant::now() + PERSEVERANCE;
        let mut left_out = Vec::new();
        for application in self.applications.iter() {
            let put = loop {
                match self.put_for(application, state, change).await {
                    Err(NotPut::Store(_)) if Instant::now() < deadline => sleep(BREATH).await,
                    put => break put,
                }
            };
            if let Err(problem) = put {
                left_out.push((application.as_str(), problem));
            }
        }
        self.news.notify_waiters();
        left_out
    }

    async fn put_for(&self, application: &str, state: &FlowId, change: &Change) -> Result<(), NotPut> {
        let queue = Keyring::events(application);
        // With names, so that a later version reads what an earlier one wrote.
        let plain = rmp_serde::to_vec_named(change).map_err(StoreFault::new)?;
        let value: Bytes = self.keyring.seal(queue, &plain)?;
        let id = self.keyring.event(application, &change.subject, change.kind, state);
        let is_there = self.store.push(queue, Queued { id, value }, change.at, self.most, self.life).await?;
        if is_there { Ok(()) } else { Err(NotPut::Full) }
    }

    /// Gives what an application is to be told first, if anything is due `now`, and how much waits for it. It is held until
    /// `lease` is over; then, if it was not settled, anybody may take it.
    ///
    /// # Errors
    /// The store fails.
    pub async fn take(
        &self,
        application: &str,
        now: Timestamp,
        lease: Duration,
    ) -> store::Result<(Option<Taken>, u32)> {
        let (queue, until) = (Keyring::events(application), now.after(lease));
        let claim = self.store.claim(queue, now, until).await?;
        let taken = claim.taken.map(|Queued { id, value }| {
            let plain = self.keyring.open(queue, &value);
            let change = plain.and_then(|plain| rmp_serde::from_slice(&plain).ok());
            Taken { id, change, until }
        });
        Ok((taken, claim.waiting))
    }

    /// Puts off what was taken, unless it was held for too long and somebody else has it.
    ///
    /// # Errors
    /// The store fails: then it is due again when its lease is over.
    pub async fn put_off(&self, application: &str, taken: &Taken, due: Timestamp) -> store::Result<()> {
        let queue = Keyring::events(application);
        self.store.put_off(queue, taken.id, taken.until, due).await.map(|_| ())
    }

    /// Takes it that an event needs no more attempts.
    ///
    /// # Errors
    /// The store fails: then it is told once more when its lease is over.
    pub async fn done(&self, application: &str, taken: &Taken) -> store::Result<()> {
        self.store.pull(Keyring::events(application), taken.id).await
    }

    /// Waits until something was put there by this process.
    pub async fn news(&self) {
        self.news.notified().await;
    }
}
