//! `[policy]`: which choices a person has.

use app::{Offer, Policy};

use super::Raw;

pub(super) fn read(raw: &mut Raw) -> Option<Policy> {
    let primary = offer(raw, "policy.primary");
    let replace_all = offer(raw, "policy.replace_all");
    Some(Policy { primary: primary?, replace_all: replace_all? })
}

fn offer(raw: &mut Raw, key: &str) -> Option<Offer> {
    raw.parsed(key, "offer", "offer, always or never", read_offer)
}

/// Reads `offer`, `always` or `never`; nothing if it is neither.
pub fn read_offer(text: &str) -> Option<Offer> {
    match text {
        "offer" => Some(Offer::Offer),
        "always" => Some(Offer::Always),
        "never" => Some(Offer::Never),
        _ => None,
    }
}
