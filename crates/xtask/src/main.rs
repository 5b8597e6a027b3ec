//! The project's own commands: `cargo xtask serve`, `build`, `test`, `budget`, `load`, `soak`, `bench`, `grow` and `sbom`.
//!
//! One program instead of a page of instructions: it sets up what is missing, says what it does in one line a
//! step, and ends every failure with one sentence that says what to do.

mod bench;
mod browser;
mod budget;
mod build;
mod chart;
mod client;
mod command;
#[cfg(test)]
mod documents;
mod error;
mod load;
mod process;
mod sbom;
mod serve;
mod setup;
mod test;
mod workspace;

use std::process::ExitCode;

use clap::{Parser, Subcommand};

use crate::error::Error;

/// Build, run and test contact-change. Whatever is missing is set up first.
#[derive(Parser)]
#[command(name = "cargo xtask", bin_name = "cargo xtask")]
struct Arguments {
    #[command(subcommand)]
    task: Task,
}

#[derive(Subcommand)]
enum Task {
    Build(build::Options),
    Serve(serve::Options),
    Test(test::Options),
    /// Hold what a visit costs against its bars: sizes and requests
    Budget,
    Load(load::Options),
    Soak(load::soak::Options),
    Bench(bench::Options),
    Grow(bench::grow::Options),
    Sbom(sbom::Options),
}

fn main() -> ExitCode {
    let arguments = Arguments::parse();
    let outcome = process::listen_for_interrupts().and_then(|()| match arguments.task {
        Task::Build(options) => build::run(&options).map(|()| ExitCode::SUCCESS),
        Task::Serve(options) => serve::run(&options).map(|()| ExitCode::SUCCESS),
        Task::Test(options) => test::run(&options),
        Task::Budget => budget::run(),
        Task::Load(options) => load::run(&options),
        Task::Soak(options) => load::soak::run(&options),
        Task::Bench(options) => bench::run(&options),
        Task::Grow(options) => bench::grow::run(&options),
        Task::Sbom(options) => sbom::run(&options).map(|()| ExitCode::SUCCESS),
    });
    match outcome {
        Ok(code) => code,
        Err(Error::Interrupted) => ExitCode::from(130),
        Err(error) => {
            eprintln!("xtask: {error}");
            ExitCode::FAILURE
        }
    }
}
