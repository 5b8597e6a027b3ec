//! Mobile numbers in E.164. The code that arrives is the real check: whatever may be right is accepted.

use std::fmt;

use serde::{Deserialize, Serialize};
use thiserror::Error;

/// A telephone number in E.164: a plus sign and at most fifteen digits.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(transparent)]
pub struct MobileNumber(String);

impl MobileNumber {
    /// Gives the number in E.164, as `+358501234567`.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl fmt::Debug for MobileNumber {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str("MobileNumber(…)")
    }
}

/// Why what was typed is not a mobile number.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Error, Serialize, Deserialize)]
pub enum MobileProblem {
    /// Nothing was typed.
    #[error("no number was given")]
    Empty,
    /// The country is not told: the number must start with a plus sign and a country code.
    #[error("the number does not start with + and a country code")]
    NoCountry,
    /// No country has this number.
    #[error("the number is not valid in its country")]
    Invalid,
    /// It is a valid number, but one that cannot receive text messages.
    #[error("the number is not a mobile number")]
    NotMobile,
}

#[cfg(feature = "parse")]
mod parse {
    use rlibphonenumber::{
        NumberLengthType, PHONE_NUMBER_UTIL, PhoneNumber, PhoneNumberFormat, PhoneNumberType, Region,
    };

    use super::{MobileNumber, MobileProblem};
    use crate::typing::{ascii_digit, half_width, is_dot, is_hyphen, is_invisible, trimmed};

    /// The longest text that is looked at, in octets: fifteen digits of any script and what stands between them.
    const MAX_TYPED: usize = 256;

    impl MobileNumber {
        /// Reads a number in international writing from what a person typed: `+358 50 123 4567`, `00358…`,
        /// `+44 (0)7700 900123`, in digits of any script.
        ///
        /// # Errors
        /// Gives what is wrong with it.
        pub fn parse(typed: &str) -> Result<Self, MobileProblem> {
            Self::parse_in(typed, None)
        }

        /// The same, and national writing too if `region` says in which country (ISO 3166-1 alpha-2, as `FI`).
        ///
        /// # Errors
        /// Gives what is wrong with it.
        pub fn parse_in(typed: &str, region: Option<&str>) -> Result<Self, MobileProblem> {
            if typed.len() > MAX_TYPED {
                return Err(MobileProblem::Invalid);
            }
            if trimmed(typed).is_empty() {
                return Err(MobileProblem::Empty);
            }
            let dialled = dialled(typed);
            let region = region.and_then(|code| Region::from_code(code).ok());
            if !dialled.starts_with('+') && region.is_none() {
                return Err(MobileProblem::NoCountry);
            }
            let digits = dialled.strip_prefix('+').unwrap_or(&dialled);
            if !digits.chars().all(|character| character.is_ascii_digit()) {
                return Err(MobileProblem::Invalid);
            }
            let number = PHONE_NUMBER_UTIL.parse(&dialled, region).map_err(|_| MobileProblem::Invalid);
            let number = number.and_then(|number| receives_texts(&number).map(|()| number));
            // In national writing it may be a good number of another country than the one that was guessed.
            let number = number.map_err(|problem| match problem {
                MobileProblem::Invalid if !dialled.starts_with('+') => MobileProblem::NoCountry,
                problem => problem,
            })?;
            Ok(Self(number.format_as(PhoneNumberFormat::E164).into_owned()))
        }

        /// Gives the number in international writing, as `+358 50 1234567` (ITU-T E.123): for people to compare.
        pub fn international(&self) -> String {
            PHONE_NUMBER_UTIL.parse(&self.0, None).map_or_else(
                |_| self.0.clone(),
                |number| number.format_as(PhoneNumberFormat::International).into_owned(),
            )
        }

        /// Gives the country of the number (ISO 3166-1 alpha-2, as `FI`), to be shown back before anything is sent. Where
        /// countries share a code and the tables do not know which of them has the number, it is the main one; nothing
        /// for a code that is no country's.
        pub fn country(&self) -> Option<String> {
            let number = PHONE_NUMBER_UTIL.parse(&self.0, None).ok()?;
            let main = || PHONE_NUMBER_UTIL.get_region_for_country_code(number.country_code);
            let region = number.get_region_code().or_else(main)?;
            (region != Region::World).then(|| region.to_string())
        }
    }

    /// Gives what would be dialled: an optional plus sign and ASCII digits, and whatever cannot be dialled.
    fn dialled(typed: &str) -> String {
        let text = trimmed(typed);
        let text = text.strip_prefix("tel:").unwrap_or(text);
        let between = |c: char| c.is_whitespace() || is_invisible(c) || is_hyphen(c) || is_dot(c) || c == '/';
        let text: String = text
            .chars()
            .filter(|character| !between(*character))
            .map(|character| ascii_digit(character).unwrap_or(half_width(character)))
            .collect();
        let international = text.strip_prefix("00").map(|rest| format!("+{rest}")).unwrap_or(text);
        // `+44 (0)7700…`: the zero is dialled within the country only (ITU-T E.123 advises against the writing).
        let text =
            if international.starts_with('+') { international.replace("(0)", "") } else { international };
        text.replace(['(', ')'], "")
    }

    /// Refuses numbers that surely get no text messages. A number that the tables do not know is accepted if a mobile
    /// number of the country may be so long: numbering plans grow faster than tables.
    fn receives_texts(number: &PhoneNumber) -> Result<(), MobileProblem> {
        use PhoneNumberType::{FixedLineOrMobile, Mobile, PersonalNumber, Unknown, VoIP};
        match number.get_type() {
            Mobile | FixedLineOrMobile | PersonalNumber | VoIP => Ok(()),
            // What is long enough within a town alone lacks its area code.
            Unknown => match PHONE_NUMBER_UTIL.is_possible_number_for_type_with_reason(number, Mobile) {
                Ok(NumberLengthType::IsPossible) => Ok(()),
                _ => Err(MobileProblem::Invalid),
            },
            _ => Err(MobileProblem::NotMobile),
        }
    }
}
