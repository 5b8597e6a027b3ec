//! Email addresses as people type and paste them.

use contact::{Contact, EmailAddress, EmailProblem, Kind};
use rstest::rstest;

#[rstest]
#[case::plain("ann@example.com", "ann@example.com")]
#[case::white_space_around(" \u{A0}ann@example.com\r\n", "ann@example.com")]
#[case::hidden_marks_around("\u{202A}ann@example.com\u{202C}\u{200B}", "ann@example.com")]
#[case::the_domain_in_capitals("Ann.Smith@EXAMPLE.Com", "Ann.Smith@example.com")]
#[case::a_tag("ann+shop@example.com", "ann+shop@example.com")]
#[case::an_apostrophe("o'neill@example.com", "o'neill@example.com")]
#[case::a_quoted_name("\"ann@home\"@example.com", "\"ann@home\"@example.com")]
#[case::many_labels("ann@a.b.c.d.example.co.uk", "ann@a.b.c.d.example.co.uk")]
#[case::a_link("mailto:ann@example.com", "ann@example.com")]
#[case::a_link_with_a_subject("MailTo:ann@example.com?subject=Hi", "ann@example.com")]
#[case::a_name_before("Ann Smith <ann@example.com>", "ann@example.com")]
#[case::a_quoted_name_before("\"Smith, Ann\" <ann@example.com>;", "ann@example.com")]
#[case::the_end_of_a_sentence("ann@example.com.", "ann@example.com")]
#[case::full_width("ａｎｎ＠ｅｘａｍｐｌｅ．ｃｏｍ", "ann@example.com")]
#[case::a_name_beyond_ascii("jörg@example.com", "jörg@example.com")]
#[case::a_name_in_hindi("हिन्दी@example.com", "हिन्दी@example.com")]
#[case::a_name_in_persian_with_a_non_joiner("می\u{200C}خواهم@example.com", "می\u{200C}خواهم@example.com")]
#[case::an_emoji("🐟@example.com", "🐟@example.com")]
fn an_address_that_may_be_right_is_accepted(#[case] typed: &str, #[case] address: &str) {
    assert_eq!(EmailAddress::parse(typed).unwrap().as_str(), address);
}

#[rstest]
#[case::in_its_own_script("ann@Bücher.example", "ann@xn--bcher-kva.example", "ann@bücher.example")]
#[case::in_ascii("ann@xn--bcher-kva.example", "ann@xn--bcher-kva.example", "ann@bücher.example")]
#[case::with_an_ideographic_stop("ann@例え。テスト", "ann@xn--r8jz45g.xn--zckzah", "ann@例え.テスト")]
#[case::right_to_left("ann@مثال.إختبار", "ann@xn--mgbh0fb.xn--kgbechtv", "ann@مثال.إختبار")]
fn the_service_is_sent_an_ascii_domain_and_people_read_their_own_script(
    #[case] typed: &str,
    #[case] sent: &str,
    #[case] read: &str,
) {
    let contact = Contact::parse(Kind::Email, typed).unwrap();
    assert_eq!(contact.as_str(), sent);
    assert_eq!(contact.to_string(), read);
    assert!(contact.is(sent) && contact.is(read));
}

#[rstest]
#[case::nothing("", EmailProblem::Empty)]
#[case::white_space(" \u{200B} ", EmailProblem::Empty)]
#[case::no_at("ann.example.com", EmailProblem::Incomplete)]
#[case::no_name("@example.com", EmailProblem::Incomplete)]
#[case::no_domain("ann@", EmailProblem::Incomplete)]
#[case::no_dot("ann@example", EmailProblem::Incomplete)]
#[case::a_dot_at_the_end_only("ann@example.", EmailProblem::Incomplete)]
#[case::a_space_inside("ann smith@example.com", EmailProblem::Malformed)]
#[case::a_space_in_the_domain("ann@exa mple.com", EmailProblem::Malformed)]
#[case::a_comma_inside("ann@example,com", EmailProblem::Malformed)]
#[case::two_addresses("ann@example.com, bob@example.com", EmailProblem::Malformed)]
#[case::two_ats("ann@bob@example.com", EmailProblem::Malformed)]
#[case::two_dots("ann..smith@example.com", EmailProblem::Malformed)]
#[case::a_dot_first("ann@.example.com", EmailProblem::Malformed)]
#[case::a_hyphen_first("ann@-example.com", EmailProblem::Malformed)]
#[case::an_underscore("ann@exa_mple.com", EmailProblem::Malformed)]
#[case::an_ip_address("ann@192.0.2.1", EmailProblem::Malformed)]
#[case::an_ip_literal("ann@[192.0.2.1]", EmailProblem::Malformed)]
#[case::a_new_line("ann\r\nBcc: bob@example.com", EmailProblem::Malformed)]
#[case::a_hidden_mark_inside("ann\u{202E}@example.com", EmailProblem::Malformed)]
#[case::an_open_bracket("Ann <ann@example.com", EmailProblem::Malformed)]
fn what_cannot_be_an_address_is_told(#[case] typed: &str, #[case] problem: EmailProblem) {
    assert_eq!(EmailAddress::parse(typed), Err(problem));
}

#[test]
fn an_address_has_at_most_254_octets_and_its_name_64() {
    let domain =
        |octets: usize| format!("{}.com", "abcdefghi.".repeat(30)[..octets - 4].trim_end_matches('.'));
    let name = "n".repeat(64);
    let longest = format!("{name}@{}", domain(254 - 65));
    assert_eq!(longest.len(), 254);
    assert_eq!(EmailAddress::parse(&longest).unwrap().as_str(), longest);
    let longer = format!("{name}@a{}", domain(254 - 65));
    assert_eq!(EmailAddress::parse(&longer), Err(EmailProblem::TooLong));
    assert_eq!(EmailAddress::parse(&format!("n{name}@example.com")), Err(EmailProblem::TooLong));
    assert_eq!(EmailAddress::parse(&"a".repeat(100_000)), Err(EmailProblem::TooLong));
}
