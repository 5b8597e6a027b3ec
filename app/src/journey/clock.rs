//! Clock times as the person reads them: in their zone where the provider tells it, in their language's form.

use contact::Timestamp;
use jiff::{Zoned, tz::TimeZone};

use super::Visit;
use crate::text::server::text;

/// Writes a time for the person; with the day if it is not today's.
pub(super) fn write(visit: &Visit, default_zone: &TimeZone, now: Timestamp, time: Timestamp) -> String {
    let zone = zone(visit, default_zone);
    let (now, time) = (zoned(now, &zone), zoned(time, &zone));
    let text = text(visit.locale);
    let clock = (text.clock)(time.hour(), time.minute());
    if time.date() == now.date() { clock } else { (text.clock_on)(&clock, time.day(), time.month()) }
}

/// Writes a time for somebody who reads it at another time and place: with the day and the name of the time zone.
pub(super) fn write_whole(visit: &Visit, default_zone: &TimeZone, time: Timestamp) -> String {
    let zone = zone(visit, default_zone);
    let (name, time) = (zone.iana_name().unwrap_or("UTC").to_owned(), zoned(time, &zone));
    let text = text(visit.locale);
    let clock = (text.clock)(time.hour(), time.minute());
    format!("{} ({name})", (text.clock_on)(&clock, time.day(), time.month()))
}

fn zone(visit: &Visit, default_zone: &TimeZone) -> TimeZone {
    let own = visit.signed_in.zone.as_deref().and_then(|name| TimeZone::get(name).ok());
    own.unwrap_or_else(|| default_zone.clone())
}

fn zoned(time: Timestamp, zone: &TimeZone) -> Zoned {
    let millis = i64::try_from(time.as_millis()).unwrap_or(i64::MAX);
    jiff::Timestamp::from_millisecond(millis).unwrap_or(jiff::Timestamp::MAX).to_zoned(zone.clone())
}
