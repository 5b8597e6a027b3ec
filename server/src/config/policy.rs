//! `[policy]`: which choices a person has, and where codes are sent to.

use app::{Offer, Policy as Choices};
use contact::{Country, Destinations, Domain, Lists};

use super::{
    Key, Raw,
    key::{FLAG, Kind, Section},
};

const OFFER: Kind =
    Kind::one_of("`offer`, `always`, `never`", "offer, always or never", &["offer", "always", "never"]);
const COUNTRIES: Kind = Kind::text(
    "ISO 3166-1 alpha-2, spaces between",
    "two-letter codes of countries with spaces between, such as FI SE",
);
const DOMAINS: Kind =
    Kind::text("domains, spaces between", "domains with spaces between, such as example.com example.org");

static PRIMARY: Key = Key::with_default(
    "policy.primary",
    OFFER,
    "offer",
    "whether the new contact becomes the primary one: the person decides, yes, no",
);
static REPLACE_ALL: Key = Key::with_default(
    "policy.replace_all",
    OFFER,
    "offer",
    "whether it replaces all previous ones of its kind",
);
static COUNTRIES_ALLOW: Key = Key::optional(
    "policy.countries_allow",
    COUNTRIES,
    "all",
    "only numbers of these countries get codes, such as `FI SE AX`",
);
static COUNTRIES_DENY: Key = Key::optional(
    "policy.countries_deny",
    COUNTRIES,
    "none",
    "numbers of these countries get no codes, allowed or not",
);
static DOMAINS_ALLOW: Key = Key::optional(
    "policy.domains_allow",
    DOMAINS,
    "all",
    "only addresses at these domains, and at those below them, get codes; in their own script or in ASCII",
);
static DOMAINS_DENY: Key = Key::optional(
    "policy.domains_deny",
    DOMAINS,
    "none",
    "addresses at these domains, and at those below them, get no codes, allowed or not",
);
static REGION: Key = Key::optional(
    "policy.region",
    Kind::text("ISO 3166-1 alpha-2", "the two-letter code of a country, such as FI"),
    "none",
    "the country in which a number in national writing (`050 123 4567`) is read when the person's locale names none; \
     without both, a number must begin with `+`",
);

static NOTIFY_PREVIOUS: Key = Key::with_default(
    "policy.notify_previous",
    FLAG,
    "true",
    "after a change the service sends a notice to the verified contacts that the account had before, of the same kind or, \
     if there were none, of the other. Only an API client can have notices sent, so there is none with `user_token`",
);

/// The keys of this section.
pub(super) static SECTION: Section = &[
    &PRIMARY,
    &REPLACE_ALL,
    &COUNTRIES_ALLOW,
    &COUNTRIES_DENY,
    &DOMAINS_ALLOW,
    &DOMAINS_DENY,
    &REGION,
    &NOTIFY_PREVIOUS,
];

/// What the operator leaves to people.
#[derive(Clone, Debug)]
pub struct Policy {
    /// `primary`, `replace_all`: what becomes of the new contact.
    pub choices: Choices,
    /// `countries_allow`, `countries_deny`, `domains_allow`, `domains_deny`: where codes are sent to.
    pub destinations: Destinations,
    /// `region`: where people are whose locale names no country.
    pub region: Option<Country>,
    /// `notify_previous`: whether the contacts that an account had before are told of a change.
    pub notify_previous: bool,
}

impl Policy {
    pub(super) fn read(raw: &mut Raw) -> Option<Self> {
        let primary = raw.parsed(&PRIMARY, read_offer);
        let replace_all = raw.parsed(&REPLACE_ALL, read_offer);
        let countries = lists(raw, &COUNTRIES_ALLOW, &COUNTRIES_DENY, Country::parse);
        let domains = lists(raw, &DOMAINS_ALLOW, &DOMAINS_DENY, Domain::parse);
        let region = raw.parsed(&REGION, |text| match text {
            "" => Some(None),
            code => Country::parse(code).map(Some),
        });
        Some(Self {
            choices: Choices { primary: primary?, replace_all: replace_all? },
            destinations: Destinations { countries: countries?, domains: domains? },
            region: region?,
            notify_previous: raw.flag(&NOTIFY_PREVIOUS),
        })
    }
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
    allow: &Key,
    deny: &Key,
    parse: fn(&str) -> Option<Item>,
) -> Option<Lists<Item>> {
    let mut list =
        |key: &Key| raw.parsed(key, |text| text.split_whitespace().map(parse).collect::<Option<_>>());
    let (allow, deny) = (list(allow), list(deny));
    Some(Lists { allow: allow?, deny: deny? })
}
