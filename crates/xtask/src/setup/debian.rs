//! Debian's packages: installed for whoever may, or unpacked for everybody.

use std::path::PathBuf;

use super::{cache, machine, say};
use crate::{command, error::Result, workspace};

/// Installs packages, if this is Debian and we are root. Gives whether it is. `what`: in words.
pub(crate) fn install(what: &str, packages: &[&str]) -> Result<bool> {
    if !machine::is_debian_as_root() {
        return Ok(false);
    }
    say(format_args!("installing Debian's {what} (once)"));
    update()?;
    let mut install = command::program("apt-get");
    install.env("DEBIAN_FRONTEND", "noninteractive").args([
        "install",
        "-y",
        "-qq",
        "--no-install-recommends",
    ]);
    command::succeed(install.args(packages), &format!("Installing {what}"))?;
    Ok(true)
}

/// Unpacks a package into the cache, if this is Debian, and gives the folder. Nothing of it is installed, so the system does
/// not start it; what it depends on has to be there.
pub(crate) fn unpack(what: &str, package: &str) -> Result<Option<PathBuf>> {
    if !machine::is_debian() {
        return Ok(None);
    }
    let folder = cache::kept(&cache::folder()?, &format!("debian-{package}"), |folder| {
        say(format_args!("unpacking Debian's {what} (once)"));
        // Others than root have the lists that are there.
        if machine::is_debian_as_root() {
            update()?;
        }
        let mut download = command::program("apt-get");
        download.current_dir(folder).args(["download", "-qq", "-o", "APT::Sandbox::User=root", package]);
        command::succeed(&mut download, &format!("Downloading {what}"))?;
        for archive in workspace::files_below(folder)? {
            let mut extract = command::program("dpkg-deb");
            command::succeed(
                extract.arg("--extract").arg(archive).arg(folder),
                &format!("Unpacking {what}"),
            )?;
        }
        Ok(())
    })?;
    Ok(Some(folder))
}

fn update() -> Result<()> {
    let mut update = command::program("apt-get");
    command::succeed(
        update.args(["update", "-qq", "-o", "APT::Update::Error-Mode=any"]),
        "Reading Debian's list of packages",
    )
}
