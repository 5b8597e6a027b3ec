//! The sessions in this process's memory: bounded in number, in idle time and in age.
//!
//! A record is replaced in place and never inserted again: so its age counts from sign-in whatever happens later,
//! and a request that was still running when the person signed out cannot bring the session back.

use std::{fmt, sync::Arc, time::Duration};

use moka::{future::Cache, policy::EvictionPolicy};
use tokio::sync::RwLock;
use tower_sessions::{
    SessionStore,
    session::{Id, Record},
    session_store::{Error, Result},
};

/// The bounds of the store.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Limits {
    /// A session that is not used for this long is over.
    pub idle: Duration,
    /// A session is over this long after sign-in, used or not.
    pub absolute: Duration,
    /// How many sessions are kept; the one that was used longest ago makes room.
    pub sessions: u64,
}

/// Keeps sessions in memory: for one process.
#[derive(Clone)]
pub struct MemoryStore {
    records: Cache<Id, Arc<RwLock<Record>>>,
}

impl MemoryStore {
    /// Gives an empty store.
    pub fn new(limits: Limits) -> Self {
        let records = Cache::builder()
            .max_capacity(limits.sessions)
            .eviction_policy(EvictionPolicy::lru())
            .time_to_idle(limits.idle)
            .time_to_live(limits.absolute)
            .build();
        Self { records }
    }
}

impl fmt::Debug for MemoryStore {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter
            .debug_struct("MemoryStore")
            .field("sessions", &self.records.entry_count())
            .finish_non_exhaustive()
    }
}

#[async_trait::async_trait]
impl SessionStore for MemoryStore {
    async fn create(&self, record: &mut Record) -> Result<()> {
        let kept = Arc::new(RwLock::new(record.clone()));
        let entry = self.records.entry(record.id).or_insert(kept).await;
        if entry.is_fresh() {
            Ok(())
        } else {
            Err(Error::Backend("a random session id was drawn twice".to_owned()))
        }
    }

    async fn save(&self, record: &Record) -> Result<()> {
        if let Some(kept) = self.records.get(&record.id).await {
            *kept.write().await = record.clone();
        }
        Ok(())
    }

    async fn load(&self, id: &Id) -> Result<Option<Record>> {
        match self.records.get(id).await {
            Some(kept) => Ok(Some(kept.read().await.clone())),
            None => Ok(None),
        }
    }

    async fn delete(&self, id: &Id) -> Result<()> {
        self.records.invalidate(id).await;
        Ok(())
    }
}
