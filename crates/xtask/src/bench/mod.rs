//! `cargo xtask bench`: what the app costs, held against something known. Both are measured in one run and in turn, on the same
//! machine, so the ratio says something where the figures themselves would not.

pub(crate) mod grow;
mod own;
mod people;
mod reference;
mod still;
mod table;
mod wrk;

use std::{
    fs,
    path::{Path, PathBuf},
    process::ExitCode,
};

use clap::Args;

use self::{
    people::Waiting,
    table::Line,
    wrk::{Figures, Run},
};
use crate::{
    client::{self, Profile},
    error::{Error, Result},
    load::{Person, Store, Town},
    setup, workspace,
};

/// How many people are signed in: more than connections, so that each press is somebody's next one.
const PEOPLE: u32 = 400;

/// Measure what the app costs, against nginx and the least of a server, and print ratios
///
/// Starts everything itself, on this machine alone, and ends it. It holds nothing against a bar: other work on the machine
/// would decide.
#[derive(Args)]
pub(crate) struct Options {
    /// For how long each is measured, in seconds
    #[arg(long, default_value_t = 5)]
    seconds: u32,
    /// How often, in turn; the median counts
    #[arg(long, default_value_t = 3, value_parser = clap::value_parser!(u32).range(1..))]
    rounds: u32,
    /// How many ask at the same time
    #[arg(long, value_delimiter = ',', default_values_t = [1, 10, 100], value_parser = clap::value_parser!(u32).range(1..=200))]
    at_once: Vec<u32>,
    /// How many sign in, to see what a session takes
    #[arg(long, default_value_t = 2000)]
    sessions: u32,
    /// Build without optimizing, to see whether it works: the figures say nothing
    #[arg(long)]
    debug: bool,
}

/// What is asked of whom.
struct Asked<'a> {
    script: &'static str,
    address: &'a str,
    coding: &'a str,
}

/// Who asks.
struct Crowd<'a> {
    options: &'a Options,
    town: &'a Town,
    people: Vec<Waiting>,
    /// Where they are written down.
    list: PathBuf,
}

/// Builds, measures, and prints the table.
pub(crate) fn run(options: &Options) -> Result<ExitCode> {
    setup::wrk::ensure()?;
    let nginx = setup::nginx::ensure()?;
    client::build(Profile::Shipped)?;
    let binaries = workspace::build_binaries(!options.debug)?;
    let [fixed_page, relay] =
        ["fixed_page", "relay"].map(|name| workspace::build_example("xtask", name, !options.debug));
    let (fixed_page, relay) = (fixed_page?, relay?);
    let folder = workspace::target()?.join("bench");
    fs::create_dir_all(&folder).map_err(Error::file("made", &folder))?;

    let mut lines = still::lines(&binaries, options.sessions)?;
    let town = Town::start("bench", &binaries, Store::Memory, PEOPLE, &[])?;
    println!("bench: {PEOPLE} people sign in and ask for a code");
    let people: Vec<_> = (1..=PEOPLE).map(|number| Waiting::begin(&town, number)).collect::<Result<_>>()?;
    let mut crowd = Crowd { options, town: &town, people, list: folder.join("people.tsv") };
    let nginx = reference::nginx(&nginx, &town.sandbox_address, &folder)?;
    let page = folder.join("page.html");
    fs::write(&page, crowd.page()?).map_err(Error::file("written", &page))?;
    let fixed = reference::fixed_page(&fixed_page, &page)?;
    let relay = reference::relay(&relay, &town.sandbox_address, &Person::of(1).id, &page)?;

    let app = town.address();
    let ours = Asked { script: "resend.lua", address: app, coding: "identity" };
    let theirs = Asked { script: "begin.lua", address: &nginx.address, coding: "identity" };
    let least = Asked { address: &relay.address, ..theirs };
    for &at_once in &options.at_once {
        let [ours_at_most, theirs_at_most, least] = crowd.in_turn([&ours, &theirs, &least], at_once, 0.0)?;
        lines.push(Line::throughput(
            "codes a second, nginx",
            at_once,
            ours_at_most,
            theirs_at_most,
            "at least 0.45",
        ));
        lines.push(Line::throughput("codes a second, a bare relay", at_once, ours_at_most, least, ""));
        // As many connections as before, each of them half of the time at rest.
        let pause = (f64::from(at_once) * 2000.0 / ours_at_most.per_second).ceil();
        let [ours, theirs] = crowd.in_turn([&ours, &theirs], at_once, pause)?;
        lines.push(Line::latency(
            "at half of that, p99 in ms, nginx",
            at_once,
            ours,
            theirs,
            "at most 1 ms more",
        ));
    }
    for coding in ["identity", "br"] {
        let ours = Asked { script: "page.lua", address: app, coding };
        let (theirs, least) =
            (Asked { address: &fixed.address, ..ours }, Asked { address: &relay.address, ..ours });
        for &at_once in &options.at_once {
            let [ours, theirs, least] = crowd.in_turn([&ours, &theirs, &least], at_once, 0.0)?;
            let [of_axum, of_relay] = if coding == "br" {
                ["pages a second in brotli, axum", "pages a second in brotli, an account read"]
            } else {
                ["pages a second, axum", "pages a second, an account read"]
            };
            lines.push(Line::throughput(of_axum, at_once, ours, theirs, "at least 0.3"));
            lines.push(Line::throughput(of_relay, at_once, ours, least, ""));
        }
    }
    lines.extend(own::lines(&binaries, options.rounds, options.seconds, &folder)?);
    print!("\n{}", table::Table(&lines));
    Ok(ExitCode::SUCCESS)
}

impl Crowd<'_> {
    /// The page of somebody who waits for a code.
    fn page(&mut self) -> Result<String> {
        self.people.first_mut().map_or_else(|| Ok(String::new()), |one| one.page(self.town))
    }

    /// Runs all, one after the other, and again. Gives of each the run with the median of throughput.
    fn in_turn<const ALL: usize>(
        &mut self,
        all: [&Asked<'_>; ALL],
        at_once: u32,
        pause: f64,
    ) -> Result<[Figures; ALL]> {
        let mut figures = [const { Vec::new() }; ALL];
        for _ in 0..self.options.rounds {
            for (asked, figures) in all.iter().zip(&mut figures) {
                // What was answered after the end of a run went nowhere.
                for one in &mut self.people {
                    one.look(self.town)?;
                }
                people::write(&self.people, &self.list)?;
                figures.push(asked.run(&self.list, at_once, self.options.seconds, pause)?);
            }
        }
        Ok(figures.map(median))
    }
}

impl Asked<'_> {
    fn run(&self, people: &Path, at_once: u32, seconds: u32, pause: f64) -> Result<Figures> {
        let &Self { script, address, coding } = self;
        println!("bench: {script}, {at_once} at a time, {coding}, at {address}");
        Run { script, address, people, at_once, seconds, pause, coding }.figures()
    }
}

fn median(mut figures: Vec<Figures>) -> Figures {
    figures.sort_by(|one, other| one.per_second.total_cmp(&other.per_second));
    figures.get(figures.len() / 2).copied().unwrap_or_default()
}
