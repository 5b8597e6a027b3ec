//! Mobile numbers as people type and paste them.

use contact::{Contact, ContactProblem, Kind, MobileNumber, MobileProblem};
use rlibphonenumber::{PHONE_NUMBER_UTIL, PhoneNumber, PhoneNumberFormat, PhoneNumberType, Region};
use rstest::rstest;

#[rstest]
#[case::plain("+358501234567")]
#[case::with_spaces("+358 50 123 4567")]
#[case::with_hyphens_and_brackets("+358 (50) 123-4567")]
#[case::with_slash_and_dots("+358 50/123.45.67")]
#[case::with_the_international_prefix("00358 50 1234567")]
#[case::with_the_zero_in_brackets("+358 (0)50 123 4567")]
#[case::with_the_zero("+358 050 123 4567")]
#[case::full_width("＋３５８５０１２３４５６７")]
#[case::arabic_indic("+٣٥٨ ٥٠ ١٢٣ ٤٥٦٧")]
#[case::with_hidden_marks("\u{202A}+358\u{A0}50\u{2011}123\u{200B}4567\u{202C}")]
#[case::a_link("tel:+358501234567")]
fn a_number_is_read_however_it_is_written(#[case] typed: &str) {
    assert_eq!(MobileNumber::parse(typed).unwrap().as_str(), "+358501234567");
}

#[rstest]
#[case::finnish("+358 50 123 4567", "FI")]
#[case::swedish_fictional("+46 70 174 06 05", "SE")]
#[case::british_fictional("+44 7700 900123", "GB")]
#[case::british_fictional_with_the_zero("+44 (0)7700 900123", "GB")]
#[case::american_fictional("+1 202 555 0123", "US")]
#[case::canadian("+1 604 555 0123", "CA")]
#[case::jersey("+44 7797 712345", "JE")]
#[case::italian("+39 312 345 6789", "IT")]
fn the_country_of_a_number_is_told(#[case] typed: &str, #[case] country: &str) {
    assert_eq!(MobileNumber::parse(typed).unwrap().country().as_deref(), Some(country));
}

#[rstest]
#[case::nothing("", MobileProblem::Empty)]
#[case::white_space(" \u{200E}", MobileProblem::Empty)]
#[case::national("050 123 4567", MobileProblem::NoCountry)]
#[case::words("mine", MobileProblem::NoCountry)]
#[case::letters("+1 800 FLOWERS", MobileProblem::Invalid)]
#[case::an_extension("+44 7700 900123 ext. 5", MobileProblem::Invalid)]
#[case::two_numbers("+358501234567, +358501234568", MobileProblem::Invalid)]
#[case::too_short("+44 7700 90012", MobileProblem::Invalid)]
#[case::too_long("+44 7700 900123 4567", MobileProblem::Invalid)]
#[case::no_country_with_this_code("+999 50 123 4567", MobileProblem::Invalid)]
#[case::a_plus_alone("+", MobileProblem::Invalid)]
#[case::two_pluses("++358501234567", MobileProblem::Invalid)]
#[case::a_land_line("+44 20 7946 0958", MobileProblem::NotMobile)]
#[case::a_finnish_land_line("+358 9 1234 5678", MobileProblem::NotMobile)]
#[case::without_its_area_code("+1 555 0123", MobileProblem::Invalid)]
#[case::toll_free("+1 800 555 0199", MobileProblem::NotMobile)]
#[case::a_premium_number("+44 909 879 0000", MobileProblem::NotMobile)]
fn what_cannot_get_a_text_message_is_told(#[case] typed: &str, #[case] problem: MobileProblem) {
    assert_eq!(MobileNumber::parse(typed), Err(problem));
}

#[test]
fn a_number_of_a_range_newer_than_the_tables_is_accepted() {
    let number = MobileNumber::parse("+1 200 555 0123").unwrap();
    assert_eq!(number.as_str(), "+12005550123");
    assert_eq!(number.country().as_deref(), Some("US"));
}

#[test]
fn a_number_is_written_in_groups_for_people() {
    assert_eq!(MobileNumber::parse("+447700900123").unwrap().international(), "+44 7700 900123");
}

#[test]
fn a_satellite_telephone_is_of_no_country() {
    assert_eq!(MobileNumber::parse("+881 6 1234 5678").unwrap().country(), None);
}

#[test]
fn a_number_in_national_writing_is_read_where_the_country_is_known() {
    let contact = Contact::parse_in(Kind::Mobile, "050 123 4567", Some("FI")).unwrap();
    assert_eq!(contact.as_str(), "+358501234567");
    let abroad = Contact::parse_in(Kind::Mobile, "+44 7700 900123", Some("FI")).unwrap();
    assert_eq!(abroad.as_str(), "+447700900123");
    let of_another_country = Contact::parse_in(Kind::Mobile, "050 123 4567", Some("GB"));
    assert_eq!(of_another_country, Err(ContactProblem::Mobile(MobileProblem::NoCountry)));
    let nowhere = Contact::parse_in(Kind::Mobile, "050 123 4567", Some("Finland"));
    assert_eq!(nowhere, Err(ContactProblem::Mobile(MobileProblem::NoCountry)));
}

/// Every country that has mobile numbers, with one of them.
fn a_number_of_each_country() -> impl Iterator<Item = (Region, PhoneNumber)> {
    PHONE_NUMBER_UTIL.get_supported_regions().filter_map(|region| {
        let example =
            PHONE_NUMBER_UTIL.get_example_number_for_type_and_region(region, PhoneNumberType::Mobile);
        Some((region, example.ok()?))
    })
}

/// Territories whose numbers cannot be told from those of the country they share a plan with, and that country.
const ONE_PLAN: [(&str, &str); 9] = [
    ("AX", "FI"),
    ("BL", "GP"),
    ("CC", "AU"),
    ("CX", "AU"),
    ("EH", "MA"),
    ("IM", "GB"),
    ("MF", "GP"),
    ("SJ", "NO"),
    ("VA", "IT"),
];

#[test]
fn a_number_of_every_country_is_read_as_it_is_written_there_and_abroad() {
    let mut countries = 0;
    let mut misread = Vec::new();
    for (region, number) in a_number_of_each_country() {
        countries += 1;
        let region = region.to_string();
        let country = ONE_PLAN.iter().find(|(small, _)| *small == region).map_or(&*region, |(_, main)| main);
        let written = |format| number.format_as(format).into_owned();
        let abroad = MobileNumber::parse(&written(PhoneNumberFormat::International));
        let at_home = MobileNumber::parse_in(&written(PhoneNumberFormat::National), Some(&region));
        for read in [abroad, at_home] {
            let is_read = read.as_ref().is_ok_and(|number| {
                number.as_str() == written(PhoneNumberFormat::E164)
                    && number.country().as_deref() == Some(country)
            });
            if !is_read {
                misread.push(format!("{region}: {}", written(PhoneNumberFormat::National)));
            }
        }
    }
    assert_eq!(misread, Vec::<String>::new());
    assert!(countries > 230, "{countries}");
}
