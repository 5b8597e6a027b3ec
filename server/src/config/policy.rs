//! `[policy]`: which choices a person has, and where codes are sent to.

use app::{Offer, Policy as Choices};
use contact::{Country, Destinations, Domain, Lists};

use super::Raw;

/// What the operator leaves to people.
#[derive(Clone, Debug)]
pub struct Policy {
    /// `primary`, `replace_all`: what becomes of the new contact.
    pub choices: Choices,
    /// `countries_allow`, `countries_deny`, `domains_allow`, `domains_deny`: where codes are sent to.
    pub destinations: Destinations,
    /// `region`: where people are whose locale names no country.
    pub region: Option<Country>,
}

impl Policy {
    pub(super) fn read(raw: &mut Raw) -> Option<Self> {
        let primary = offer(raw, "policy.primary");
        let replace_all = offer(raw, "policy.replace_all");
        let codes = "two-letter codes of countries with spaces between, such as FI SE";
        let countries = lists(raw, "policy.countries", codes, Country::parse);
        let names = "domains with spaces between, such as example.com example.org";
        let domains = lists(raw, "policy.domains", names, Domain::parse);
        let region = raw.parsed(
            "policy.region",
            "",
            "the two-letter code of a country, such as FI",
            |text| match text {
                "" => Some(None),
                code => Country::parse(code).map(Some),
            },
        );
        Some(Self {
            choices: Choices { primary: primary?, replace_all: replace_all? },
            destinations: Destinations { countries: countries?, domains: domains? },
            region: region?,
        })
    }
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

fn lists<Item>(
    raw: &mut Raw,
    key: &str,
    example: &str,
    parse: fn(&str) -> Option<Item>,
) -> Option<Lists<Item>> {
    let mut list = |key: String| {
        raw.parsed(&key, "", example, |text| text.split_whitespace().map(parse).collect::<Option<Vec<_>>>())
    };
    let (allow, deny) = (list(format!("{key}_allow")), list(format!("{key}_deny")));
    Some(Lists { allow: allow?, deny: deny? })
}
