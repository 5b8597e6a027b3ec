//! `cargo xtask test`: every check of the project, and one line at the end that counts them all.

mod count;
mod deploy;
mod end2end;
mod report;
mod rust;

use std::process::ExitCode;

use clap::{Args, ValueEnum};

use crate::{
    budget,
    client::{self, Profile},
    error::{Error, Result},
    load,
    setup::{prometheus, redis, tool, wasm},
    workspace,
};

use self::{count::Count, report::Report};

/// Run all checks and tests: formatting, clippy, packages, what is shipped, client build, Rust tests, budget, load, end-to-end tests
///
/// Sets up whatever is missing, as `serve` does, and the Node packages, Chromium, Redis, Prometheus, nginx and linters. The last
/// line is `N passed, N failed` over all of them.
#[derive(Args)]
pub(crate) struct Options {
    /// Run only one part
    part: Option<Part>,
    /// For that part's runner (nextest or Playwright): a filter, or options such as --headed
    #[arg(trailing_var_arg = true, allow_hyphen_values = true)]
    arguments: Vec<String>,
}

#[derive(Clone, Copy, PartialEq, Eq, ValueEnum)]
enum Part {
    /// Formatting, clippy, and what packages may come in
    Lint,
    /// What is shipped in `deploy/`, each file by its linter
    Deploy,
    /// The Rust tests and the examples in the documentation
    Rust,
    /// What a visit costs: sizes and requests
    Budget,
    /// Some people at once in bad weather, a small `cargo xtask load`
    Load,
    /// The end-to-end tests in a real browser
    End2end,
}

/// Runs the checks and tells what they counted; `Err` is an interruption.
pub(crate) fn run(options: &Options) -> Result<ExitCode> {
    let mut report = Report::default();
    report.stage("packages", || rust::fetch().map(|()| Count::ONE_PASSED))?;
    // Without the packages every other stage would fail with its own page of output.
    if report.total().is_success() {
        run_stages(options, &mut report)?;
    }
    print!("\n{report}");
    Ok(if report.total().is_success() { ExitCode::SUCCESS } else { ExitCode::FAILURE })
}

/// One stage that fails does not keep the others from running.
fn run_stages(options: &Options, report: &mut Report) -> Result<()> {
    let wants = |part| options.part.is_none_or(|only| only == part);
    if wants(Part::Lint) {
        report.stage("formatting", || Count::of_check(rust::formatting()?))?;
        report.stage("clippy", || Count::of_check(rust::clippy()?))?;
        report.stage("clippy, for the browser", || {
            Count::of_check(rust::clippy_for_the_browser(wasm::ensure()?)?)
        })?;
        report.stage("packages: licences, bans, sources", || {
            Count::of_check(rust::packages(tool::ensure(&tool::deny())?)?)
        })?;
    }
    if wants(Part::Deploy) {
        report.stage("what is shipped", deploy::checks)?;
    }
    if !matches!(options.part, Some(Part::Lint | Part::Deploy)) {
        report.stage("client", || client::build(Profile::Shipped).map(|()| Count::ONE_PASSED))?;
    }
    if wants(Part::Rust) {
        report.stage("Redis, for the Rust tests", || redis::ensure().map(|()| Count::ONE_PASSED))?;
        report
            .stage("Prometheus, for the Rust tests", || prometheus::ensure().map(|()| Count::ONE_PASSED))?;
        report.stage("Rust tests", || rust::tests(tool::ensure(&tool::nextest())?, &options.arguments))?;
        // A filter is for nextest; the examples are run with all or none.
        if options.arguments.is_empty() {
            report.stage("Rust examples", rust::examples)?;
        }
    }
    if wants(Part::Budget) {
        report.stage("budget", || Count::of_visit(&budget::measure()?))?;
    }
    if wants(Part::Load) {
        report.stage("load", || {
            let (passed, failed) = load::small(&workspace::build_binaries(false)?)?;
            Ok(Count::of_checks(passed, failed))
        })?;
    }
    if wants(Part::End2end) {
        report.stage("end-to-end types", || Count::of_check(end2end::types()?))?;
        report.stage("end-to-end tests", || {
            let binaries = workspace::build_binaries(false)?;
            end2end::tests(&binaries, &options.arguments)
        })?;
    }
    Ok(())
}

/// Tells a failed stage and counts it; an interruption ends everything.
fn count_failure(error: Error) -> Result<Count> {
    if matches!(error, Error::Interrupted) {
        return Err(error);
    }
    eprintln!("xtask: {error}");
    Ok(Count::ONE_FAILED)
}
