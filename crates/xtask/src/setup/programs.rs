//! Programs that are on the machine already.

use std::{
    env,
    path::{Path, PathBuf},
};

/// The first program on PATH that has one of these names.
pub(crate) fn on_path(names: &[&str]) -> Option<PathBuf> {
    let path = env::var_os("PATH").unwrap_or_default();
    let places = names.iter().flat_map(|name| env::split_paths(&path).map(move |folder| folder.join(name)));
    places.into_iter().find(|program| is_one(program))
}

/// Whether a file may be run.
pub(crate) fn is_one(path: &Path) -> bool {
    use std::os::unix::fs::PermissionsExt;
    path.metadata().is_ok_and(|file| file.is_file() && file.permissions().mode() & 0o111 != 0)
}
