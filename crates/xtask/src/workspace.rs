//! Where things are.

use std::{
    fs,
    path::{Path, PathBuf},
};

use crate::{
    command,
    error::{Error, Result},
};

/// The workspace's root folder.
pub(crate) fn root() -> &'static Path {
    let here = Path::new(env!("CARGO_MANIFEST_DIR"));
    here.ancestors().nth(2).unwrap_or(here)
}

/// The folder that the server takes its files from: the browser's files under hashed names.
pub(crate) fn dist() -> PathBuf {
    root().join("dist")
}

/// Cargo's target folder, asked from cargo because configuration can move it.
pub(crate) fn target() -> Result<PathBuf> {
    let metadata = command::answer(command::program("cargo").args([
        "metadata",
        "--no-deps",
        "--offline",
        "--format-version=1",
    ]));
    metadata
        .and_then(|text| serde_json::from_str::<serde_json::Value>(&text).ok())
        .and_then(|metadata| metadata["target_directory"].as_str().map(PathBuf::from))
        .ok_or(Error::Unexpected {
            what: "The target folder in the answer of `cargo metadata`".to_owned(),
            advice: "run `cargo metadata` to see why",
        })
}

/// The native programs of a build, from Cargo's target folder and `--release` or not.
pub(crate) struct Binaries {
    pub(crate) app: PathBuf,
    pub(crate) sandbox: PathBuf,
}

/// Builds the server and the sandbox. A release has the client inside, so the client is built before.
pub(crate) fn build_binaries(release: bool) -> Result<Binaries> {
    let mut build = command::program("cargo");
    build.args(["build", "--package", "contact-change", "--package", "sandbox"]);
    if release {
        build.arg("--release");
    }
    command::succeed(&mut build, "Building the server and the sandbox")?;
    let folder = target()?.join(if release { "release" } else { "debug" });
    Ok(Binaries { app: folder.join("contact-change"), sandbox: folder.join("sandbox") })
}

/// Builds one of a package's examples, and gives it.
pub(crate) fn build_example(package: &str, name: &str, release: bool) -> Result<PathBuf> {
    let mut build = command::program("cargo");
    build.args(["build", "--package", package, "--example", name]);
    if release {
        build.arg("--release");
    }
    command::succeed(&mut build, "Building an example")?;
    let folder = target()?.join(if release { "release" } else { "debug" });
    Ok(folder.join("examples").join(name))
}

/// Every file below a folder, sorted by path. A folder that does not exist has none.
pub(crate) fn files_below(folder: &Path) -> Result<Vec<PathBuf>> {
    let mut files = Vec::new();
    let mut folders = vec![folder.to_owned()];
    while let Some(folder) = folders.pop() {
        if !folder.is_dir() {
            continue;
        }
        for entry in fs::read_dir(&folder).map_err(Error::file("read", &folder))? {
            let path = entry.map_err(Error::file("read", &folder))?.path();
            if path.is_dir() {
                folders.push(path);
            } else {
                files.push(path);
            }
        }
    }
    files.sort();
    Ok(files)
}
