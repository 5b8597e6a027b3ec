//! Trunk's part: the app crate as WebAssembly and the script that loads it.

use std::{
    env,
    ffi::OsString,
    fs,
    path::{Path, PathBuf},
};

use super::Profile;
use crate::{
    command,
    error::{Error, Result},
    setup::wasm::Toolchain,
    workspace,
};

/// The names of the two files in `/dist`.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Bundle {
    pub(super) script: String,
    pub(super) wasm: String,
}

/// Runs Trunk, which empties `/dist` and writes the bundle there; `tools` come first on PATH.
pub(super) fn build(
    profile: Profile,
    toolchain: Toolchain,
    tools: impl Iterator<Item = PathBuf>,
) -> Result<Bundle> {
    let mut trunk = command::program("trunk");
    trunk
        .args(["build", "--skip-version-check", "--cargo-profile", profile.cargo_profile()])
        .env("PATH", path_with(tools))
        // Trunk reads its own meaning into this variable and refuses the usual value, 1.
        .env_remove("NO_COLOR");
    if profile == Profile::Shipped {
        trunk.arg("--release");
    }
    toolchain.apply(&mut trunk);
    command::succeed(&mut trunk, "Building the client")?;

    // The server renders the pages; Trunk's own would only be a second one.
    let page = workspace::dist().join("index.html");
    fs::remove_file(&page).map_err(Error::file("removed", &page))?;
    find()
}

/// Gives the bundle that is in `/dist`.
pub(super) fn find() -> Result<Bundle> {
    among(&names_in(&workspace::dist())?)
}

/// The folders of our tools before those of PATH.
pub(crate) fn path_with(folders: impl Iterator<Item = PathBuf>) -> OsString {
    let path = env::var_os("PATH").unwrap_or_default();
    let all = folders.chain(env::split_paths(&path).collect::<Vec<_>>());
    env::join_paths(all).unwrap_or(path.clone())
}

fn names_in(folder: &Path) -> Result<Vec<String>> {
    let entries = fs::read_dir(folder).map_err(Error::file("read", folder))?;
    Ok(entries.flatten().map(|entry| entry.file_name().to_string_lossy().into_owned()).collect())
}

/// The bundle among the names of the files that Trunk wrote: one script and the module of the same hash.
fn among(names: &[String]) -> Result<Bundle> {
    names
        .iter()
        .find_map(|script| {
            let wasm = format!("{}_bg.wasm", script.strip_suffix(".js")?);
            names.contains(&wasm).then(|| Bundle { script: script.clone(), wasm })
        })
        .ok_or_else(|| Error::Unexpected {
            what: "A script with its WebAssembly module in dist".to_owned(),
            advice: "compare Trunk.toml and app/index.html with Trunk's documentation",
        })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_bundle_is_the_script_that_has_a_module_of_the_same_hash() {
        let names = ["app-1a2b_bg.wasm", "other.js", "app-1a2b.js"].map(str::to_owned);
        let expected = Bundle { script: "app-1a2b.js".to_owned(), wasm: "app-1a2b_bg.wasm".to_owned() };
        assert_eq!(among(&names).unwrap(), expected);
    }

    #[test]
    fn a_script_alone_is_no_bundle() {
        assert!(among(&["app-1a2b.js".to_owned()]).is_err());
    }
}
