//! Who is signed in, kept in a store: bounded in idle time and in age.
//!
//! A session is written once, when it begins, and only ever replaced where it still is: so a request that was still
//! running when the person signed out cannot bring it back. All sessions of a person can be ended at once: a mark says
//! so, and every look at a session compares it with the time at which that began.

use std::{collections::HashMap, fmt, sync::Arc, time::Duration};

use bytes::Bytes;
use contact::Timestamp;
use identity::Subject;
use serde::Deserialize;
use serde_json::Value;
use tower_sessions::{
    SessionStore,
    cookie::time::OffsetDateTime,
    session::{Id, Record},
    session_store::{Error, Result},
};

use crate::{
    Keyring, SignedIn,
    cookie::SIGNED_IN,
    queue::Queue,
    signed_in::{self, SUBJECT},
    store::{self, Place, Store, StoreFault},
};

/// Under which key of a record it says when the session began, in milliseconds.
pub(crate) const BEGAN: &str = "began";

/// How long a session lasts.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Lifetime {
    /// A session that is not used for this long is over.
    pub idle: Duration,
    /// A session is over this long after sign-in, used or not.
    pub absolute: Duration,
}

/// The sessions of everybody.
#[derive(Clone)]
pub struct Sessions {
    store: Arc<dyn Store>,
    keyring: Arc<Keyring>,
    lifetime: Lifetime,
    queue: Queue,
    clock: fn() -> Timestamp,
}

impl Sessions {
    /// Takes where they are kept, under which keys, how long they last, and what reads the server's clock.
    pub fn new(
        store: Arc<dyn Store>,
        keyring: Arc<Keyring>,
        lifetime: Lifetime,
        clock: fn() -> Timestamp,
    ) -> Self {
        Self { store, keyring, lifetime, queue: Queue::default(), clock }
    }

    /// Ends all sessions of a person that began before a time, on every node.
    ///
    /// # Errors
    /// The store fails.
    pub async fn end_all(&self, subject: &Subject, before: Timestamp) -> store::Result<()> {
        for group in self.keyring.groups(subject) {
            self.store.end(group, before, self.lifetime.absolute).await?;
        }
        Ok(())
    }

    pub(crate) fn store(&self) -> &Arc<dyn Store> {
        &self.store
    }

    pub(crate) fn queue(&self) -> &Queue {
        &self.queue
    }

    fn seal(&self, place: Place, record: &Record) -> Result<Bytes> {
        // With names, so that a later version reads what an earlier one wrote.
        let plain =
            rmp_serde::to_vec_named(&record.data).map_err(|error| Error::Encode(error.to_string()))?;
        self.keyring.seal(place, &plain).map_err(failed)
    }

    /// Reads what was kept; nothing if it was sealed with keys that are gone, or the session is too old.
    fn unseal(&self, id: Id, sealed: &[u8]) -> Option<Record> {
        let plain = self.keyring.open(Keyring::session(id.0), sealed)?;
        let data: HashMap<String, Value> = rmp_serde::from_slice(&plain).ok()?;
        let ends_at = self.end(data.get(BEGAN)?.as_u64()?)?;
        let seconds = i64::try_from(ends_at.as_millis() / 1000).ok()?;
        let expiry_date = OffsetDateTime::from_unix_timestamp(seconds).ok()?;
        Some(Record { id, data, expiry_date })
    }

    /// Gives when a session ends that began at a time; nothing if that is over.
    fn end(&self, began: u64) -> Option<Timestamp> {
        let ends_at = Timestamp::from_millis(began).after(self.lifetime.absolute);
        ((self.clock)() < ends_at).then_some(ends_at)
    }

    /// Gives who is signed in by a session, if somebody is. Reads what is kept as what it is, and not, as the session layer
    /// has to, as anything that could be.
    pub(crate) async fn who(&self, id: Id) -> Result<Option<SignedIn>> {
        let place = Keyring::session(id.0);
        let kept = self.store.read(place, self.lifetime.idle).await.map_err(failed)?;
        let known = kept.and_then(|sealed| {
            let plain = self.keyring.open(place, &sealed)?;
            let known: Known = rmp_serde::from_slice(&plain).ok()?;
            self.end(known.began)?;
            Some(SignedIn::from_record(known.signed_in))
        });
        Ok(known)
    }
}

/// What a record says that is known here: under [`BEGAN`] and [`SIGNED_IN`].
#[derive(Deserialize)]
struct Known {
    began: u64,
    signed_in: signed_in::Record,
}

/// Tells the session layer of a fault: it takes nothing but a text.
fn failed(fault: StoreFault) -> Error {
    Error::Backend(fault.to_string())
}

fn subject_of(record: &Record) -> Option<Subject> {
    Subject::parse(record.data.get(SIGNED_IN)?.get(SUBJECT)?.as_str()?).ok()
}

#[async_trait::async_trait]
impl SessionStore for Sessions {
    async fn create(&self, record: &mut Record) -> Result<()> {
        let subject = subject_of(record).ok_or_else(|| Error::Encode("a session of nobody".to_owned()))?;
        let began = (self.clock)();
        record.data.insert(BEGAN.to_owned(), began.as_millis().into());
        let place = Keyring::session(record.id.0);
        let sealed = self.seal(place, record)?;
        let member = self.keyring.member(&subject, began);
        let is_new = self.store.add(place, sealed, member, self.lifetime.idle).await.map_err(failed)?;
        if is_new { Ok(()) } else { Err(Error::Backend("a random session id was drawn twice".to_owned())) }
    }

    async fn save(&self, record: &Record) -> Result<()> {
        let place = Keyring::session(record.id.0);
        let sealed = self.seal(place, record)?;
        self.store.replace(place, sealed, self.lifetime.idle).await.map(|_| ()).map_err(failed)
    }

    async fn load(&self, id: &Id) -> Result<Option<Record>> {
        let kept = self.store.read(Keyring::session(id.0), self.lifetime.idle).await.map_err(failed)?;
        Ok(kept.and_then(|sealed| self.unseal(*id, &sealed)))
    }

    async fn delete(&self, id: &Id) -> Result<()> {
        self.store.remove(Keyring::session(id.0)).await.map_err(failed)
    }
}

impl fmt::Debug for Sessions {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.debug_struct("Sessions").field("lifetime", &self.lifetime).finish_non_exhaustive()
    }
}
