//! The contacts that the account holds now, as the service lists them.

use serde::{Deserialize, Serialize};

use crate::{Contact, Kind};

/// One contact of the person as the service has it. Shown as it stands: the service may hold what we would not accept.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct KnownContact {
    /// The address, or the number in E.164.
    pub value: String,
    /// Whether the service holds it for verified.
    pub verified: bool,
}

impl std::fmt::Debug for KnownContact {
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        formatter.debug_struct("KnownContact").field("verified", &self.verified).finish_non_exhaustive()
    }
}

/// All contacts of the person; in each list the first is the primary one (the service's guide).
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Contacts {
    /// Email addresses, the primary one first.
    pub emails: Vec<KnownContact>,
    /// Mobile numbers, the primary one first.
    pub mobiles: Vec<KnownContact>,
}

impl Contacts {
    /// Gives the list of one kind, the primary one first.
    pub fn of(&self, kind: Kind) -> &[KnownContact] {
        match kind {
            Kind::Email => &self.emails,
            Kind::Mobile => &self.mobiles,
        }
    }

    /// Tells whether the account holds `contact`, verified.
    pub fn has_verified(&self, contact: &Contact) -> bool {
        self.of(contact.kind()).iter().any(|known| known.verified && contact.is(&known.value))
    }
}
