//! The stages that cargo runs.

use std::{
    fs,
    path::{Path, PathBuf},
    process::{Command, ExitStatus},
};

use super::Count;
use crate::{
    client,
    command::{self, Listen},
    error::{Error, Result},
    setup::wasm::{self, Toolchain},
    workspace,
};

/// Downloads the packages that are missing.
pub(super) fn fetch() -> Result<()> {
    let mut fetch = command::program("cargo");
    fetch.args(["fetch", "--quiet", "--locked", "--target", "host-tuple", "--target", wasm::TARGET]);
    command::succeed(&mut fetch, "Downloading the packages")
}

pub(super) fn formatting() -> Result<ExitStatus> {
    command::stream(command::program("cargo").args(["fmt", "--all", "--check"]))
}

/// The whole workspace with each crate's default features; `--all-features` would mix the app's two sides.
pub(super) fn clippy() -> Result<ExitStatus> {
    command::stream(command::program("cargo").args([
        "clippy",
        "--workspace",
        "--all-targets",
        "--",
        "--deny=warnings",
    ]))
}

/// The app's other side. Debian's toolchain has no clippy; the browser's code compiles natively as well.
pub(super) fn clippy_for_the_browser(toolchain: Toolchain) -> Result<ExitStatus> {
    let mut clippy = command::program("cargo");
    clippy.args(["clippy", "--package", "app", "--no-default-features", "--features", "hydrate"]);
    if toolchain == Toolchain::Active {
        clippy.args(["--target", wasm::TARGET]);
    }
    command::stream(clippy.args(["--", "--deny=warnings"]))
}

/// What the packages are and where they come from, by `deny.toml`. `checker` is the folder of our own cargo-deny, if PATH has
/// none. Advisories are left out: their database is outside the package registries.
pub(super) fn packages(checker: Option<PathBuf>) -> Result<ExitStatus> {
    let mut deny = command::program("cargo");
    deny.args([
        "deny",
        "--locked",
        "--log-level",
        "error",
        "check",
        "--hide-inclusion-graph",
        "bans",
        "licenses",
        "sources",
    ]);
    deny.env("PATH", client::path_with(checker.into_iter()));
    command::stream(&mut deny)
}

/// All Rust tests. `runner` is the folder of our own nextest, if PATH has none; `arguments` go to nextest.
pub(super) fn tests(runner: Option<PathBuf>, arguments: &[String]) -> Result<Count> {
    let report = workspace::root().join("target/nextest/default/junit.xml");
    remove_old(&report)?;
    let mut nextest = command::program("cargo");
    nextest.args(["nextest", "run", "--workspace"]).args(arguments);
    nextest.env("PATH", client::path_with(runner.into_iter()));
    let status = command::stream(&mut nextest)?;
    Ok(read_report(&report, Count::of_junit).ended(status))
}

/// The examples in the documentation.
pub(super) fn examples() -> Result<Count> {
    let mut test: Command = command::program("cargo");
    let (status, output) = command::tee(test.args(["test", "--doc", "--workspace"]), &Listen::Output)?;
    Ok(Count::of_examples(&output).ended(status))
}

/// Removes a former run's report, so that it is never taken for this run's.
pub(super) fn remove_old(report: &Path) -> Result<()> {
    if report.exists() { fs::remove_file(report).map_err(Error::file("removed", report)) } else { Ok(()) }
}

/// What a runner's report counts; a runner that left none counts as one failure.
pub(super) fn read_report(report: &Path, count: impl FnOnce(&str) -> Option<Count>) -> Count {
    let counted = fs::read_to_string(report).ok().as_deref().and_then(count);
    counted.unwrap_or_else(|| {
        eprintln!("xtask: The runner left no report in {}; see its output above.", report.display());
        Count::ONE_FAILED
    })
}
