//! Codes as people type and paste them.

use contact::{CodeProblem, VerificationCode};
use proptest::prelude::*;
use rstest::rstest;

/// The digits zero of some scripts.
const ZEROS: [u32; 8] = [0x30, 0x660, 0x6F0, 0x966, 0xE50, 0xFF10, 0x1D7F6, 0x1FBF0];

#[rstest]
#[case::plain("123456")]
#[case::in_two_halves("123 456")]
#[case::with_a_hyphen("123-456")]
#[case::with_a_no_break_space("123\u{A0}456")]
#[case::with_a_minus_sign("123\u{2212}456")]
#[case::with_dots("12.34.56")]
#[case::digit_by_digit(" 1 2 3  4 5 6\r\n")]
#[case::with_hidden_marks("\u{202A}123\u{200B}456\u{202C}\u{FEFF}")]
#[case::full_width("１２３４５６")]
#[case::arabic_indic("١٢٣٤٥٦")]
#[case::extended_arabic_indic("۱۲۳ ۴۵۶")]
#[case::devanagari("१२३४५६")]
#[case::of_mixed_scripts("12३४56")]
#[case::a_sentence("Your code is 123 456.")]
#[case::a_sentence_with_another_number("123456 is your code, valid for 10 minutes.")]
#[case::a_number_in_the_next_sentence("Your code is 123456. 10 minutes are left.")]
#[case::a_time_and_a_date("123456 works until 14:30 on 2026-11-22.")]
#[case::finnish("Vahvistuskoodisi on 123456. Se on voimassa 10 minuuttia.")]
#[case::a_letter_before("G-123456")]
#[case::brackets("[123456]")]
#[case::the_origin_bound_line("@example.com #123456")]
#[case::a_numeric_host("@127.0.0.1 #123456")]
#[case::the_whole_message("Your code is 123 456.\n\n@127.0.0.1 #123456")]
#[case::an_embedded_frame("123456 is your code\n@example.com #123456 @frame.example")]
fn six_digits_are_read_however_they_are_written(#[case] typed: &str) {
    assert_eq!(VerificationCode::parse(typed).unwrap().as_str(), "123456");
}

#[rstest]
#[case::nothing("", CodeProblem::Empty)]
#[case::white_space(" \u{200B}\n", CodeProblem::Empty)]
#[case::words("it did not arrive", CodeProblem::Empty)]
#[case::an_address("ann@example123456.com", CodeProblem::Empty)]
#[case::one("7", CodeProblem::TooShort(1))]
#[case::five("12345", CodeProblem::TooShort(5))]
#[case::five_in_a_sentence("Your code is 12345, valid for 10 minutes", CodeProblem::TooShort(5))]
#[case::a_time("until 14:30:59", CodeProblem::TooShort(2))]
#[case::seven("1234567", CodeProblem::TooLong)]
#[case::seven_in_parts("123 456 7", CodeProblem::TooLong)]
#[case::seven_in_a_sentence("Your code is 1234567.", CodeProblem::TooLong)]
#[case::two_codes("123456 or 654321", CodeProblem::TooLong)]
#[case::two_codes_in_a_row("123456 654321", CodeProblem::TooLong)]
#[case::a_message_that_contradicts_itself("123456\n@example.com #654321 x", CodeProblem::TooLong)]
#[case::a_number_to_call("Call +358 50 123 4567", CodeProblem::TooLong)]
fn what_is_not_one_code_is_told_and_not_guessed(#[case] typed: &str, #[case] problem: CodeProblem) {
    assert_eq!(VerificationCode::parse(typed), Err(problem));
}

#[test]
fn a_text_longer_than_any_message_is_not_searched() {
    let typed = format!("{}123456", " ".repeat(5_000));
    assert_eq!(VerificationCode::parse(&typed), Err(CodeProblem::TooLong));
}

fn in_script(digit: char, zero: u32) -> char {
    char::from_u32(zero + digit.to_digit(10).unwrap()).unwrap()
}

proptest! {
    #[test]
    fn every_way_of_writing_a_code_gives_that_code(
        code in "[0-9]{6}",
        zeros in prop::collection::vec(prop::sample::select(&ZEROS), 6),
        gaps in prop::collection::vec("[ \u{A0}.\u{2010}\u{200B}\u{200F}-]{0,3}", 7),
    ) {
        let digits = code.chars().zip(&zeros).zip(&gaps);
        let written: String = digits.flat_map(|((digit, zero), gap)| gap.chars().chain([in_script(digit, *zero)])).collect();
        let typed = written + &gaps[6];
        let parsed = VerificationCode::parse(&typed);
        prop_assert_eq!(parsed.as_ref().map(VerificationCode::as_str), Ok(code.as_str()));
    }

    #[test]
    fn a_code_is_found_in_any_message_without_another_number(
        code in "[0-9]{3}[ -]?[0-9]{3}",
        before in "([a-zåäö,:!]{1,8} ){0,4}",
        after in "([ .,] [a-zåäö]{1,8}){0,4}",
    ) {
        let plain: String = code.chars().filter(char::is_ascii_digit).collect();
        let typed = format!("{before}{code}{after}\n\n@example.com #{plain}");
        let parsed = VerificationCode::parse(&typed);
        prop_assert_eq!(parsed.as_ref().map(VerificationCode::as_str), Ok(plain.as_str()));
    }

    #[test]
    fn fewer_or_more_than_six_digits_are_never_a_code(digits in "[0-9]{1,5}|[0-9]{7,20}") {
        prop_assert!(VerificationCode::parse(&digits).is_err());
    }
}
