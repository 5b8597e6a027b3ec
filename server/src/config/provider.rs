//! `[provider]`: the OpenID provider that signs people in.

use std::time::Duration;

use secrecy::SecretString;
use url::Url;

use super::{
    Key, Raw, address,
    key::{ADDRESS, FLAG, Kind, SECRET, Section, TEXT, TIME},
};

static ISSUER: Key = Key::required(
    "provider.issuer",
    ADDRESS.such_as("the provider's address, such as https://id.example.com"),
    "the OpenID provider, exactly as its discovery document has it under `issuer`",
);
static CLIENT_ID: Key = Key::required(
    "provider.client_id",
    TEXT.such_as("the id under which this app is registered"),
    "under which this app is registered there",
);
static CLIENT_SECRET: Key = Key::required("provider.client_secret", SECRET, "of the same registration");
static SCOPES: Key = Key::with_default(
    "provider.scopes",
    Kind::text("names, spaces between", "scopes with spaces between, openid among them"),
    "openid profile email phone",
    "what sign-in asks for; `openid` is among them",
);
static TIMEOUT: Key = Key::with_default("provider.timeout", TIME, "10s", "how long one call may take");
static CONNECT_TIMEOUT: Key =
    Key::with_default("provider.connect_timeout", TIME, "3s", "how long a connection may take");
static ALLOW_INSECURE: Key = Key::with_default(
    "provider.allow_insecure",
    FLAG,
    "false",
    "whether plain `http` to another machine is in order; to this machine it always is",
);

/// The keys of this section.
pub(super) static SECTION: Section =
    &[&ISSUER, &CLIENT_ID, &CLIENT_SECRET, &SCOPES, &TIMEOUT, &CONNECT_TIMEOUT, &ALLOW_INSECURE];

/// The OpenID provider, and this server's registration there.
#[derive(Clone, Debug)]
pub struct Provider {
    /// `issuer`: exactly as the provider's discovery document has it (OpenID Connect Discovery 1.0, section 4.3).
    pub issuer: String,
    /// `client_id`: as registered.
    pub client_id: String,
    /// `client_secret`: as registered.
    pub client_secret: SecretString,
    /// `scopes`: what sign-in asks for; `openid` is among them.
    pub scopes: Vec<String>,
    /// `timeout`: how long one call may take.
    pub timeout: Duration,
    /// `connect_timeout`: how long a connection may take.
    pub connect_timeout: Duration,
    /// `allow_insecure`: whether plain http to another machine is in order.
    pub allow_insecure: bool,
}

impl Provider {
    pub(super) fn read(raw: &mut Raw) -> Option<Self> {
        let allow_insecure = raw.flag(&ALLOW_INSECURE);
        let issuer = read_issuer(raw, allow_insecure);
        let client_id = raw.required(&CLIENT_ID);
        let client_secret = raw.required_secret(&CLIENT_SECRET);
        let scopes = raw.parsed(&SCOPES, |text| {
            let scopes: Vec<String> = text.split_whitespace().map(str::to_owned).collect();
            scopes.iter().any(|scope| scope == "openid").then_some(scopes)
        });
        let timeout = raw.duration(&TIMEOUT);
        let connect_timeout = raw.duration(&CONNECT_TIMEOUT);
        Some(Self {
            issuer: issuer?,
            client_id: client_id?,
            client_secret: client_secret?,
            scopes: scopes?,
            timeout: timeout?,
            connect_timeout: connect_timeout?,
            allow_insecure,
        })
    }
}

fn read_issuer(raw: &mut Raw, allow_insecure: bool) -> Option<String> {
    let issuer = raw.required(&ISSUER)?;
    let problem = match Url::parse(&issuer) {
        Ok(url) => address::problem_of(&url, allow_insecure),
        Err(_) => Some(address::NO_ADDRESS),
    };
    if let Some(problem) = problem {
        raw.mistake(&ISSUER.name, problem);
        return None;
    }
    Some(issuer)
}
