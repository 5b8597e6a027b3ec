//! A contact, and the two kinds there are.

use std::fmt;

use serde::{Deserialize, Serialize};
use thiserror::Error;

use crate::{EmailAddress, EmailProblem, MobileNumber, MobileProblem};

/// The kind of a contact.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Kind {
    /// An email address.
    Email,
    /// A mobile number.
    Mobile,
}

impl Kind {
    /// Gives the name that forms and addresses use: `email` or `mobile`.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Email => "email",
            Self::Mobile => "mobile",
        }
    }
}

/// A new contact, well-formed.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Contact {
    /// An email address.
    Email(EmailAddress),
    /// A mobile number.
    Mobile(MobileNumber),
}

impl Contact {
    /// Gives the kind.
    pub fn kind(&self) -> Kind {
        match self {
            Self::Email(_) => Kind::Email,
            Self::Mobile(_) => Kind::Mobile,
        }
    }

    /// Gives the contact as the service is sent it: the address, its domain in ASCII; or the number in E.164.
    pub fn as_str(&self) -> &str {
        match self {
            Self::Email(address) => address.as_str(),
            Self::Mobile(number) => number.as_str(),
        }
    }

    /// Gives the contact as people read it: the address, its domain in its own script; or the number in E.164.
    pub fn readable(&self) -> &str {
        match self {
            Self::Email(address) => address.readable(),
            Self::Mobile(number) => number.as_str(),
        }
    }

    /// Tells whether a value listed by the service is this contact. Addresses differing in case only are the same to
    /// nearly every mailbox, so they are the same here (the service decides in the end).
    pub fn is(&self, listed: &str) -> bool {
        let listed = listed.to_lowercase();
        self.as_str().to_lowercase() == listed || self.readable().to_lowercase() == listed
    }
}

impl fmt::Display for Contact {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(self.readable())
    }
}

/// Why what was typed is not a contact.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Error, Serialize, Deserialize)]
pub enum ContactProblem {
    /// It was to be an email address.
    #[error(transparent)]
    Email(#[from] EmailProblem),
    /// It was to be a mobile number.
    #[error(transparent)]
    Mobile(#[from] MobileProblem),
}

#[cfg(feature = "parse")]
impl Contact {
    /// Reads a contact of a kind from what a person typed.
    ///
    /// # Errors
    /// Gives what is wrong with it, to be told beside the field.
    pub fn parse(kind: Kind, typed: &str) -> Result<Self, ContactProblem> {
        Self::parse_in(kind, typed, None)
    }

    /// The same, and numbers in national writing too if `region` says in which country (ISO 3166-1 alpha-2, as `FI`).
    ///
    /// # Errors
    /// Gives what is wrong with it, to be told beside the field.
    pub fn parse_in(kind: Kind, typed: &str, region: Option<&str>) -> Result<Self, ContactProblem> {
        Ok(match kind {
            Kind::Email => Self::Email(EmailAddress::parse(typed)?),
            Kind::Mobile => Self::Mobile(MobileNumber::parse_in(typed, region)?),
        })
    }
}
