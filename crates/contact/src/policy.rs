//! Which countries and domains the operator sends codes to.

use idna::AsciiDenyList;
use idna::uts46::{DnsLength, Hyphens, Uts46};
use rlibphonenumber::{PHONE_NUMBER_UTIL, Region};

use crate::{Contact, EmailAddress};

/// A country that has telephone numbers, by its code (ISO 3166-1 alpha-2, as `FI`).
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Country(String);

impl Country {
    /// Takes the code of a country, in capitals or not; nothing if no country with numbers has it.
    pub fn parse(code: &str) -> Option<Self> {
        let code = code.to_ascii_uppercase();
        let region = Region::from_code(&code).ok()?;
        let has_numbers = PHONE_NUMBER_UTIL.get_country_code_for_region(region).is_some();
        (code.len() == 2 && has_numbers).then_some(Self(code))
    }

    /// Gives the code, as `FI`.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

/// A domain, with all that is below it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Domain(String);

impl Domain {
    /// Takes a domain in its own script or in ASCII (RFC 5890), as `example.com`, `bücher.example` or `com`; nothing
    /// if it is none.
    pub fn parse(text: &str) -> Option<Self> {
        let ascii = Uts46::new()
            .to_ascii(text.as_bytes(), AsciiDenyList::STD3, Hyphens::CheckFirstLast, DnsLength::Verify)
            .ok()?;
        Some(Self(ascii.into_owned()))
    }

    /// Tells whether an address is at this domain or at one below it.
    fn has(&self, address: &EmailAddress) -> bool {
        let above = address.domain().strip_suffix(self.0.as_str());
        above.is_some_and(|above| above.is_empty() || above.ends_with('.'))
    }
}

/// What is let in and what is not. An empty `allow` lets everything in; `deny` has the last word.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Lists<Item> {
    /// If there are any: only these.
    pub allow: Vec<Item>,
    /// Never these.
    pub deny: Vec<Item>,
}

impl<Item> Lists<Item> {
    fn admit(&self, matches: impl Fn(&Item) -> bool) -> bool {
        (self.allow.is_empty() || self.allow.iter().any(&matches)) && !self.deny.iter().any(matches)
    }
}

impl<Item> Default for Lists<Item> {
    /// Lets everything in.
    fn default() -> Self {
        Self { allow: Vec::new(), deny: Vec::new() }
    }
}

/// Where the operator sends codes to. By default: everywhere.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Destinations {
    /// The countries of mobile numbers. A number of no country is in no list.
    pub countries: Lists<Country>,
    /// The domains of email addresses.
    pub domains: Lists<Domain>,
}

impl Destinations {
    /// Tells whether the operator sends codes to this contact.
    pub fn admit(&self, contact: &Contact) -> bool {
        match contact {
            Contact::Email(address) => self.domains.admit(|domain| domain.has(address)),
            Contact::Mobile(number) => {
                let country = number.country();
                self.countries.admit(|listed| country.as_deref() == Some(listed.as_str()))
            }
        }
    }
}
