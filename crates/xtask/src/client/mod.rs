//! The browser's side: Trunk's bundle and the style sheet, under hashed names, compressed, in `/dist`.
//!
//! The server takes its files from that folder, a release when it is built and any other build when it starts, and learns the names from
//! `manifest.json`. Nothing is built again while
//! nothing that goes into it has changed; a change of style alone leaves the browser's part as it is.

mod bundle;
mod compress;
mod fingerprint;
mod style;

pub(crate) use bundle::path_with;

use bundle::Bundle;
use fingerprint::Fingerprint;

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

/// Builds into `/dist` what has changed of the client: the browser's part, the style sheet, or both.
pub(crate) fn build(profile: Profile) -> Result<()> {
    let code = Fingerprint::of_code(workspace::root(), profile)?;
    if !code.is_kept() {
        let toolchain = wasm::ensure()?;
        let tools = [tool::ensure(&tool::wasm_bindgen()?)?, tool::ensure(&tool::trunk())?];
        say(format_args!("building the client ({})", profile.cargo_profile()));
        // Trunk empties the folder, so the style sheet is made after it in any case.
        let Bundle { script, wasm } = bundle::build(profile, toolchain, tools.into_iter().flatten())?;
        compress::copies(&[script, wasm], profile)?;
        code.keep()?;
    }
    let style = Fingerprint::of_style(workspace::root(), profile)?;
    if !style.is_kept() {
        style.forget()?;
        let Bundle { script, wasm } = bundle::find()?;
        let sheet = style::build()?;
        compress::copies(std::slice::from_ref(&sheet), profile)?;
        let path = workspace::dist().join("manifest.json");
        let manifest = json!({ "script": script, "wasm": wasm, "style": sheet });
        fs::write(&path, format!("{manifest:#}\n")).map_err(Error::file("written", &path))?;
        style.keep()?;
    }
    Ok(())
}
