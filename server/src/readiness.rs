//! Whether this node can take requests: for whoever spreads them over the nodes.

use std::sync::atomic::Ordering::Relaxed;

use axum::extract::State;
use http::StatusCode;

use crate::{Site, problem::chain};

/// `GET /readyz`: 200, or 503 with one word for what is missing. Asked often, so the log has a line when it changes.
pub(crate) async fn ready(State(site): State<Site>) -> (StatusCode, &'static str) {
    match site.store.ready().await {
        Ok(()) => {
            if !site.is_ready.swap(true, Relaxed) {
                tracing::info!("ready: the store can be written again");
            }
            (StatusCode::OK, "ready")
        }
        Err(fault) => {
            if site.is_ready.swap(false, Relaxed) {
                tracing::error!(reason = chain(&fault), "not ready: the store cannot be written");
            }
            (StatusCode::SERVICE_UNAVAILABLE, "store")
        }
    }
}
