//! The verification code. It can be entered once, so nothing malformed may ever reach the service.

use std::fmt;

use serde::{Deserialize, Serialize};
use thiserror::Error;

use crate::typing::{ascii_digit, is_dot, is_hyphen, is_invisible};

/// How many digits a code has (the service's guide).
const DIGITS: usize = 6;

/// The longest text that is searched, in octets: more than any message with a code.
const MAX_TYPED: usize = 4096;

/// A verification code: six ASCII digits (the service's guide).
#[derive(Clone, PartialEq, Eq)]
pub struct VerificationCode(String);

/// Why what was typed is not a verification code. Told beside the field; nothing is sent.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Error, Serialize, Deserialize)]
pub enum CodeProblem {
    /// There is no digit in it.
    #[error("no code was given")]
    Empty,
    /// There are fewer than six digits, this many.
    #[error("the code has {0} digits instead of six")]
    TooShort(u8),
    /// There are more than six digits and it cannot be told which six are meant.
    #[error("there are more than six digits")]
    TooLong,
}

impl VerificationCode {
    /// Reads a code from whatever was typed or pasted: six digits of any script, with spaces, hyphens, dots and
    /// invisible characters between them; or a whole message that holds one code, on as many lines as it likes.
    ///
    /// # Errors
    /// Gives what is wrong with it: no digit, too few, too many, or different codes in one text.
    pub fn parse(typed: &str) -> Result<Self, CodeProblem> {
        if typed.len() > MAX_TYPED {
            return Err(CodeProblem::TooLong);
        }
        let groups = groups_of_digits(typed);
        let mut codes: Vec<_> = groups.iter().filter(|group| group.len() == DIGITS).collect();
        codes.dedup();
        match (codes.as_slice(), groups.iter().map(String::len).max()) {
            ([code], _) => Ok(Self((*code).clone())),
            ([], None) => Err(CodeProblem::Empty),
            ([], Some(longest)) if longest < DIGITS => {
                Err(CodeProblem::TooShort(u8::try_from(longest).unwrap_or(u8::MAX)))
            }
            _ => Err(CodeProblem::TooLong),
        }
    }

    /// Gives the six digits, to be sent to the service and nowhere else.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

/// Gives the groups of digits in a text, as ASCII. Within a group one separator may stand between two digits; any
/// number may if the text is nothing but digits and separators.
fn groups_of_digits(typed: &str) -> Vec<String> {
    let most = if typed.chars().all(is_code_like) { usize::MAX } else { 1 };
    let mut groups: Vec<String> = Vec::new();
    // How many separators have come since the last digit; nothing once something else has.
    let mut gap: Option<usize> = None;
    let mut in_host = false;
    for character in typed.chars() {
        // `@host` of the origin-bound line (`@host #123456`) may hold digits that are none of the code.
        in_host = character == '@' || (in_host && !character.is_whitespace());
        if let Some(digit) = ascii_digit(character).filter(|_| !in_host) {
            if gap.is_none_or(|separators| separators > most) {
                groups.push(String::new());
            }
            if let Some(group) = groups.last_mut() {
                group.push(digit);
            }
            gap = Some(0);
        } else if is_separator(character) {
            gap = gap.map(|separators| separators + 1);
        } else if !is_invisible(character) {
            gap = None;
        }
    }
    groups
}

/// Tells whether a character is one of those that a code alone is written with.
fn is_code_like(character: char) -> bool {
    ascii_digit(character).is_some() || is_invisible(character) || is_separator(character)
}

/// Tells whether a character may stand between the digits of a code.
fn is_separator(character: char) -> bool {
    character.is_whitespace() || is_hyphen(character) || is_dot(character)
}

impl fmt::Debug for VerificationCode {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str("VerificationCode(…)")
    }
}
