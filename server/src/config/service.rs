//! `[service]`: the identity service's Management API.

use identity::Dialect;
use url::Url;

use super::{
    Credentials, Key, Line, Provider, Raw, address,
    key::{ADDRESS, FLAG, Section},
    upstream::BYTES,
};

static BASE_URL: Key = Key::optional("service.base_url", ADDRESS, "the issuer", "the instance");
static ALLOW_INSECURE: Key = Key::with_default(
    "service.allow_insecure",
    FLAG,
    "false",
    "as above; if `base_url` is not given, the provider's setting counts",
);
static MAX_BODY: Key =
    Key::with_default("service.max_body", BYTES, "262144", "the longest answer that is read");

/// The keys of this part of the section.
pub(super) static SECTION: Section = &[&BASE_URL, &ALLOW_INSECURE, &MAX_BODY];

/// The Management API.
#[derive(Clone, Debug)]
pub struct Service {
    /// `base_url`: the instance; the provider's issuer if it is not given.
    pub base_url: Url,
    /// `credentials`: by what right it is called.
    pub credentials: Credentials,
    /// How it may be called.
    pub line: Line,
    /// `dialect`: other names for what the wire says.
    pub dialect: Dialect,
}

impl Service {
    pub(super) fn read(raw: &mut Raw, provider: Option<&Provider>) -> Option<Self> {
        let allow_insecure = raw.flag(&ALLOW_INSECURE);
        let base_url = read_base_url(raw, provider, allow_insecure);
        let credentials = Credentials::read(raw, allow_insecure);
        let line = Line::read(raw, "service", &MAX_BODY, allow_insecure);
        let dialect = read_dialect(raw);
        Some(Self { base_url: base_url?, credentials: credentials?, line: line?, dialect: dialect? })
    }
}

fn read_base_url(raw: &mut Raw, provider: Option<&Provider>, allow_insecure: bool) -> Option<Url> {
    let Some(text) = raw.text(&BASE_URL) else {
        // A provider that may be called by plain http may be so as a service, too: it is the same server.
        return provider.and_then(|provider| Url::parse(&provider.issuer).ok());
    };
    address::read(raw, &BASE_URL, &text, allow_insecure)
}

fn read_dialect(raw: &mut Raw) -> Option<Dialect> {
    let table = raw.table("service.dialect");
    match toml::Value::Table(table).try_into() {
        Ok(dialect) => Some(dialect),
        Err(error) => {
            raw.mistake("service.dialect", error.message().to_owned());
            None
        }
    }
}
