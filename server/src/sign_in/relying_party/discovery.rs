//! What is known of the provider: its configuration and its keys (OpenID Connect Discovery 1.0, section 4).
//!
//! It is read when somebody needs it, so that the server starts while the provider is down; when a key is met that is not
//! known; and by itself from the start on and every hour, since an address may move, and a key that was withdrawn must not be
//! trusted for ever.

use std::{sync::Arc, time::Duration};

use openidconnect::{IssuerUrl, ProviderMetadataWithLogout};
use tokio::time::sleep;
use tracing::Instrument as _;
use url::Url;

use super::RelyingParty;
use crate::{
    chain,
    config::Provider,
    request_id::RequestId,
    sign_in::{Failure, failure::DiscoveryFailure, http},
};

/// How long what is known is good.
const GOOD_FOR: Duration = Duration::from_hours(1);

/// The first pause after a reading that failed; each is twice as long as the one before.
const FIRST_PAUSE: Duration = Duration::from_secs(5);

/// The longest.
const LONGEST_PAUSE: Duration = Duration::from_mins(5);

impl RelyingParty {
    /// Reads what can be known of the provider, now and whenever it has grown old, for as long as it is polled. What was
    /// known stays until there is something newer.
    pub(crate) async fn keep_known(&self) {
        let mut pause = None;
        loop {
            let span = tracing::info_span!("reading", id = %RequestId::of(&mut ::http::Extensions::new()));
            let next = self.read_again(pause).instrument(span).await;
            pause = next;
            // Nodes that were started together do not ask together.
            sleep(next.unwrap_or(GOOD_FOR).mul_f64(rand::random_range(0.5..1.0))).await;
        }
    }

    /// Reads once. Takes the pause before, and gives the one after, if it failed; nothing if it did not.
    async fn read_again(&self, before: Option<Duration>) -> Option<Duration> {
        match (self.discover().await, before) {
            (Ok(_), before) => {
                if before.is_some() {
                    tracing::info!("the provider tells its configuration again");
                }
                None
            }
            (Err(failure), None) => {
                let reason = chain(&failure);
                tracing::warn!(reason, "the provider does not tell its configuration; it is asked again");
                Some(FIRST_PAUSE)
            }
            // Said once, until it can be read.
            (Err(_), Some(pause)) => Some((pause * 2).min(LONGEST_PAUSE)),
        }
    }

    /// Gives the origins to which a form of ours may lead, parted by a space: the issuer's, and those of its endpoints for
    /// signing in and out once they are known and others.
    pub(crate) fn sign_out_origins(&self) -> Arc<String> {
        self.0.sign_out_origins.load_full()
    }

    /// Gives what is known of the provider, and asks it if that is nothing.
    pub(super) async fn metadata(&self) -> Result<Arc<ProviderMetadataWithLogout>, Failure> {
        if let Some(known) = self.0.metadata.read().await.as_ref() {
            return Ok(Arc::clone(known));
        }
        self.discover().await
    }

    /// Asks the provider, keys included, and remembers the answer. Nobody waits for anybody else's question.
    pub(super) async fn discover(&self) -> Result<Arc<ProviderMetadataWithLogout>, Failure> {
        let issuer = IssuerUrl::new(self.0.provider.issuer.clone())
            .map_err(|error| Failure::Discovery(DiscoveryFailure::Document(error.to_string())))?;
        let call = |request| http::call(self.0.upstream.clone(), "discovery", request);
        let metadata = Arc::new(ProviderMetadataWithLogout::discover_async(issuer, &call).await?);
        self.0.sign_out_origins.store(Arc::new(sign_out_origins(&self.0.provider, Some(&metadata))));
        *self.0.metadata.write().await = Some(Arc::clone(&metadata));
        Ok(metadata)
    }
}

/// Gives where a form of ours may lead, by what is known of the provider.
pub(super) fn sign_out_origins(provider: &Provider, metadata: Option<&ProviderMetadataWithLogout>) -> String {
    let issuer = Url::parse(&provider.issuer).ok();
    let authorization = metadata.map(|metadata| metadata.authorization_endpoint().url().clone());
    let end_session = metadata.and_then(|metadata| {
        let endpoint = metadata.additional_metadata().end_session_endpoint.as_ref();
        endpoint.map(|endpoint| endpoint.url().clone())
    });
    let mut origins: Vec<String> = [issuer, end_session, authorization]
        .into_iter()
        .flatten()
        .map(|url| url.origin().ascii_serialization())
        .collect();
    origins.sort();
    origins.dedup();
    origins.join(" ")
}
