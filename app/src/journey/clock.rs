//! Clock times as the person reads them: in their language's form, and in their zone where the provider tells it. Where it
//! does not, the zone is named: it may not be that of the clock which they look at.

use contact::Timestamp;
use jiff::{Zoned, tz::TimeZone};

use super::Visit;
use crate::{Locale, text::server::text};

/// Writes a time for the person; with the day if it is not today's.
pub(super) fn write(visit: &Visit, default_zone: &TimeZone, now: Timestamp, time: Timestamp) -> String {
    let own = own_zone(visit);
    let zone = own.as_ref().unwrap_or(default_zone);
    let (now, time) = (zoned(now, zone), zoned(time, zone));
    let written =
        if time.date() == now.date() { clock(visit.locale, &time) } else { clock_on(visit.locale, &time) };
    if own.is_some() { written } else { named(&written, zone) }
}

/// Writes a time for somebody who reads it at another time and place, in a language that need not be that of the page: with
/// the day and the name of the time zone.
pub(super) fn write_whole(visit: &Visit, locale: Locale, default_zone: &TimeZone, time: Timestamp) -> String {
    let zone = own_zone(visit).unwrap_or_else(|| default_zone.clone());
    named(&clock_on(locale, &zoned(time, &zone)), &zone)
}

fn own_zone(visit: &Visit) -> Option<TimeZone> {
    visit.signed_in.zone.as_deref().and_then(|name| TimeZone::get(name).ok())
}

fn clock(locale: Locale, time: &Zoned) -> String {
    (text(locale).clock)(time.hour(), time.minute())
}

fn clock_on(locale: Locale, time: &Zoned) -> String {
    (text(locale).clock_on)(&clock(locale, time), time.day(), time.month())
}

fn named(written: &str, zone: &TimeZone) -> String {
    format!("{written} ({})", zone.iana_name().unwrap_or("UTC"))
}

fn zoned(time: Timestamp, zone: &TimeZone) -> Zoned {
    let millis = i64::try_from(time.as_millis()).unwrap_or(i64::MAX);
    jiff::Timestamp::from_millisecond(millis).unwrap_or(jiff::Timestamp::MAX).to_zoned(zone.clone())
}
