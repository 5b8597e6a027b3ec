//! Lets cargo see when the client was built anew: the files of `/dist` are embedded.

use std::{fs, path::Path};

fn main() {
    let dist = Path::new("../dist");
    // Cargo watches only what is there. If it cannot be made, the server is built without a client.
    let _ = fs::create_dir_all(dist);
    println!("cargo::rerun-if-changed={}", dist.display());
}
