//! Notices of a change that are due: kept with the change, in the same write that says that it is done, until they were
//! sent. So they are not lost with the node that was at it.
//!
//! Whoever sends them does so alone, for as long as they live; a node that died leaves its turn to the next visit. What it
//! was sending just then is sent once more, since nobody else knows whether it was sent.

use std::fmt;

use contact::{Contact, Kind, Timestamp};
use identity::Subject;
use serde::{Deserialize, Serialize};

use crate::{ChangeError, Changes, lease::Lease};

/// A notice that is due: who is told, and of which change.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Due {
    /// The kind of the contact that is told.
    pub kind: Kind,
    /// The contact that is told, as the service lists it.
    pub to: String,
    /// The new contact.
    pub contact: Contact,
    /// Whether it took the place of others of its kind.
    pub replaced: bool,
    /// When it was found to be changed.
    pub at: Timestamp,
    /// The language that the service writes to the person in, such as `fi` or `en_GB`, if it says. Versions before this one
    /// did not write it down.
    #[serde(default)]
    pub locale: Option<String>,
}

impl fmt::Debug for Due {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.debug_struct("Due").field("kind", &self.kind).field("at", &self.at).finish_non_exhaustive()
    }
}

/// The turn to send what is due of one change. Nobody else has it until this one is dropped.
pub struct Turn {
    /// Lets go when it is dropped.
    _lease: Lease,
}

impl Changes {
    /// Waits for the turn to send what is due of the change of one person and kind. The change itself is not held meanwhile:
    /// nobody waits for a notice.
    ///
    /// # Errors
    /// Somebody else has it for too long, or the store fails.
    pub async fn turn(&self, subject: &Subject, kind: Kind) -> Result<Turn, ChangeError> {
        let (lease, _) = self.hold(self.keyring().notices(subject, kind)).await?;
        Ok(Turn { _lease: lease })
    }
}
