//! The sandbox's own time: the real one, moved forward by `POST /control/clock`.

use jiff::{SignedDuration, Timestamp, fmt::rfc2822::DateTimePrinter};

/// How far the sandbox's time is ahead of the real one.
#[derive(Clone, Copy, Debug, Default)]
pub(crate) struct Clock {
    ahead: SignedDuration,
}

impl Clock {
    /// The sandbox's time. The only place that reads a clock.
    pub(crate) fn now(self) -> Timestamp {
        Timestamp::now().saturating_add(self.ahead).unwrap_or(Timestamp::MAX)
    }

    /// Moves time forward.
    pub(crate) fn advance(&mut self, seconds: u32) {
        self.ahead = self.ahead.saturating_add(SignedDuration::from_secs(seconds.into()));
    }
}

/// The time so many seconds later.
pub(crate) fn later(from: Timestamp, seconds: u32) -> Timestamp {
    from.saturating_add(SignedDuration::from_secs(seconds.into())).unwrap_or(Timestamp::MAX)
}

/// The time in ISO 8601, UTC, to the second.
pub(crate) fn iso(time: Timestamp) -> String {
    time.strftime("%Y-%m-%dT%H:%M:%SZ").to_string()
}

/// The time as the `Date` header has it (RFC 9110, section 5.6.7); nothing outside its years.
pub(crate) fn http_date(time: Timestamp) -> Option<String> {
    DateTimePrinter::new().timestamp_to_rfc9110_string(&time).ok()
}
