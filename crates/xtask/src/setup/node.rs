//! Node and the packages of the end-to-end tests.

use std::{fs, path::PathBuf, process::Command};

use super::say;
use crate::{
    command,
    error::{Error, Result},
    workspace,
};

/// The oldest major version of Node that the packages run on.
const OLDEST: u32 = 20;

/// The folder of the end-to-end tests.
pub(crate) fn folder() -> PathBuf {
    workspace::root().join("end2end")
}

/// Installs the packages if the lock file has changed since they were.
pub(crate) fn ensure() -> Result<()> {
    let node = command::answer(Command::new("node").arg("--version"));
    let npm = command::answer(Command::new("npm").arg("--version"));
    if npm.is_none() || !node.is_some_and(|version| is_recent(&version)) {
        return Err(Error::Missing {
            what: "Node.js 20 or newer with npm",
            advice: "install it with the packages of your system or a version manager",
        });
    }
    let lock = folder().join("package-lock.json");
    let wanted = fs::read_to_string(&lock).map_err(Error::file("read", lock))?;
    // npm ci removes the folder first and we write the copy last: it stands only beside a finished install.
    let installed = folder().join("node_modules/.installed-lock.json");
    if fs::read_to_string(&installed).is_ok_and(|installed| installed == wanted) {
        return Ok(());
    }
    say("installing the Node packages of the end-to-end tests");
    let mut install = command::program("npm");
    install.current_dir(folder()).args(["ci", "--no-audit", "--no-fund"]);
    install.env("PLAYWRIGHT_SKIP_BROWSER_DOWNLOAD", "1");
    command::succeed(&mut install, "Installing the Node packages")?;
    fs::write(&installed, wanted).map_err(Error::file("written", installed))
}

/// Whether Node's answer, such as `v20.20.2`, is a version that will do.
fn is_recent(version: &str) -> bool {
    let major = version.trim_start_matches('v').split('.').next().and_then(|major| major.parse().ok());
    major.is_some_and(|major: u32| major >= OLDEST)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn node_20_and_newer_will_do() {
        assert!(is_recent("v20.20.2") && is_recent("v24.1.0"));
        assert!(!is_recent("v18.19.0") && !is_recent(""));
    }
}
