//! What can go wrong, each as one sentence that says what to do.

use std::{io, path::PathBuf};

/// The outcome of a step.
pub(crate) type Result<T> = std::result::Result<T, Error>;

/// A failure of a step; its text is meant for the person at the terminal.
#[derive(Debug, thiserror::Error)]
pub(crate) enum Error {
    #[error("Port {port} is taken; choose another with {option}.")]
    PortTaken { port: u16, option: &'static str },
    #[error("Port {port} cannot be used ({source}); choose another with {option}.")]
    PortRefused { port: u16, option: &'static str, source: io::Error },
    #[error("The app and the sandbox need two ports; choose another with --app-port or --sandbox-port.")]
    SamePort,
    #[error("{what} is missing; {advice}.")]
    Missing { what: &'static str, advice: &'static str },
    #[error(
        "The package registry could not be reached ({what}); check the network or the proxy settings and run \
         the same command again."
    )]
    Registry { what: String },
    #[error("{what} failed; the reason stands above.")]
    Failed { what: String },
    #[error("`{program}` could not be started ({source}); install it or put it on PATH.")]
    Start { program: String, source: io::Error },
    #[error("{what} was expected and not found; {advice}.")]
    Unexpected { what: String, advice: &'static str },
    #[error("{} could not be {action} ({source}); check its permissions and the free space.", path.display())]
    File { action: &'static str, path: PathBuf, source: io::Error },
    #[error("{} is not listed in style/order.txt; add it where it belongs.", file)]
    StyleNotListed { file: String },
    #[error("{what} ended by itself ({status}); the reason stands above.")]
    Ended { what: &'static str, status: std::process::ExitStatus },
    #[error("{what} did not answer on {address} within half a minute; the reason may stand above.")]
    Silent { what: &'static str, address: String },
    #[error("Interrupted.")]
    Interrupted,
}

impl Error {
    /// For `map_err`: a failed file operation, told with its path.
    pub(crate) fn file(action: &'static str, path: impl Into<PathBuf>) -> impl FnOnce(io::Error) -> Self {
        let path = path.into();
        move |source| Self::File { action, path, source }
    }
}
