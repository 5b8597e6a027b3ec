//! The store, with each call to it measured, and a span of it for traces.

use std::{
    sync::{
        Arc,
        atomic::{AtomicU64, Ordering::Relaxed},
    },
    time::Duration,
};

use async_trait::async_trait;
use bytes::Bytes;
use contact::Timestamp;
use session::{
    Store,
    store::{Claim, Count, Hold, Holder, Look, Member, Place, Queued, Result, Taking, Window},
};
use tokio::time::Instant;

use super::catalogue::STORE_SECONDS;
use crate::traces;

/// A store whose calls are measured.
#[derive(Debug)]
pub(crate) struct Measured {
    store: Arc<dyn Store>,
    failures: AtomicU64,
}

impl Measured {
    pub(crate) fn new(store: Arc<dyn Store>) -> Self {
        Self { store, failures: AtomicU64::new(0) }
    }

    /// Gives how many calls have failed so far, so that whoever knew that the store works knows when it may not.
    pub(crate) fn failures(&self) -> u64 {
        self.failures.load(Relaxed)
    }

    async fn call<T>(&self, call: &'static str, work: impl Future<Output = Result<T>>) -> Result<T> {
        let began = Instant::now();
        let span = traces::of_store(call);
        let answer = work.await;
        traces::kept(&span, answer.is_ok());
        let outcome = if answer.is_ok() { "ok" } else { "failed" };
        ::metrics::histogram!(STORE_SECONDS, "call" => call, "outcome" => outcome).record(began.elapsed());
        if answer.is_err() {
            self.failures.fetch_add(1, Relaxed);
        }
        answer
    }
}

#[async_trait]
impl Store for Measured {
    async fn add(&self, place: Place, value: Bytes, member: Member, life: Duration) -> Result<bool> {
        self.call("add", self.store.add(place, value, member, life)).await
    }

    async fn read(&self, place: Place, life: Duration) -> Result<Option<Bytes>> {
        self.call("read", self.store.read(place, life)).await
    }

    async fn replace(&self, place: Place, value: Bytes, life: Duration) -> Result<bool> {
        self.call("replace", self.store.replace(place, value, life)).await
    }

    async fn remove(&self, place: Place) -> Result<()> {
        self.call("remove", self.store.remove(place)).await
    }

    async fn end(&self, group: Place, before: Timestamp, life: Duration) -> Result<()> {
        self.call("end", self.store.end(group, before, life)).await
    }

    async fn hold(&self, place: Place, holder: Holder, lease: Duration, life: Duration) -> Result<Hold> {
        self.call("hold", self.store.hold(place, holder, lease, life)).await
    }

    async fn renew(&self, place: Place, holder: Holder, lease: Duration) -> Result<bool> {
        self.call("renew", self.store.renew(place, holder, lease)).await
    }

    async fn write(&self, place: Place, holder: Holder, value: Bytes, life: Duration) -> Result<bool> {
        self.call("write", self.store.write(place, holder, value, life)).await
    }

    async fn release(&self, place: Place, holder: Holder) -> Result<()> {
        self.call("release", self.store.release(place, holder)).await
    }

    async fn look(&self, place: Place, first: Option<Bytes>, life: Duration) -> Result<Look> {
        self.call("look", self.store.look(place, first, life)).await
    }

    async fn take(&self, windows: &[Window], id: u128, now: Timestamp) -> Result<Taking> {
        self.call("take", self.store.take(windows, id, now)).await
    }

    async fn count(&self, windows: &[Window], now: Timestamp) -> Result<Vec<Count>> {
        self.call("count", self.store.count(windows, now)).await
    }

    async fn give_back(&self, places: &[Place], id: u128) -> Result<()> {
        self.call("give_back", self.store.give_back(places, id)).await
    }

    async fn push(
        &self,
        queue: Place,
        item: Queued,
        due: Timestamp,
        most: u32,
        life: Duration,
    ) -> Result<bool> {
        self.call("push", self.store.push(queue, item, due, most, life)).await
    }

    async fn claim(&self, queue: Place, now: Timestamp, until: Timestamp) -> Result<Claim> {
        self.call("claim", self.store.claim(queue, now, until)).await
    }

    async fn put_off(&self, queue: Place, id: u128, until: Timestamp, due: Timestamp) -> Result<bool> {
        self.call("put_off", self.store.put_off(queue, id, until, due)).await
    }

    async fn pull(&self, queue: Place, id: u128) -> Result<()> {
        self.call("pull", self.store.pull(queue, id)).await
    }

    async fn ready(&self) -> Result<()> {
        self.call("ready", self.store.ready()).await
    }
}
