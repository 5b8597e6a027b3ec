//! The time in which the app itself works on a press, without the calls that it waits for: as it measures it.

use std::path::Path;

use super::{
    people::{self, Waiting},
    table::Line,
    wrk::Run,
};
use crate::{
    browser::Browser,
    error::Result,
    load::{Store, Town},
    serve::port::free_port,
    workspace::Binaries,
};

/// How many press at the same time, and how many people there are.
const AT_ONCE: u32 = 100;
const PEOPLE: u32 = 400;

/// How many presses took up to how long, of which each includes the ones before.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Own(Vec<(f64, f64)>);

/// An app whose metrics can be read. They listen on a port of their own, so there can be one node alone.
pub(super) fn town(name: &str, binaries: &Binaries, people: u32) -> Result<(Town, String)> {
    let address = format!("127.0.0.1:{}", free_port()?);
    let settings = [("CONTACT_CHANGE_METRICS__LISTEN", address.as_str())];
    let town = Town::start(name, binaries, Store::Memory, people, &settings)?;
    Ok((town, format!("http://{address}/metrics")))
}

/// The lines of the table: a begin and a finish in turn, as many as there can be, and half of that.
pub(super) fn lines(binaries: &Binaries, rounds: u32, seconds: u32, folder: &Path) -> Result<Vec<Line>> {
    let (town, metrics) = town("bench", binaries, PEOPLE)?;
    println!("bench: {PEOPLE} people sign in and ask for a code");
    let mut people: Vec<_> =
        (1..=PEOPLE).map(|number| Waiting::begin(&town, number)).collect::<Result<_>>()?;
    let list = folder.join("pressing.tsv");
    let mut pause = 0.0;
    let mut lines = Vec::new();
    for what in
        ["our own time in a begin or finish, p99 in ms", "at half of that load, our own time, p99 in ms"]
    {
        println!("bench: press.lua, {AT_ONCE} at a time, {pause} ms between two presses");
        let (mut own, mut per_second) = (Vec::new(), Vec::new());
        for _ in 0..rounds {
            for one in &mut people {
                one.look(&town)?;
            }
            people::write(&people, &list)?;
            let before = Own::read(&metrics)?;
            let run = Run {
                script: "press.lua",
                address: town.address(),
                people: &list,
                at_once: AT_ONCE,
                seconds,
                pause,
                coding: "identity",
            };
            per_second.push(run.figures()?.per_second);
            own.push(Own::read(&metrics)?.since(&before).percentile(99.0));
        }
        lines.push(Line::alone(what, middle(own), "at most 1"));
        // As many connections as before, each at rest for twice as long as a press took: under half of the load.
        pause = (f64::from(AT_ONCE) * 2000.0 / middle(per_second)).ceil();
    }
    Ok(lines)
}

/// The median.
pub(super) fn middle(mut figures: Vec<f64>) -> f64 {
    figures.sort_by(f64::total_cmp);
    figures.get(figures.len() / 2).copied().unwrap_or_default()
}

impl Own {
    /// Reads what there was so far, of presses.
    pub(super) fn read(metrics: &str) -> Result<Self> {
        Ok(Self::parse(&Browser::new().open(metrics)?.good()?.text()?))
    }

    /// The text format of Prometheus (exposition formats).
    fn parse(text: &str) -> Self {
        let series = "contact_change_own_seconds_bucket{route=\"/api/{*function}\",le=\"";
        let bucket = |line: &str| {
            let (bound, count) = line.strip_prefix(series)?.split_once("\"} ")?;
            Some((bound.parse().ok()?, count.parse().ok()?))
        };
        Self(text.lines().filter_map(bucket).collect())
    }

    /// Those that came after another look.
    pub(super) fn since(&self, before: &Self) -> Self {
        let earlier =
            |bound: f64| before.0.iter().find(|(other, _)| *other >= bound).map_or(0.0, |(_, count)| *count);
        Self(self.0.iter().map(|(bound, count)| (*bound, count - earlier(*bound))).collect())
    }

    /// Up to how long so many in a hundred took, in milliseconds: within a step of the scale as if they were spread
    /// evenly, which is how Prometheus has it (`histogram_quantile`).
    pub(super) fn percentile(&self, percent: f64) -> f64 {
        let rank = self.0.last().map_or(0.0, |(_, all)| all * percent / 100.0);
        let (mut low, mut fewer) = (0.0, 0.0);
        for (bound, count) in &self.0 {
            if *count >= rank && bound.is_finite() {
                return 1e3 * (low + (bound - low) * (rank - fewer) / (count - fewer).max(1.0));
            }
            if bound.is_finite() {
                (low, fewer) = (*bound, *count);
            }
        }
        low * 1e3
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const BEFORE: &str = "contact_change_own_seconds_bucket{route=\"/\",le=\"+Inf\"} 9\n\
        contact_change_own_seconds_bucket{route=\"/api/{*function}\",le=\"0.001\"} 1\n\
        contact_change_own_seconds_bucket{route=\"/api/{*function}\",le=\"0.002\"} 1\n\
        contact_change_own_seconds_bucket{route=\"/api/{*function}\",le=\"+Inf\"} 2\n";

    const AFTER: &str = "contact_change_own_seconds_bucket{route=\"/api/{*function}\",le=\"0.001\"} 51\n\
        contact_change_own_seconds_bucket{route=\"/api/{*function}\",le=\"0.002\"} 101\n\
        contact_change_own_seconds_bucket{route=\"/api/{*function}\",le=\"+Inf\"} 102\n";

    #[test]
    fn only_presses_of_the_run_count() {
        let own = Own::parse(AFTER).since(&Own::parse(BEFORE));
        assert_eq!(own, Own(vec![(0.001, 50.0), (0.002, 100.0), (f64::INFINITY, 100.0)]));
        let near = |percent, milliseconds: f64| (own.percentile(percent) - milliseconds).abs() < 1e-9;
        assert!(near(50.0, 1.0) && near(75.0, 1.5) && near(100.0, 2.0), "{own:?}");
    }

    #[test]
    fn what_is_off_the_scale_is_at_least_its_end() {
        let own = Own(vec![(0.5, 1.0), (f64::INFINITY, 10.0)]);
        assert!((own.percentile(99.0) - 500.0).abs() < 1e-9);
    }

    #[test]
    fn the_median_is_a_figure_that_was_measured() {
        assert!((middle(vec![9.0, 1.0, 3.0]) - 3.0).abs() < f64::EPSILON);
    }
}
