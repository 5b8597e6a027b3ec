//! What all requests share.

use std::sync::Arc;

use app::{
    Locale,
    ssr::{Journey, JourneySettings},
};
use axum::extract::FromRef;
use axum_extra::extract::cookie::Key;
use session::{Changes, Limits, MemoryStore, Sends};

use crate::{
    Assets, clock,
    config::{Applications, Credentials, Origin, Proxies, Service, Settings},
    sign_in::RelyingParty,
    theme::Theme,
};

/// How many people can be signed in at the same time, and how many can have a change under way. In memory that is a
/// few hundred megabytes at the very most.
const PEOPLE: u64 = 100_000;

/// How many sends within 24 hours are counted: less than a hundred megabytes.
const SENDS: usize = 200_000;

/// What all requests share. Cheap to clone.
#[derive(Clone)]
pub struct Site {
    pub(crate) public_url: Origin,
    pub(crate) trusted_proxies: Proxies,
    pub(crate) default_locale: Locale,
    pub(crate) relying_party: RelyingParty,
    pub(crate) journey: Arc<Journey>,
    pub(crate) sessions: MemoryStore,
    pub(crate) assets: Assets,
    pub(crate) theme: Theme,
    pub(crate) applications: Applications,
    transaction_key: Key,
}

/// Why the server cannot start.
#[derive(Debug, thiserror::Error)]
pub enum StartError {
    /// The client of the provider cannot be made.
    #[error(
        "the HTTP client for the provider cannot be made; are the system's certificates (ca-certificates) there?"
    )]
    Provider(#[from] reqwest::Error),
    /// The client of the service cannot be made.
    #[error("the configuration of [service] cannot be used")]
    Service(#[from] identity::SettingsError),
}

impl Site {
    /// Takes the configuration and the client's files. Calls nobody, so it does not matter who is down.
    ///
    /// # Errors
    /// One of the HTTP clients cannot be made.
    pub fn new(settings: &Settings, assets: Assets) -> Result<Self, StartError> {
        let Settings { web, provider, service, session, policy, limits: send_limits, theme, .. } = settings;
        let limits = Limits { idle: session.idle, absolute: session.absolute, sessions: PEOPLE };
        let journey = Journey::new(JourneySettings {
            service: client(service)?,
            changes: Changes::new(2 * PEOPLE),
            policy: policy.choices,
            destinations: policy.destinations.clone(),
            sends: Sends::new(*send_limits, SENDS),
            region: policy.region.clone(),
            clock: clock::now,
            zone: web.time_zone.clone(),
        });
        Ok(Self {
            public_url: web.public_url.clone(),
            trusted_proxies: web.trusted_proxies.clone(),
            default_locale: web.default_locale,
            relying_party: RelyingParty::new(provider, service.credentials.scopes(), &web.public_url)?,
            journey: Arc::new(journey),
            sessions: MemoryStore::new(limits),
            assets,
            theme: Theme::new(theme),
            applications: settings.applications.clone(),
            transaction_key: session.transaction_key(),
        })
    }

    /// Gives the key for what browsers keep and may not read: a sign-in under way, and the way back to an application.
    pub(crate) fn key(&self) -> &Key {
        &self.transaction_key
    }
}

fn client(service: &Service) -> Result<identity::Client, identity::SettingsError> {
    let credentials = match &service.credentials {
        Credentials::ApiClient { id, secret } => {
            identity::Credentials::ApiClient { id: id.clone(), secret: secret.clone() }
        }
        Credentials::UserToken { .. } => identity::Credentials::UserToken,
    };
    identity::Client::new(identity::Settings {
        connect_timeout: service.connect_timeout,
        request_timeout: service.timeout,
        dialect: service.dialect.clone(),
        ..identity::Settings::new(service.base_url.clone(), credentials)
    })
}

impl FromRef<Site> for Assets {
    fn from_ref(site: &Site) -> Self {
        site.assets.clone()
    }
}

impl FromRef<Site> for Key {
    fn from_ref(site: &Site) -> Self {
        site.transaction_key.clone()
    }
}
