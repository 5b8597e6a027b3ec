//! What the person asks to happen with the new contact besides being added.

use serde::{Deserialize, Serialize};

/// The two choices of *begin*; without any, the new contact joins the list as the last one.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Choices {
    /// The new contact becomes the primary one: the first in the list.
    pub primary: bool,
    /// All previous contacts of the same kind are removed.
    pub replace_all: bool,
}
