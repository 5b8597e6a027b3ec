//! `[session]`: how long people stay signed in, and what keeps their things from everybody else.

use std::time::Duration;

use axum_extra::extract::cookie;
use base64::{Engine, engine::general_purpose::STANDARD};
use secrecy::{ExposeSecret, SecretBox};
use session::{Keyring, KeyringError};

use super::{
    Key, Raw,
    key::{Kind, SECRET, Section, TIME},
};

static IDLE: Key = Key::with_default(
    "session.idle",
    TIME,
    "30m",
    "a session that is not used for this long is over; at most `absolute`",
);
static ABSOLUTE: Key =
    Key::with_default("session.absolute", TIME, "12h", "a session is over this long after sign-in");
static FRESH_FOR: Key = Key::with_default(
    "session.fresh_for",
    TIME,
    "5m",
    "whoever proved who they are longer ago than this is sent to the provider to do so again (`prompt=login`) before a \
     code is sent to a new contact",
);
pub(super) static SECRET_KEY: Key = Key::optional(
    "session.secret",
    BASE64,
    "a random one at each start; required with `store.kind = \"redis\"`",
    "what is kept of people is sealed with keys derived from it: the cookies of a way that is under way, the way back to \
     an application, and everything in `[store]`. `openssl rand -base64 32` makes one. Without it, what is under way while the server restarts must be begun \
     again",
);
static NEXT_SECRET: Key = Key::optional(
    "session.next_secret",
    BASE64,
    "none",
    "the secret that will be the next one: what other nodes seal with it already is opened, and nothing is sealed with it here",
);
static PREVIOUS_SECRET: Key =
    Key::optional("session.previous_secret", BASE64, "none", "the secret before this one, still honoured");

pub(super) const BASE64: Kind = Kind {
    unit: "base64, 32 bytes or more",
    right: "at least 32 random bytes in base64; make them by `openssl rand -base64 32`",
    ..SECRET
};

/// The keys of this section.
pub(super) static SECTION: Section =
    &[&IDLE, &ABSOLUTE, &FRESH_FOR, &SECRET_KEY, &NEXT_SECRET, &PREVIOUS_SECRET];

/// The fewest bytes that a key is derived from.
const SECRET_BYTES: usize = 32;

/// How long people stay signed in.
#[derive(Debug)]
pub struct Session {
    /// `idle`: a session that is not used for this long is over.
    pub idle: Duration,
    /// `absolute`: a session is over this long after sign-in.
    pub absolute: Duration,
    /// `fresh_for`: how long after they proved who they are people may change a contact.
    pub fresh_for: Duration,
    /// `secret`: what cookies and what is kept in a store are sealed with; one is made at start if it is not given.
    pub secret: Option<SecretBox<[u8]>>,
    /// `next_secret`: the one that will take its place, honoured already.
    pub next_secret: Option<SecretBox<[u8]>>,
    /// `previous_secret`: the one before, still honoured. Never given beside the next one.
    pub previous_secret: Option<SecretBox<[u8]>>,
}

impl Session {
    pub(super) fn read(raw: &mut Raw) -> Option<Self> {
        let is_idle_given = raw.has(&IDLE);
        let idle = raw.duration(&IDLE);
        let absolute = raw.duration(&ABSOLUTE);
        if let (true, Some(idle), Some(absolute)) = (is_idle_given, idle, absolute)
            && idle > absolute
        {
            let [idle, absolute] = [idle, absolute].map(humantime::format_duration);
            let problem = format!(
                "{idle} can never pass, since a session is over after {absolute} in any case (session.absolute); give at \
                 most that"
            );
            raw.mistake(&IDLE.name, problem);
        }
        let fresh_for = raw.duration(&FRESH_FOR);
        let [given, next_given, previous_given] =
            [&SECRET_KEY, &NEXT_SECRET, &PREVIOUS_SECRET].map(|key| raw.has(key));
        let secret = read_secret(raw, &SECRET_KEY);
        let next_secret = read_secret(raw, &NEXT_SECRET);
        let previous_secret = read_secret(raw, &PREVIOUS_SECRET);
        if next_given && !given {
            raw.mistake(&NEXT_SECRET.name, "is only for beside session.secret; give that as well");
        }
        // The next step would take the previous one away, from which the names in the store still come.
        if next_given && previous_given {
            raw.mistake(&NEXT_SECRET.name, "is only for when session.previous_secret was taken away");
        }
        if previous_given && !given {
            raw.mistake(&PREVIOUS_SECRET.name, "is only for beside a new session.secret; give that as well");
        }
        if given && secret.is_none() {
            return None;
        }
        Some(Self {
            idle: idle?,
            absolute: absolute?,
            fresh_for: fresh_for?,
            secret,
            next_secret,
            previous_secret,
        })
    }

    /// Gives the keys for what is kept in a store.
    ///
    /// # Errors
    /// They cannot be derived.
    pub fn keyring(&self) -> Result<Keyring, KeyringError> {
        match &self.secret {
            Some(secret) => {
                let previous = self.previous_secret.as_ref().map(ExposeSecret::expose_secret);
                let keyring = Keyring::new(secret.expose_secret(), previous)?;
                match &self.next_secret {
                    Some(next) => keyring.expecting(next.expose_secret()),
                    None => Ok(keyring),
                }
            }
            None => Keyring::random(),
        }
    }

    /// Gives the keys for the cookie of a sign-in under way. Without a secret it is a new one each time: a sign-in
    /// that is under way while the server restarts must then be begun again.
    pub fn cookie_keys(&self) -> CookieKeys {
        let derive = |secret: &SecretBox<[u8]>| cookie::Key::derive_from(secret.expose_secret());
        CookieKeys {
            current: self.secret.as_ref().map_or_else(cookie::Key::generate, derive),
            other: self.previous_secret.as_ref().or(self.next_secret.as_ref()).map(derive),
        }
    }
}

/// What cookies are encrypted with.
#[derive(Clone)]
pub struct CookieKeys {
    /// The key for new ones.
    pub current: cookie::Key,
    /// The one before it or after it, by which cookies can be read as well.
    pub other: Option<cookie::Key>,
}

/// Takes a secret that keys are derived from; nothing if it was not given or cannot be used (which is noted).
pub(super) fn read_secret(raw: &mut Raw, key: &Key) -> Option<SecretBox<[u8]>> {
    let text = raw.secret(key)?.current();
    let bytes = STANDARD.decode(text.expose_secret()).ok().filter(|bytes| bytes.len() >= SECRET_BYTES);
    if bytes.is_none() {
        raw.mistake(&key.name, format!("must be {}", key.right()));
    }
    Some(SecretBox::new(bytes?.into_boxed_slice()))
}
