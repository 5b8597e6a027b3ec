//! What the server remembers of a person who signed in.

use std::{fmt, time::Duration};

use contact::Timestamp;
use identity::{Caller, Subject};
use secrecy::{ExposeSecret, SecretString};
use serde::{Deserialize, Serialize};

/// A person who is signed in. Lives on the server; the browser holds only an opaque id.
#[derive(Clone)]
pub struct SignedIn {
    /// Who calls the identity service, and by what right.
    pub caller: Caller,
    /// How long the access token works, if there is one and the provider told it.
    pub token_life: Option<TokenLife>,
    /// What another access token is to be had for, if anything (RFC 6749, section 6).
    pub refresh_token: Option<SecretString>,
    /// The name to greet the person by: the provider's `name`, else `preferred_username`.
    pub name: Option<String>,
    /// The person's language as the provider has it (`locale`), such as `fi` or `en_GB`.
    pub locale: Option<String>,
    /// The person's time zone as the provider has it (`zoneinfo`), an IANA name.
    pub zone: Option<String>,
    /// When the person last proved who they are (`auth_time`); nothing if the provider does not say.
    pub authenticated_at: Option<Timestamp>,
    /// The ID token, to tell the provider at sign-out whose session ends (`id_token_hint`).
    pub id_token: SecretString,
}

/// How long an access token works.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct TokenLife {
    /// When another one is asked for.
    pub renew_at: Timestamp,
    /// When it works no more.
    pub ends_at: Timestamp,
}

/// A token is renewed when a fifth of its life is left, but no earlier than this before its end: longer than a page takes.
const EARLIEST: Duration = Duration::from_secs(90);

impl TokenLife {
    /// Takes when the token was asked for, and how long it works from then on.
    pub fn new(asked: Timestamp, life: Duration) -> Self {
        let early = EARLIEST.min(life / 5);
        Self { renew_at: asked.after(life.saturating_sub(early)), ends_at: asked.after(life) }
    }

    /// One that is over.
    pub fn over(now: Timestamp) -> Self {
        Self { renew_at: now, ends_at: now }
    }
}

impl fmt::Debug for SignedIn {
    /// Leaves out what is secret or personal.
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter
            .debug_struct("SignedIn")
            .field("authenticated_at", &self.authenticated_at)
            .finish_non_exhaustive()
    }
}

/// Under which name a record says who it is.
pub(crate) const SUBJECT: &str = "subject";

/// The same as the store keeps it. The only place where these secrets are written out, and never anywhere but into
/// the server's own store.
#[derive(Serialize, Deserialize)]
pub(crate) struct Record {
    subject: Subject,
    access_token: Option<String>,
    // Versions before this one did not write these two down.
    #[serde(default)]
    token_life: Option<TokenLife>,
    #[serde(default)]
    refresh_token: Option<String>,
    name: Option<String>,
    locale: Option<String>,
    zone: Option<String>,
    authenticated_at: Option<Timestamp>,
    id_token: String,
}

impl SignedIn {
    pub(crate) fn to_record(&self) -> Record {
        Record {
            subject: self.caller.subject.clone(),
            access_token: self.caller.access_token.as_ref().map(written),
            token_life: self.token_life,
            refresh_token: self.refresh_token.as_ref().map(written),
            name: self.name.clone(),
            locale: self.locale.clone(),
            zone: self.zone.clone(),
            authenticated_at: self.authenticated_at,
            id_token: self.id_token.expose_secret().to_owned(),
        }
    }

    pub(crate) fn from_record(record: Record) -> Self {
        Self {
            caller: Caller {
                subject: record.subject,
                access_token: record.access_token.map(SecretString::from),
                renewal: None,
            },
            token_life: record.token_life,
            refresh_token: record.refresh_token.map(SecretString::from),
            name: record.name,
            locale: record.locale,
            zone: record.zone,
            authenticated_at: record.authenticated_at,
            id_token: record.id_token.into(),
        }
    }
}

fn written(secret: &SecretString) -> String {
    secret.expose_secret().to_owned()
}
