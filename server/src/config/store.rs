//! `[store]`: where sessions, pending changes and counts are kept.

use std::{fs, num::NonZeroU32};

use secrecy::{ExposeSecret, SecretString};
use session::store::RedisSettings;
use url::Url;

use super::{Raw, Session, address::is_loopback};

/// The keys that say something of a server.
const OF_A_SERVER: [&str; 5] =
    ["store.url", "store.namespace", "store.ca_file", "store.timeout", "store.connect_timeout"];

/// The longest namespace.
const LONGEST_NAMESPACE: usize = 64;

/// Where sessions, pending changes and counts are kept.
#[derive(Debug)]
pub enum Store {
    /// In the memory of this process.
    Memory {
        /// `capacity`: how many people there is room for; those that were there longest ago make room.
        capacity: NonZeroU32,
    },
    /// In a Redis or Valkey server that all nodes share.
    Redis(RedisSettings),
}

impl Store {
    pub(super) fn read(raw: &mut Raw, session: Option<&Session>) -> Option<Self> {
        let is_shared = raw.parsed("store.kind", "memory", "memory or redis", |text| match text {
            "memory" => Some(false),
            "redis" => Some(true),
            _ => None,
        })?;
        if is_shared {
            if raw.take("store.capacity") {
                raw.mistake("store.capacity", "is only for kind = \"memory\"; take it away");
            }
            return read_redis(raw, session).map(Self::Redis);
        }
        for key in OF_A_SERVER {
            if raw.take(key) || raw.take(&format!("{key}_file")) {
                raw.mistake(key, "is only for kind = \"redis\"; take it away");
            }
        }
        let capacity = NonZeroU32::new(raw.number("store.capacity", 100_000)?);
        if capacity.is_none() {
            raw.mistake("store.capacity", "must be at least 1");
        }
        Some(Self::Memory { capacity: capacity? })
    }

    /// Tells whether what is kept crosses a network as it is.
    pub fn is_in_the_open(&self) -> bool {
        match self {
            Self::Memory { .. } => false,
            Self::Redis(settings) => Url::parse(settings.url.expose_secret())
                .is_ok_and(|url| matches!(url.scheme(), "redis" | "valkey") && !is_loopback(&url)),
        }
    }
}

fn read_redis(raw: &mut Raw, session: Option<&Session>) -> Option<RedisSettings> {
    let url = read_url(raw);
    let namespace = raw.parsed("store.namespace", "contact-change", "letters, digits and . _ : -", |text| {
        let is_plain = |byte: u8| byte.is_ascii_alphanumeric() || b"._:-".contains(&byte);
        let fits = (1..=LONGEST_NAMESPACE).contains(&text.len()) && text.bytes().all(is_plain);
        fits.then(|| text.to_owned())
    });
    let ca = read_ca(raw);
    let timeout = raw.duration("store.timeout", "2s");
    let connect_timeout = raw.duration("store.connect_timeout", "2s");
    if session.is_some_and(|session| session.secret.is_none()) {
        raw.mistake("session.secret", "is missing; with kind = \"redis\" every node needs the same one");
    }
    Some(RedisSettings {
        url: url?,
        namespace: namespace?,
        ca,
        timeout: timeout?,
        connect_timeout: connect_timeout?,
    })
}

fn read_url(raw: &mut Raw) -> Option<SecretString> {
    let key = "store.url";
    if !raw.has_secret(key) {
        raw.mistake(key, "is missing; give the server, such as rediss://user:password@redis.example.com/0");
        return None;
    }
    let url = raw.secret(key)?;
    // It may hold a password, so a mistake does not repeat it.
    let known = ["redis", "rediss", "valkey", "valkeys", "unix"];
    let is_known = Url::parse(url.expose_secret()).is_ok_and(|url| known.contains(&url.scheme()));
    if !is_known {
        raw.mistake(key, "cannot be used; it begins with redis://, rediss:// (TLS) or unix://");
    }
    is_known.then_some(url)
}

/// Reads the certificates; nothing if none are named or they cannot be read (which is noted).
fn read_ca(raw: &mut Raw) -> Option<Vec<u8>> {
    let key = "store.ca_file";
    let path = raw.text(key)?;
    let certificates = fs::read(raw.beside(&path));
    if let Err(error) = &certificates {
        raw.mistake(key, format!("the file {path} cannot be read: {error}"));
    }
    certificates.ok()
}
