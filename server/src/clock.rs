//! The one place where this program reads a clock.

use std::time::SystemTime;

use contact::Timestamp;

/// Gives the time now, by the server's clock.
#[expect(clippy::disallowed_methods, reason = "the edge at which the time comes in")]
pub(crate) fn now() -> Timestamp {
    SystemTime::now().into()
}
