//! A Chromium for the end-to-end tests: one that is there, else the system's, else Playwright's own.

use std::{
    env,
    path::{Path, PathBuf},
};

use super::{machine, node, say};
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
    if machine::is_debian_as_root() {
        install_with_debian()?;
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
    let path = env::var_os("PATH").unwrap_or_default();
    let on_path = NAMES.iter().flat_map(|name| env::split_paths(&path).map(move |folder| folder.join(name)));
    on_path.chain(APPLICATIONS.iter().map(PathBuf::from)).find(|program| is_program(program))
}

fn is_program(path: &Path) -> bool {
    use std::os::unix::fs::PermissionsExt;
    path.metadata().is_ok_and(|file| file.is_file() && file.permissions().mode() & 0o111 != 0)
}

/// Chromium with fonts for every script that the pages are shown in.
fn install_with_debian() -> Result<()> {
    say("installing Debian's Chromium and fonts (once)");
    let mut update = command::program("apt-get");
    command::succeed(
        update.args(["update", "-qq", "-o", "APT::Update::Error-Mode=any"]),
        "Reading Debian's list of packages",
    )?;
    let mut install = command::program("apt-get");
    install.env("DEBIAN_FRONTEND", "noninteractive").args([
        "install",
        "-y",
        "-qq",
        "--no-install-recommends",
    ]);
    command::succeed(install.args(["chromium", "fonts-noto-core"]), "Installing Chromium")
}
