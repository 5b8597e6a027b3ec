//! `cargo xtask serve`: the app and the sandbox identity service, from a fresh clone to two open addresses.

pub(crate) mod port;
pub(crate) mod programs;
pub(crate) mod ready;

use std::{thread, time::Duration};

use clap::Args;

use crate::{
    client::{self, Profile},
    error::{Error, Result},
    process, workspace,
};

use self::programs::{Output, Programs};

/// Build and run the app together with the sandbox identity service, until Ctrl-C
///
/// Sets up whatever is missing: the Rust target for the browser, Trunk, wasm-bindgen. The first time takes some
/// minutes; tools are kept in the cache folder (`CONTACT_CHANGE_CACHE` moves it).
#[derive(Args)]
pub(crate) struct Options {
    /// Build optimized, as for people
    #[arg(long)]
    release: bool,
    /// Port of the app
    #[arg(long, default_value_t = 3000)]
    app_port: u16,
    /// Port of the sandbox identity service
    #[arg(long, default_value_t = 3001)]
    sandbox_port: u16,
}

/// Runs both programs until the person ends them or one of them ends.
pub(crate) fn run(options: &Options) -> Result<()> {
    if options.app_port == options.sandbox_port {
        return Err(Error::SamePort);
    }
    port::check_free(options.app_port, "--app-port")?;
    port::check_free(options.sandbox_port, "--sandbox-port")?;
    client::build(if options.release { Profile::Shipped } else { Profile::Development })?;
    let binaries = workspace::build_binaries(options.release)?;

    let mut programs = programs::start(&binaries, options.app_port, options.sandbox_port, Output::Shown)?;
    let app_address = programs::address(options.app_port);
    let sandbox_address = programs::address(options.sandbox_port);

    println!();
    println!("  App           {app_address}");
    println!("  Sign in       {app_address}/email (choose a person; there are no passwords)");
    println!("  Messages      {sandbox_address}/outbox (the codes arrive here)");
    println!("  Identity      {sandbox_address} (the sandbox)");
    println!("\nCtrl-C ends both.");
    watch(&mut programs)
}

/// Waits for the person (who ends it well) or for one of the two to end by itself (which is a failure).
fn watch(programs: &mut Programs) -> Result<()> {
    loop {
        if process::not_interrupted().is_err() {
            println!("\nEnding both.");
            return Ok(());
        }
        for (what, process) in [("The app", &mut programs.app), ("The sandbox", &mut programs.sandbox)] {
            if let Some(status) = process.ended() {
                // Ctrl-C may have reached it a moment before us.
                return process::not_interrupted().and(Err(Error::Ended { what, status }));
            }
        }
        thread::sleep(Duration::from_millis(100));
    }
}
