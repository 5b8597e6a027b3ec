//! The folder in which tools are kept by version, so that none is built twice.

use std::{
    env, fs,
    path::{Path, PathBuf},
    process,
};

use crate::error::{Error, Result};

/// Names another cache folder.
pub(crate) const VARIABLE: &str = "CONTACT_CHANGE_CACHE";

/// The cache folder: `CONTACT_CHANGE_CACHE`, or `contact-change` in the system's place for caches.
pub(crate) fn folder() -> Result<PathBuf> {
    let set = |variable| env::var_os(variable).filter(|value| !value.is_empty()).map(PathBuf::from);
    let system = if cfg!(target_os = "macos") { "Library/Caches" } else { ".cache" };
    set(VARIABLE)
        .or_else(|| set("XDG_CACHE_HOME").map(|caches| caches.join("contact-change")))
        .or_else(|| set("HOME").map(|home| home.join(system).join("contact-change")))
        .ok_or(Error::Missing {
            what: "A folder for caches",
            advice: "set HOME or CONTACT_CHANGE_CACHE to one that may be written",
        })
}

/// The folder of one tool in one version, filled by `install` if it is not there.
///
/// `install` gets a temporary folder that is renamed once it succeeded: an interrupted install never counts.
pub(crate) fn kept(folder: &Path, name: &str, install: impl FnOnce(&Path) -> Result<()>) -> Result<PathBuf> {
    let place = folder.join(name);
    if place.is_dir() {
        return Ok(place);
    }
    let temporary = folder.join(format!(".{name}.{}", process::id()));
    remove(&temporary)?;
    fs::create_dir_all(&temporary).map_err(Error::file("created", &temporary))?;
    let installed = install(&temporary);
    if let Err(error) = installed {
        remove(&temporary)?;
        return Err(error);
    }
    match fs::rename(&temporary, &place) {
        Ok(()) => Ok(place),
        // Another run was faster; its install is as good.
        Err(_) if place.is_dir() => remove(&temporary).map(|()| place),
        Err(source) => Err(Error::File { action: "renamed", path: temporary, source }),
    }
}

fn remove(folder: &Path) -> Result<()> {
    if folder.exists() { fs::remove_dir_all(folder).map_err(Error::file("removed", folder)) } else { Ok(()) }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn scratch(name: &str) -> PathBuf {
        let folder = env::temp_dir().join(format!("contact-change-{name}-{}", process::id()));
        remove(&folder).unwrap();
        folder
    }

    #[test]
    fn a_tool_is_installed_once() {
        let folder = scratch("once");
        let mut installs = 0;
        for _ in 0..2 {
            kept(&folder, "tool-1", |_| {
                installs += 1;
                Ok(())
            })
            .unwrap();
        }
        assert_eq!(installs, 1);
        remove(&folder).unwrap();
    }

    #[test]
    fn an_install_that_failed_does_not_count() {
        let folder = scratch("failed");
        assert!(kept(&folder, "tool-1", |_| Err(Error::Interrupted)).is_err());
        assert!(!folder.join("tool-1").exists());
        assert!(kept(&folder, "tool-1", |_| Ok(())).unwrap().is_dir());
        remove(&folder).unwrap();
    }
}
