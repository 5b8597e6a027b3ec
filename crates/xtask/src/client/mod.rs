//! The browser's side: Trunk's bundle and the style sheet, under hashed names, compressed, in `/dist`.
//!
//! The server embeds that folder and reads `manifest.json` to learn the names. Nothing is built again while
//! nothing that goes in has changed.

mod bundle;
mod compress;
mod fingerprint;
mod style;

pub(crate) use bundle::path_with;

use std::fs;

use serde_json::json;

use crate::{
    error::{Error, Result},
    setup::{say, tool, wasm},
    workspace,
};

/// How the client is built: in seconds for work on it, or as small as it gets for people.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(crate) enum Profile {
    Development,
    Shipped,
}

impl Profile {
    /// Cargo's profile of that name in the workspace's Cargo.toml.
    fn cargo_profile(self) -> &'static str {
        match self {
            Self::Development => "client-dev",
            Self::Shipped => "client",
        }
    }
}

/// Builds the client into `/dist` if anything that goes into it has changed.
pub(crate) fn build(profile: Profile) -> Result<()> {
    let fingerprint = fingerprint::of_inputs(profile)?;
    if fingerprint::is_current(&fingerprint) {
        return Ok(());
    }
    let toolchain = wasm::ensure()?;
    let tools = [tool::ensure(&tool::wasm_bindgen()?)?, tool::ensure(&tool::trunk())?];
    say(format_args!("building the client ({})", profile.cargo_profile()));
    let bundle = bundle::build(profile, toolchain, tools.into_iter().flatten())?;
    let style = style::build()?;
    compress::all(profile)?;

    let path = workspace::dist().join("manifest.json");
    let manifest = json!({ "script": bundle.script, "wasm": bundle.wasm, "style": style });
    fs::write(&path, format!("{manifest:#}\n")).map_err(Error::file("written", &path))?;
    fingerprint::keep(&fingerprint)
}
