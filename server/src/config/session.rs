//! `[session]`: how long people stay signed in, and what keeps their things from everybody else.

use std::time::Duration;

use axum_extra::extract::cookie::Key;
use base64::{Engine, engine::general_purpose::STANDARD};
use secrecy::{ExposeSecret, SecretBox};
use session::{Keyring, KeyringError};

use super::Raw;

/// The fewest bytes that a key is derived from.
const SECRET_BYTES: usize = 32;

/// How long people stay signed in.
#[derive(Debug)]
pub struct Session {
    /// `idle`: a session that is not used for this long is over.
    pub idle: Duration,
    /// `absolute`: a session is over this long after sign-in.
    pub absolute: Duration,
    /// `secret`: what cookies and what is kept in a store are sealed with; one is made at start if it is not given.
    pub secret: Option<SecretBox<[u8]>>,
    /// `previous_secret`: the one before, still honoured.
    pub previous_secret: Option<SecretBox<[u8]>>,
}

impl Session {
    pub(super) fn read(raw: &mut Raw) -> Option<Self> {
        let idle = raw.duration("session.idle", "30m");
        let absolute = raw.duration("session.absolute", "12h");
        let [given, previous_given] =
            ["session.secret", "session.previous_secret"].map(|key| raw.has_secret(key));
        let secret = read_secret(raw, "session.secret");
        let previous_secret = read_secret(raw, "session.previous_secret");
        if previous_given && !given {
            raw.mistake(
                "session.previous_secret",
                "is only for beside a new session.secret; give that as well",
            );
        }
        if given && secret.is_none() {
            return None;
        }
        Some(Self { idle: idle?, absolute: absolute?, secret, previous_secret })
    }

    /// Gives the keys for what is kept in a store.
    ///
    /// # Errors
    /// They cannot be derived.
    pub fn keyring(&self) -> Result<Keyring, KeyringError> {
        match &self.secret {
            Some(secret) => {
                let previous = self.previous_secret.as_ref().map(ExposeSecret::expose_secret);
                Keyring::new(secret.expose_secret(), previous)
            }
            None => Keyring::random(),
        }
    }

    /// Gives the keys for the cookie of a sign-in under way. Without a secret it is a new one each time: a sign-in
    /// that is under way while the server restarts must then be begun again.
    pub fn cookie_keys(&self) -> CookieKeys {
        let derive = |secret: &SecretBox<[u8]>| Key::derive_from(secret.expose_secret());
        CookieKeys {
            current: self.secret.as_ref().map_or_else(Key::generate, derive),
            previous: self.previous_secret.as_ref().map(derive),
        }
    }
}

/// What cookies are encrypted with.
#[derive(Clone)]
pub struct CookieKeys {
    /// The key for new ones.
    pub current: Key,
    /// The one before, by which cookies can still be read.
    pub previous: Option<Key>,
}

/// Takes a secret that keys are derived from; nothing if it was not given or cannot be used (which is noted).
fn read_secret(raw: &mut Raw, key: &str) -> Option<SecretBox<[u8]>> {
    let text = raw.secret(key)?;
    let bytes = STANDARD.decode(text.expose_secret()).ok().filter(|bytes| bytes.len() >= SECRET_BYTES);
    if bytes.is_none() {
        raw.mistake(key, "must be at least 32 random bytes in base64; make one by `openssl rand -base64 32`");
    }
    Some(SecretBox::new(bytes?.into_boxed_slice()))
}
