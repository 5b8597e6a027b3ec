//! A file that lines are added to. Whoever moves it away to keep it finds that a new one is begun: no signal is needed.

use std::{
    fs::{File, OpenOptions},
    io::{self, Write as _},
    path::{Path, PathBuf},
    sync::{Mutex, PoisonError},
};

/// A file that lines are added to.
pub(super) struct Lines {
    path: PathBuf,
    file: Mutex<File>,
}

impl Lines {
    /// Opens the file, or begins it.
    ///
    /// # Errors
    /// It may not be written.
    pub(super) fn open(path: PathBuf) -> io::Result<Self> {
        Ok(Self { file: Mutex::new(append(&path)?), path })
    }

    /// Adds a line: whole, in one write, so that lines of several processes do not mix.
    ///
    /// # Errors
    /// It cannot be written.
    pub(super) fn add(&self, line: &str) -> io::Result<()> {
        let mut file = self.file.lock().unwrap_or_else(PoisonError::into_inner);
        if !is_at(&file, &self.path) {
            *file = append(&self.path)?;
        }
        file.write_all(format!("{line}\n").as_bytes())
    }
}

fn append(path: &Path) -> io::Result<File> {
    let mut options = OpenOptions::new();
    options.append(true).create(true);
    // For the operator, and a group that may read along.
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o640);
    options.open(path)
}

/// Tells whether the path still leads to the file that is open.
#[cfg(unix)]
fn is_at(file: &File, path: &Path) -> bool {
    use std::os::unix::fs::MetadataExt as _;
    let place = |metadata: std::fs::Metadata| (metadata.dev(), metadata.ino());
    match (file.metadata(), std::fs::metadata(path)) {
        (Ok(open), Ok(there)) => place(open) == place(there),
        _ => false,
    }
}

#[cfg(not(unix))]
fn is_at(_: &File, _: &Path) -> bool {
    true
}
