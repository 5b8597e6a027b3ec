//! What kind of machine this is: which ways of setting up are open to us.

use std::{env, fs};

use nix::unistd::Uid;

/// Whether rustup may install something. `RUSTUP_AUTO_INSTALL=0` says that it may not, and we keep to it: such a
/// machine is for package registries only.
pub(crate) fn may_download() -> bool {
    env::var("RUSTUP_AUTO_INSTALL").map_or(true, |value| value != "0")
}

/// Whether Debian's package manager may be used: the system is Debian and we are root.
pub(crate) fn is_debian_as_root() -> bool {
    is_debian() && Uid::effective().is_root()
}

/// Whether the system is Debian.
pub(crate) fn is_debian() -> bool {
    fs::read_to_string("/etc/os-release").is_ok_and(|release| names_debian(&release))
}

/// Whether an `os-release` file is Debian's own; derivatives name packages differently.
fn names_debian(release: &str) -> bool {
    release.lines().any(|line| matches!(line.trim(), "ID=debian" | "ID=\"debian\""))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_debian_itself_is_debian() {
        assert!(names_debian("NAME=\"Debian GNU/Linux\"\nID=debian\n"));
        assert!(!names_debian("NAME=Ubuntu\nID=ubuntu\nID_LIKE=debian\n"));
    }
}
