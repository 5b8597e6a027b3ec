//! An nginx for the tests of what stands behind one. The tests start it themselves; the system does not, so it is not
//! installed but unpacked.

use std::{
    path::{Path, PathBuf},
    process::Command,
};

use super::{debian, programs};
use crate::{
    command,
    error::{Error, Result},
};

/// Gives an nginx that can be started.
pub(crate) fn ensure() -> Result<PathBuf> {
    // Where systems have it, and people have no PATH to.
    let installed = programs::on_path(&["nginx"]).unwrap_or_else(|| PathBuf::from("/usr/sbin/nginx"));
    if runs(&installed) {
        return Ok(installed);
    }
    let unpacked = debian::unpack("nginx", "nginx")?.map(|folder| folder.join("usr/sbin/nginx"));
    unpacked.filter(|program| runs(program)).ok_or(Error::Missing {
        what: "nginx",
        advice: "install it with the packages of your system (nginx)",
    })
}

fn runs(program: &Path) -> bool {
    command::answer(Command::new(program).arg("-v")).is_some()
}
