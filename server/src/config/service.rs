//! `[service]`: the identity service's Management API, and by what right it is called.

use std::time::Duration;

use identity::Dialect;
use secrecy::SecretString;
use url::Url;

use super::{
    Key, Provider, Raw, address,
    key::{ADDRESS, FLAG, Kind, SECRET, Section, TEXT, TIME},
};

static BASE_URL: Key = Key::optional("service.base_url", ADDRESS, "the issuer", "the instance");
static CREDENTIALS: Key = Key::with_default(
    "service.credentials",
    Kind::one_of("`api_client`, `user_token`", "api_client or user_token", &["api_client", "user_token"]),
    "api_client",
    "by what right it is called: as an API client, or with the access token of the person who signed in",
);
static CLIENT_ID: Key = Key::optional(
    "service.client_id",
    TEXT.such_as("the id of an API client of the instance"),
    "required with `api_client`",
    "the API client's id",
);
static CLIENT_SECRET: Key =
    Key::optional("service.client_secret", SECRET, "required with `api_client`", "the API client's secret");
/// Its default are the scopes with which a person's own token may change contacts (the service's guide, "Scopes").
static USER_SCOPES: Key = Key::with_default(
    "service.user_scopes",
    Kind::text("names, spaces between", "scopes with spaces between"),
    "https://oneportal.trivore.com/scope/email.update https://oneportal.trivore.com/scope/phone.update",
    "with `user_token`: what sign-in asks for besides. Only then is the access token kept in the session",
);
static TIMEOUT: Key = Key::with_default("service.timeout", TIME, "10s", "how long one call may take");
static CONNECT_TIMEOUT: Key =
    Key::with_default("service.connect_timeout", TIME, "3s", "how long a connection may take");
static ALLOW_INSECURE: Key = Key::with_default(
    "service.allow_insecure",
    FLAG,
    "false",
    "as above; if `base_url` is not given, the provider's setting counts",
);

/// The keys of this section, less those of the dialect.
pub(super) static SECTION: Section = &[
    &BASE_URL,
    &CREDENTIALS,
    &CLIENT_ID,
    &CLIENT_SECRET,
    &USER_SCOPES,
    &TIMEOUT,
    &CONNECT_TIMEOUT,
    &ALLOW_INSECURE,
];

/// The Management API.
#[derive(Clone, Debug)]
pub struct Service {
    /// `base_url`: the instance; the provider's issuer if it is not given.
    pub base_url: Url,
    /// `credentials`: by what right it is called.
    pub credentials: Credentials,
    /// `timeout`: how long one call may take.
    pub timeout: Duration,
    /// `connect_timeout`: how long a connection may take.
    pub connect_timeout: Duration,
    /// `dialect`: other names for what the wire says.
    pub dialect: Dialect,
}

/// By what right the Management API is called.
#[derive(Clone, Debug)]
pub enum Credentials {
    /// `api_client`: as an API client of the instance.
    ApiClient {
        /// `client_id`: the API client's id.
        id: String,
        /// `client_secret`: the API client's secret.
        secret: SecretString,
    },
    /// `user_token`: with the access token of the person who signed in.
    UserToken {
        /// `user_scopes`: what sign-in asks for besides.
        scopes: Vec<String>,
    },
}

impl Credentials {
    /// Gives the scopes that sign-in must ask for besides the provider's.
    pub fn scopes(&self) -> &[String] {
        match self {
            Self::ApiClient { .. } => &[],
            Self::UserToken { scopes } => scopes,
        }
    }
}

impl Service {
    pub(super) fn read(raw: &mut Raw, provider: Option<&Provider>) -> Option<Self> {
        let allow_insecure = raw.flag(&ALLOW_INSECURE);
        let base_url = read_base_url(raw, provider, allow_insecure);
        let credentials = read_credentials(raw);
        let timeout = raw.duration(&TIMEOUT);
        let connect_timeout = raw.duration(&CONNECT_TIMEOUT);
        let dialect = read_dialect(raw);
        Some(Self {
            base_url: base_url?,
            credentials: credentials?,
            timeout: timeout?,
            connect_timeout: connect_timeout?,
            dialect: dialect?,
        })
    }
}

fn read_base_url(raw: &mut Raw, provider: Option<&Provider>, allow_insecure: bool) -> Option<Url> {
    let Some(text) = raw.text(&BASE_URL) else {
        // A provider that may be called by plain http may be so as a service, too: it is the same server.
        return provider.and_then(|provider| Url::parse(&provider.issuer).ok());
    };
    let problem = match Url::parse(&text) {
        Ok(url) => match address::problem_of(&url, allow_insecure) {
            None => return Some(url),
            Some(problem) => problem,
        },
        Err(_) => address::NO_ADDRESS,
    };
    raw.mistake(&BASE_URL.name, problem);
    None
}

fn read_credentials(raw: &mut Raw) -> Option<Credentials> {
    let by_user = raw.parsed(&CREDENTIALS, |text| match text {
        "api_client" => Some(false),
        "user_token" => Some(true),
        _ => None,
    });
    let Some(by_user) = by_user else {
        // Which of these belong there is not known.
        for key in [&CLIENT_ID, &CLIENT_SECRET, &USER_SCOPES] {
            raw.forget(key);
        }
        return None;
    };
    if by_user {
        for key in [&CLIENT_ID, &CLIENT_SECRET] {
            raw.only_for(key, "credentials = \"api_client\"");
        }
        let scopes =
            raw.parsed(&USER_SCOPES, |text| Some(text.split_whitespace().map(str::to_owned).collect()));
        return Some(Credentials::UserToken { scopes: scopes? });
    }
    raw.only_for(&USER_SCOPES, "credentials = \"user_token\"");
    let (id, secret) = (raw.required(&CLIENT_ID), raw.required_secret(&CLIENT_SECRET));
    Some(Credentials::ApiClient { id: id?, secret: secret? })
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
