//! `cargo xtask soak`: people come at a steady rate, and nothing grows.

use std::{process::ExitCode, sync::Mutex, thread, time::Duration};

use clap::Args;

use super::{
    Programs, Report,
    crowd::Crowd,
    faults,
    figures::now,
    proc,
    report::mebibytes,
    sample::{self, Sample},
    town::{Store, Town},
};
use crate::{
    error::{Error, Result},
    process, workspace,
};

/// How far apart two samples are, in seconds.
const PAUSE: u32 = 10;

/// How much more memory the last minute may have than the second one, in hundredths.
const MOST_GROWTH: f64 = 5.0;

/// How long the last connections may stay open when everybody has gone: longer than the app keeps an idle one.
const REST: Duration = Duration::from_mins(2);

/// What is kept is kept for so short a time, and for so few, that a steady state exists within the first minute: sessions
/// until they idle out, changes until later ones need their room.
const SETTINGS: [(&str, &str); 2] =
    [("CONTACT_CHANGE_SESSION__IDLE", "20s"), ("CONTACT_CHANGE_STORE__CAPACITY", "100")];

/// Let people come at a steady rate for some minutes, and see that neither memory nor open handles grow
#[derive(Args)]
pub(crate) struct Options {
    /// For how long; at least three, to compare the second minute with the last one
    #[arg(long, default_value_t = 10, value_parser = clap::value_parser!(u32).range(3..))]
    minutes: u32,
    /// How many people set out in a second
    #[arg(long, default_value_t = 8, value_parser = clap::value_parser!(u32).range(1..))]
    rate: u32,
    /// How many in a hundred calls meet a fault
    #[arg(long, default_value_t = 1.0)]
    faults: f64,
    /// For the chance of the faults
    #[arg(long, default_value_t = 1)]
    seed: u64,
    /// Where the app keeps what it keeps
    #[arg(long, value_enum, default_value_t = Store::Memory)]
    store: Store,
    #[command(flatten)]
    programs: Programs,
}

/// Builds, lets people come, takes samples, and prints what came of it.
pub(crate) fn run(options: &Options) -> Result<ExitCode> {
    let Options { minutes, rate, faults, seed, store, ref programs } = *options;
    let binaries = programs.built()?;
    println!(
        "soak: {minutes} minutes, {rate} people a second, {faults} % faults, seed {seed}, store {store:?}"
    );
    let people = rate * minutes * 60;
    let town = Town::start("soak", &binaries, store, people, &SETTINGS)?;
    town.set("/control/faults", &faults::by_chance(faults, seed))?;
    let at_first = usage(&town).handles;
    let began = now();
    let length = Duration::from_mins(minutes.into());
    let samples = Mutex::new(Vec::new());
    let journeys = thread::scope(|scope| {
        scope.spawn(|| take(&town, minutes, &samples));
        // Whoever meets a fault stays longer; there is room for them all.
        let every = Some(Duration::from_secs(1) / rate);
        Crowd { people, at_once: 100, every, until: began + length }.go(&town, |_| ())
    });
    process::not_interrupted()?;
    let wanted = u32::try_from(journeys.len()).unwrap_or(u32::MAX);
    let report = Report::of(&town, journeys, wanted, began.elapsed())?;
    println!("\n{report}");

    let samples = samples.into_inner().unwrap_or_default();
    let memory = growth(&samples, |sample| sample.memory);
    let handles = at_rest(&town, at_first)?;
    print!("{}", sample::table(&samples));
    let path = workspace::target()?.join("soak.svg");
    std::fs::write(&path, sample::svg(&samples)).map_err(Error::file("written", &path))?;
    println!("  memory: {memory:+.1} % from the second minute to the last (at most {MOST_GROWTH:+.1} %)");
    println!(
        "  handles: {at_first} before anybody came, {handles} after everybody had gone (no more than before)"
    );
    println!("  drawn in {}", path.display());
    let is_flat = memory <= MOST_GROWTH && handles <= at_first;
    Ok(if is_flat && report.is_good() { ExitCode::SUCCESS } else { ExitCode::FAILURE })
}

/// Takes a sample of all nodes together, again and again until the time is over.
fn take(town: &Town, minutes: u32, samples: &Mutex<Vec<Sample>>) {
    let began = now();
    for number in 0..=minutes * 60 / PAUSE {
        let due = began + Duration::from_secs((number * PAUSE).into());
        while now() < due {
            if process::not_interrupted().is_err() {
                return;
            }
            thread::sleep(Duration::from_millis(100));
        }
        let sample = Sample { second: number * PAUSE, ..usage(town) };
        println!(
            "soak: {:>4} s {:>7.1} MiB {:>5} handles",
            sample.second,
            mebibytes(sample.memory),
            sample.handles
        );
        if let Ok(mut samples) = samples.lock() {
            samples.push(sample);
        }
    }
}

/// What all nodes together use.
fn usage(town: &Town) -> Sample {
    let usages: Vec<_> = town.nodes.iter().filter_map(|node| proc::usage(node.id())).collect();
    Sample {
        second: 0,
        memory: usages.iter().map(|usage| usage.memory).sum(),
        handles: usages.iter().map(|usage| usage.handles).sum(),
    }
}

/// The open handles once the connections of those who were there have been closed, or after a time in which they should
/// have been: while people come and go, their number is that of the people.
fn at_rest(town: &Town, at_first: usize) -> Result<usize> {
    let until = now() + REST;
    loop {
        process::not_interrupted()?;
        let handles = usage(town).handles;
        if handles <= at_first || now() >= until {
            return Ok(handles);
        }
        thread::sleep(Duration::from_secs(1));
    }
}

/// How much larger the median of the last minute is than that of the second one, in hundredths.
#[expect(clippy::cast_precision_loss, reason = "no figure here comes near 2 to the 52nd")]
fn growth(samples: &[Sample], figure: impl Fn(&Sample) -> u64) -> f64 {
    let median = |from: u32, to: u32| {
        let of_it = samples.iter().filter(|sample| (from..=to).contains(&sample.second));
        let mut figures: Vec<u64> = of_it.map(&figure).collect();
        figures.sort_unstable();
        super::figures::percentile(&figures, 50)
    };
    let end = samples.last().map_or(0, |sample| sample.second);
    let (second, last) = (median(60, 120), median(end.saturating_sub(60), end));
    100.0 * (last as f64 / second.max(1) as f64 - 1.0)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn samples(memory: impl Fn(u32) -> u64) -> Vec<Sample> {
        (0..=30).map(|step| Sample { second: step * 10, memory: memory(step * 10), handles: 9 }).collect()
    }

    #[test]
    fn what_grows_only_at_the_beginning_is_flat() {
        let samples = samples(|second| 1000 + u64::from(second.min(50)));
        assert!(growth(&samples, |sample| sample.memory).abs() < 0.1);
    }

    #[test]
    fn what_goes_on_growing_is_found() {
        let samples = samples(|second| 1000 + u64::from(second));
        assert!(growth(&samples, |sample| sample.memory) > MOST_GROWTH);
    }
}
