//! The sandbox identity service as a program.

use clap::Parser;
use sandbox::{Dialect, Limits, Settings, start};
use std::fs;
use std::io::{self, Write as _};
use std::path::{Path, PathBuf};
use std::process::ExitCode;
use tokio::signal::unix::{SignalKind, signal};
use tracing_subscriber::EnvFilter;
use url::Url;

/// A sandbox identity service for development, evaluation and tests. It listens on this machine only.
#[derive(Debug, Parser)]
#[command(version)]
struct Arguments {
    /// The port on the loopback addresses; 0 takes a free one
    #[arg(long, env = "SANDBOX_PORT", default_value_t = 3001)]
    port: u16,
    /// The address people and clients use, and the issuer of sign-ins; without it localhost with the port
    #[arg(long, env = "SANDBOX_PUBLIC_URL")]
    public_url: Option<Url>,
    /// A mail catcher, host:port, that receives the emails as well
    #[arg(long, env = "SANDBOX_SMTP")]
    smtp: Option<String>,
    /// How long a code works, in seconds
    #[arg(long, default_value_t = Limits::default().code_lifetime_seconds)]
    code_lifetime: u32,
    /// Code messages to one address or number in 24 hours
    #[arg(long, default_value_t = Limits::default().per_address)]
    per_address: u32,
    /// Code messages to one user in 24 hours
    #[arg(long, default_value_t = Limits::default().per_user)]
    per_user: u32,
    /// How many people there are besides those of the sign-in page, all alike: 5b0000000000000000000001 and so on
    #[arg(long, default_value_t = 0)]
    people: u32,
    /// The host in the last line of a code message
    #[arg(long, default_value = "localhost")]
    code_host: String,
    /// How long a token of an API client works, in seconds
    #[arg(long, default_value_t = Settings::default().api_token_lifetime)]
    api_token_lifetime: u32,
    /// Seconds that the access token of a person works.
    #[arg(long, default_value_t = Settings::default().token_lifetime)]
    token_lifetime: u32,
    /// Seconds that a refresh token works that is not used.
    #[arg(long, default_value_t = Settings::default().refresh_token_lifetime)]
    refresh_token_lifetime: u32,
    /// A file, TOML, that says what this service calls things: paths, members, statuses
    #[arg(long)]
    dialect: Option<PathBuf>,
    /// Where the application is told of sign-outs
    #[arg(long)]
    backchannel_logout_uri: Option<Url>,
    /// Origins, with spaces between, whose pages may show the sign-in page in a frame
    #[arg(long, env = "SANDBOX_FRAMED_BY", value_delimiter = ' ')]
    framed_by: Vec<Url>,
}

#[tokio::main(flavor = "current_thread")]
async fn main() -> ExitCode {
    let filter = EnvFilter::try_from_default_env().unwrap_or_else(|_| EnvFilter::new("info"));
    tracing_subscriber::fmt().with_env_filter(filter).with_writer(io::stderr).init();
    let arguments = Arguments::parse();
    let port = arguments.port;
    match run(arguments).await {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) if error.kind() == io::ErrorKind::AddrInUse => {
            eprintln!("Port {port} is taken: end the program that uses it, or choose another with --port.");
            ExitCode::FAILURE
        }
        Err(error) => {
            eprintln!("The sandbox could not start: {error}");
            ExitCode::FAILURE
        }
    }
}

async fn run(arguments: Arguments) -> io::Result<()> {
    let mut terminate = signal(SignalKind::terminate())?;
    let running = start(settings(arguments)?).await?;
    writeln!(io::stdout(), "sandbox listening on {}", running.url().as_str().trim_end_matches('/'))?;
    tokio::select! {
        interrupted = tokio::signal::ctrl_c() => interrupted?,
        _ = terminate.recv() => {}
    }
    running.shutdown().await;
    Ok(())
}

fn settings(arguments: Arguments) -> io::Result<Settings> {
    let dialect = arguments.dialect.as_deref().map(read_dialect).transpose()?;
    let mut settings = Settings {
        port: arguments.port,
        public_url: arguments.public_url,
        smtp: arguments.smtp,
        code_host: arguments.code_host,
        people: arguments.people,
        limits: Limits {
            code_lifetime_seconds: arguments.code_lifetime,
            per_address: arguments.per_address,
            per_user: arguments.per_user,
            ..Limits::default()
        },
        api_token_lifetime: arguments.api_token_lifetime,
        token_lifetime: arguments.token_lifetime,
        refresh_token_lifetime: arguments.refresh_token_lifetime,
        dialect: dialect.unwrap_or_default(),
        ..Settings::default()
    };
    for client in &mut settings.clients {
        client.backchannel_logout_uri.clone_from(&arguments.backchannel_logout_uri);
        client.framed_by = arguments.framed_by.iter().map(|url| url.origin().ascii_serialization()).collect();
    }
    Ok(settings)
}

fn read_dialect(path: &Path) -> io::Result<Dialect> {
    let told = |problem: String| io::Error::other(format!("the dialect {}: {problem}", path.display()));
    let text = fs::read_to_string(path).map_err(|error| told(error.to_string()))?;
    Dialect::parse(&text).map_err(told)
}
