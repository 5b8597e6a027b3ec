//! An address or number, as far as a service looks at it before it sends a message.

use serde::Serialize;
use utoipa::ToSchema;

/// Which of the two.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub(crate) enum Kind {
    /// An email address.
    Email,
    /// A mobile number.
    Mobile,
}

/// A well-formed email address or mobile number.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Contact {
    kind: Kind,
    value: String,
}

impl Contact {
    /// An email address: `something@something.tld`, at most 254 characters, no spaces or control characters.
    pub(crate) fn email(text: &str) -> Option<Self> {
        let (local, domain) = text.rsplit_once('@')?;
        let labels: Vec<&str> = domain.split('.').collect();
        let acceptable = text.chars().count() <= 254
            && !local.is_empty()
            && !local.contains('@')
            && !text.chars().any(|c| c.is_whitespace() || c.is_control() || "<>,;:\"".contains(c))
            && labels.len() >= 2
            && labels.iter().all(|label| !label.is_empty())
            && labels.last().is_some_and(|last| last.chars().count() >= 2);
        acceptable.then(|| Self { kind: Kind::Email, value: text.to_owned() })
    }

    /// A mobile number in E.164: `+`, then 7 to 15 digits of which the first is not 0.
    pub(crate) fn mobile(text: &str) -> Option<Self> {
        let digits = text.strip_prefix('+')?;
        let acceptable = (7..=15).contains(&digits.len())
            && digits.bytes().all(|digit| digit.is_ascii_digit())
            && !digits.starts_with('0');
        acceptable.then(|| Self { kind: Kind::Mobile, value: text.to_owned() })
    }

    /// Which of the two it is.
    pub(crate) fn kind(&self) -> Kind {
        self.kind
    }

    /// The address or number as it was given.
    pub(crate) fn value(&self) -> &str {
        &self.value
    }

    /// What is the same for all that reach the same person: the case of an email address does not matter.
    pub(crate) fn reached(&self) -> (Kind, String) {
        match self.kind {
            Kind::Email => (self.kind, self.value.to_lowercase()),
            Kind::Mobile => (self.kind, self.value.clone()),
        }
    }

    /// Whether a listed address or number of the same kind is this one.
    pub(crate) fn is_written(&self, listed: &str) -> bool {
        match self.kind {
            Kind::Email => self.value.to_lowercase() == listed.to_lowercase(),
            Kind::Mobile => self.value == listed,
        }
    }
}
