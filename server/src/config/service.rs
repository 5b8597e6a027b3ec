//! `[service]`: the identity service's Management API, and by what right it is called.

use std::time::Duration;

use identity::Dialect;
use secrecy::SecretString;
use url::Url;

use super::{Provider, Raw, address};

/// The scopes with which a person's own token may change contacts (the service's guide, "Scopes").
const USER_SCOPES: &str =
    "https://oneportal.trivore.com/scope/email.update https://oneportal.trivore.com/scope/phone.update";

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
        let allow_insecure = raw.flag("service.allow_insecure");
        let base_url = read_base_url(raw, provider, allow_insecure);
        let credentials = read_credentials(raw);
        let timeout = raw.duration("service.timeout", "10s");
        let connect_timeout = raw.duration("service.connect_timeout", "3s");
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
    let key = "service.base_url";
    let Some(text) = raw.text(key) else {
        // A provider that may be called by plain http may be so as a service, too: it is the same server.
        return provider.and_then(|provider| Url::parse(&provider.issuer).ok());
    };
    let problem = match Url::parse(&text) {
        Ok(url) => match address::problem_of(&url, allow_insecure) {
            None => return Some(url),
            Some(problem) => problem,
        },
        Err(_) => "must be an address that begins with https://",
    };
    raw.mistake(key, problem);
    None
}

fn read_credentials(raw: &mut Raw) -> Option<Credentials> {
    let by_user =
        raw.parsed("service.credentials", "api_client", "api_client or user_token", |text| match text {
            "api_client" => Some(false),
            "user_token" => Some(true),
            _ => None,
        });
    let id = raw.text("service.client_id");
    let secret_given = raw.has_secret("service.client_secret");
    let secret = raw.secret("service.client_secret");
    let scopes = raw.text("service.user_scopes");
    if by_user? {
        if id.is_some() {
            raw.mistake("service.client_id", "is only for credentials = \"api_client\"; take it away");
        }
        if secret_given {
            raw.mistake("service.client_secret", "is only for credentials = \"api_client\"; take it away");
        }
        let scopes = scopes.as_deref().unwrap_or(USER_SCOPES).split_whitespace().map(str::to_owned).collect();
        return Some(Credentials::UserToken { scopes });
    }
    if scopes.is_some() {
        raw.mistake("service.user_scopes", "is only for credentials = \"user_token\"; take it away");
    }
    if id.is_none() {
        raw.mistake("service.client_id", "is missing; give the id of an API client of the instance");
    }
    if !secret_given {
        raw.mistake(
            "service.client_secret",
            "is missing; give the secret, or its file as client_secret_file",
        );
    }
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
