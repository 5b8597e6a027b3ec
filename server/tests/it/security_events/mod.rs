//! Applications are told of changes by Security Event Tokens: until they take them, whichever node dies, and with nothing
//! in them that they did not know.

mod receiver;
mod settings;
mod telling;

use std::process::Command;

use tempfile::TempDir;

/// Where the key of a server is, as its guide makes one.
pub(crate) fn key_file(folder: &TempDir) -> String {
    let path = folder.path().join("events.pem");
    let options = ["genpkey", "-algorithm", "EC", "-pkeyopt", "ec_paramgen_curve:P-256", "-out"];
    let output = Command::new("openssl").args(options).arg(&path).output();
    assert!(output.expect("openssl, of the system's packages").status.success());
    path.to_str().expect("a text").to_owned()
}
