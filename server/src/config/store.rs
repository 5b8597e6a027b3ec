//! `[store]`: where sessions, pending changes and counts are kept.

use std::{fs, num::NonZeroU32};

use secrecy::{ExposeSecret, SecretString};
use session::store::RedisSettings;
use upstream::is_loopback;
use url::Url;

use super::{
    Key, Raw, Session,
    key::{FILE, Kind, NUMBER, SECRET, Section, TIME},
    session::SECRET_KEY,
};

static KIND: Key = Key::with_default(
    "store.kind",
    Kind::one_of("`memory`, `redis`", "memory or redis", &["memory", "redis"]),
    "memory",
    "where",
);
static CAPACITY: Key = Key::with_default(
    "store.capacity",
    Kind { unit: "people", right: "a whole number of at least 1", ..NUMBER },
    "100000",
    "for `memory`: how many people there is room for (a session, a change of each kind, and two codes counted for each); \
     those that were there longest ago make room",
);
static URL: Key = Key::optional(
    "store.url",
    Kind {
        unit: "address",
        right: "the server, such as rediss://user:password@redis.example.com/0",
        ..SECRET
    },
    "required with `redis`",
    "`rediss://user:password@host:6379/0` (TLS), `redis://…` (plain), `unix:///path`; a secret, since it may hold a \
     password",
);
static NAMESPACE: Key = Key::with_default(
    "store.namespace",
    Kind::text("letters, digits, `.`, `_`, `:`, `-`", "letters, digits and . _ : -"),
    "contact-change",
    "what all names begin with, so that others can use the server as well",
);
static CA_FILE: Key = Key::optional(
    "store.ca_file",
    FILE,
    "the system's",
    "the certificates (PEM) of whoever vouches for the server",
);
static TIMEOUT: Key = Key::with_default("store.timeout", TIME, "2s", "how long one command may take");
static CONNECT_TIMEOUT: Key =
    Key::with_default("store.connect_timeout", TIME, "2s", "how long a connection may take");

/// The keys of this section.
pub(super) static SECTION: Section =
    &[&KIND, &CAPACITY, &URL, &NAMESPACE, &CA_FILE, &TIMEOUT, &CONNECT_TIMEOUT];

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
        let is_shared = raw.parsed(&KIND, |text| match text {
            "memory" => Some(false),
            "redis" => Some(true),
            _ => None,
        });
        match is_shared {
            None => {
                // Which of the others belong here is not known.
                for key in SECTION {
                    raw.forget(key);
                }
                None
            }
            Some(true) => {
                raw.refuse([&CAPACITY], "kind = \"redis\"");
                read_redis(raw, session).map(Self::Redis)
            }
            Some(false) => {
                let of_a_server = [&URL, &NAMESPACE, &CA_FILE, &TIMEOUT, &CONNECT_TIMEOUT];
                raw.refuse(of_a_server, "kind = \"memory\"");
                let capacity = NonZeroU32::new(raw.number(&CAPACITY)?);
                if capacity.is_none() {
                    raw.unusable(&CAPACITY, "0");
                }
                Some(Self::Memory { capacity: capacity? })
            }
        }
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
    let namespace = raw.parsed(&NAMESPACE, |text| {
        let is_plain = |byte: u8| byte.is_ascii_alphanumeric() || b"._:-".contains(&byte);
        let fits = (1..=LONGEST_NAMESPACE).contains(&text.len()) && text.bytes().all(is_plain);
        fits.then(|| text.to_owned())
    });
    let ca = read_ca(raw);
    let timeout = raw.duration(&TIMEOUT);
    let connect_timeout = raw.duration(&CONNECT_TIMEOUT);
    if session.is_some_and(|session| session.secret.is_none()) {
        raw.mistake(&SECRET_KEY.name, "is missing; with kind = \"redis\" every node needs the same one");
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
    let url = raw.required_secret(&URL)?.current();
    // It may hold a password, so a mistake does not repeat it.
    let known = ["redis", "rediss", "valkey", "valkeys", "unix"];
    let is_known = Url::parse(url.expose_secret()).is_ok_and(|url| known.contains(&url.scheme()));
    if !is_known {
        raw.mistake(&URL.name, "cannot be used; it begins with redis://, rediss:// (TLS) or unix://");
    }
    is_known.then_some(url)
}

/// Reads the certificates; nothing if none are named or they cannot be read (which is noted).
fn read_ca(raw: &mut Raw) -> Option<Vec<u8>> {
    let path = raw.text(&CA_FILE)?;
    let certificates = fs::read(raw.beside(&path));
    if let Err(error) = &certificates {
        raw.mistake(&CA_FILE.name, format!("the file {path} cannot be read: {error}"));
    }
    certificates.ok()
}
