//! What all requests share.

use std::{ops::Deref, sync::Arc, time::Duration};

use app::{
    Locale,
    ssr::{Journey, JourneySettings, Notices, Witness},
};
use axum::extract::FromRef;
use axum_extra::extract::cookie::Key;
use identity::{ClientCredentials, TokenEndpoint};
use session::{
    Changes, Keyring, KeyringError, Lifetime, Outbox, Sends, Sessions, Store, StoreFault,
    store::{Memory, Redis},
};
use tokio::sync::Semaphore;
use tokio_util::task::TaskTracker;
use upstream::{Bodies, Upstream};

use crate::{
    Assets, clock,
    config::{
        self, Applications, CookieKeys, Credentials, Line, Provider, Proxies, PublicUrl, Service, Settings,
    },
    events::{AuditFileProblem, Record},
    metrics::Measured,
    readiness::{Neighbour, Readiness},
    security_events::Transmitter,
    sign_in::RelyingParty,
    theme::Theme,
    times::Times,
};

/// How many events may wait for one application.
const MOST_EVENTS: u32 = 10_000;

/// How long events are kept after it was over to tell of them: for a time in which no node runs that could give them up.
const UNATTENDED: Duration = Duration::from_hours(24);

/// What all requests share. Cheap to clone: every layer of the router does so for every request.
#[derive(Clone)]
pub struct Site(Arc<Shared>);

/// What a site holds.
pub struct Shared {
    pub(crate) public_url: PublicUrl,
    pub(crate) trusted_proxies: Proxies,
    pub(crate) default_locale: Locale,
    pub(crate) relying_party: RelyingParty,
    pub(crate) journey: Arc<Journey>,
    pub(crate) sessions: Sessions,
    pub(crate) renewals: TaskTracker,
    pub(crate) assets: Assets,
    pub(crate) theme: Theme,
    pub(crate) applications: Applications,
    pub(crate) requests: Semaphore,
    pub(crate) body_timeout: Duration,
    pub(crate) longest_answer: Duration,
    pub(crate) cookie_keys: CookieKeys,
    pub(crate) readiness: Readiness,
    pub(crate) witness: Arc<dyn Witness>,
    pub(crate) transmitter: Option<Transmitter>,
}

