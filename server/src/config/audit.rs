//! `[audit]`: where the record of what happens goes, and under which names.

use std::path::PathBuf;

use secrecy::{ExposeSecret, SecretBox};
use session::{KeyringError, Pseudonyms};

use super::{
    Key, Raw, Session,
    key::{FILE, Section},
    session::{BASE64, read_secret},
};

static AUDIT_FILE: Key = Key::optional(
    "audit.file",
    FILE,
    "the log alone",
    "a file to which each event is added as a line of JSON (docs/audit.md), besides its line in the log under the target \
     `audit`. It may be moved away at any time: a new one is then begun",
);
static AUDIT_SECRET: Key = Key::optional(
    "audit.secret",
    BASE64,
    "`session.secret`",
    "what the names of people, contacts and networks in these lines are made with. One of its own keeps them the same when \
     `session.secret` is changed. Without either they are others after each start",
);

/// The keys of this section.
pub(super) static SECTION: Section = &[&AUDIT_FILE, &AUDIT_SECRET];

/// Where the record of what happens goes, and under which names.
#[derive(Debug)]
pub struct Audit {
    /// `file`: where lines are added, besides the log.
    pub file: Option<PathBuf>,
    /// `secret`: what names are made with, if it is one of its own.
    pub secret: Option<SecretBox<[u8]>>,
}

impl Audit {
    pub(super) fn read(raw: &mut Raw) -> Self {
        let file = raw.text(&AUDIT_FILE).map(|path| raw.beside(&path));
        Self { file, secret: read_secret(raw, &AUDIT_SECRET) }
    }

    /// Tells whether the names are the same after the next start.
    pub fn names_last(&self, session: &Session) -> bool {
        self.secret.is_some() || session.secret.is_some()
    }

    /// Gives what names people, contacts and networks.
    ///
    /// # Errors
    /// The key cannot be derived.
    pub fn pseudonyms(&self, session: &Session) -> Result<Pseudonyms, KeyringError> {
        match self.secret.as_ref().or(session.secret.as_ref()) {
            Some(secret) => Pseudonyms::new(secret.expose_secret()),
            None => Pseudonyms::new(&rand::random::<[u8; 32]>()),
        }
    }
}
