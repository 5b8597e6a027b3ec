//! What one process takes on at the same time, and for how long: the top of the file, too.

use std::time::Duration;

use super::{
    Key, Raw,
    key::{NUMBER, Section, TIME},
};

static MAX_CONNECTIONS: Key = Key::with_default(
    "max_connections",
    NUMBER.such_as("a whole number of at least 1"),
    "10000",
    "connections at the same time; more wait in the queue of the operating system",
);
static MAX_REQUESTS: Key = Key::with_default(
    "max_requests",
    NUMBER.such_as("a whole number of at least 1"),
    "1000",
    "requests for pages and presses at the same time; more are answered at once with 503 and `Retry-After`",
);
static KEEP_ALIVE: Key = Key::with_default(
    "keep_alive",
    TIME,
    "75s",
    "how long a connection may take for the head of a request, be idle between two of them, and take nothing of an answer. \
     Longer than the proxy in front keeps its connections (nginx: 60 s), so that it never sends a request into one that is \
     being closed",
);
static BODY_TIMEOUT: Key = Key::with_default(
    "body_timeout",
    TIME,
    "10s",
    "how long a form may take to arrive; then it is refused with 408",
);
static SHUTDOWN_DELAY: Key = Key::with_default(
    "shutdown_delay",
    TIME,
    "0s",
    "how long new connections are still taken after SIGTERM, while `GET /readyz` says 503 already: as long as whoever spreads \
     requests over the nodes needs to notice (Kubernetes: `5s`)",
);
static SHUTDOWN_TIMEOUT: Key = Key::with_default(
    "shutdown_timeout",
    TIME,
    "30s",
    "how long connections may take to end after SIGTERM. Calls to the service that are under way are brought to their end in \
     any case, each within `service.timeout`: give the process a little more than both before it is killed",
);

/// The keys of this part of the file.
pub(super) static SECTION: Section =
    &[&MAX_CONNECTIONS, &MAX_REQUESTS, &KEEP_ALIVE, &BODY_TIMEOUT, &SHUTDOWN_DELAY, &SHUTDOWN_TIMEOUT];

/// What one process takes on.
#[derive(Clone, Copy, Debug)]
pub struct Bounds {
    /// `max_connections`: connections at the same time.
    pub connections: usize,
    /// `max_requests`: requests for pages and presses at the same time.
    pub requests: usize,
    /// `keep_alive`: how long the head of a request may take, a connection be idle, and an answer not be taken.
    pub keep_alive: Duration,
    /// `body_timeout`: how long a form may take to arrive.
    pub body: Duration,
    /// `shutdown_delay`: how long new connections are still taken when the program is told to end.
    pub delay: Duration,
    /// `shutdown_timeout`: how long connections may take to end.
    pub shutdown: Duration,
}

impl Bounds {
    pub(super) fn read(raw: &mut Raw) -> Option<Self> {
        let connections = at_least_one(raw, &MAX_CONNECTIONS);
        let requests = at_least_one(raw, &MAX_REQUESTS);
        let keep_alive = raw.duration(&KEEP_ALIVE);
        let body = raw.duration(&BODY_TIMEOUT);
        let delay = raw.parsed(&SHUTDOWN_DELAY, |text| humantime::parse_duration(text).ok());
        let shutdown = raw.duration(&SHUTDOWN_TIMEOUT);
        Some(Self {
            connections: connections?,
            requests: requests?,
            keep_alive: keep_alive?,
            body: body?,
            delay: delay?,
            shutdown: shutdown?,
        })
    }
}

fn at_least_one(raw: &mut Raw, key: &Key) -> Option<usize> {
    let number = raw.number(key)?;
    if number == 0 {
        raw.unusable(key, "0");
        return None;
    }
    usize::try_from(number).ok()
}
