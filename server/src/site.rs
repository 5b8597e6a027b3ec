//! What all requests share.

use std::{sync::Arc, time::Duration};

use app::{
    Locale,
    ssr::{Journey, JourneySettings},
};
use axum::extract::FromRef;
use axum_extra::extract::cookie::Key;
use identity::{ClientCredentials, TokenEndpoint};
use session::{Changes, Limits, MemoryStore, Sends};
use tokio::sync::Semaphore;
use upstream::{Bodies, Upstream};

use crate::{
    Assets, clock,
    config::{Credentials, Line, Origin, Provider, Proxies, Service, Settings},
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
    pub(crate) requests: Arc<Semaphore>,
    pub(crate) body_timeout: Duration,
    transaction_key: Key,
}

/// Why the server cannot start.
#[derive(Debug, thiserror::Error)]
pub enum StartError {
    /// The client of the provider cannot be made.
    #[error("the configuration of [provider] cannot be used")]
    Provider(#[from] upstream::TlsProblem),
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
        let Settings { web, bounds, provider, service, session, policy, limits: send_limits, theme, .. } =
            settings;
        let limits = Limits { idle: session.idle, absolute: session.absolute, sessions: PEOPLE };
        let upstream = provider_upstream(provider)?;
        let journey = Journey::new(JourneySettings {
            service: client(service, provider, &upstream)?,
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
            relying_party: RelyingParty::new(
                provider,
                upstream,
                service.credentials.scopes(),
                &web.public_url,
            ),
            journey: Arc::new(journey),
            sessions: MemoryStore::new(limits),
            assets,
            theme: Theme::new(theme),
            requests: Arc::new(Semaphore::new(bounds.requests)),
            body_timeout: bounds.body,
            transaction_key: session.transaction_key(),
        })
    }
}

impl Site {
    /// Waits until every press that was taken has come to its end: the program must not end before.
    pub async fn settled(&self) {
        self.journey.settled().await;
    }
}

fn provider_upstream(provider: &Provider) -> Result<Upstream, upstream::TlsProblem> {
    let Line { limits, tls } = &provider.line;
    // Why a code or a client is refused stands in the body of a failure.
    Upstream::new("provider", limits.clone(), Bodies::OfAny, tls)
}

fn client(
    service: &Service,
    provider: &Provider,
    upstream: &Upstream,
) -> Result<identity::Client, identity::SettingsError> {
    let credentials = match service.credentials.clone() {
        Credentials::ApiClient { id, secret } => identity::Credentials::ApiClient { id, secret },
        Credentials::ClientCredentials { id, secret, token_url, scopes } => {
            identity::Credentials::ClientCredentials(ClientCredentials {
                id,
                secret,
                scopes,
                endpoint: match token_url {
                    Some(url) => TokenEndpoint::At(url),
                    None => TokenEndpoint::OfIssuer(provider.issuer.clone()),
                },
                provider: upstream.clone(),
            })
        }
        Credentials::UserToken { .. } => identity::Credentials::UserToken,
    };
    identity::Client::new(identity::Settings {
        base_url: service.base_url.clone(),
        credentials,
        dialect: service.dialect.clone(),
        limits: service.line.limits.clone(),
        tls: service.line.tls.clone(),
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
