//! Whether this node can take requests: for whoever spreads them over the nodes.
//!
//! A node that cannot write its store, or that is ending, gets no requests. That the provider or the service is down makes no
//! node unready: the others would do no better, and the pages that say so have to come from somewhere. It is told all the
//! same, for whoever reads along.

use std::{
    sync::{
        Arc,
        atomic::{AtomicBool, Ordering::Relaxed},
    },
    time::Duration,
};

use axum::extract::State;
use http::{Request, StatusCode};
use session::{Store as _, StoreFault};
use tokio::{sync::Mutex, time::Instant};
use upstream::{Call, Upstream};

use crate::{Site, chain, metrics::Measured};

/// For so long it counts that the store could be written, unless a call of it has failed since.
const STORE_KNOWN: Duration = Duration::from_secs(1);

/// For so long it counts whether another server answered; then it is asked, by at most one call at a time.
const NEIGHBOUR_KNOWN: Duration = Duration::from_secs(5);

/// What is known of whether this node can work.
pub(crate) struct Readiness {
    store: Arc<Measured>,
    written: Mutex<Option<Written>>,
    neighbours: [Neighbour; 2],
    is_ending: AtomicBool,
    was_ready: AtomicBool,
}

/// When the store was last seen to be written, and how many of its calls had failed by then.
struct Written {
    at: Instant,
    failures: u64,
}

/// A server that this one calls.
pub(crate) struct Neighbour {
    name: &'static str,
    upstream: Upstream,
    address: String,
    is_asked: Arc<AtomicBool>,
}

/// `GET /readyz`: 200 and `ready`, with the parts that do not answer if there are any; or 503 with one word for what is
/// missing.
pub(crate) async fn ready(State(site): State<Site>) -> (StatusCode, String) {
    let readiness = &site.readiness;
    if readiness.is_ending.load(Relaxed) {
        return (StatusCode::SERVICE_UNAVAILABLE, "ending".to_owned());
    }
    // Asked often, so the log has a line when it changes.
    match readiness.write().await {
        Ok(()) => {
            if !readiness.was_ready.swap(true, Relaxed) {
                tracing::info!("ready: the store can be written again");
            }
            (StatusCode::OK, readiness.told())
        }
        Err(fault) => {
            if readiness.was_ready.swap(false, Relaxed) {
                tracing::error!(reason = chain(&fault), "not ready: the store cannot be written");
            }
            (StatusCode::SERVICE_UNAVAILABLE, "store".to_owned())
        }
    }
}

impl Readiness {
    /// Takes what has to work, and what should.
    pub(crate) fn new(store: Arc<Measured>, neighbours: [Neighbour; 2]) -> Self {
        Self {
            store,
            written: Mutex::new(None),
            neighbours,
            is_ending: AtomicBool::new(false),
            was_ready: AtomicBool::new(true),
        }
    }

    /// From now on this node is not ready.
    pub(crate) fn end(&self) {
        self.is_ending.store(true, Relaxed);
    }

    /// Sees whether the store can be written: by asking it, unless that was seen a moment ago and no call has failed
    /// since. Whoever asks meanwhile waits for the same answer.
    async fn write(&self) -> Result<(), StoreFault> {
        let mut written = self.written.lock().await;
        let failures = self.store.failures();
        let is_known = |known: &Written| known.failures == failures && known.at.elapsed() < STORE_KNOWN;
        if written.as_ref().is_some_and(is_known) {
            return Ok(());
        }
        *written = None;
        self.store.ready().await?;
        *written = Some(Written { at: Instant::now(), failures });
        Ok(())
    }

    /// Says what a node that is ready says.
    fn told(&self) -> String {
        let silent: Vec<&str> =
            self.neighbours.iter().filter(|each| !each.answers()).map(|each| each.name).collect();
        if silent.is_empty() { "ready".to_owned() } else { format!("ready, degraded: {}", silent.join(" ")) }
    }
}

impl Neighbour {
    /// Takes what it is called, the way to it, and what can be asked of it without any right.
    pub(crate) fn new(name: &'static str, upstream: Upstream, address: String) -> Self {
        Self { name, upstream, address, is_asked: Arc::default() }
    }

    /// Tells whether it answered when it was last called, by whoever needed it; until that is known, that it does. If it
    /// was not called lately it is, and nobody waits for that.
    fn answers(&self) -> bool {
        let last = self.upstream.last_seen();
        if last.is_none_or(|(_, ago)| ago >= NEIGHBOUR_KNOWN) {
            self.ask();
        }
        last.is_none_or(|(answers, _)| answers)
    }

    fn ask(&self) {
        let request = Request::get(&self.address).extension(Call("probe")).body(Vec::new());
        let Ok(request) = request else { return };
        if self.is_asked.swap(true, Relaxed) {
            return;
        }
        let (upstream, is_asked) = (self.upstream.clone(), Arc::clone(&self.is_asked));
        tokio::spawn(async move {
            // What it came to is remembered by the way to it.
            let _ = upstream.send(request).await;
            is_asked.store(false, Relaxed);
        });
    }
}
