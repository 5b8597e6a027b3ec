//! Countries: where a person is at home, and what a number's country is called in their language.
//!
//! The names are those of the Unicode Common Locale Data Repository (CLDR 48), under the licence beside them.

use contact::{Contact, Country, Kind, MobileNumber};

use super::{Journey, Visit};
use crate::{Locale, text::server::text};

impl Journey {
    /// Gives the country in which a number in national writing is read: the region of the person's locale, else the
    /// operator's.
    pub(super) fn region(&self, visit: &Visit) -> Option<Country> {
        visit.signed_in.locale.as_deref().and_then(region_of).or_else(|| self.0.region.clone())
    }

    /// Tells a person in which country a number of theirs is read that does not say so itself; nothing if in none.
    pub(super) fn home(&self, visit: &Visit, kind: Kind) -> Option<String> {
        let region = self.region(visit).filter(|_| kind == Kind::Mobile)?;
        Some(text(visit.locale).national_number.with(name(visit.locale, region.as_str())?))
    }
}

/// Gives a contact as it is shown back: a number in groups and with its country, to be compared; nothing if it is to be
/// shown as it stands.
pub(super) fn shown_back(locale: Locale, contact: &Contact) -> Option<String> {
    let Contact::Mobile(number) = contact else { return None };
    let written = in_groups(locale, number);
    Some(match number.country().and_then(|code| name(locale, &code)) {
        Some(country) => format!("{written} ({country})"),
        None => written,
    })
}

/// Gives a contact of a list as it is shown: a number in the same groups as everywhere, anything else as it stands.
pub(crate) fn listed(locale: Locale, kind: Kind, value: &str) -> String {
    match Contact::parse(kind, value) {
        Ok(Contact::Mobile(number)) => in_groups(locale, &number),
        _ => value.to_owned(),
    }
}

fn in_groups(locale: Locale, number: &MobileNumber) -> String {
    // In one piece at the end of a line, too, since it is compared group by group.
    let written = number.international().replace(' ', "\u{a0}");
    if locale.direction() == "rtl" {
        // Its groups stay in their order beside a country's name (Unicode Standard Annex 9, section 2.2).
        format!("\u{2066}{written}\u{2069}")
    } else {
        written
    }
}

/// Gives the region of a locale such as `fi_FI`, `en-GB` or `zh_Hant_TW` (BCP 47, section 2.2.4).
fn region_of(locale: &str) -> Option<Country> {
    locale.split(['-', '_']).skip(1).find(|subtag| subtag.len() == 2).and_then(Country::parse)
}

/// Gives the name of a country (ISO 3166-1 alpha-2), as it stands by itself.
fn name(locale: Locale, code: &str) -> Option<&'static str> {
    let names = match locale {
        Locale::En => include_str!("countries/en.txt"),
        Locale::Fi => include_str!("countries/fi.txt"),
        Locale::Sv => include_str!("countries/sv.txt"),
        Locale::Ar => include_str!("countries/ar.txt"),
    };
    names.lines().filter_map(|line| line.split_once(' ')).find_map(|(of, name)| (of == code).then_some(name))
}

#[cfg(test)]
mod tests {
    use contact::Kind;

    use super::*;

    #[test]
    fn a_number_is_shown_back_in_groups_with_its_country_in_the_language_of_the_page() {
        let shown = |locale, typed| {
            let contact = Contact::parse(Kind::Mobile, typed).expect("a number");
            shown_back(locale, &contact).expect("a number")
        };
        assert_eq!(shown(Locale::En, "+447700900123"), "+44\u{a0}7700\u{a0}900123 (United Kingdom)");
        assert_eq!(shown(Locale::Fi, "+447700900123"), "+44\u{a0}7700\u{a0}900123 (Iso-Britannia)");
        assert_eq!(shown(Locale::Sv, "+358501234501"), "+358\u{a0}50\u{a0}1234501 (Finland)");
        assert_eq!(shown(Locale::Ar, "+358501234501"), "\u{2066}+358\u{a0}50\u{a0}1234501\u{2069} (فنلندا)");
        assert!(!shown(Locale::En, "+881612345678").contains('('), "a satellite is of no country");
    }

    #[test]
    fn a_number_of_a_list_is_shown_in_the_same_groups_and_what_is_none_as_it_stands() {
        let shown = |kind, value| listed(Locale::En, kind, value);
        assert_eq!(shown(Kind::Mobile, "+447700900123"), "+44\u{a0}7700\u{a0}900123");
        assert_eq!(shown(Kind::Mobile, "12"), "12");
        assert_eq!(shown(Kind::Email, "Ann@Example.org"), "Ann@Example.org");
    }

    #[test]
    fn every_language_has_a_name_for_every_country() {
        for first in 'A'..='Z' {
            for second in 'A'..='Z' {
                let code = format!("{first}{second}");
                if Country::parse(&code).is_some() {
                    assert!(Locale::ALL.iter().all(|locale| name(*locale, &code).is_some()), "{code}");
                }
            }
        }
    }

    #[test]
    fn the_region_of_a_locale_is_found_however_it_is_written() {
        let region = |locale| region_of(locale).map(|country| country.as_str().to_owned());
        assert_eq!(region("fi_FI").as_deref(), Some("FI"));
        assert_eq!(region("en-GB").as_deref(), Some("GB"));
        assert_eq!(region("zh_Hant_TW").as_deref(), Some("TW"));
        assert_eq!(region("es-419"), None);
        assert_eq!(region("sv"), None);
    }
}
