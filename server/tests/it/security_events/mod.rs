//! Applications are told of changes by Security Event Tokens: until they take them, whichever node dies, and with nothing
//! in them that they did not know.

mod ending;
mod receiver;
mod settings;
mod telling;

use std::{path::Path, process::Command};

use tempfile::TempDir;

pub(crate) use receiver::Receiver;

/// What the log says of an application that does not take what it is told, of one that did not for too long, of an event
/// that cannot be read here, of one that could not be for too long, and of an application that does again. docs/failures.md has what to do.
pub(crate) const NOT_TAKEN: &str = "an application does not take an event; it is told again";
pub(crate) const GIVEN_UP: &str =
    "an application did not take an event for too long; it is not told any more";
pub(crate) const SEALED: &str =
    "an event was sealed with a secret that this node does not have; it is put off";
pub(crate) const GONE: &str = "an event was sealed with a secret that is gone; it is not told";
pub(crate) const TAKEN_AGAIN: &str = "an application takes events again";

/// Where the key of a server is.
pub(crate) fn key_file(folder: &TempDir) -> String {
    let path = folder.path().join("events.pem");
    key_into(&path);
    path.to_str().expect("a text").to_owned()
}

/// Makes a key for a server, as its guide does.
pub(crate) fn key_into(path: &Path) {
    let options = ["genpkey", "-algorithm", "EC", "-pkeyopt", "ec_paramgen_curve:P-256", "-out"];
    let output = Command::new("openssl").args(options).arg(path).output();
    assert!(output.expect("openssl, of the system's packages").status.success());
}
