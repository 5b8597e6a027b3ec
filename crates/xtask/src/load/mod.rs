//! `cargo xtask load`: many people at once change their contacts while the service has bad moments, and afterwards what each
//! of them was told is compared with the service's ledger. And `cargo xtask soak`: the same at a steady rate, for memory.

mod agree;
mod crowd;
mod faults;
mod figures;
mod journey;
mod page;
mod person;
mod proc;
mod report;
mod sample;
pub(crate) mod soak;
mod town;

pub(crate) use self::{
    figures::now,
    page::{Page, Told},
    person::Person,
    proc::usage,
    town::{Store, Town},
};

use std::{path::PathBuf, process::ExitCode, time::Duration};

use clap::Args;

use self::{crowd::Crowd, report::Report};
use crate::{
    client::{self, Profile},
    error::Result,
    process,
    workspace::{self, Binaries},
};

/// Let many people at once change their contacts in bad weather, and compare what they were told with the ledger
///
/// Starts a sandbox and the app (two nodes with `--store redis`), ends them, and fails if anybody was told something else
/// than what happened.
#[derive(Args)]
pub(crate) struct Options {
    /// How many journeys
    #[arg(long, default_value_t = 2000)]
    journeys: u32,
    /// How many at a time
    #[arg(long, default_value_t = 200)]
    at_once: u32,
    /// How many in a hundred calls meet a fault
    #[arg(long, default_value_t = 5.0)]
    faults: f64,
    /// For the chance of the faults; the order in which calls arrive is chance as well
    #[arg(long, default_value_t = 1)]
    seed: u64,
    /// Where the app keeps what it keeps
    #[arg(long, value_enum, default_value_t = Store::Memory)]
    store: Store,
    /// The minutes after which nobody sets out any more
    #[arg(long, default_value_t = 20)]
    minutes: u32,
    #[command(flatten)]
    programs: Programs,
}

/// Which programs are run. Without a choice those that are built as for people.
#[derive(Args)]
pub(crate) struct Programs {
    /// Build without optimizing, as for work on it
    #[arg(long)]
    debug: bool,
    /// Build nothing: the programs are in this folder
    #[arg(long, conflicts_with = "debug")]
    programs: Option<PathBuf>,
}

impl Options {
    /// As many as a test may take.
    pub(crate) const SMALL: Self = Self {
        journeys: 60,
        at_once: 20,
        faults: 10.0,
        seed: 1,
        store: Store::Memory,
        minutes: 10,
        programs: Programs { debug: true, programs: None },
    };
}

/// Builds, lets everybody go their way, and prints what came of it.
pub(crate) fn run(options: &Options) -> Result<ExitCode> {
    let report = made(&options.programs.built()?, options)?;
    Ok(if report.is_good() { ExitCode::SUCCESS } else { ExitCode::FAILURE })
}

/// The same with programs that are built, for `cargo xtask test`: how many checks passed, and how many failed.
pub(crate) fn small(binaries: &Binaries) -> Result<(usize, usize)> {
    Ok(made(binaries, &Options::SMALL)?.count())
}

fn made(binaries: &Binaries, options: &Options) -> Result<Report> {
    let Options { journeys, at_once, faults, seed, store, minutes, .. } = *options;
    println!(
        "load: {journeys} journeys, {at_once} at a time, {faults} % faults, seed {seed}, store {store:?}"
    );
    let town = Town::start("load", binaries, store, journeys, &[])?;
    town.set("/control/faults", &faults::by_chance(faults, seed))?;
    let began = now();
    let until = began + Duration::from_mins(minutes.into());
    let crowd = Crowd { people: journeys, at_once, every: None, until };
    let tenth = (journeys as usize / 10).max(1);
    let made = crowd.go(&town, |ended| {
        if ended.is_multiple_of(tenth) {
            println!("load: {ended} journeys have ended");
        }
    });
    process::not_interrupted()?;
    let report = Report::of(&town, made, journeys, began.elapsed())?;
    println!("\n{report}");
    Ok(report)
}

impl Programs {
    /// Builds them, if they are not there.
    pub(crate) fn built(&self) -> Result<Binaries> {
        if let Some(folder) = &self.programs {
            return Ok(Binaries { app: folder.join("contact-change"), sandbox: folder.join("sandbox") });
        }
        client::build(if self.debug { Profile::Development } else { Profile::Shipped })?;
        workspace::build_binaries(!self.debug)
    }
    /// One of the server's examples beside them; builds it as well, if it is not there.
    pub(crate) fn example(&self, name: &str) -> Result<PathBuf> {
        match &self.programs {
            Some(folder) => Ok(folder.join("examples").join(name)),
            None => workspace::build_example("contact-change", name, !self.debug),
        }
    }
}
