//! Where the service is and how it is called.

use upstream::{Limits, Tls, TlsProblem};
use url::Url;

use crate::dialect::Nonsense;
use crate::{Credentials, Dialect};

/// Where the service is and how it is called.
#[derive(Clone, Debug)]
pub struct Settings {
    /// The instance, as `https://id.example.com`; `http` or `https`, a path is kept.
    pub base_url: Url,
    /// By what right calls are made.
    pub credentials: Credentials,
    /// The words of the service.
    pub dialect: Dialect,
    /// How long calls may take, and how many there may be.
    pub limits: Limits,
    /// Whom we trust besides the authorities of the system, and the certificate that we show.
    pub tls: Tls,
}

impl Settings {
    /// Gives the settings with what is usual: the default dialect, the usual limits, the authorities of the system.
    pub fn new(base_url: Url, credentials: Credentials) -> Self {
        Self {
            base_url,
            credentials,
            dialect: Dialect::default(),
            limits: Limits::default(),
            tls: Tls::default(),
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
    /// A time is zero, or connecting may take longer than the whole call.
    #[error("the times must be more than zero, and the one to connect at most the one of the whole call")]
    Timeouts,
    /// A path of the dialect is not usable.
    #[error("the path {0:?} must start with a slash and have {{userId}} in it")]
    Path(String),
    /// A status of the dialect has two meanings.
    #[error("status {status} of {call} has more than one meaning")]
    Answers {
        /// The part of the dialect: `begin`, `finish`, `user` or `notice`.
        call: &'static str,
        /// The status.
        status: u16,
    },
    /// A header of the dialect is not usable.
    #[error("{0:?} cannot be the name of a header")]
    Header(String),
    /// Certificates are not in order, or no HTTP client can be built.
    #[error(transparent)]
    Tls(#[from] TlsProblem),
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
        if !self.limits.are_usable() {
            return Err(SettingsError::Timeouts);
        }
        match self.dialect.nonsense() {
            Some(Nonsense::Path(path)) => Err(SettingsError::Path(path)),
            Some(Nonsense::Ambiguous(call, status)) => Err(SettingsError::Answers { call, status }),
            Some(Nonsense::Header(name)) => Err(SettingsError::Header(name)),
            None => Ok(()),
        }
    }
}
