//! Programs that cargo can install: taken from PATH in the right version, else kept in our cache.

use std::{
    fs,
    path::{Path, PathBuf},
    process::Command,
};

use super::{cache, say};
use crate::{
    command,
    error::{Error, Result},
    workspace,
};

/// A program, the version that is wanted, and how cargo installs it.
pub(crate) struct Tool {
    name: &'static str,
    package: &'static str,
    program: &'static str,
    version: String,
    /// Whether any version on PATH will do.
    any_version: bool,
    options: &'static [&'static str],
    takes: &'static str,
}

/// Trunk, the last release that the project's Rust version can build.
pub(crate) fn trunk() -> Tool {
    Tool {
        name: "Trunk",
        package: "trunk",
        program: "trunk",
        version: "0.21.14".to_owned(),
        any_version: false,
        options: &["--locked", "--no-default-features", "--features", "rustls"],
        takes: "about three minutes",
    }
}

/// wasm-bindgen, exactly in the version of the library in Cargo.lock: the two speak an internal format.
/// Its own lock file is not used, because it names a release that registries no longer have.
pub(crate) fn wasm_bindgen() -> Result<Tool> {
    let path = workspace::root().join("Cargo.lock");
    let lock = fs::read_to_string(&path).map_err(Error::file("read", &path))?;
    let version = locked_version(&lock, "wasm-bindgen").ok_or(Error::Unexpected {
        what: "wasm-bindgen in Cargo.lock".to_owned(),
        advice: "run `cargo update --workspace`",
    })?;
    Ok(Tool {
        name: "wasm-bindgen",
        package: "wasm-bindgen-cli",
        program: "wasm-bindgen",
        version: version.to_owned(),
        any_version: false,
        options: &[],
        takes: "about a minute",
    })
}

/// cargo-nextest, the runner of the Rust tests.
pub(crate) fn nextest() -> Tool {
    Tool {
        name: "cargo-nextest",
        package: "cargo-nextest",
        program: "cargo-nextest",
        version: "0.9.143".to_owned(),
        any_version: true,
        options: &["--locked"],
        takes: "about three minutes",
    }
}

/// cargo-deny, which checks what the packages are and where they come from.
pub(crate) fn deny() -> Tool {
    Tool {
        name: "cargo-deny",
        package: "cargo-deny",
        program: "cargo-deny",
        version: "0.20.2".to_owned(),
        any_version: true,
        options: &["--locked"],
        takes: "about two minutes",
    }
}

/// The folder to put first on PATH to have the tool, or `None` when PATH has it already.
pub(crate) fn ensure(tool: &Tool) -> Result<Option<PathBuf>> {
    if tool.is_on_path() {
        return Ok(None);
    }
    let name = format!("{}-{}", tool.program, tool.version);
    let place = cache::kept(&cache::folder()?, &name, |root| tool.install(root))?;
    Ok(Some(place.join("bin")))
}

impl Tool {
    fn is_on_path(&self) -> bool {
        command::answer(Command::new(self.program).arg("--version"))
            .is_some_and(|said| self.any_version || said.split_whitespace().nth(1) == Some(&self.version))
    }

    fn install(&self, root: &Path) -> Result<()> {
        say(format_args!("installing {} {} ({}, once)", self.name, self.version, self.takes));
        let mut install = command::program("cargo");
        install
            .args(["install", self.package, "--quiet", "--debug", "--version", &self.version])
            .args(self.options)
            .arg("--root")
            .arg(root)
            .env("CARGO_PROFILE_DEV_DEBUG", "0")
            .env_remove("CARGO_TARGET_DIR")
            .env_remove("CARGO_BUILD_TARGET");
        command::succeed(&mut install, &format!("Installing {} {}", self.name, self.version))
    }
}

/// The version of a package in the text of a Cargo.lock.
fn locked_version<'a>(lock: &'a str, package: &str) -> Option<&'a str> {
    let (_, entry) = lock.split_once(&format!("name = \"{package}\"\nversion = \""))?;
    entry.split('"').next()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_version_is_that_of_the_package_and_not_of_one_with_a_longer_name() {
        let lock = "[[package]]\nname = \"wasm-bindgen-macro\"\nversion = \"9.9.9\"\n\n\
                    [[package]]\nname = \"wasm-bindgen\"\nversion = \"0.2.130\"\nsource = \"…\"\n";
        assert_eq!(locked_version(lock, "wasm-bindgen"), Some("0.2.130"));
        assert_eq!(locked_version(lock, "leptos"), None);
    }
}
