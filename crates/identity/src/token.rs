//! The verification token: with a code it changes an account, so it never leaves the server and never shows itself.

use secrecy::{ExposeSecret as _, SecretString};

/// The longest token, in characters (the service's guide).
const MAX_TOKEN: usize = 2048;

/// Names a verification at the service. Never leaves the server.
#[derive(Clone, Debug)]
pub struct VerificationToken(SecretString);

/// Why a text is not a verification token.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("a verification token has 1 to 2,048 characters")]
pub struct TokenProblem;

impl VerificationToken {
    /// Takes what the service gave, or what a store kept of it: 1 to 2,048 characters, opaque (the service's guide).
    ///
    /// # Errors
    /// Tells that the text is none.
    pub fn parse(text: &str) -> Result<Self, TokenProblem> {
        if text.is_empty() || text.chars().count() > MAX_TOKEN {
            return Err(TokenProblem);
        }
        Ok(Self(SecretString::from(text)))
    }

    /// Gives the token, for the service or for a store on the server. There is no other way to read or serialise it.
    pub fn expose(&self) -> &str {
        self.0.expose_secret()
    }
}
