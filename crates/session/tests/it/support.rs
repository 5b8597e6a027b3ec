//! The two stores, each alone, and keys.

use std::{cell::Cell, sync::Arc, time::Duration};

use contact::Timestamp;
use identity::Subject;
use session::{
    Keyring, Store,
    store::{Memory, Redis, RedisSettings},
};

use crate::redis_server::RedisServer;

pub(crate) const START: Timestamp = Timestamp::from_millis(1_800_000_000_000);

/// A kind of store.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Kind {
    Memory,
    Redis,
}

/// A store that some nodes share.
pub(crate) enum Place {
    Memory(Arc<Memory>),
    Redis(RedisServer),
}

impl Place {
    pub(crate) fn new(kind: Kind) -> Self {
        match kind {
            Kind::Memory => Self::Memory(Arc::new(Memory::new(100))),
            Kind::Redis => Self::Redis(RedisServer::start()),
        }
    }

    /// Gives the store as one node has it.
    pub(crate) fn node(&self) -> Arc<dyn Store> {
        match self {
            Self::Memory(memory) => Arc::clone(memory) as Arc<dyn Store>,
            Self::Redis(server) => Arc::new(redis(&server.url(), "test")),
        }
    }
}

pub(crate) fn redis(url: &str, namespace: &str) -> Redis {
    Redis::new(&settings(url, namespace)).expect("a store")
}

pub(crate) fn settings(url: &str, namespace: &str) -> RedisSettings {
    RedisSettings {
        url: url.into(),
        namespace: namespace.to_owned(),
        ca: None,
        timeout: Duration::from_secs(5),
        connect_timeout: Duration::from_secs(5),
    }
}

/// Gives the keys that all nodes have.
pub(crate) fn keyring() -> Arc<Keyring> {
    Arc::new(Keyring::new(&[1; 32], None).expect("keys"))
}

pub(crate) fn subject(id: &str) -> Subject {
    Subject::parse(id).expect("a subject")
}

thread_local! {
    static NOW: Cell<Timestamp> = const { Cell::new(START) };
}

/// Reads the clock of the test.
pub(crate) fn clock() -> Timestamp {
    NOW.get()
}

/// Puts the clock of the test forward.
pub(crate) fn pass(time: Duration) {
    NOW.set(NOW.get().after(time));
}
