//! The store in the memory of this process: bounded, and gone when it ends.
//!
//! A hold has no end of its own here: whoever holds a place lives in the same process, and lets go when it is dropped.

mod queue;
mod tally;

use std::{
    collections::HashMap,
    fmt,
    sync::{Mutex, MutexGuard, PoisonError},
    time::{Duration, Instant},
};

use bytes::Bytes;
use contact::Timestamp;
use moka::{Expiry, ops::compute::Op, policy::EvictionPolicy, sync::Cache};

use super::{Claim, Count, Hold, Holder, Look, Member, Place, Queued, Result, Store, Taking, Window};
use queue::Queue;
use tally::Tally;

/// What one person can have at the same time: a session, and a change of each kind.
const VALUES_A_PERSON: u64 = 3;

/// How many sends are counted for each person at the most, on average.
const SENDS_A_PERSON: usize = 2;

/// Keeps everything in memory: for one process.
pub struct Memory {
    values: Cache<Place, Value>,
    ended: Cache<Place, End>,
    holders: Mutex<HashMap<Place, Holder>>,
    tally: Mutex<Tally>,
    queues: Mutex<HashMap<Place, Queue>>,
}

#[derive(Clone)]
struct Value {
    bytes: Bytes,
    member: Option<Member>,
    life: Duration,
}

#[derive(Clone, Copy)]
struct End {
    before: Timestamp,
    life: Duration,
}

impl Memory {
    /// Gives an empty store. `people`: how many it has room for; those that were there longest ago make room.
    pub fn new(people: u32) -> Self {
        let people = people.max(1);
        let values = Cache::builder()
            .eviction_policy(EvictionPolicy::lru())
            .max_capacity(u64::from(people) * VALUES_A_PERSON)
            .expire_after(Lives)
            .build();
        let ended = Cache::builder()
            .eviction_policy(EvictionPolicy::lru())
            .max_capacity(people.into())
            .expire_after(Lives)
            .build();
        let sends = usize::try_from(people).unwrap_or(usize::MAX).saturating_mul(SENDS_A_PERSON);
        let (holders, queues) = (Mutex::default(), Mutex::default());
        Self { values, ended, holders, tally: Mutex::new(Tally::new(sends)), queues }
    }

    fn is_over(&self, member: Member) -> bool {
        self.ended.get(&member.group).is_some_and(|end| member.since < end.before)
    }

    fn is_held_by(&self, place: Place, holder: Holder) -> bool {
        lock(&self.holders).get(&place) == Some(&holder)
    }
}

/// Nothing that is done under a lock panics half-way.
fn lock<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}

/// How long values live: as each of them says, from its last use on.
struct Lives;

impl Expiry<Place, Value> for Lives {
    fn expire_after_create(&self, _: &Place, value: &Value, _: Instant) -> Option<Duration> {
        Some(value.life)
    }

    fn expire_after_read(
        &self,
        _: &Place,
        value: &Value,
        _: Instant,
        _: Option<Duration>,
        _: Instant,
    ) -> Option<Duration> {
        Some(value.life)
    }

    fn expire_after_update(
        &self,
        _: &Place,
        value: &Value,
        _: Instant,
        _: Option<Duration>,
    ) -> Option<Duration> {
        Some(value.life)
    }
}

impl Expiry<Place, End> for Lives {
    fn expire_after_create(&self, _: &Place, end: &End, _: Instant) -> Option<Duration> {
        Some(end.life)
    }

    fn expire_after_update(&self, _: &Place, end: &End, _: Instant, _: Option<Duration>) -> Option<Duration> {
        Some(end.life)
    }
}

impl fmt::Debug for Memory {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.debug_struct("Memory").field("values", &self.values.entry_count()).finish_non_exhaustive()
    }
}

#[async_trait::async_trait]
impl Store for Memory {
    async fn add(&self, place: Place, bytes: Bytes, member: Member, life: Duration) -> Result<bool> {
        let value = Value { bytes, member: Some(member), life };
        Ok(self.values.entry(place).or_insert(value).is_fresh())
    }

