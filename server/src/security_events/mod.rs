//! Telling the applications of a change: a Security Event Token (RFC 8417) for each of them, pushed (RFC 8935) until it is
//! taken.
//!
//! ```text
//! the journey ──▶ Outbox (in the store) ──▶ a delivery for each application, on every node ──▶ the application
//! ```

mod delivery;
mod key;
mod token;

use std::{sync::Arc, time::Duration};

use app::ssr::Witness;
use axum::{
    extract::State,
    response::{IntoResponse, Response},
};
use http::header::{CACHE_CONTROL, CONTENT_TYPE};
use session::Outbox;
use tokio::time::timeout;
use tokio_util::{
    sync::{CancellationToken, DropGuard},
    task::TaskTracker,
};
use upstream::{Bodies, TlsProblem, Upstream};

use crate::{
    Site, chain,
    config::{Events, PublicUrl},
    problem::Problem,
};
use delivery::{Delivery, Shared};
use token::Parties;

pub(crate) use key::{Keys, SigningKey};

/// Where the public keys are.
pub(crate) const KEYS: &str = "/.well-known/jwks.json";

/// For how long a receiver may remember them, in seconds: so long a new one has to be published before it signs.
const KEYS_KNOWN: &str = "public, max-age=300";

/// Gives how applications are called.
///
/// # Errors
/// The file of authorities is not in order.
pub(crate) fn upstream(settings: &Events) -> Result<Upstream, TlsProblem> {
    // Why a token is not taken stands in the body of a failure.
    Upstream::new("application", settings.limits.clone(), Bodies::OfAny, &settings.tls)
}

/// Gives whom tokens come from; the keys are below it.
pub(crate) fn issuer(public_url: &PublicUrl) -> String {
    public_url.at("").as_str().trim_end_matches('/').to_owned()
}

/// Tells applications what is in the outbox, until it is dropped.
pub(crate) struct Transmitter {
    keys: Keys,
    deliveries: TaskTracker,
    end: CancellationToken,
    stop: CancellationToken,
    _end: DropGuard,
}

impl Transmitter {
    /// Begins. Must be called within a tokio runtime. `provider`: who vouches for the subjects.
    ///
    /// # Errors
    /// The file of authorities is not in order.
    pub(crate) fn start(
        settings: &Events,
        public_url: &PublicUrl,
        provider: &str,
        outbox: &Outbox,
        witness: &Arc<dyn Witness>,
    ) -> Result<Self, TlsProblem> {
        let (end, stop) = (CancellationToken::new(), CancellationToken::new());
        let shared = Arc::new(Shared {
            upstream: upstream(settings)?,
            keys: settings.keys.clone(),
            parties: Parties { issuer: issuer(public_url), provider: provider.to_owned() },
            outbox: outbox.clone(),
            retry_for: settings.retry_for,
            timeout: settings.limits.timeout,
            witness: Arc::clone(witness),
            end: end.clone(),
            stop: stop.clone(),
        });
        let deliveries = TaskTracker::new();
        for receiver in &settings.receivers {
            deliveries.spawn(Delivery::new(receiver.clone(), Arc::clone(&shared)).run());
        }
        Ok(Self { keys: settings.keys.clone(), deliveries, _end: end.clone().drop_guard(), end, stop })
    }

    /// Ends: tells what is due now as long as it is taken, and begins nothing more after `most`. The rest stays where it is.
    pub(crate) async fn settled(&self, most: Duration) {
        self.end.cancel();
        self.deliveries.close();
        if timeout(most, self.deliveries.wait()).await.is_err() {
            tracing::info!("applications still take events: what is left stays where it is");
            self.stop.cancel();
            self.deliveries.wait().await;
        }
    }
}

/// `GET /.well-known/jwks.json`: the keys by which receivers see that a token is ours.
pub(crate) async fn keys(State(site): State<Site>) -> Response {
    let Some(transmitter) = &site.transmitter else { return Problem::NotFound.into_response() };
    match transmitter.keys.public() {
        Ok(keys) => {
            let headers = [(CONTENT_TYPE, "application/jwk-set+json"), (CACHE_CONTROL, KEYS_KNOWN)];
            (headers, keys.to_string()).into_response()
        }
        Err(problem) => {
            tracing::error!(reason = chain(&problem), "a key of [events] cannot be published");
            http::StatusCode::SERVICE_UNAVAILABLE.into_response()
        }
    }
}
