//! What people type, as anything at all: for `cargo fuzz` and for the tests. Each function takes octets, and panics if what it
//! says does not hold.
#![expect(clippy::missing_panics_doc, reason = "to panic is how each of them says that something is wrong")]

use crate::{EmailAddress, MobileNumber, VerificationCode};

/// An address that is accepted is one line that can be sent, and is accepted again as it is and as people read it.
pub fn email(data: &[u8]) {
    if let Ok(address) = EmailAddress::parse(&String::from_utf8_lossy(data)) {
        assert!(address.as_str().len() <= 254, "RFC 5321, section 4.5.3.1.3");
        assert!(!address.as_str().contains(char::is_control));
        assert_eq!(EmailAddress::parse(address.as_str()), Ok(address.clone()));
        assert_eq!(EmailAddress::parse(address.readable()), Ok(address.clone()));
    }
}

/// A number that is accepted is in E.164, and is accepted again.
pub fn mobile(data: &[u8]) {
    if let Ok(number) = MobileNumber::parse(&String::from_utf8_lossy(data)) {
        let digits = number.as_str().strip_prefix('+').unwrap_or_default();
        assert!((1..=15).contains(&digits.len()));
        assert!(digits.bytes().all(|octet| octet.is_ascii_digit()));
        assert_eq!(MobileNumber::parse(number.as_str()), Ok(number.clone()));
    }
}

/// A code that is accepted is six ASCII digits.
pub fn code(data: &[u8]) {
    if let Ok(code) = VerificationCode::parse(&String::from_utf8_lossy(data)) {
        assert!(code.as_str().len() == 6 && code.as_str().bytes().all(|octet| octet.is_ascii_digit()));
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn octets() -> impl Strategy<Value = Vec<u8>> {
        prop::collection::vec(any::<u8>(), 0..80)
    }

    proptest! {
        #[test]
        fn whatever_is_typed_an_address_that_is_accepted_is_one_line_that_is_accepted_again(
            typed in prop_oneof![
                octets(),
                any::<String>().prop_map(String::into_bytes),
                "[a-zé .<>\"@,;:]{0,12}@[a-zü.-]{0,20}".prop_map(String::into_bytes),
            ],
        ) {
            email(&typed);
        }

        #[test]
        fn whatever_is_typed_a_number_that_is_accepted_is_in_e164_and_is_accepted_again(
            typed in prop_oneof![
                octets(),
                any::<String>().prop_map(String::into_bytes),
                "(\\+|00)[0-9 ()-]{6,20}".prop_map(String::into_bytes),
            ],
        ) {
            mobile(&typed);
        }

        #[test]
        fn whatever_is_pasted_the_code_is_six_ascii_digits_or_a_problem(
            typed in prop_oneof![
                octets(),
                any::<String>().prop_map(String::into_bytes),
                "[0-9٠-٩ .@#\u{200B}a-c-]{0,30}".prop_map(String::into_bytes),
            ],
        ) {
            code(&typed);
        }
    }

    #[test]
    fn cargo_fuzz_calls_the_same_functions() {
        for name in ["email", "mobile", "code"] {
            let file = format!("{}/../../fuzz/fuzz_targets/{name}.rs", env!("CARGO_MANIFEST_DIR"));
            let text = std::fs::read_to_string(file).expect("a target");
            assert!(text.contains(&format!("contact::fuzz::{name}(data)")), "{text}");
        }
    }
}
