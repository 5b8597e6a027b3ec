//! The journeys in a real browser, by Playwright.

use std::process::ExitStatus;

use super::{Count, rust};
use crate::{
    command,
    error::Result,
    setup::{chromium, nginx, node},
    workspace::Binaries,
};

/// Whether the tests' own code fits together; Playwright runs it without looking.
pub(super) fn types() -> Result<ExitStatus> {
    node::ensure()?;
    command::stream(command::program("npx").current_dir(node::folder()).args(["tsc", "--noEmit"]))
}

/// All end-to-end tests, against these programs. `arguments` go to Playwright.
pub(super) fn tests(binaries: &Binaries, arguments: &[String]) -> Result<Count> {
    node::ensure()?;
    let browser = chromium::ensure()?;
    let nginx = nginx::ensure()?;
    let report = node::folder().join("test-results/report.json");
    rust::remove_old(&report)?;
    let mut playwright = command::program("npx");
    playwright
        .current_dir(node::folder())
        .args(["playwright", "test"])
        .args(arguments)
        .env("APP_BINARY", &binaries.app)
        .env("SANDBOX_BINARY", &binaries.sandbox)
        .env("NGINX", nginx)
        .env("PLAYWRIGHT_JSON_OUTPUT_FILE", &report);
    if let Some(browser) = browser {
        playwright.env("CHROMIUM_PATH", browser);
    }
    let status = command::stream(&mut playwright)?;
    Ok(rust::read_report(&report, Count::of_playwright).ended(status))
}
