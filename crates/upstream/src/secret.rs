//! Secrets: given as they are, or in a file that may change.

use std::convert::Infallible;
use std::fmt;
use std::path::PathBuf;
use std::sync::Arc;

use secrecy::{ExposeSecret as _, SecretString};

use crate::watched::{FileProblem, Watched, read};

/// A secret that may be replaced while the program runs. Cheap to clone. Never shows itself.
#[derive(Clone)]
pub struct Secret(Source);

#[derive(Clone)]
enum Source {
    Given(SecretString),
    File(Arc<Watched<SecretString, Infallible>>),
}

impl Secret {
    /// Takes the file that holds the secret; line ends at its end do not count. From now on the file is looked at again
    /// every few seconds while the secret is used. While it is gone or empty, the last secret counts.
    ///
    /// # Errors
    /// The file cannot be read now, or holds nothing.
    pub fn in_file(path: PathBuf) -> Result<Self, FileProblem> {
        let content = read(&path)?;
        let make = |contents: &[SecretString]| {
            let text = contents.first().map(SecretString::expose_secret).unwrap_or_default();
            Ok(SecretString::from(text.trim_end_matches(['\r', '\n'])))
        };
        match Watched::new(vec![path], vec![content], Box::new(make)) {
            Ok(watched) => Ok(Self(Source::File(Arc::new(watched)))),
            Err(never) => match never {},
        }
    }

    /// Gives the secret as it is now.
    pub fn current(&self) -> SecretString {
        match &self.0 {
            Source::Given(secret) => secret.clone(),
            Source::File(watched) => watched.current(),
        }
    }
}

impl From<SecretString> for Secret {
    fn from(secret: SecretString) -> Self {
        Self(Source::Given(secret))
    }
}

impl From<&str> for Secret {
    fn from(secret: &str) -> Self {
        Self(Source::Given(secret.into()))
    }
}

impl fmt::Debug for Secret {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str("Secret([REDACTED])")
    }
}
