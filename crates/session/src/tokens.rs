//! The tokens of a session, held while they are renewed: by one request at a time, on any node, since a refresh token serves
//! once and whoever shows it twice loses both (RFC 9700, section 4.14.2).

use std::time::Duration;

use contact::Timestamp;
use tokio::time::{Instant, sleep};
use tower_sessions::{Session, SessionStore as _, session::Record, session_store::Error};

use crate::{
    ChangeError, Keyring, Sessions, SignedIn,
    changes::hold,
    cookie::SIGNED_IN,
    held::{BREATH, PERSEVERANCE},
    lease::Lease,
    sessions::BEGAN,
};

/// The tokens of one session, held until they are dropped.
pub struct HeldTokens {
    sessions: Sessions,
    record: Record,
    /// Lets go when it is dropped.
    _lease: Lease,
}

impl Sessions {
    /// Takes hold of the tokens of a session, and gives who is signed in as it is kept now: somebody else may have renewed
    /// them meanwhile. Nothing if the session is over. `patience`: how long to wait for whoever holds them.
    ///
    /// # Errors
    /// They are held for too long, or the store fails.
    pub async fn hold(
        &self,
        session: &Session,
        patience: Duration,
    ) -> Result<Option<(SignedIn, HeldTokens)>, Error> {
        let Some(id) = session.id() else { return Ok(None) };
        let place = Keyring::tokens(id.0);
        let held = hold(self.store(), self.queue(), place, patience).await;
        let (lease, _) = held.map_err(|error: ChangeError| Error::Backend(error.to_string()))?;
        let Some(record) = self.load(&id).await? else { return Ok(None) };
        let signed_in = record.data.get(SIGNED_IN).cloned().map(serde_json::from_value).transpose();
        let signed_in = signed_in.map_err(|error| Error::Decode(error.to_string()))?;
        let held = HeldTokens { sessions: self.clone(), record, _lease: lease };
        Ok(signed_in.map(|signed_in| (SignedIn::from_record(signed_in), held)))
    }
}

impl HeldTokens {
    /// Gives how long ago the session began.
    pub fn age(&self, now: Timestamp) -> Duration {
        let began = self.record.data.get(BEGAN).and_then(serde_json::Value::as_u64).unwrap_or_default();
        now.since(Timestamp::from_millis(began))
    }

    /// Keeps who is signed in, with the tokens as they are now, in one write; tries for a while if the store fails, since
    /// the ones before are worth nothing any more. Where the session ended meanwhile, nothing is kept.
    ///
    /// # Errors
    /// It cannot be kept.
    pub async fn keep(mut self, signed_in: &SignedIn) -> Result<(), Error> {
        let value = serde_json::to_value(signed_in.to_record());
        let value = value.map_err(|error| Error::Encode(error.to_string()))?;
        self.record.data.insert(SIGNED_IN.to_owned(), value);
        let deadline = Instant::now() + PERSEVERANCE;
        loop {
            match self.sessions.save(&self.record).await {
                Err(Error::Backend(_)) if Instant::now() < deadline => sleep(BREATH).await,
                kept => return kept,
            }
        }
    }
}
