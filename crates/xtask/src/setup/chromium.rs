//! A Chromium for the end-to-end tests: one that is there, else the system's, else Playwright's own.

use std::{env, path::PathBuf};

use super::{debian, machine, node, programs, say};
use crate::{
    command,
    error::{Error, Result},
};

/// The names under which systems have it on PATH.
const NAMES: [&str; 4] = ["chromium", "chromium-browser", "google-chrome", "google-chrome-stable"];
/// Where macOS has it.
const APPLICATIONS: [&str; 2] = [
    "/Applications/Chromium.app/Contents/MacOS/Chromium",
    "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome",
];

/// The browser to launch, or `None` for the one that Playwright installed for itself. Needs the Node packages.
pub(crate) fn ensure() -> Result<Option<PathBuf>> {
    if let Some(chosen) = env::var_os("CHROMIUM").filter(|chosen| !chosen.is_empty()) {
        return Ok(Some(chosen.into()));
    }
    if let Some(found) = find() {
        return Ok(Some(found));
    }
    // With fonts for every script that the pages are shown in.
    if debian::install("Chromium and fonts", &["chromium", "fonts-noto-core"])? {
        return Ok(find());
    }
    if machine::may_download() {
        say("installing Playwright's Chromium (once)");
        let mut install = command::program("npx");
        install.current_dir(node::folder()).args(["playwright", "install", "chromium"]);
        return command::succeed(&mut install, "Installing Chromium").map(|()| None);
    }
    Err(Error::Missing {
        what: "Chromium",
        advice: "install it with the packages of your system, or name one in the variable CHROMIUM",
    })
}

fn find() -> Option<PathBuf> {
    let applications = APPLICATIONS.map(PathBuf::from);
    programs::on_path(&NAMES).or_else(|| applications.into_iter().find(|program| programs::is_one(program)))
}
