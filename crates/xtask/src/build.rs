//! `cargo xtask build`: the programs, with the client inside.

use clap::Args;

use crate::{
    client::{self, Profile},
    error::Result,
    setup::say,
    workspace,
};

/// Build the app and the sandbox identity service
///
/// Sets up whatever is missing, as `serve` does.
#[derive(Args)]
pub(crate) struct Options {
    /// Build optimized, as for people, and with all its files inside: without it, the app reads them here when it starts
    #[arg(long)]
    release: bool,
}

/// Builds both programs, and says where they are.
pub(crate) fn run(options: &Options) -> Result<()> {
    client::build(if options.release { Profile::Shipped } else { Profile::Development })?;
    let binaries = workspace::build_binaries(options.release)?;
    say(format_args!("built {} and {}", binaries.app.display(), binaries.sandbox.display()));
    Ok(())
}
