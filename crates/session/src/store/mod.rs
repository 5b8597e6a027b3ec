//! What is remembered, and where: in the memory of this process, or in a Redis or Valkey server that all nodes share.
//!
//! A store knows places and bytes, and nothing of what they are about. Whatever has to be decided at one moment (who
//! holds a change, whether a limit leaves room, whether a session is still there) is one call, so that it is one step
//! in every store. Each call can be made twice with the same arguments and does no more than once: that is why one may
//! be repeated when a connection broke.

mod memory;
mod place;
mod redis;

use std::{fmt, num::NonZeroU32, time::Duration};

use bytes::Bytes;
use contact::Timestamp;

pub use memory::Memory;
pub use place::{Kept, Place};
pub use redis::{Redis, RedisSettings};

/// The store did not do what it was asked, or it is not known whether it did. Says why, and nothing of what was asked.
#[derive(Debug, thiserror::Error)]
#[error("the store failed: {0}")]
pub struct StoreFault(String);

impl StoreFault {
    pub(crate) fn new(cause: impl fmt::Display) -> Self {
        Self(cause.to_string())
    }
}

/// How long what was counted is remembered: no window is longer.
const KEPT: Duration = Duration::from_hours(24);

/// What a call to a store gives.
pub type Result<T> = std::result::Result<T, StoreFault>;

/// One who holds a place: a random number, drawn for each hold.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Holder(u128);

impl Holder {
    /// Draws a new one.
    pub fn draw() -> Self {
        Self(rand::random())
    }
}

impl fmt::Display for Holder {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(formatter, "{:032x}", self.0)
    }
}

/// What became of the wish to hold a place.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Hold {
    /// It is held, and this is what is kept there, if anything is.
    Held(Option<Bytes>),
    /// Somebody else holds it.
    Taken,
}

/// What a look at a place came to.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Look {
    /// This is kept there.
    Kept(Bytes),
    /// Nothing is kept there.
    Empty,
    /// Somebody holds it.
    Held,
}

/// The group that a value belongs to, and since when.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Member {
    /// The group.
    pub group: Place,
    /// Since when.
    pub since: Timestamp,
}

/// A limit on how often something may happen within a time.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Window {
    /// What is counted.
    pub place: Place,
    /// Within what time.
    pub span: Duration,
    /// How often.
    pub limit: NonZeroU32,
}

/// How full a window is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Count {
    /// How often it happened within the time.
    pub within: u32,
    /// When the oldest one happened that has to be over before one more fits in; nothing if one fits in now.
    pub blocked_by: Option<Timestamp>,
}

/// What became of the wish to be counted.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Taking {
    /// It was counted in all windows.
    Counted,
    /// It was counted in none: this is how full they are, in their order.
    Full(Vec<Count>),
}

/// Something that waits in a queue.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Queued {
    /// Its name, so that it is put there once.
    pub id: u128,
    /// What it is.
    pub value: Bytes,
}

/// What a look into a queue came to.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Claim {
    /// What is due first, held by whoever claimed it; nothing if nothing is due.
    pub taken: Option<Queued>,
    /// How much waits, what was taken included.
    pub waiting: u32,
}

/// Keeps values in places. All times to live are from the last use on.
#[async_trait::async_trait]
pub trait Store: fmt::Debug + Send + Sync {
    /// Puts a value into an empty place, to live for `life`. Gives whether it was empty.
    async fn add(&self, place: Place, value: Bytes, member: Member, life: Duration) -> Result<bool>;

    /// Gives the value of a place, which lives on for `life`. Nothing if there is none, or if its group was ended since.
    async fn read(&self, place: Place, life: Duration) -> Result<Option<Bytes>>;

    /// Puts another value into a place that has one; it stays in its group. Gives whether there was one.
    async fn replace(&self, place: Place, value: Bytes, life: Duration) -> Result<bool>;

    /// Empties a place.
    async fn remove(&self, place: Place) -> Result<()>;

    /// Ends all members of a group who are in it since before a time. This is remembered for `life`, which is how long
    /// a value can live at the most.
    async fn end(&self, group: Place, before: Timestamp, life: Duration) -> Result<()>;

    /// Takes a place for a holder alone, for the time of `lease`, unless another one has it. What is kept there lives
    /// on for `life`.
    async fn hold(&self, place: Place, holder: Holder, lease: Duration, life: Duration) -> Result<Hold>;

    /// Prolongs a hold to the time of `lease` from now. Gives whether it was still theirs.
    async fn renew(&self, place: Place, holder: Holder, lease: Duration) -> Result<bool>;

    /// Puts a value into a place, if the holder still has it. Gives whether they had.
    async fn write(&self, place: Place, holder: Holder, value: Bytes, life: Duration) -> Result<bool>;

    /// Ends a hold.
    async fn release(&self, place: Place, holder: Holder) -> Result<()>;

    /// Gives what is kept in a place that nobody holds, after putting `first` there if nothing was and it is given. It may
    /// not be empty.
    async fn look(&self, place: Place, first: Option<Bytes>, life: Duration) -> Result<Look>;

    /// Counts something in all windows, or, if one of them is full, in none. `id` names what is counted, so that it is
    /// counted once.
    async fn take(&self, windows: &[Window], id: u128, now: Timestamp) -> Result<Taking>;

    /// Tells how full windows are, in their order.
    async fn count(&self, windows: &[Window], now: Timestamp) -> Result<Vec<Count>>;

    /// Takes back what was counted under a name.
    async fn give_back(&self, places: &[Place], id: u128) -> Result<()>;

    /// Puts something at the end of a queue, to be due at a time, unless `most` wait there already. The whole queue lives for
    /// `life` from then on. Gives whether it is there.
    async fn push(
        &self,
        queue: Place,
        item: Queued,
        due: Timestamp,
        most: u32,
        life: Duration,
    ) -> Result<bool>;

    /// Takes hold of what is due first, if anything is due `now`: it is due again at `until`, so whoever died with it holds
    /// nothing up for longer. Made twice, it may take two: the second one waits for its time.
    async fn claim(&self, queue: Place, now: Timestamp, until: Timestamp) -> Result<Claim>;

    /// Puts off what was claimed `until` a time, if that claim still stands. Gives whether it does.
    async fn put_off(&self, queue: Place, id: u128, until: Timestamp, due: Timestamp) -> Result<bool>;

    /// Takes something out of a queue.
    async fn pull(&self, queue: Place, id: u128) -> Result<()>;

    /// Tells whether the store can be written now.
    async fn ready(&self) -> Result<()>;
}
