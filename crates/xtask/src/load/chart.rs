//! Samples as a table and as a picture.

use std::fmt::Write as _;

use super::report::mebibytes;

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

/// The width of the lines, in the units of the picture.
const WIDTH: f64 = 800.0;
/// Their height.
const HEIGHT: f64 = 300.0;
/// The room around them.
const ROOM: f64 = 50.0;

/// Both lines over time, each with its own scale from zero on.
pub(super) fn svg(samples: &[Sample]) -> String {
    let memory: Vec<f64> = samples.iter().map(|sample| mebibytes(sample.memory)).collect();
    let handles: Vec<f64> =
        samples.iter().map(|sample| u32::try_from(sample.handles).map_or(f64::MAX, f64::from)).collect();
    let end = samples.last().map_or(0, |sample| sample.second);
    format!(
        "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 {} {}\" font-family=\"sans-serif\" font-size=\"14\">\n\
         <rect width=\"100%\" height=\"100%\" fill=\"white\"/>\n{}{}\
         <text x=\"{ROOM}\" y=\"{}\">{end} seconds</text>\n</svg>\n",
        WIDTH + 2.0 * ROOM,
        HEIGHT + 2.0 * ROOM,
        line(&memory, "#1f4fa3", "MiB", 25.0),
        line(&handles, "#b3541e", "handles", 45.0),
        HEIGHT + 1.7 * ROOM,
    )
}

fn line(figures: &[f64], colour: &str, unit: &str, y: f64) -> String {
    let most = figures.iter().copied().fold(1.0, f64::max);
    let steps = figures.len().saturating_sub(1).max(1);
    let step = u32::try_from(steps).map_or(f64::MAX, f64::from);
    let mut points = String::new();
    for (number, figure) in (0_u32..).zip(figures) {
        let x = ROOM + WIDTH * f64::from(number) / step;
        let height = ROOM + HEIGHT * (1.0 - figure / most);
        // Writing to a text cannot fail.
        let _ = write!(points, "{x:.1},{height:.1} ");
    }
    format!(
        "<polyline points=\"{points}\" fill=\"none\" stroke=\"{colour}\" stroke-width=\"2\"/>\n\
         <text x=\"{ROOM}\" y=\"{y}\" fill=\"{colour}\">up to {most:.1} {unit}</text>\n"
    )
}
