//! What many journeys came to.

use std::{collections::BTreeMap, fmt, fs, time::Duration};

use serde_json::json;

use super::{agree, figures::Table, journey::Journey, page::Told, proc, town::Town};
use crate::error::{Error, Result};

/// Everything of the people that no log may hold: generated people have it in common.
const PERSONAL: [&str; 4] = ["@example.org", "+358", "5b00000000", "Generated"];

/// What many journeys came to.
pub(super) struct Report {
    journeys: Vec<Journey>,
    /// How many were to be made.
    wanted: u32,
    took: Duration,
    /// The calls that arrived, and those that met a fault.
    calls: (usize, usize),
    /// The most memory of each node, in KiB.
    memory: Vec<u64>,
    /// A sentence for each journey whose person was told something else than the ledger has.
    disagreements: Vec<String>,
    /// Lines of the logs that hold something personal.
    personal: usize,
}

impl Report {
    /// Lets those who are not done look once more, with all faults switched off, and compares the journeys with the ledger.
    pub(super) fn of(town: &Town, journeys: Vec<Journey>, wanted: u32, took: Duration) -> Result<Self> {
        town.set("/control/faults", &json!({ "faults": [] }))?;
        let journeys: Vec<_> = journeys.into_iter().map(|journey| journey.look_again(town)).collect();
        let disagreements =
            agree::disagreements(&journeys, &town.ask("/ledger.json")?, &town.ask("/control/people")?);
        let calls = town.ask("/calls.json")?;
        let calls = calls.as_array().map_or(&[][..], Vec::as_slice);
        let disturbed = calls.iter().filter(|call| !call["fault"].is_null()).count();
        let usage = town.nodes.iter().filter_map(|node| proc::usage(node.id()));
        let mut personal = 0;
        for path in &town.logs {
            let log = fs::read_to_string(path).map_err(Error::file("read", path))?;
            personal += log.lines().filter(|line| PERSONAL.iter().any(|part| line.contains(part))).count();
        }
        Ok(Self {
            calls: (calls.len(), disturbed),
            memory: usage.map(|usage| usage.most).collect(),
            journeys,
            wanted,
            took,
            disagreements,
            personal,
        })
    }

    /// Whether everybody was told the truth, everybody came to an end, and nothing personal was logged.
    pub(super) fn is_good(&self) -> bool {
        self.disagreements.is_empty()
            && self.personal == 0
            && u32::try_from(self.journeys.len()).is_ok_and(|made| made >= self.wanted)
    }

    /// How many checks passed and failed: one for each journey, and one for the logs.
    pub(super) fn count(&self) -> (usize, usize) {
        let failed = self.disagreements.len() + usize::from(self.personal > 0);
        let missing = (self.wanted as usize).saturating_sub(self.journeys.len());
        (self.journeys.len() + 1 - failed.min(self.journeys.len() + 1), failed + missing)
    }
}

impl fmt::Display for Report {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        let made = self.journeys.len();
        let seconds = self.took.as_secs_f64();
        let rate = rate(made, seconds);
        writeln!(formatter, "  {made} of {} journeys in {seconds:.0} s, {rate:.1} a second", self.wanted)?;
        let (calls, disturbed) = self.calls;
        let percent = rate_of_hundred(disturbed, calls);
        writeln!(formatter, "  {calls} calls arrived, {disturbed} of them met a fault ({percent:.1} %)\n")?;
        write!(formatter, "{}", Table(&self.journeys))?;
        writeln!(formatter, "\n  ended with")?;
        let mut endings: BTreeMap<Told, usize> = BTreeMap::new();
        for journey in &self.journeys {
            *endings.entry(journey.ending).or_default() += 1;
        }
        for (told, times) in endings {
            writeln!(formatter, "  {:<16} {times:>7}", format!("{told:?}"))?;
        }
        writeln!(formatter, "\n  were told on the way, after a press")?;
        let mut presses: BTreeMap<String, usize> = BTreeMap::new();
        for press in self.journeys.iter().flat_map(|journey| &journey.presses) {
            *presses.entry(format!("{press:?}")).or_default() += 1;
        }
        for (press, times) in presses {
            writeln!(formatter, "  {press:<24} {times:>7}")?;
        }
        writeln!(formatter)?;
        for (node, memory) in self.memory.iter().enumerate() {
            writeln!(formatter, "  peak memory of node {}: {:.1} MiB", node + 1, mebibytes(*memory))?;
        }
        writeln!(formatter, "  lines in the logs with something personal: {}", self.personal)?;
        for told in self.disagreements.iter().take(20) {
            writeln!(formatter, "  DISAGREES {told}")?;
        }
        writeln!(formatter, "  disagreements: {}", self.disagreements.len())
    }
}

#[expect(clippy::cast_precision_loss, reason = "counts are far below 2 to the 52nd")]
fn rate(times: usize, seconds: f64) -> f64 {
    times as f64 / seconds.max(0.001)
}

fn rate_of_hundred(part: usize, whole: usize) -> f64 {
    100.0 * rate(part, rate(whole, 1.0))
}

/// KiB in MiB.
#[expect(clippy::cast_precision_loss, reason = "no process has 2 to the 52nd KiB")]
pub(super) fn mebibytes(kibibytes: u64) -> f64 {
    kibibytes as f64 / 1024.0
}
