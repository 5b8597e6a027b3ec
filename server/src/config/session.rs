//! `[session]`: how long people stay signed in.

use std::time::Duration;

use axum_extra::extract::cookie;
use base64::{Engine, engine::general_purpose::STANDARD};
use secrecy::{ExposeSecret, SecretBox};

use super::{
    Key, Raw,
    key::{Kind, SECRET, Section, TIME},
};

static IDLE: Key =
    Key::with_default("session.idle", TIME, "30m", "a session that is not used for this long is over");
static ABSOLUTE: Key =
    Key::with_default("session.absolute", TIME, "12h", "a session is over this long after sign-in");
static SECRET_KEY: Key = Key::optional(
    "session.secret",
    Kind { unit: "base64, 32 bytes or more", ..SECRET },
    "a random one at each start",
    "encrypts the cookie of a sign-in under way (10 minutes); `openssl rand -base64 32` makes one. Without it, a sign-in \
     that is under way while the server restarts must be begun again",
);

/// The keys of this section.
pub(super) static SECTION: Section = &[&IDLE, &ABSOLUTE, &SECRET_KEY];

/// The fewest bytes that a key is derived from.
const SECRET_BYTES: usize = 32;

/// How long people stay signed in.
#[derive(Debug)]
pub struct Session {
    /// `idle`: a session that is not used for this long is over.
    pub idle: Duration,
    /// `absolute`: a session is over this long after sign-in.
    pub absolute: Duration,
    /// `secret`: what the cookie of a sign-in under way is encrypted with; one is made at start if it is not given.
    pub secret: Option<SecretBox<[u8]>>,
}

impl Session {
    pub(super) fn read(raw: &mut Raw) -> Option<Self> {
        let idle = raw.duration(&IDLE);
        let absolute = raw.duration(&ABSOLUTE);
        let given = raw.has(&SECRET_KEY);
        let secret = raw.secret(&SECRET_KEY).and_then(|text| {
            let bytes = STANDARD
                .decode(text.current().expose_secret())
                .ok()
                .filter(|bytes| bytes.len() >= SECRET_BYTES);
            if bytes.is_none() {
                raw.mistake(
                    &SECRET_KEY.name,
                    "must be at least 32 random bytes in base64; make one by `openssl rand -base64 32`",
                );
            }
            bytes
        });
        if given && secret.is_none() {
            return None;
        }
        Some(Self {
            idle: idle?,
            absolute: absolute?,
            secret: secret.map(|bytes| SecretBox::new(bytes.into_boxed_slice())),
        })
    }

    /// Gives the key for the cookie of a sign-in under way. Without a secret it is a new one each time: a sign-in
    /// that is under way while the server restarts must then be begun again.
    pub fn transaction_key(&self) -> cookie::Key {
        match &self.secret {
            Some(secret) => cookie::Key::derive_from(secret.expose_secret()),
            None => cookie::Key::generate(),
        }
    }
}
