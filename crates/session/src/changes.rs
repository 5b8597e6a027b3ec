//! The pending change of each person, one per kind of contact, kept in a store.
//!
//! A change is kept by subject, not by cookie: it is the same in every tab and on every node, and survives a new
//! sign-in. Whoever opens it holds it alone until they let go of it, so the same press arriving twice finds what the
//! first one came to. A holder that died loses it when its lease runs out; one that was only late can then neither
//! write nor, since it writes before it calls, make a call.

use std::{sync::Arc, time::Duration};

use bytes::Bytes;
use contact::{Kind, Timestamp};
use identity::Subject;
use tokio::time::{Instant, sleep};

use crate::{
    Keyring,
    change::{Change, Known, Unsealed},
    held::Held,
    lease::Lease,
    queue::{Queue, Waiting},
    store::{Hold, Look, Place, Store, StoreFault},
};

/// How long a change that nobody touches is remembered: a day, the span of the service's limits.
pub(crate) const REMEMBERED: Duration = Duration::from_hours(24);

/// How often somebody who waits looks whether it is their turn: at first, and at the most.
const LOOKS: [Duration; 2] = [Duration::from_millis(5), Duration::from_millis(100)];

/// A change cannot be opened, or what became of it cannot be kept.
#[derive(Debug, thiserror::Error)]
pub enum ChangeError {
    /// Another press is still being worked on.
    #[error("the change is held by another press for too long")]
    Busy,
    /// The hold was lost: this node was out of touch for so long that another one has gone on.
    #[error("the change is no longer held by this press")]
    Overtaken,
    /// What is kept was sealed with a secret that is not given here. It is left as it is: another node may have it.
    #[error("the change was sealed with a secret that this node does not have")]
    Sealed,
    /// The store cannot be reached or written.
    #[error(transparent)]
    Store(#[from] StoreFault),
}

/// The changes of everybody.
#[derive(Clone)]
pub struct Changes {
    store: Arc<dyn Store>,
    keyring: Arc<Keyring>,
    patience: Duration,
    queue: Queue,
    clock: fn() -> Timestamp,
}

impl Changes {
    /// Takes where they are kept, and under which keys. `patience`: how long somebody waits for another press, which
    /// must be longer than the calls of one press take. `clock`: what reads the server's clock.
    pub fn new(
        store: Arc<dyn Store>,
        keyring: Arc<Keyring>,
        patience: Duration,
        clock: fn() -> Timestamp,
    ) -> Self {
        Self { store, keyring, patience, queue: Queue::default(), clock }
    }

    /// Opens the change of one person and kind, and holds it until the result is dropped. Waits for whoever holds it.
    ///
    /// # Errors
    /// Whoever holds it does so for too long, it was sealed with a secret that is not given here, or the store fails.
    pub async fn open(&self, subject: &Subject, kind: Kind) -> Result<Held, ChangeError> {
        let place = self.keyring.change(subject, kind);
        let (lease, kept) = self.hold(place).await?;
        let kept = kept.map(|sealed| Change::unseal(&self.keyring, place, &sealed)).transpose()?;
        let keyring = Arc::clone(&self.keyring);
        match kept {
            Some(Unsealed::Whole(change)) => Ok(Held::of(keyring, lease, change, self.clock)),
            Some(Unsealed::Rest(change)) => Held::new(keyring, lease, change, self.clock).await,
            None => Held::new(keyring, lease, Change::default(), self.clock).await,
        }
    }

    pub(crate) async fn hold(&self, place: Place) -> Result<(Lease, Option<Bytes>), ChangeError> {
        hold(&self.store, &self.queue, place, self.patience).await
    }

    pub(crate) fn keyring(&self) -> &Keyring {
        &self.keyring
    }

    /// Gives where the change of one person and kind stands, once nobody holds it.
    ///
    /// # Errors
    /// As [`Changes::open`].
    pub async fn look(&self, subject: &Subject, kind: Kind) -> Result<Known, ChangeError> {
        let place = self.keyring.change(subject, kind);
        let mut first = None;
        let mut turn = Turn::of(&self.queue, place, self.patience);
        let kept = loop {
            match self.store.look(place, first.clone(), REMEMBERED).await? {
                Look::Kept(kept) => break kept,
                // Sealed only now: most who look find something.
                Look::Empty => {
                    first = Some(Change::default().seal(&self.keyring, place, (self.clock)())?);
                }
                Look::Held => turn.wait().await?,
            }
        };
        match Change::unseal(&self.keyring, place, &kept)? {
            Unsealed::Whole(change) => Ok(change.known()),
            Unsealed::Rest(_) => Ok(self.open(subject, kind).await?.known()),
        }
    }
}

/// Takes a place, with patience, and gives what is kept there.
pub(crate) async fn hold(
    store: &Arc<dyn Store>,
    queue: &Queue,
    place: Place,
    patience: Duration,
) -> Result<(Lease, Option<Bytes>), ChangeError> {
    let mut lease = Lease::new(Arc::clone(store), place);
    let mut turn = Turn::of(queue, place, patience);
    loop {
        match lease.take().await? {
            Hold::Held(kept) => return Ok((lease, kept)),
            Hold::Taken => turn.wait().await?,
        }
    }
}

/// Somebody's turn at a place, for which they wait with patience, as long as not too many do.
struct Turn<'queue> {
    queue: &'queue Queue,
    place: Place,
    waiting: Option<Waiting>,
    deadline: Instant,
    /// The pause before the next look, of which up to a half is left out, so that two do not look together.
    pause: Duration,
}

impl<'queue> Turn<'queue> {
    fn of(queue: &'queue Queue, place: Place, patience: Duration) -> Self {
        Self { queue, place, waiting: None, deadline: Instant::now() + patience, pause: LOOKS[0] }
    }

    /// Waits until it is time to look again.
    async fn wait(&mut self) -> Result<(), ChangeError> {
        if self.waiting.is_none() {
            self.waiting = Some(self.queue.join(self.place).ok_or(ChangeError::Busy)?);
        }
        if Instant::now() >= self.deadline {
            return Err(ChangeError::Busy);
        }
        sleep(self.pause.mul_f64(rand::random_range(0.5..1.0))).await;
        self.pause = (self.pause * 2).min(LOOKS[1]);
        Ok(())
    }
}
