//! What all requests share.

use std::{
    sync::{Arc, atomic::AtomicBool},
    time::Duration,
};

use app::{
    Locale,
    ssr::{Journey, JourneySettings},
};
use axum::extract::FromRef;
use axum_extra::extract::cookie::Key;
use session::{
    Changes, KeyringError, Lifetime, Sends, Sessions, Store, StoreFault,
    store::{Memory, Redis},
};

use crate::{
    Assets, clock,
    config::{self, CookieKeys, Credentials, Origin, Proxies, Service, Settings},
    sign_in::RelyingParty,
    theme::Theme,
};

/// How long a press waits for another one of the same change, besides the time that two calls may take: as long as a
/// hold is left by a node that died.
const PATIENCE: Duration = Duration::from_secs(10);

/// What all requests share. Cheap to clone.
#[derive(Clone)]
pub struct Site {
    pub(crate) public_url: Origin,
    pub(crate) trusted_proxies: Proxies,
    pub(crate) default_locale: Locale,
    pub(crate) relying_party: RelyingParty,
    pub(crate) journey: Arc<Journey>,
    pub(crate) store: Arc<dyn Store>,
    pub(crate) sessions: Sessions,
    pub(crate) assets: Assets,
    pub(crate) theme: Theme,
    pub(crate) cookie_keys: CookieKeys,
    pub(crate) is_ready: Arc<AtomicBool>,
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
    /// The store cannot be used at all; whether it is up does not matter.
    #[error("the configuration of [store] cannot be used")]
    Store(#[from] StoreFault),
    /// The keys cannot be made.
    #[error(transparent)]
    Keys(#[from] KeyringError),
}

impl Site {
    /// Takes the configuration and the client's files. Calls nobody, so it does not matter who is down. Must be called
    /// within a tokio runtime.
    ///
    /// # Errors
    /// One of the clients cannot be made.
    pub fn new(settings: &Settings, assets: Assets) -> Result<Self, StartError> {
        let Settings { web, provider, service, session, policy, limits, theme, .. } = settings;
        let store = open(&settings.store)?;
        let keyring = Arc::new(session.keyring()?);
        let lifetime = Lifetime { idle: session.idle, absolute: session.absolute };
        let journey = Journey::new(JourneySettings {
            service: client(service)?,
            changes: Changes::new(Arc::clone(&store), Arc::clone(&keyring), 2 * service.timeout + PATIENCE),
            keyring: Arc::clone(&keyring),
            policy: policy.choices,
            destinations: policy.destinations.clone(),
            sends: Sends::new(*limits, Arc::clone(&store), Arc::clone(&keyring)),
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
            sessions: Sessions::new(Arc::clone(&store), keyring, lifetime, clock::now),
            store,
            assets,
            theme: Theme::new(theme),
            cookie_keys: session.cookie_keys(),
            is_ready: Arc::new(AtomicBool::new(true)),
        })
    }
}

fn open(store: &config::Store) -> Result<Arc<dyn Store>, StoreFault> {
    Ok(match store {
        config::Store::Memory { capacity } => Arc::new(Memory::new(capacity.get())),
        config::Store::Redis(settings) => Arc::new(Redis::new(settings)?),
    })
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
        site.cookie_keys.current.clone()
    }
}
