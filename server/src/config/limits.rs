//! `[limits]`: how many codes may be asked for.

use std::num::NonZeroU32;

use session::{Rate, SendLimits};

use super::{
    Key, Raw,
    key::{Kind, NUMBER, Section},
};

const CODES: Kind = Kind { unit: "codes", ..NUMBER };

static DESTINATION_PER_HOUR: Key =
    Key::with_default("limits.destination_per_hour", CODES, "30", "to one address or number, whoever asks");
static DESTINATION_PER_DAY: Key =
    Key::with_default("limits.destination_per_day", CODES, "60", "the same, in 24 hours");
static ACCOUNT_PER_HOUR: Key = Key::with_default(
    "limits.account_per_hour",
    CODES,
    "60",
    "for one person, to whatever address or number",
);
static ACCOUNT_PER_DAY: Key =
    Key::with_default("limits.account_per_day", CODES, "120", "the same, in 24 hours");
static NETWORK_PER_HOUR: Key = Key::with_default(
    "limits.network_per_hour",
    CODES,
    "0",
    "for all callers of one IPv4 address or one IPv6 /64; behind a proxy, set `trusted_proxies` first",
);
static NETWORK_PER_DAY: Key =
    Key::with_default("limits.network_per_day", CODES, "0", "the same, in 24 hours");
static EMAIL_PER_DAY: Key = Key::with_default("limits.email_per_day", CODES, "0", "by email, in all");
static SMS_PER_DAY: Key =
    Key::with_default("limits.sms_per_day", CODES, "0", "by text message, in all: what may be spent");

/// The keys of this section.
pub(super) static SECTION: Section = &[
    &DESTINATION_PER_HOUR,
    &DESTINATION_PER_DAY,
    &ACCOUNT_PER_HOUR,
    &ACCOUNT_PER_DAY,
    &NETWORK_PER_HOUR,
    &NETWORK_PER_DAY,
    &EMAIL_PER_DAY,
    &SMS_PER_DAY,
];

/// Reads the section. Zero is no limit.
///
/// The service has limits of its own, which are met first; ours are there for whoever tries. The one of a network is off
/// until it is set: behind a proxy that is not named in `trusted_proxies`, everybody would be one caller.
pub(super) fn read(raw: &mut Raw) -> Option<SendLimits> {
    let destination = rate(raw, &DESTINATION_PER_HOUR, &DESTINATION_PER_DAY);
    let account = rate(raw, &ACCOUNT_PER_HOUR, &ACCOUNT_PER_DAY);
    let network = rate(raw, &NETWORK_PER_HOUR, &NETWORK_PER_DAY);
    let email = raw.number(&EMAIL_PER_DAY);
    let sms = raw.number(&SMS_PER_DAY);
    let budget = |per_day| Rate { per_hour: None, per_day: NonZeroU32::new(per_day) };
    Some(SendLimits {
        destination: destination?,
        account: account?,
        network: network?,
        email: budget(email?),
        sms: budget(sms?),
    })
}

fn rate(raw: &mut Raw, per_hour: &Key, per_day: &Key) -> Option<Rate> {
    let (per_hour, per_day) = (raw.number(per_hour), raw.number(per_day));
    Some(Rate { per_hour: NonZeroU32::new(per_hour?), per_day: NonZeroU32::new(per_day?) })
}
