//! What is made of files, and made anew when they change: so a secret or a certificate is replaced without a restart.
//!
//! The files are small and near, so they are read rather than compared by time and size, in the course of a call: that
//! takes microseconds, nothing is overlooked, and whether they were written over, moved into place or linked anew does not
//! matter.

use std::path::{Path, PathBuf};
use std::sync::{Mutex, PoisonError};
use std::time::Duration;
use std::{fs, io};

use secrecy::{ExposeSecret as _, SecretString};
use tokio::time::Instant;

use crate::chain;

/// Files are looked at this often at the most, and only while what is made of them is used.
const BETWEEN_LOOKS: Duration = Duration::from_secs(5);

/// What is wrong with a file.
#[derive(Debug, thiserror::Error)]
pub enum FileProblem {
    /// It is not there, or may not be read, or is no text.
    #[error("cannot be read: {0}")]
    Unreadable(io::Error),
    /// It holds nothing.
    #[error("is empty")]
    Empty,
}

/// How a value is made of the contents of its files.
pub(crate) type Make<T, E> = Box<dyn Fn(&[SecretString]) -> Result<T, E> + Send + Sync>;

/// A value that is made of files.
pub(crate) struct Watched<T, E> {
    files: Vec<PathBuf>,
    make: Make<T, E>,
    state: Mutex<State<T>>,
}

struct State<T> {
    contents: Vec<SecretString>,
    value: T,
    looked_at: Instant,
    is_stale: bool,
}

impl<T: Clone, E: std::error::Error> Watched<T, E> {
    /// Makes the value of files that were read.
    pub(crate) fn new(files: Vec<PathBuf>, contents: Vec<SecretString>, make: Make<T, E>) -> Result<Self, E> {
        let value = make(&contents)?;
        let state = State { contents, value, looked_at: Instant::now(), is_stale: false };
        Ok(Self { files, make, state: Mutex::new(state) })
    }

    /// Gives the value as the files have it now, or had it when they were last in order.
    pub(crate) fn current(&self) -> T {
        let mut state = self.state.lock().unwrap_or_else(PoisonError::into_inner);
        if !self.files.is_empty() && state.looked_at.elapsed() >= BETWEEN_LOOKS {
            state.looked_at = Instant::now();
            self.look(&mut state);
        }
        state.value.clone()
    }

    fn look(&self, state: &mut State<T>) {
        let read: Result<Vec<SecretString>, String> = self
            .files
            .iter()
            .map(|file| read(file).map_err(|problem| format!("{} {problem}", file.display())))
            .collect();
        let made = read.and_then(|contents| {
            let is_known = same(&contents, &state.contents);
            let value = (!is_known).then(|| (self.make)(&contents)).transpose();
            value.map(|value| (contents, value)).map_err(|problem| chain(&problem))
        });
        match made {
            Ok((_, None)) => state.is_stale = false,
            Ok((contents, Some(value))) => {
                tracing::info!(files = ?self.files, "files have changed and are used as they are now");
                (state.contents, state.value, state.is_stale) = (contents, value, false);
            }
            Err(problem) => {
                // Once, not every few seconds: whoever replaces a file may be at it just now.
                if !std::mem::replace(&mut state.is_stale, true) {
                    tracing::warn!(problem, "what files held before is used until they are in order again");
                }
            }
        }
    }
}

/// Reads a file.
pub(crate) fn read(path: &Path) -> Result<SecretString, FileProblem> {
    let text = SecretString::from(fs::read_to_string(path).map_err(FileProblem::Unreadable)?);
    if text.expose_secret().trim().is_empty() { Err(FileProblem::Empty) } else { Ok(text) }
}

fn same(new: &[SecretString], known: &[SecretString]) -> bool {
    new.iter().map(SecretString::expose_secret).eq(known.iter().map(SecretString::expose_secret))
}
