//! What is counted and how long things take, for Prometheus. Nothing is kept unless somebody listens (`metrics.listen`).

mod catalogue;
mod listener;
mod store;

use std::time::Duration;

use ::metrics::{Gauge, counter, gauge, histogram};
use app::ssr::Event;
use contact::{FinishOutcome, Kind};
use http::{Method, StatusCode};

use crate::events::Words;
use catalogue::{
    AUDIT_LINES_LOST, CODE_ENTRY_SECONDS, CONNECTIONS, EVENTS, OWN_SECONDS, PROBLEMS, REQUEST_SECONDS,
    REQUESTS, WAITING,
};

pub use catalogue::{CATALOGUE, Kind as MetricKind, Metric, table};
pub use listener::{ListenError, listen};
pub(crate) use store::Measured;

/// Counts what happened to somebody.
pub(crate) fn happened(words: &Words, kind: Option<Kind>, event: &Event<'_>) {
    count_of(words, kind).increment(1);
    if let Event::Finished { contact, outcome: FinishOutcome::Changed(_), after: Some(after) } = event {
        histogram!(CODE_ENTRY_SECONDS, "kind" => contact.kind().as_str()).record(*after);
    }
}

fn count_of(words: &Words, kind: Option<Kind>) -> ::metrics::Counter {
    let kind = kind.map_or("", Kind::as_str);
    let labels =
        [("event", words.event), ("kind", kind), ("outcome", words.outcome), ("reason", words.reason)];
    counter!(EVENTS, &labels)
}

/// Counts a line that is in the log alone.
pub(crate) fn audit_line_lost() {
    counter!(AUDIT_LINES_LOST).increment(1);
}

/// Measures how many events wait for an application.
pub(crate) fn waiting(application: &str, events: u32) {
    gauge!(WAITING, "application" => application.to_owned()).set(f64::from(events));
}

/// Counts a request that did not come to what it was made for.
pub(crate) fn problem(word: &'static str) {
    counter!(PROBLEMS, "problem" => word).increment(1);
}

/// Measures a request that was answered. `waited`: for how long, of all the time that it took, another server was called.
pub(crate) fn answered(route: String, method: &Method, status: StatusCode, took: Duration, waited: Duration) {
    histogram!(OWN_SECONDS, "route" => route.clone()).record(took.saturating_sub(waited));
    let method = match *method {
        Method::GET => "GET",
        Method::HEAD => "HEAD",
        Method::POST => "POST",
        _ => "other",
    };
    let status = status.as_u16().to_string();
    histogram!(REQUEST_SECONDS, "route" => route, "method" => method, "status" => status).record(took);
}

/// One of those that there are at the moment, until it is dropped.
pub(crate) struct Present(Gauge);

impl Present {
    /// A request that is being answered.
    pub(crate) fn request() -> Self {
        Self::one(gauge!(REQUESTS))
    }

    /// A connection that is open.
    pub(crate) fn connection() -> Self {
        Self::one(gauge!(CONNECTIONS))
    }

    fn one(gauge: Gauge) -> Self {
        gauge.increment(1.0);
        Self(gauge)
    }
}

impl Drop for Present {
    fn drop(&mut self) {
        self.0.decrement(1.0);
    }
}
