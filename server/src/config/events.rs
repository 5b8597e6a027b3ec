//! `[events]`: how applications are told of changes.

use std::time::Duration;

use secrecy::ExposeSecret as _;
use upstream::{Limits, Secret, Tls};

use super::{
    Applications, Key, Raw,
    key::{FILE, Kind, SECRET, Section, TIME},
    upstream::read_authorities,
};
use crate::security_events::{Keys, SigningKey};

const PEM: Kind = Kind {
    unit: "PEM",
    right: "a private key on P-256; make it by `openssl genpkey -algorithm EC -pkeyopt ec_paramgen_curve:P-256`, and give \
            its file as <key>_file",
    ..SECRET
};

static KEY: Key = Key::optional(
    "events.key",
    PEM,
    "required if an application has `events`",
    "the private key that events are signed with (ES256). `openssl genpkey -algorithm EC -pkeyopt ec_paramgen_curve:P-256` \
     makes one. A file is read again when it changes",
);
static OTHER_KEY: Key = Key::optional(
    "events.other_key",
    PEM,
    "none",
    "a key that signs nothing and is published besides: the next one, some minutes before it becomes `key`, or for some \
     minutes the one before. Each attempt is signed anew, with `key` as it is then",
);
static RETRY_FOR: Key = Key::with_default(
    "events.retry_for",
    TIME,
    "3d",
    "for how long an event is told again that an application does not take: after 1 s, then after as long as it has waited \
     already, at most 1 h. Then it is given up, which the log, the audit and the metrics tell",
);
static TIMEOUT: Key =
    Key::with_default("events.timeout", TIME, "5s", "how long an application may take to take an event");
static CA_FILE: Key = Key::optional(
    "events.ca_file",
    FILE,
    "none",
    "certificates (PEM) of authorities that are trusted besides those of the system",
);

/// The keys of this section.
pub(super) static SECTION: Section = &[&KEY, &OTHER_KEY, &RETRY_FOR, &TIMEOUT, &CA_FILE];

/// The longest answer of an application that is read, in bytes: an acknowledgement has none, a refusal says why.
const LONGEST_ANSWER: usize = 16 * 1024;

/// How applications are told of changes.
#[derive(Debug)]
pub struct Events {
    /// `key`, `other_key`: what events are signed with, and what is published.
    pub(crate) keys: Keys,
    /// The applications that are told.
    pub receivers: Vec<Receiver>,
    /// `retry_for`: how long an event is told again.
    pub retry_for: Duration,
    /// `timeout`: how they may be called.
    pub limits: Limits,
    /// `ca_file`: whom we trust.
    pub tls: Tls,
}

/// An application that is told of changes.
#[derive(Clone, Debug)]
pub struct Receiver {
    /// By what the operator calls it.
    pub id: String,
    /// Where events are pushed to, as the operator wrote it.
    pub address: String,
}

impl Events {
    /// Gives nothing if nobody is told and there is no key, or if there is a mistake (which is noted).
    pub(super) fn read(raw: &mut Raw, applications: &Applications) -> Option<Self> {
        let receivers: Vec<Receiver> = applications.receivers().collect();
        if !raw.has(&KEY) {
            if !receivers.is_empty() {
                raw.missing(&KEY);
            }
            raw.refuse([&OTHER_KEY, &RETRY_FOR, &TIMEOUT, &CA_FILE], "a configuration without events.key");
            return None;
        }
        let signing = key(raw, &KEY);
        let other = key(raw, &OTHER_KEY);
        let retry_for = raw.duration(&RETRY_FOR);
        let timeout = raw.duration(&TIMEOUT);
        let tls = read_authorities(raw, &CA_FILE);
        let limits = Limits::default();
        let timeout = timeout?;
        let connect_timeout = limits.connect_timeout.min(timeout);
        Some(Self {
            keys: Keys { signing: signing?, other },
            receivers,
            retry_for: retry_for?,
            limits: Limits { timeout, connect_timeout, max_body: LONGEST_ANSWER, ..limits },
            tls: tls?,
        })
    }
}

fn key(raw: &mut Raw, key: &Key) -> Option<Secret> {
    let secret = raw.secret(key)?;
    match SigningKey::from_pem(secret.current().expose_secret()) {
        Ok(_) => Some(secret),
        Err(problem) => {
            raw.mistake(&key.name, format!("{problem}; give {}", key.right()));
            None
        }
    }
}
