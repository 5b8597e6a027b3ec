//! The app and the sandbox identity service, started so that they find each other.

use std::{
    path::Path,
    process::{Command, Stdio},
};

use super::ready;
use crate::{
    error::Result,
    process::Process,
    setup::cache,
    workspace::{self, Binaries},
};

/// Both programs, running. Dropping them ends both.
pub(crate) struct Programs {
    pub(crate) app: Process,
    pub(crate) sandbox: Process,
}

/// Where what the programs say goes.
#[derive(Clone, Copy)]
pub(crate) enum Output {
    Shown,
    Hidden,
}

impl Output {
    fn of(self, program: &Path) -> Command {
        let mut command = Command::new(program);
        command.current_dir(workspace::root());
        if let Self::Hidden = self {
            command.stdout(Stdio::null()).stderr(Stdio::null());
        }
        command
    }
}

/// Starts both on these ports, and waits until both answer.
pub(crate) fn start(
    binaries: &Binaries,
    app_port: u16,
    sandbox_port: u16,
    output: Output,
) -> Result<Programs> {
    let mut sandbox =
        Process::start(output.of(&binaries.sandbox).args(["--port", &sandbox_port.to_string()]))?;
    ready::wait(&mut sandbox, "The sandbox", sandbox_port, "/.well-known/openid-configuration")?;
    let mut app = Process::start(
        output
            .of(&binaries.app)
            // This one is ours; the app refuses a setting that it does not know.
            .env_remove(cache::VARIABLE)
            .envs(configuration(app_port, sandbox_port)),
    )?;
    ready::wait(&mut app, "The app", app_port, "/healthz")?;
    Ok(Programs { app, sandbox })
}

/// The address of a port of this machine.
pub(crate) fn address(port: u16) -> String {
    format!("http://localhost:{port}")
}

/// The same credentials as a proxy would send them (RFC 7617).
pub(crate) const API_CREDENTIAL: &str = "Y29udGFjdC1jaGFuZ2UtYXBpOmNvbnRhY3QtY2hhbmdlLWFwaS1zZWNyZXQ=";

/// What the app has to know to work with the sandbox, as environment variables.
pub(crate) fn configuration(app_port: u16, sandbox_port: u16) -> [(&'static str, String); 8] {
    let (app, sandbox) = (address(app_port), address(sandbox_port));
    [
        ("CONTACT_CHANGE_LISTEN", format!("127.0.0.1:{app_port}")),
        ("CONTACT_CHANGE_PUBLIC_URL", app),
        ("CONTACT_CHANGE_PROVIDER__ISSUER", sandbox.clone()),
        ("CONTACT_CHANGE_PROVIDER__CLIENT_ID", "contact-change".to_owned()),
        ("CONTACT_CHANGE_PROVIDER__CLIENT_SECRET", "contact-change-secret".to_owned()),
        ("CONTACT_CHANGE_SERVICE__BASE_URL", sandbox),
        ("CONTACT_CHANGE_SERVICE__CLIENT_ID", "contact-change-api".to_owned()),
        ("CONTACT_CHANGE_SERVICE__CLIENT_SECRET", "contact-change-api-secret".to_owned()),
    ]
}
