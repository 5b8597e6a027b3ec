//! The record of what happens to people: from one event come the audit line and the metrics, so the two cannot disagree.

mod file;
mod line;
mod lookup;
mod words;

use std::{
    io,
    path::{Path, PathBuf},
    sync::atomic::{AtomicBool, Ordering::Relaxed},
};

use app::ssr::{Event, SignInProblem, Who, Witness};
use session::Pseudonyms;

use crate::{clock, metrics, traces};
use file::Lines;
use line::Line;

pub use lookup::pseudonym;
pub use words::{ALL, Words};

/// The file of the audit cannot be opened, so the program does not start: what happens to people would go unrecorded.
#[derive(Debug, thiserror::Error)]
#[error("the file {} of audit.file (CONTACT_CHANGE_AUDIT__FILE) cannot be written", path.display())]
pub struct AuditFileProblem {
    path: PathBuf,
    #[source]
    error: io::Error,
}

/// Keeps the record.
pub(crate) struct Record {
    names: Pseudonyms,
    file: Option<Lines>,
    is_failing: AtomicBool,
}

impl Record {
    /// Takes what names people, and the file for the lines besides the log, if one is wished for.
    ///
    /// # Errors
    /// The file may not be written.
    pub(crate) fn new(names: Pseudonyms, file: Option<&Path>) -> Result<Self, AuditFileProblem> {
        let open = |path: &Path| {
            let problem = |error| AuditFileProblem { path: path.to_owned(), error };
            Lines::open(path.to_owned()).map_err(problem)
        };
        Ok(Self { names, file: file.map(open).transpose()?, is_failing: AtomicBool::new(false) })
    }

    /// Adds the line to the file. Nobody's change fails because that does; the log has the line in any case.
    fn keep(&self, line: &Line<'_>) {
        let Some(file) = &self.file else { return };
        match file.add(&line.json()) {
            Ok(()) => self.is_failing.store(false, Relaxed),
            Err(error) => {
                metrics::audit_line_lost();
                // Once, until it can be written again.
                if !self.is_failing.swap(true, Relaxed) {
                    tracing::error!(%error, "audit.file cannot be written; its lines are in the log alone");
                }
            }
        }
    }
}

impl Witness for Record {
    fn saw<'event>(&self, who: Who<'event>, event: Event<'event>) {
        let line = Line::of(&who, &event, &self.names, clock::now());
        if !anybody_can_make_it(&event) {
            line.log();
            self.keep(&line);
        }
        let words = Words::of(&event);
        traces::happened(words, line.kind);
        metrics::happened(words, line.kind, &event);
    }
}

/// Tells whether it takes neither a person nor a sign-in that was begun here: it says nothing of anybody, so it is counted alone.
fn anybody_can_make_it(event: &Event<'_>) -> bool {
    matches!(event, Event::SignInFailed(SignInProblem::NotUnderWay))
}
