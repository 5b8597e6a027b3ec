//! The table of stages, and the line that counts them all.

use std::fmt;

use super::{Count, count_failure};
use crate::error::Result;

/// What each stage counted, in the order in which they ran.
#[derive(Default)]
pub(super) struct Report {
    stages: Vec<(&'static str, Count)>,
}

impl Report {
    /// Runs a stage under its name and keeps what it counted. A stage that cannot be run counts as one failure.
    pub(super) fn stage(&mut self, name: &'static str, run: impl FnOnce() -> Result<Count>) -> Result<()> {
        println!("\ntest: {name}");
        let count = run().or_else(count_failure)?;
        self.stages.push((name, count));
        Ok(())
    }

    pub(super) fn total(&self) -> Count {
        self.stages.iter().map(|(_, count)| *count).sum()
    }
}

/// Its last line is exactly `N passed, N failed`.
impl fmt::Display for Report {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        let total = self.total();
        for (name, Count { passed, failed }) in &self.stages {
            let mark = if *failed == 0 { "ok" } else { "FAILED" };
            writeln!(formatter, "{name:<24} {passed:>6} passed {failed:>6} failed   {mark}")?;
        }
        writeln!(formatter, "{} passed, {} failed", total.passed, total.failed)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::error::Error;

    #[test]
    fn the_last_line_counts_all_stages_and_one_that_could_not_run_as_failed() {
        let mut report = Report::default();
        report.stage("good", || Ok(Count { passed: 3, failed: 0 })).unwrap();
        report.stage("broken", || Err(Error::Failed { what: "Building".to_owned() })).unwrap();
        assert_eq!(report.to_string().lines().last(), Some("3 passed, 1 failed"));
    }

    #[test]
    fn an_interruption_ends_everything() {
        assert!(Report::default().stage("long", || Err(Error::Interrupted)).is_err());
    }
}
