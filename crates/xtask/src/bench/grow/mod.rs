//! `cargo xtask grow`: what the app costs as work grows. Each figure is the median of some runs; on a machine that others use
//! as well, what grows says more than how much.

mod people;
mod sessions;
mod table;

use std::{fs, process::ExitCode};

use clap::{Args, ValueEnum};

use crate::{
    error::{Error, Result},
    load::{Programs, Store},
    setup, workspace,
};

/// Measure how cost grows, with how many ask at the same time and with how many are signed in, and draw it
///
/// Starts everything itself, on this machine alone, and ends it.
#[derive(Args)]
pub(crate) struct Options {
    /// What grows
    #[arg(value_enum)]
    what: What,
    /// For how long each is measured, in seconds
    #[arg(long, default_value_t = 5)]
    seconds: u32,
    /// How often; the median counts
    #[arg(long, default_value_t = 3, value_parser = clap::value_parser!(u32).range(1..))]
    rounds: u32,
    /// How many there are. Without a choice to 1,000 people, 100,000 sessions in memory and 1,000,000 in Redis
    #[arg(long, value_delimiter = ',', value_parser = clap::value_parser!(u32).range(1..))]
    steps: Option<Vec<u32>>,
    #[command(flatten)]
    programs: Programs,
}

/// What grows.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
enum What {
    /// Those who ask at the same time
    People,
    /// Sessions in the memory of the app
    Memory,
    /// Sessions in a Redis
    Redis,
}

impl What {
    fn steps(self) -> Vec<u32> {
        match self {
            Self::People => vec![1, 10, 100, 1000],
            Self::Memory => vec![1000, 10_000, 100_000],
            Self::Redis => vec![1000, 10_000, 100_000, 1_000_000],
        }
    }

    fn name(self) -> &'static str {
        match self {
            Self::People => "people",
            Self::Memory => "memory",
            Self::Redis => "redis",
        }
    }
}

/// Builds, measures, prints the table and draws it.
pub(crate) fn run(options: &Options) -> Result<ExitCode> {
    let what = options.what;
    setup::wrk::ensure()?;
    let binaries = options.programs.built()?;
    let folder = workspace::target()?.join("grow");
    fs::create_dir_all(&folder).map_err(Error::file("made", &folder))?;

    let mut steps = options.steps.clone().unwrap_or_else(|| what.steps());
    // Nobody goes away again in between.
    steps.sort_unstable();
    let table = match what {
        What::People => people::grow(options, &binaries, &steps, &folder)?,
        What::Memory => sessions::grow(options, &binaries, Store::Memory, &steps, &folder)?,
        What::Redis => sessions::grow(options, &binaries, Store::Redis, &steps, &folder)?,
    };
    print!("\n{table}");
    let path = folder.join(format!("{}.svg", what.name()));
    fs::write(&path, table.svg()).map_err(Error::file("written", &path))?;
    println!("\ndrawn in {}", path.display());
    Ok(ExitCode::SUCCESS)
}
