//! The Rust target for the browser.

use std::{path::Path, process::Command};

use super::{machine, say};
use crate::{
    command,
    error::{Error, Result},
    workspace,
};

/// The target's name.
pub(crate) const TARGET: &str = "wasm32-unknown-unknown";
/// The toolchain that `debian-wasm.sh` names for rustup.
const DEBIAN: &str = "debian";

/// The compiler that can build for the browser.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(crate) enum Toolchain {
    /// The one that builds everything else, too.
    Active,
    /// Debian's, used for the browser only.
    Debian,
}

impl Toolchain {
    /// Makes a command use this toolchain.
    pub(crate) fn apply(self, command: &mut Command) {
        if self == Self::Debian {
            // The active toolchain's libraries must not be found by another compiler.
            command.env("RUSTUP_TOOLCHAIN", DEBIAN).env_remove("LD_LIBRARY_PATH");
        }
    }
}

/// What decides how the target comes onto a machine.
#[derive(Clone, Copy)]
#[expect(clippy::struct_excessive_bools, reason = "four facts, each independent of the others")]
struct Machine {
    has_target: bool,
    has_rustup: bool,
    may_download: bool,
    is_debian_as_root: bool,
}

#[derive(Debug, PartialEq, Eq)]
enum Plan {
    Ready,
    AskRustup,
    BuildWithDebian,
    Explain,
}

fn plan(machine: Machine) -> Plan {
    if machine.has_target {
        Plan::Ready
    } else if machine.has_rustup && machine.may_download {
        Plan::AskRustup
    } else if machine.has_rustup && machine.is_debian_as_root {
        Plan::BuildWithDebian
    } else {
        Plan::Explain
    }
}

/// Sets the target up if it is missing; gives the toolchain that has it.
pub(crate) fn ensure() -> Result<Toolchain> {
    let machine = Machine {
        has_target: active_toolchain_has_it(),
        has_rustup: command::answer(Command::new("rustup").arg("--version")).is_some(),
        may_download: machine::may_download(),
        is_debian_as_root: machine::is_debian_as_root(),
    };
    match plan(machine) {
        Plan::Ready => Ok(Toolchain::Active),
        Plan::AskRustup => {
            say(format_args!("installing the Rust target {TARGET}"));
            let mut add = command::program("rustup");
            command::succeed(
                add.args(["target", "add", TARGET]),
                "Installing the Rust target for the browser",
            )?;
            Ok(Toolchain::Active)
        }
        Plan::BuildWithDebian => {
            let script = workspace::root().join("crates/xtask/debian-wasm.sh");
            let mut build = command::program("bash");
            command::succeed(build.arg(script), "Preparing Debian's Rust for the browser")?;
            Ok(Toolchain::Debian)
        }
        Plan::Explain => Err(Error::Missing {
            what: "The Rust target wasm32-unknown-unknown",
            advice: "run `rustup target add wasm32-unknown-unknown`, or install it with the packages of your \
                     system (nothing is downloaded where rustup is missing or RUSTUP_AUTO_INSTALL is 0)",
        }),
    }
}

fn active_toolchain_has_it() -> bool {
    let libraries =
        command::answer(command::program("rustc").args(["--print", "target-libdir", "--target", TARGET]));
    libraries.is_some_and(|libraries| Path::new(&libraries).is_dir())
}

#[cfg(test)]
mod tests {
    use rstest::rstest;

    use super::*;

    #[rstest]
    //      target rustup download debian
    #[case([true, false, false, false], Plan::Ready)]
    #[case([true, true, true, true], Plan::Ready)]
    #[case([false, true, true, false], Plan::AskRustup)]
    #[case([false, true, true, true], Plan::AskRustup)]
    #[case([false, true, false, true], Plan::BuildWithDebian)]
    #[case([false, true, false, false], Plan::Explain)]
    #[case([false, false, true, true], Plan::Explain)]
    #[case([false, false, false, false], Plan::Explain)]
    fn the_target_comes_by_the_first_way_that_is_open(#[case] facts: [bool; 4], #[case] expected: Plan) {
        let [has_target, has_rustup, may_download, is_debian_as_root] = facts;
        assert_eq!(plan(Machine { has_target, has_rustup, may_download, is_debian_as_root }), expected);
    }
}