/// Why the server cannot start.
#[derive(Debug, thiserror::Error)]
pub enum StartError {
    /// The client of the provider cannot be made.
    #[error("the configuration of [provider] cannot be used")]
    Provider(#[from] upstream::TlsProblem),
    /// The client of the applications that are told of changes cannot be made.
    #[error("the configuration of [events] cannot be used")]
    Events(#[source] upstream::TlsProblem),
    /// The client of the service cannot be made.
    #[error("the configuration of [service] cannot be used")]
    Service(#[from] identity::SettingsError),
    /// The store cannot be used at all; whether it is up does not matter.
    #[error("the configuration of [store] cannot be used")]
    Store(#[from] StoreFault),
    /// The keys cannot be made.
    #[error(transparent)]
    Keys(#[from] KeyringError),
    /// The file of the audit cannot be written.
    #[error(transparent)]
    Audit(#[from] AuditFileProblem),
}

impl Site {
    /// Takes the configuration and the client's files. Calls nobody, so it does not matter who is down. Must be called
    /// within a tokio runtime.
    ///
    /// # Errors
    /// One of the clients cannot be made.
    pub fn new(settings: &Settings, assets: Assets) -> Result<Self, StartError> {
        let Settings { web, bounds, provider, service, session, policy, limits, audit, theme, .. } = settings;
        let measured = Arc::new(Measured::new(open(&settings.store)?));
        let store: Arc<dyn Store> = Arc::<Measured>::clone(&measured);
        let keyring = Arc::new(session.keyring()?);
        let lifetime = Lifetime { idle: session.idle, absolute: session.absolute };
        let upstream = provider_upstream(provider)?;
        let times = Times::of(settings);
        let theme = Theme::new(theme);
        let witness: Arc<dyn Witness> =
            Arc::new(Record::new(audit.pseudonyms(session)?, audit.file.as_deref())?);
        let client = client(service, provider, &upstream)?;
        let readiness = Readiness::new(measured, neighbours(service, provider, &client, &upstream));
        let outbox = outbox(settings, &store, &keyring);
        let transmitter = settings.events.as_ref().zip(outbox.as_ref()).map(|(events, outbox)| {
            Transmitter::start(events, &web.public_url, &provider.issuer, outbox, &witness)
        });
        let journey = Journey::new(JourneySettings {
            service: client,
            changes: Changes::new(Arc::clone(&store), Arc::clone(&keyring), times.turn, clock::now),
            keyring: Arc::clone(&keyring),
            policy: policy.choices,
            destinations: policy.destinations.clone(),
            sends: Sends::new(*limits, Arc::clone(&store), Arc::clone(&keyring)),
            notices: notices(settings, &theme),
            outbox,
            fresh_for: session.fresh_for,
            region: policy.region.clone(),
            witness: Arc::clone(&witness),
            clock: clock::now,
            zone: web.time_zone.clone(),
        });
        Ok(Self(Arc::new(Shared {
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
            sessions: Sessions::new(store, keyring, lifetime, clock::now),
            renewals: TaskTracker::new(),
            assets,
            theme,
            applications: settings.applications.clone(),
            requests: Semaphore::new(bounds.requests),
            body_timeout: bounds.body,
            longest_answer: times.answer,
            cookie_keys: session.cookie_keys(),
            readiness,
            witness,
            transmitter: transmitter.transpose().map_err(StartError::Events)?,
        })))
    }

    /// Gives the pages another name, logo, colours and links from now on.
    pub fn dress(&self, theme: &config::Theme) {
        self.theme.replace(theme);
    }

    /// Keeps what is known of the provider fresh, for as long as it is polled: so the first who signs in need not wait for it,
    /// and nothing that the provider gave up is relied on for long.
    pub async fn keep_provider_known(&self) {
        self.relying_party.keep_known().await;
    }

    /// Takes it that the program is about to end: from now on the node is not ready.
    pub fn end(&self) {
        self.readiness.end();
    }

    /// Waits until every press that was taken and every renewal of a token has come to its end, and applications were told what
    /// they take at once, though no more of it once `most` has passed: the program must not end before.
    pub async fn settled(&self, most: Duration) {
        self.journey.settled().await;
        self.renewals.close();
        self.renewals.wait().await;
        if let Some(transmitter) = &self.transmitter {
            transmitter.settled(most).await;
        }
    }
}

impl Deref for Site {
    type Target = Shared;

    fn deref(&self) -> &Shared {
        &self.0
    }
}

/// Where word of changes is left for applications; nothing if none is told.
fn outbox(settings: &Settings, store: &Arc<dyn Store>, keyring: &Arc<Keyring>) -> Option<Outbox> {
    let events = settings.events.as_ref()?;
    let applications = events.receivers.iter().map(|receiver| receiver.id.clone());
    // Whatever waits for longer than it is retried was given up before.
    let life = events.retry_for + UNATTENDED;
    Some(Outbox::new(Arc::clone(store), Arc::clone(keyring), applications, MOST_EVENTS, life))
}

/// What notices say of the operator; nothing if there are none: with people's own tokens the service sends none.
fn notices(settings: &Settings, theme: &Theme) -> Option<Notices> {
    let by_api_client = !matches!(settings.service.credentials, Credentials::UserToken { .. });
    (settings.policy.notify_previous && by_api_client).then(|| {
        let [named, helping] = [theme.clone(), theme.clone()];
        Notices {
            name: Box::new(move |locale| named.look().name(locale).map(str::to_owned)),
            support: Box::new(move || helping.look().links().support.clone()),
        }
    })
}

pub(crate) fn open(store: &config::Store) -> Result<Arc<dyn Store>, StoreFault> {
    Ok(match store {
        config::Store::Memory { capacity } => Arc::new(Memory::new(capacity.get())),
        config::Store::Redis(settings) => Arc::new(Redis::new(settings)?),
    })
}

pub(crate) fn provider_upstream(provider: &Provider) -> Result<Upstream, upstream::TlsProblem> {
    let Line { limits, tls } = &provider.line;
    // Why a code or a client is refused stands in the body of a failure.
    Upstream::new("provider", limits.clone(), Bodies::OfAny, tls)
}

/// What can be asked of the servers that this one calls, by anybody: the one for its configuration, the other for what it
/// will not tell, which is an answer.
fn neighbours(
    service: &Service,
    provider: &Provider,
    client: &identity::Client,
    upstream: &Upstream,
) -> [Neighbour; 2] {
    let issuer = provider.issuer.trim_end_matches('/');
    let configuration = format!("{issuer}/.well-known/openid-configuration");
    [
        Neighbour::new("provider", upstream.clone(), configuration),
        Neighbour::new("service", client.upstream().clone(), service.base_url.to_string()),
    ]
}

pub(crate) fn client(
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
        site.cookie_keys.current.clone()
    }
}
