//! The client credentials grant (RFC 6749, section 4.4): one token for all calls, renewed before it runs out, by one
//! call for all who wait.

use std::error::Error as _;
use std::fmt;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use oauth2::basic::{BasicClient, BasicTokenType};
use oauth2::{ClientId, ClientSecret, Scope, TokenResponse as _, TokenUrl};
use secrecy::{ExposeSecret as _, SecretString};
use tokio::sync::Mutex as WaitingMutex;
use tokio::time::Instant;
use upstream::{Secret, Upstream};

use super::endpoint::Found;
use super::{GrantFailure, TokenEndpoint};

/// How long a token works whose life the provider does not tell (RFC 6749, section 5.1); a longer one is not lost, since a
/// token that is refused is asked for anew.
const UNTOLD: Duration = Duration::from_mins(5);
/// No token is kept for longer, whatever an answer says.
const LONGEST: Duration = Duration::from_hours(24);
/// A token is renewed when a fifth of its life is left, but no earlier than this before its end.
const EARLIEST: Duration = Duration::from_mins(1);
/// After an early renewal that failed, the next one is tried this much later.
const AGAIN: Duration = Duration::from_secs(5);

/// An API client that calls with a token.
#[derive(Clone, Debug)]
pub struct ClientCredentials {
    /// The client's id.
    pub id: String,
    /// The client's secret.
    pub secret: Secret,
    /// What the token is asked for with, if anything.
    pub scopes: Vec<String>,
    /// Where the token comes from.
    pub endpoint: TokenEndpoint,
    /// The provider that gives it.
    pub provider: Upstream,
}

/// The token of an API client.
pub(crate) struct Grant {
    client: ClientCredentials,
    token: Mutex<Option<Token>>,
    renewal: WaitingMutex<Renewal>,
}

#[derive(Clone)]
struct Token {
    value: SecretString,
    renew_at: Instant,
    ends_at: Instant,
}

/// What renewals know of each other: one at a time has it.
#[derive(Default)]
struct Renewal {
    endpoint: Option<Found>,
    failed: Option<(Instant, Arc<GrantFailure>)>,
}

impl Grant {
    pub(super) fn new(client: ClientCredentials) -> Self {
        Self { client, token: Mutex::default(), renewal: WaitingMutex::default() }
    }

    /// Gives a token that works: the one that is known, or a new one. Nobody waits for an early renewal; all who wait for
    /// a token wait for the same call, and share its failure.
    pub(super) async fn token(self: &Arc<Self>) -> Result<SecretString, Arc<GrantFailure>> {
        let now = Instant::now();
        let known = self.known().clone();
        match known {
            Some(token) if now < token.renew_at => Ok(token.value),
            Some(token) if now < token.ends_at => {
                self.renew_early(token.ends_at, now);
                Ok(token.value)
            }
            old => self.renew(old.map(|token| token.ends_at), now).await,
        }
    }

    /// Forgets a token that the service refused, unless there is another one by now.
    pub(super) fn forget(&self, refused: &SecretString) {
        let mut known = self.known();
        if known.as_ref().is_some_and(|token| token.value.expose_secret() == refused.expose_secret()) {
            *known = None;
        }
    }

    /// Renews the token while it works, beside the calls.
    fn renew_early(self: &Arc<Self>, old: Instant, now: Instant) {
        // Whoever comes meanwhile leaves it to this one; if it fails, they try again a little later.
        if let Some(token) = self.known().as_mut().filter(|token| token.ends_at == old) {
            token.renew_at = now + AGAIN;
        }
        let grant = Arc::clone(self);
        tokio::spawn(async move {
            if let Err(failure) = grant.renew(Some(old), now).await {
                let cause = failure.source().map(tracing::field::display);
                tracing::warn!(%failure, cause, "the token of the API client was not renewed; the old one still works");
            }
        });
    }

    /// Asks for a token in the place of the one that ends at `old`, unless somebody else did since `now`: then what they
    /// came to counts.
    async fn renew(&self, old: Option<Instant>, now: Instant) -> Result<SecretString, Arc<GrantFailure>> {
        let mut renewal = self.renewal.lock().await;
        let known = self.known().clone();
        if let Some(token) = known.filter(|token| Some(token.ends_at) != old) {
            return Ok(token.value);
        }
        if let Some((at, failure)) = &renewal.failed
            && *at >= now
        {
            return Err(Arc::clone(failure));
        }
        match self.ask(&mut renewal.endpoint).await {
            Ok(token) => {
                *self.known() = Some(token.clone());
                Ok(token.value)
            }
            Err(failure) => {
                let failure = Arc::new(failure);
                *renewal = Renewal { endpoint: None, failed: Some((Instant::now(), Arc::clone(&failure))) };
                Err(failure)
            }
        }
    }

    async fn ask(&self, endpoint: &mut Option<Found>) -> Result<Token, GrantFailure> {
        let client = &self.client;
        let Found { url, auth_type } = match endpoint {
            Some(found) => found.clone(),
            None => endpoint.insert(client.endpoint.find(&client.provider).await?).clone(),
        };
        let asked = Instant::now();
        // A token is given again to whoever asks again: the call counts as a read.
        let call = |mut request: oauth2::HttpRequest| {
            request.extensions_mut().insert(upstream::Call("token"));
            let provider = client.provider.clone();
            async move {
                let answer = provider.read(request).await.map_err(GrantFailure::Call)?;
                match answer.status().as_u16() {
                    status @ (300..=399 | 404 | 405 | 410) => Err(GrantFailure::NoEndpoint(status)),
                    _ => Ok(answer),
                }
            }
        };
        let answer = BasicClient::new(ClientId::new(client.id.clone()))
            .set_client_secret(ClientSecret::new(client.secret.current().expose_secret().to_owned()))
            .set_auth_type(auth_type)
            .set_token_uri(TokenUrl::from_url(url))
            .exchange_client_credentials()
            .add_scopes(client.scopes.iter().cloned().map(Scope::new))
            .request_async(&call)
            .await?;
        if *answer.token_type() != BasicTokenType::Bearer {
            return Err(GrantFailure::Unreadable);
        }
        let life = answer.expires_in().unwrap_or(UNTOLD).min(LONGEST);
        let ends_at = asked + life;
        let value = SecretString::from(answer.access_token().secret().to_owned());
        Ok(Token { value, renew_at: ends_at - EARLIEST.min(life / 5), ends_at })
    }

    fn known(&self) -> MutexGuard<'_, Option<Token>> {
        self.token.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl fmt::Debug for Grant {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.client.fmt(formatter)
    }
}
