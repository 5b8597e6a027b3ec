//! Debian's packages, for whoever may install them.

use super::{machine, say};
use crate::{command, error::Result};

/// Installs packages, if this is Debian and we are root. Gives whether it is. `what`: in words.
pub(crate) fn install(what: &str, packages: &[&str]) -> Result<bool> {
    if !machine::is_debian_as_root() {
        return Ok(false);
    }
    say(format_args!("installing Debian's {what} (once)"));
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
    command::succeed(install.args(packages), &format!("Installing {what}"))?;
    Ok(true)
}
