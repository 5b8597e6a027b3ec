//! `[limits]`: how many codes may be asked for.

use std::num::NonZeroU32;

use session::{Rate, SendLimits};

use super::Raw;

/// Reads the section. Zero is no limit.
///
/// The service has limits of its own, which are met first; ours are there for whoever tries. The one of a network is off
/// until it is set: behind a proxy that is not named in `trusted_proxies`, everybody would be one caller.
pub(super) fn read(raw: &mut Raw) -> Option<SendLimits> {
    let destination = rate(raw, "limits.destination", 30, 60);
    let account = rate(raw, "limits.account", 60, 120);
    let network = rate(raw, "limits.network", 0, 0);
    let email = raw.number("limits.email_per_day", 0);
    let sms = raw.number("limits.sms_per_day", 0);
    let budget = |per_day| Rate { per_hour: None, per_day: NonZeroU32::new(per_day) };
    Some(SendLimits {
        destination: destination?,
        account: account?,
        network: network?,
        email: budget(email?),
        sms: budget(sms?),
    })
}

fn rate(raw: &mut Raw, key: &str, per_hour: u32, per_day: u32) -> Option<Rate> {
    let per_hour = raw.number(&format!("{key}_per_hour"), per_hour);
    let per_day = raw.number(&format!("{key}_per_day"), per_day);
    Some(Rate { per_hour: NonZeroU32::new(per_hour?), per_day: NonZeroU32::new(per_day?) })
}
