//! The verification code. It can be entered once, so nothing malformed may ever reach the service.

use std::fmt;

use serde::{Deserialize, Serialize};
use thiserror::Error;

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
    /// Reads a code from whatever was typed or pasted.
    ///
    /// # Errors
    /// Gives what is wrong with it.
    pub fn parse(typed: &str) -> Result<Self, CodeProblem> {
        let _ = typed;
        Err(CodeProblem::Empty)
    }

    /// Gives the six digits, to be sent to the service and nowhere else.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl fmt::Debug for VerificationCode {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str("VerificationCode(…)")
    }
}
