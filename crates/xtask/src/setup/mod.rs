//! Everything that has to be on the machine before a build or a test, set up when it is missing.

pub(crate) mod cache;
pub(crate) mod chromium;
mod debian;
pub(crate) mod linters;
pub(crate) mod machine;
pub(crate) mod nginx;
pub(crate) mod node;
mod programs;
pub(crate) mod prometheus;
pub(crate) mod redis;
pub(crate) mod systemd;
pub(crate) mod tool;
pub(crate) mod wasm;
pub(crate) mod wrk;

/// Tells a step of the set-up in one line.
pub(crate) fn say(step: impl std::fmt::Display) {
    println!("setup: {step}");
}
