//! Lets cargo see when the client was built anew, since a release has the files of `/dist` inside; and tells the program from
//! which commit it was built: by the variable `CONTACT_CHANGE_COMMIT` where there is no checkout (in a container), else by git.

use std::{env, fs, path::Path, process::Command};

fn main() {
    let dist = Path::new("../dist");
    // Cargo watches only what is there. If it cannot be made, the server is built without a client.
    let _ = fs::create_dir_all(dist);
    // One that is built for work on it reads them when it starts.
    if env::var("PROFILE").is_ok_and(|profile| profile == "release") {
        println!("cargo::rerun-if-changed={}", dist.display());
    }

    println!("cargo::rerun-if-env-changed=CONTACT_CHANGE_COMMIT");
    // Every commit, and every change of the branch, writes a line here.
    let log = Path::new("../.git/logs/HEAD");
    if log.exists() {
        println!("cargo::rerun-if-changed={}", log.display());
    }
    let given = env::var("CONTACT_CHANGE_COMMIT").ok().filter(|commit| !commit.is_empty());
    let commit = given.or_else(from_git).unwrap_or_else(|| "unknown".to_owned());
    println!("cargo::rustc-env=COMMIT={commit}");
}

fn from_git() -> Option<String> {
    let output = Command::new("git").args(["rev-parse", "--short=12", "HEAD"]).output().ok()?;
    let commit = String::from_utf8(output.stdout).ok()?;
    output.status.success().then(|| commit.trim().to_owned())
}
