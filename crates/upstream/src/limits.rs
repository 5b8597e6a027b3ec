//! How long, how much and how many.

use std::num::NonZeroU32;
use std::time::Duration;

/// How long, how much and how many: of the calls to one server.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Limits {
    /// How long connecting may take, the TLS handshake included.
    pub connect_timeout: Duration,
    /// How long a call may take, to the last octet of its answer; for a read, each attempt.
    pub timeout: Duration,
    /// How long a read may take with all its attempts and the pauses between them.
    pub read_deadline: Duration,
    /// How often a read is made again.
    pub read_retries: u32,
    /// The pause before a read is made again: doubled each time, and up to as much again by chance, so that many who
    /// failed at once do not come back at once.
    pub retry_delay: Duration,
    /// After how many failed reads in a row reads rest; never, if it is nothing.
    pub breaker_failures: Option<NonZeroU32>,
    /// How long reads rest, until a single one tries.
    pub breaker_pause: Duration,
    /// How many calls may be under way at the same time; any number, if it is nothing.
    pub concurrent_calls: Option<NonZeroU32>,
    /// How long a call waits for its place among them.
    pub concurrent_wait: Duration,
    /// How many idle connections are kept.
    pub pool_size: u32,
    /// For how long each of them is kept. Less than the server keeps its own: a call into a connection that is just
    /// being closed would be lost.
    pub pool_idle: Duration,
    /// The longest answer that is read, in octets.
    pub max_body: usize,
}

impl Default for Limits {
    fn default() -> Self {
        Self {
            connect_timeout: Duration::from_secs(3),
            timeout: Duration::from_secs(10),
            read_deadline: Duration::from_secs(10),
            read_retries: 2,
            retry_delay: Duration::from_millis(100),
            breaker_failures: NonZeroU32::new(5),
            breaker_pause: Duration::from_secs(10),
            concurrent_calls: NonZeroU32::new(256),
            concurrent_wait: Duration::from_secs(1),
            pool_size: 64,
            // Servers keep connections for 5 seconds at the least.
            pool_idle: Duration::from_secs(4),
            max_body: 256 * 1024,
        }
    }
}

impl Limits {
    /// Tells whether no time is zero, and connecting takes no longer than the whole call.
    pub fn are_usable(&self) -> bool {
        let times = [self.connect_timeout, self.timeout, self.read_deadline, self.retry_delay];
        let pauses = [self.breaker_pause, self.concurrent_wait, self.pool_idle];
        !times.iter().chain(&pauses).any(Duration::is_zero) && self.connect_timeout <= self.timeout
    }
}
