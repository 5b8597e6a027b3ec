//! Where something is kept: a name that tells nothing of whose it is.

use std::fmt;

/// What is kept in a place.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Kept {
    /// Who is signed in.
    Session,
    /// That sessions of a person were ended.
    Ended,
    /// A pending change.
    Change,
    /// Nothing: who holds it renews the tokens of a session.
    Tokens,
    /// Nothing: who holds it sends the notices of a change.
    Notices,
    /// How many messages were sent.
    Sends,
    /// What an application is still to be told.
    Events,
}

impl Kept {
    pub(crate) const fn as_str(self) -> &'static str {
        match self {
            Self::Session => "session",
            Self::Ended => "ended",
            Self::Change => "change",
            Self::Tokens => "tokens",
            Self::Notices => "notices",
            Self::Sends => "sends",
            Self::Events => "events",
        }
    }
}

/// A place: what is kept there, and a hash of whose it is.
#[derive(Clone, Copy, PartialEq, Eq, Hash)]
pub struct Place {
    kept: Kept,
    hash: [u8; 16],
}

impl Place {
    /// Takes the first 128 bits of a hash.
    pub(crate) fn new(kept: Kept, hash: &[u8]) -> Self {
        let mut first = [0; 16];
        first.iter_mut().zip(hash).for_each(|(place, byte)| *place = *byte);
        Self { kept, hash: first }
    }

    pub(crate) fn hash(&self) -> u128 {
        u128::from_be_bytes(self.hash)
    }
}

impl fmt::Display for Place {
    /// Writes it as stores do that name their places: `change:6f…`.
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(formatter, "{}:{:032x}", self.kept.as_str(), self.hash())
    }
}

impl fmt::Debug for Place {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(self, formatter)
    }
}
