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
    open: Mutex<Open>,
}

/// The file that lines are added to now.
struct Open {
    file: File,
    /// Whether the last line may have been written in part, as on a disk that is full.
    is_torn: bool,
}

impl Lines {
    /// Opens the file, or begins it.
    ///
    /// # Errors
    /// It may not be written.
    pub(super) fn open(path: PathBuf) -> io::Result<Self> {
        Ok(Self { open: Mutex::new(Open::at(&path)?), path })
    }

    /// Adds a line: whole, in one write, so that lines of several processes do not mix.
    ///
    /// # Errors
    /// It cannot be written.
    pub(super) fn add(&self, line: &str) -> io::Result<()> {
        let mut open = self.open.lock().unwrap_or_else(PoisonError::into_inner);
        if !is_at(&open.file, &self.path) {
            *open = Open::at(&self.path)?;
        }
        open.add(line)
    }
}

impl Open {
    fn add(&mut self, line: &str) -> io::Result<()> {
        // What is left of a line that failed is a line by itself, and takes no other along.
        let begin = if self.is_torn { "\n" } else { "" };
        let written = self.file.write_all(format!("{begin}{line}\n").as_bytes());
        self.is_torn = written.is_err();
        written
    }

    fn at(path: &Path) -> io::Result<Self> {
        let mut options = OpenOptions::new();
        options.append(true).create(true);
        // For the operator, and a group that may read along.
        #[cfg(unix)]
        std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o640);
        Ok(Self { file: options.open(path)?, is_torn: false })
    }
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

#[cfg(all(test, target_os = "linux"))]
mod tests {
    use super::*;

    #[test]
    fn a_line_that_was_written_in_part_takes_no_other_along() {
        let folder = tempfile::tempdir().expect("a folder");
        let path = folder.path().join("audit.jsonl");
        std::fs::write(&path, "{\"half\":").expect("a file");
        let lines = Lines::open(path.clone()).expect("a file");
        {
            // A device that is always full takes the place of the disk for a moment.
            let mut open = lines.open.lock().expect("a lock");
            let full = OpenOptions::new().append(true).open("/dev/full").expect("a device");
            let file = std::mem::replace(&mut open.file, full);
            assert!(open.add("lost").is_err());
            open.file = file;
        }
        lines.add("{\"whole\":1}").expect("a line");
        lines.add("{\"whole\":2}").expect("a line");
        let text = std::fs::read_to_string(&path).expect("a text");
        assert_eq!(text, "{\"half\":\n{\"whole\":1}\n{\"whole\":2}\n");
    }
}
