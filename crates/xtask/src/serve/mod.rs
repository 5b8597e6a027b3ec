//! `cargo xtask serve`: the app and the sandbox identity service, from a fresh clone to two open addresses.

mod port;
mod ready;

use std::{process::Command, thread, time::Duration};

use clap::Args;

use crate::{
    client::{self, Profile},
    error::{Error, Result},
    process::{self, Process},
    setup::cache,
    workspace,
};

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

    let app_address = format!("http://localhost:{}", options.app_port);
    let sandbox_address = format!("http://localhost:{}", options.sandbox_port);
    let mut sandbox = Process::start(
        Command::new(&binaries.sandbox)
            .current_dir(workspace::root())
            .args(["--port", &options.sandbox_port.to_string()]),
    )?;
    ready::wait(&mut sandbox, "The sandbox", options.sandbox_port, "/.well-known/openid-configuration")?;
    let mut app = Process::start(
        Command::new(&binaries.app)
            .current_dir(workspace::root())
            // This one is ours; the app refuses a setting that it does not know.
            .env_remove(cache::VARIABLE)
            .envs(configuration(options.app_port, &app_address, &sandbox_address)),
    )?;
    ready::wait(&mut app, "The app", options.app_port, "/healthz")?;

    println!();
    println!("  App           {app_address}");
    println!("  Sign in       {app_address}/email (choose a person; there are no passwords)");
    println!("  Messages      {sandbox_address}/outbox (the codes arrive here)");
    println!("  Identity      {sandbox_address} (the sandbox)");
    println!("\nCtrl-C ends both.");
    watch(&mut app, &mut sandbox)
}

/// What the app has to know to work with the sandbox, as environment variables.
fn configuration(port: u16, app: &str, sandbox: &str) -> [(&'static str, String); 8] {
    [
        ("CONTACT_CHANGE_LISTEN", format!("127.0.0.1:{port}")),
        ("CONTACT_CHANGE_PUBLIC_URL", app.to_owned()),
        ("CONTACT_CHANGE_PROVIDER__ISSUER", sandbox.to_owned()),
        ("CONTACT_CHANGE_PROVIDER__CLIENT_ID", "contact-change".to_owned()),
        ("CONTACT_CHANGE_PROVIDER__CLIENT_SECRET", "contact-change-secret".to_owned()),
        ("CONTACT_CHANGE_SERVICE__BASE_URL", sandbox.to_owned()),
        ("CONTACT_CHANGE_SERVICE__CLIENT_ID", "contact-change-api".to_owned()),
        ("CONTACT_CHANGE_SERVICE__CLIENT_SECRET", "contact-change-api-secret".to_owned()),
    ]
}

/// Waits for the person (who ends it well) or for one of the two to end by itself (which is a failure).
fn watch(app: &mut Process, sandbox: &mut Process) -> Result<()> {
    loop {
        if process::not_interrupted().is_err() {
            println!("\nEnding both.");
            return Ok(());
        }
        for (what, process) in [("The app", &mut *app), ("The sandbox", &mut *sandbox)] {
            if let Some(status) = process.ended() {
                // Ctrl-C may have reached it a moment before us.
                return process::not_interrupted().and(Err(Error::Ended { what, status }));
            }
        }
        thread::sleep(Duration::from_millis(100));
    }
}
