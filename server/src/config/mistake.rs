//! What is wrong with the configuration, for the operator.

use std::fmt;

use super::key::variable;

/// One thing that is wrong, for the operator.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Mistake {
    /// The key in the file, such as `provider.issuer`; empty if it is the file itself.
    pub key: String,
    /// What is wrong, and what would be right.
    pub problem: String,
}

impl fmt::Display for Mistake {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        if self.key.is_empty() {
            return formatter.write_str(&self.problem);
        }
        write!(formatter, "{} ({}): {}", self.key, variable(&self.key), self.problem)
    }
}

/// All that is wrong with the configuration.
#[derive(Debug, thiserror::Error)]
pub struct Mistakes(Vec<Mistake>);

impl Mistakes {
    pub(super) fn new(mistakes: Vec<Mistake>) -> Self {
        Self(mistakes)
    }

    /// Gives them in the order of the sections.
    pub fn iter(&self) -> impl Iterator<Item = &Mistake> {
        self.0.iter()
    }
}

impl fmt::Display for Mistakes {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(
            formatter,
            "the configuration has {} to be put right:",
            match self.0.len() {
                1 => "one thing".to_owned(),
                several => format!("{several} things"),
            }
        )?;
        self.0.iter().try_for_each(|mistake| write!(formatter, "\n  {mistake}"))
    }
}
