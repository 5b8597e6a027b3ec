//! How long: the service tells it by its own clock, so it is reckoned from the `Date` of the same answer (RFC 9110,
//! section 6.6.1). Then a clock that is wrong, ours or the service's, changes nothing, and none is read here.

use std::time::Duration;

use http::HeaderMap;
use http::header::{AsHeaderName, DATE};
use jiff::Timestamp;
use jiff::fmt::rfc2822;
use serde_json::{Map, Value};

use crate::dialect::BeginDialect;

/// No code works longer than this, whatever an answer says.
const MAX_LIFETIME: Duration = Duration::from_hours(24);
/// No limit lasts longer than this, whatever an answer says: limits count the messages of 24 hours (the service's
/// guide).
const MAX_RETRY_AFTER: Duration = Duration::from_hours(48);
/// `Date` is cut to whole seconds, so what is reckoned from it may be too long by this much.
const DATE_RESOLUTION: Duration = Duration::from_secs(1);

/// Gives how long a code works: by its seconds, else by its end and the `Date` of the answer. Nothing if neither can
/// be read.
pub(crate) fn lifetime(
    dialect: &BeginDialect,
    headers: &HeaderMap,
    body: &Map<String, Value>,
) -> Option<Duration> {
    let by_seconds = || seconds(body.get(&dialect.expires_in)?);
    let by_end = || {
        let end: Timestamp = body.get(&dialect.expires_at)?.as_str()?.parse().ok()?;
        Some(from_date(headers, end)?.saturating_sub(DATE_RESOLUTION))
    };
    by_seconds().or_else(by_end).map(|lifetime| lifetime.min(MAX_LIFETIME))
}

/// Gives how long a limit lasts: `Retry-After` (RFC 9110, section 10.2.3), or what it is called, in seconds or as a date.
pub(crate) fn retry_after(headers: &HeaderMap, name: &str) -> Option<Duration> {
    let text = headers.get(name)?.to_str().ok()?.trim();
    let by_seconds = || text.parse().ok().map(Duration::from_secs);
    by_seconds().or_else(|| from_date(headers, date(headers, name)?)).map(|wait| wait.min(MAX_RETRY_AFTER))
}

/// Gives a number of seconds; a negative one is none at all.
fn seconds(value: &Value) -> Option<Duration> {
    let seconds = value.as_f64().or_else(|| value.as_str()?.trim().parse().ok())?;
    Some(Duration::try_from_secs_f64(seconds.max(0.0)).unwrap_or(Duration::MAX))
}

/// Gives how long it is from the `Date` of the answer to `end`; zero if that is over.
fn from_date(headers: &HeaderMap, end: Timestamp) -> Option<Duration> {
    let start = date(headers, DATE)?;
    Some(Duration::try_from(end.duration_since(start)).unwrap_or_default())
}

/// Gives a header that is a date (RFC 9110, section 5.6.7, its preferred form).
fn date(headers: &HeaderMap, name: impl AsHeaderName) -> Option<Timestamp> {
    rfc2822::DateTimeParser::new().parse_timestamp(headers.get(name)?.as_bytes()).ok()
}
