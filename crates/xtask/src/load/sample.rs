//! Samples as a table and as a picture.

use std::fmt::Write as _;

use super::report::mebibytes;
use crate::chart::{self, Line};

/// What all nodes together used at a moment.
#[derive(Clone, Copy, Debug)]
pub(super) struct Sample {
    /// Since the beginning.
    pub(super) second: u32,
    /// In KiB.
    pub(super) memory: u64,
    /// Open files and connections.
    pub(super) handles: usize,
}

/// A line a minute.
pub(super) fn table(samples: &[Sample]) -> String {
    let mut text = format!("  {:>7} {:>9} {:>8}\n", "minute", "MiB", "handles");
    for sample in samples.iter().filter(|sample| sample.second.is_multiple_of(60)) {
        let (minute, memory) = (sample.second / 60, mebibytes(sample.memory));
        // Writing to a text cannot fail.
        let _ = writeln!(text, "  {minute:>7} {memory:>9.1} {:>8}", sample.handles);
    }
    text
}

/// Both figures over time, as a picture.
pub(super) fn svg(samples: &[Sample]) -> String {
    let memory = samples.iter().map(|sample| mebibytes(sample.memory)).collect();
    let handles =
        samples.iter().map(|sample| u32::try_from(sample.handles).map_or(f64::MAX, f64::from)).collect();
    let end = samples.last().map_or(0, |sample| sample.second);
    chart::svg(
        &[Line { figures: memory, unit: "MiB" }, Line { figures: handles, unit: "handles" }],
        &["0".to_owned(), format!("{end} seconds")],
    )
}
