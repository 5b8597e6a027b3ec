//! Where the service is and how it is called.

use std::time::Duration;

use secrecy::SecretString;
use url::Url;

use crate::Dialect;

/// Where the service is and how it is called.
#[derive(Clone, Debug)]
pub struct Settings {
    /// The instance, as `https://id.example.com`; `http` or `https`, a path is kept.
    pub base_url: Url,
    /// By what right calls are made.
    pub credentials: Credentials,
    /// How long connecting may take, the TLS handshake included.
    pub connect_timeout: Duration,
    /// How long a call may take in all, to the last octet of its answer.
    pub request_timeout: Duration,
    /// The words of the service.
    pub dialect: Dialect,
    /// Certificates (PEM, one or more) of authorities that are trusted besides those of the system.
    pub root_certificates: Option<String>,
    /// The longest answer that is read, in octets.
    pub max_body: usize,
}

/// By what right calls are made.
#[derive(Clone, Debug)]
pub enum Credentials {
    /// An API client of the service: HTTP Basic (RFC 7617).
    ApiClient {
        /// The client's id.
        id: String,
        /// The client's secret.
        secret: SecretString,
    },
    /// The person's own access token: Bearer (RFC 6750). It comes with each call, in [`Caller`](crate::Caller).
    UserToken,
}

impl Settings {
    /// Gives the settings with what is usual: 3 s to connect, 10 s a call, the default dialect, the authorities of the
    /// system, answers of at most 256 KiB.
    pub fn new(base_url: Url, credentials: Credentials) -> Self {
        Self {
            base_url,
            credentials,
            connect_timeout: Duration::from_secs(3),
            request_timeout: Duration::from_secs(10),
            dialect: Dialect::default(),
            root_certificates: None,
            max_body: 256 * 1024,
        }
    }
}

/// Why no client can be made of the settings. For the operator, at start.
#[derive(Debug, thiserror::Error)]
pub enum SettingsError {
    /// The address cannot be that of a service.
    #[error("the service's address must be http or https, without user, password, query or fragment")]
    BaseUrl,
    /// A name in a Basic credential has a colon (RFC 7617, section 2), or is empty.
    #[error("the API client's id must not be empty and must not have a colon")]
    ClientId,
    /// A time-out is zero, or connecting may take longer than the whole call.
    #[error("the time-outs must be more than zero, and the one to connect at most the one of the whole call")]
    Timeouts,
    /// A path of the dialect is not usable.
    #[error("the path {0:?} must start with a slash and have {{userId}} in it")]
    Path(String),
    /// A status of the dialect has two meanings.
    #[error("status {status} of {call} has more than one meaning")]
    Answers {
        /// The call: begin or finish.
        call: &'static str,
        /// The status.
        status: u16,
    },
    /// The certificates cannot be read.
    #[error("the root certificates are not PEM, or hold no certificate")]
    RootCertificates,
    /// The HTTP client cannot be built; most often the system has no certificate authorities installed.
    #[error(
        "the HTTP client cannot be built; are the system's certificate authorities (ca-certificates) installed?"
    )]
    HttpClient(#[source] reqwest::Error),
}

impl Settings {
    /// Checks what the HTTP client would not.
    pub(crate) fn check(&self) -> Result<(), SettingsError> {
        let url = &self.base_url;
        let bare = url.username().is_empty() && url.password().is_none();
        if !matches!(url.scheme(), "http" | "https") || !bare || url.query().or(url.fragment()).is_some() {
            return Err(SettingsError::BaseUrl);
        }
        if let Credentials::ApiClient { id, .. } = &self.credentials
            && (id.is_empty() || id.contains(':'))
        {
            return Err(SettingsError::ClientId);
        }
        if self.connect_timeout.is_zero() || self.connect_timeout > self.request_timeout {
            return Err(SettingsError::Timeouts);
        }
        if let Some(path) = self.dialect.unusable_path() {
            return Err(SettingsError::Path(path.to_owned()));
        }
        match self.dialect.ambiguous() {
            Some((call, status)) => Err(SettingsError::Answers { call, status }),
            None => Ok(()),
        }
    }
}
