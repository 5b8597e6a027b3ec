//! By what right calls are made.

mod endpoint;
mod failure;
mod grant;

use std::sync::Arc;

use base64::{Engine as _, engine::general_purpose::STANDARD};
use http::HeaderValue;
use secrecy::{ExposeSecret as _, SecretString};
use upstream::Secret;

use crate::Caller;
use crate::fault::Reason;

pub use endpoint::TokenEndpoint;
pub(crate) use failure::GrantFailure;
pub use grant::ClientCredentials;

use grant::Grant;

/// By what right calls are made.
#[derive(Clone, Debug)]
pub enum Credentials {
    /// An API client of the service: HTTP Basic (RFC 7617).
    ApiClient {
        /// The client's id.
        id: String,
        /// The client's secret.
        secret: Secret,
    },
    /// An API client of the service with a token of its own: Bearer (RFC 6750), from the client credentials grant
    /// (RFC 6749, section 4.4).
    ClientCredentials(ClientCredentials),
    /// The person's own access token: Bearer (RFC 6750). It comes with each call, in [`Caller`].
    UserToken,
}

/// Shows calls the right by which they are made.
#[derive(Clone, Debug)]
pub(crate) enum Authority {
    Basic { id: String, secret: Secret },
    Grant(Arc<Grant>),
    UserToken,
}

/// What one call shows.
pub(crate) struct Shown {
    /// The header `Authorization`.
    pub(crate) header: HeaderValue,
    token: Option<SecretString>,
}

impl From<Credentials> for Authority {
    fn from(credentials: Credentials) -> Self {
        match credentials {
            Credentials::ApiClient { id, secret } => Self::Basic { id, secret },
            Credentials::ClientCredentials(client) => Self::Grant(Arc::new(Grant::new(client))),
            Credentials::UserToken => Self::UserToken,
        }
    }
}

impl Authority {
    /// Gives what a call of this caller shows; with the client credentials grant a token may have to be asked for.
    pub(crate) async fn show(&self, caller: &Caller) -> Result<Shown, Reason> {
        match self {
            Self::Basic { id, secret } => {
                let secret = secret.current();
                let pair = STANDARD.encode(format!("{id}:{}", secret.expose_secret()));
                Shown::new("Basic", &pair, None)
            }
            Self::Grant(grant) => {
                let token = grant.token().await.map_err(Reason::NoToken)?;
                Shown::bearer(token)
            }
            Self::UserToken => Shown::bearer(caller.access_token.clone().ok_or(Reason::NoAccessToken)?),
        }
    }

    /// Takes it that the service did not accept what was shown (401): the next call shows something else, if there is
    /// anything. Gives a token that was renewed for that; it is kept with the session as well.
    pub(crate) async fn replace(&self, caller: &Caller, refused: &Shown) -> Option<SecretString> {
        match (self, refused.token.as_ref()?) {
            (Self::Grant(grant), token) => {
                grant.forget(token);
                None
            }
            (_, token) => caller.renewal.as_ref()?.renew(token).await,
        }
    }

    /// The same, and gives what else there is to be shown at once, if there is anything else.
    pub(crate) async fn show_another(
        &self,
        caller: &Caller,
        refused: &Shown,
    ) -> Result<Option<Shown>, Reason> {
        let renewed = self.replace(caller, refused).await;
        match self {
            Self::Grant(_) => self.show(caller).await.map(Some),
            Self::Basic { .. } | Self::UserToken => renewed.map(Shown::bearer).transpose(),
        }
    }
}

impl Shown {
    fn bearer(token: SecretString) -> Result<Self, Reason> {
        Self::new("Bearer", token.expose_secret(), Some(token.clone()))
    }

    fn new(scheme: &str, value: &str, token: Option<SecretString>) -> Result<Self, Reason> {
        // What no header can carry is no token (RFC 6750, section 2.1).
        let mut header =
            HeaderValue::from_str(&format!("{scheme} {value}")).map_err(|_| Reason::NoAccessToken)?;
        header.set_sensitive(true);
        Ok(Self { header, token })
    }
}
