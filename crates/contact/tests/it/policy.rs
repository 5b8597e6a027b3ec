//! Where the operator sends codes to.

use contact::{Contact, Country, Destinations, Domain, Kind, Lists};
use rstest::rstest;

fn countries(codes: &str) -> Vec<Country> {
    codes.split_whitespace().map(|code| Country::parse(code).unwrap()).collect()
}

fn domains(names: &str) -> Vec<Domain> {
    names.split_whitespace().map(|name| Domain::parse(name).unwrap()).collect()
}

#[rstest]
#[case::no_lists("", "", "+358501234567", true)]
#[case::allowed("FI SE", "", "+358501234567", true)]
#[case::not_among_the_allowed("SE", "", "+358501234567", false)]
#[case::denied("", "FI", "+358501234567", false)]
#[case::not_denied("", "FI", "+46701740605", true)]
#[case::the_denial_has_the_last_word("FI", "FI", "+358501234567", false)]
#[case::a_neighbour_under_the_same_code("", "GB", "+447797712345", true)]
#[case::of_no_country_and_not_allowed("FI", "", "+881612345678", false)]
#[case::of_no_country_and_not_denied("", "FI", "+881612345678", true)]
fn a_number_is_let_in_by_its_country(
    #[case] allow: &str,
    #[case] deny: &str,
    #[case] number: &str,
    #[case] is_in: bool,
) {
    let lists = Lists { allow: countries(allow), deny: countries(deny) };
    let destinations = Destinations { countries: lists, ..Destinations::default() };
    assert_eq!(destinations.admit(&Contact::parse(Kind::Mobile, number).unwrap()), is_in);
}

#[rstest]
#[case::no_lists("", "", "ann@example.com", true)]
#[case::allowed("example.com", "", "ann@Example.COM", true)]
#[case::below_the_allowed("example.com", "", "ann@mail.example.com", true)]
#[case::only_ending_alike("example.com", "", "ann@notexample.com", false)]
#[case::above_the_allowed("mail.example.com", "", "ann@example.com", false)]
#[case::denied("", "example.com", "ann@mail.example.com", false)]
#[case::a_whole_top_level("", "com", "ann@example.com", false)]
#[case::denied_below_the_allowed("example.com", "old.example.com", "ann@old.example.com", false)]
#[case::listed_in_its_own_script("", "bücher.example", "ann@xn--bcher-kva.example", false)]
#[case::listed_in_ascii("", "xn--bcher-kva.example", "ann@bücher.example", false)]
fn an_address_is_let_in_by_its_domain(
    #[case] allow: &str,
    #[case] deny: &str,
    #[case] address: &str,
    #[case] is_in: bool,
) {
    let lists = Lists { allow: domains(allow), deny: domains(deny) };
    let destinations = Destinations { domains: lists, ..Destinations::default() };
    assert_eq!(destinations.admit(&Contact::parse(Kind::Email, address).unwrap()), is_in);
}

#[test]
fn a_country_is_named_by_its_two_letters_and_a_domain_by_its_labels() {
    assert_eq!(Country::parse("fi").unwrap().as_str(), "FI");
    for wrong in ["", "Finland", "FIN", "358", "001", "ZZ", "F1"] {
        assert_eq!(Country::parse(wrong), None, "{wrong}");
    }
    for wrong in ["", "*.example.com", "ann@example.com", ".example.com", "exa mple.com"] {
        assert_eq!(Domain::parse(wrong), None, "{wrong}");
    }
}
