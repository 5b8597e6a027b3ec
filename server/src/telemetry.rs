//! The log: one line a request, and whatever is said while it runs carries its id. No query, no header, no body.

use std::io::{self, IsTerminal};

use axum::{
    extract::{MatchedPath, Request},
    response::Response,
};
use http::Method;
use opentelemetry::{Context, context::FutureExt as _};
use tokio::time::Instant;
use tracing::{Instrument as _, Span};
use tracing_subscriber::{
    EnvFilter, Layer,
    filter::{FilterFn, filter_fn},
    layer::SubscriberExt,
    util::SubscriberInitExt,
};

use crate::{
    Site,
    config::{LogFormat, Telemetry},
    metrics::{self, Present},
    request_id::RequestId,
    traces,
};

/// Starts the log, on standard error: standard output is for the one line that says where the server listens.
pub fn start(telemetry: &Telemetry) {
    let lines =
        tracing_subscriber::fmt::layer().with_writer(io::stderr).with_ansi(io::stderr().is_terminal());
    let lines = match telemetry.format {
        LogFormat::Text => lines.boxed(),
        LogFormat::Json => lines.json().flatten_event(true).with_current_span(false).boxed(),
    };
    tracing_subscriber::registry().with(filter(&telemetry.filter)).with(cap()).with(lines).init();
}

/// Gives what is logged, by what the operator asked for. The session library is silent: it tells of a store that failed, which
/// is told once, with the page that came of it.
pub fn filter(directives: &str) -> EnvFilter {
    EnvFilter::new(format!("tower_sessions_core=off,{directives}"))
}

/// Libraries that write what a person typed: numbers, and addresses of pages.
const SILENT: [&str; 2] = ["rlibphonenumber", "tower_http"];

/// A library that names a part of each request once more: all that is said there is of the request already.
const UNNAMED: &str = "tower_sessions";

/// Gives what may be logged at all, whatever the operator asked for.
pub fn cap() -> FilterFn {
    filter_fn(|metadata| {
        let library = metadata.target().split("::").next().unwrap_or_default();
        let is_unnamed = metadata.is_span() && library == UNNAMED;
        !is_unnamed && !SILENT.contains(&library)
    })
}

/// A request that is logged when it is answered, and traced. By its route, not its path: a path is what a person typed.
pub(crate) struct Observed {
    route: String,
    method: Method,
    span: Span,
    traced: Context,
}

impl Observed {
    /// Begins with a request.
    pub(crate) fn of(site: &Site, request: &Request, id: &RequestId) -> Self {
        let route = request.extensions().get::<MatchedPath>().map_or("-", MatchedPath::as_str).to_owned();
        let method = request.method().clone();
        let traced = traces::of_request(&site.trusted_proxies, request, &route, id);
        let span = tracing::info_span!("request", id = %id, %method, route);
        Self { route, method, span, traced }
    }

    /// Waits for the answer, and says what it was. Whatever is said meanwhile belongs to the request.
    pub(crate) async fn until_answered(self, answer: impl Future<Output = Response>) -> Response {
        let Self { route, method, span, traced } = self;
        let context = traced.clone();
        async move {
            let (began, _present) = (Instant::now(), Present::request());
            let (response, waited) = upstream::waited(answer).await;
            let took = began.elapsed();
            traces::answered(&traced, response.status());
            metrics::answered(route, &method, response.status(), took, waited);
            let milliseconds = took.as_millis();
            tracing::info!(status = response.status().as_u16(), milliseconds, "answered");
            response
        }
        .instrument(span)
        .with_context(context)
        .await
    }
}