    async fn read(&self, place: Place, _: Duration) -> Result<Option<Bytes>> {
        let Some(value) = self.values.get(&place) else { return Ok(None) };
        if value.member.is_some_and(|member| self.is_over(member)) {
            self.values.invalidate(&place);
            return Ok(None);
        }
        Ok(Some(value.bytes))
    }

    async fn replace(&self, place: Place, bytes: Bytes, life: Duration) -> Result<bool> {
        let replaced = self.values.entry(place).and_compute_with(|there| match there {
            Some(there) => Op::Put(Value { bytes, life, ..there.into_value() }),
            None => Op::Nop,
        });
        Ok(replaced.into_entry().is_some())
    }

    async fn remove(&self, place: Place) -> Result<()> {
        self.values.invalidate(&place);
        Ok(())
    }

    async fn end(&self, group: Place, before: Timestamp, life: Duration) -> Result<()> {
        self.ended.entry(group).and_upsert_with(|there| {
            let before = there.map_or(before, |there| there.into_value().before.max(before));
            End { before, life }
        });
        Ok(())
    }

    async fn hold(&self, place: Place, holder: Holder, _: Duration, _: Duration) -> Result<Hold> {
        if *lock(&self.holders).entry(place).or_insert(holder) != holder {
            return Ok(Hold::Taken);
        }
        Ok(Hold::Held(self.values.get(&place).map(|value| value.bytes)))
    }

    async fn renew(&self, place: Place, holder: Holder, _: Duration) -> Result<bool> {
        Ok(self.is_held_by(place, holder))
    }

    async fn write(&self, place: Place, holder: Holder, bytes: Bytes, life: Duration) -> Result<bool> {
        let is_theirs = self.is_held_by(place, holder);
        if is_theirs {
            self.values.insert(place, Value { bytes, member: None, life });
        }
        Ok(is_theirs)
    }

    async fn release(&self, place: Place, holder: Holder) -> Result<()> {
        let mut holders = lock(&self.holders);
        if holders.get(&place) == Some(&holder) {
            holders.remove(&place);
        }
        Ok(())
    }

    async fn look(&self, place: Place, first: Option<Bytes>, life: Duration) -> Result<Look> {
        let holders = lock(&self.holders);
        if holders.contains_key(&place) {
            return Ok(Look::Held);
        }
        let kept = match first {
            Some(bytes) => {
                let first = || Value { bytes, member: None, life };
                Some(self.values.entry(place).or_insert_with(first).into_value())
            }
            None => self.values.get(&place),
        };
        Ok(kept.map_or(Look::Empty, |value| Look::Kept(value.bytes)))
    }

    async fn take(&self, windows: &[Window], id: u128, now: Timestamp) -> Result<Taking> {
        Ok(lock(&self.tally).take(windows, id, now))
    }

    async fn count(&self, windows: &[Window], now: Timestamp) -> Result<Vec<Count>> {
        Ok(lock(&self.tally).count(windows, now))
    }

    async fn give_back(&self, _: &[Place], id: u128) -> Result<()> {
        lock(&self.tally).give_back(id);
        Ok(())
    }

    async fn push(&self, queue: Place, item: Queued, due: Timestamp, most: u32, _: Duration) -> Result<bool> {
        Ok(lock(&self.queues).entry(queue).or_default().push(item, due, most))
    }

    async fn claim(&self, queue: Place, now: Timestamp, until: Timestamp) -> Result<Claim> {
        Ok(lock(&self.queues).entry(queue).or_default().claim(now, until))
    }

    async fn put_off(&self, queue: Place, id: u128, until: Timestamp, due: Timestamp) -> Result<bool> {
        Ok(lock(&self.queues).entry(queue).or_default().put_off(id, until, due))
    }

    async fn pull(&self, queue: Place, id: u128) -> Result<()> {
        lock(&self.queues).entry(queue).or_default().pull(id);
        Ok(())
    }

    async fn ready(&self) -> Result<()> {
        Ok(())
    }
}
