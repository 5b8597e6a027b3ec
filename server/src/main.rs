//! The program: reads the configuration, listens, and ends when it is told to.

mod signals;

use std::{
    io::{self, Write as _},
    net::SocketAddr,
    path::PathBuf,
    process::ExitCode,
};

use clap::{Parser, Subcommand};
use identity::Subject;
use server::{
    Assets, Site, Tracer, check,
    config::{Settings, Web, reference},
};
use tokio::net::TcpListener;

/// The version, and the commit that it was built from.
const VERSION: &str = concat!(env!("CARGO_PKG_VERSION"), " (", env!("COMMIT"), ")");

/// Lets people change their email address or mobile number at the identity service.
#[derive(Parser)]
#[command(version = VERSION)]
struct Arguments {
    /// The configuration, a TOML file; docs/configure.md lists what can stand in it.
    #[arg(long, global = true, value_name = "FILE", env = "CONTACT_CHANGE_CONFIG")]
    config: Option<PathBuf>,
    #[command(subcommand)]
    command: Option<Command>,
}

/// What to do instead of serving.
#[derive(Subcommand)]
enum Command {
    /// Print what can be set.
    #[command(subcommand)]
    Config(Print),
    /// Check the configuration against the provider, the service and the store; changes nothing, and sends nothing to
    /// anybody. Ends with 0 if all is well, 2 if there are warnings, 1 if something will not work.
    Check {
        /// Print a JSON list for machines.
        #[arg(long)]
        json: bool,
        /// The id of somebody at the service whose account may be read.
        #[arg(long, value_name = "ID")]
        user: Option<String>,
        /// Where the service has its `OpenAPI` document.
        #[arg(long, value_name = "PATH", default_value = "/apidoc/openapi.json")]
        reference: String,
    },
    /// Print the name that the audit lines have for a contact, to find its case by.
    AuditHash {
        /// An email address, or a mobile number; with --subject the id of a person.
        contact: String,
        /// It is the id of a person at the identity service.
        #[arg(long)]
        subject: bool,
    },
}

#[derive(Subcommand)]
enum Print {
    /// A configuration file in which everything stands, with its default.
    Example,
    /// The JSON schema of the configuration file, for editors.
    Schema,
}

#[tokio::main]
async fn main() -> ExitCode {
    let arguments = Arguments::parse();
    let outcome = match arguments.command {
        None => serve(arguments.config).await,
        Some(Command::AuditHash { contact, subject }) => load(arguments.config).and_then(|settings| {
            print(&format!("{}\n", server::events::pseudonym(&settings, &contact, subject)?))
        }),
        Some(Command::Check { json, user, reference }) => {
            match check(arguments.config, json, user, reference).await {
                Ok(code) => return code,
                Err(problem) => Err(problem),
            }
        }
        Some(Command::Config(Print::Example)) => print(&reference::example()),
        Some(Command::Config(Print::Schema)) => print(&format!("{:#}\n", reference::schema())),
    };
    match outcome {
        Ok(()) => ExitCode::SUCCESS,
        Err(problem) => {
            eprintln!("contact-change: {problem}");
            ExitCode::FAILURE
        }
    }
}

/// Prints a text. Whoever reads it may have seen enough before its end.
fn print(text: &str) -> Result<(), String> {
    match io::stdout().write_all(text.as_bytes()) {
        Err(error) if error.kind() != io::ErrorKind::BrokenPipe => Err(error.to_string()),
        _ => Ok(()),
    }
}

fn load(file: Option<PathBuf>) -> Result<Settings, String> {
    Settings::load(file.as_deref(), std::env::vars_os()).map_err(|mistakes| mistakes.to_string())
}

async fn check(
    file: Option<PathBuf>,
    json: bool,
    user: Option<String>,
    reference: String,
) -> Result<ExitCode, String> {
    let user =
        user.map(|id| Subject::parse(&id)).transpose().map_err(|problem| format!("--user: {problem}"))?;
    let settings = load(file)?;
    let report = check::run(&settings, &check::Options { user, reference }).await;
    print(&if json { format!("{}\n", report.json()) } else { report.to_string() })?;
    Ok(ExitCode::from(report.exit_code()))
}

async fn serve(file: Option<PathBuf>) -> Result<(), String> {
    let settings = load(file.clone())?;
    let tracer = settings.traces.as_ref().map(Tracer::start).transpose();
    let tracer = tracer.map_err(|error| server::chain(&error))?;
    server::telemetry::start(&settings.telemetry);
    if let Some(address) = settings.metrics.listen {
        let began = server::metrics::listen(address, env!("CARGO_PKG_VERSION"), env!("COMMIT")).await;
        began.map_err(|error| server::chain(&error))?;
    }
    // Leptos renders on the runtime that is already there. A second call is refused, which changes nothing.
    let _ = any_spawner::Executor::init_tokio();

    let assets = Assets::built();
    tell(&settings, &assets);
    let site = Site::new(&settings, assets).map_err(|error| server::chain(&error))?;
    let router = server::router(site.clone()).map_err(|error| error.to_string())?;
    let listener =
        TcpListener::bind(settings.web.listen).await.map_err(|error| cannot_listen(&settings.web, &error))?;
    signals::reread_theme(site.clone(), move || load(file.clone()));
    let bound = listener.local_addr().map_err(|error| error.to_string())?;

    let known = site.clone();
    tokio::spawn(async move { known.keep_provider_known().await });
    println!("contact-change listening on {}", address(&settings.web, bound));
    let end = async {
        signals::told_to_end().await;
        site.end();
        tokio::time::sleep(settings.bounds.delay).await;
    };
    server::serve(listener, router, settings.bounds, end).await;
    site.settled(settings.bounds.shutdown).await;
    if let Some(tracer) = tracer {
        tracer.end().await;
    }
    Ok(())
}

/// Tells the operator what works in another way than they may expect.
fn tell(settings: &Settings, assets: &Assets) {
    if settings.audit.file.is_some() && !settings.audit.names_last(&settings.session) {
        tracing::warn!(
            "audit.secret is not set: after the next start the audit lines have other names for everybody"
        );
    }
    if settings.session.secret.is_none() {
        tracing::info!("session.secret is not set: a random one is used until the server ends");
    }
    if settings.store.is_in_the_open() {
        tracing::warn!(
            "store.url is plain redis to another machine: whoever is on the way can change what is kept"
        );
    }
    if !assets.are_there() {
        tracing::warn!("the client is not built: pages have no style and no script; run `cargo xtask build`");
    }
    let public_url = &settings.web.public_url;
    if !public_url.is_secure() && !public_url.origin().is_loopback() {
        tracing::warn!("public_url is plain http: whoever is on the way can read and change everything");
    }
}

/// Gives the address to open on this machine.
fn address(web: &Web, bound: SocketAddr) -> String {
    let origin = web.public_url.origin();
    if origin.is_loopback() {
        format!("http://{}:{}{}", origin.host(), bound.port(), web.public_url.base())
    } else {
        format!("http://{bound}")
    }
}

fn cannot_listen(web: &Web, error: &io::Error) -> String {
    let listen = web.listen;
    match error.kind() {
        io::ErrorKind::AddrInUse => format!(
            "port {} is taken; end the program that has it, or choose another one as `listen` (CONTACT_CHANGE_LISTEN)",
            listen.port()
        ),
        _ => format!(
            "cannot listen on {listen}: {error}; choose another address as `listen` (CONTACT_CHANGE_LISTEN)"
        ),
    }
}
