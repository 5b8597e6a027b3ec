//! Running other programs: in a clean environment, with their output shown as it comes.

use std::{
    env,
    ffi::OsStr,
    io::{self, IsTerminal, Read, Write},
    process::{Command, ExitStatus, Stdio},
    thread,
};

use crate::{
    error::{Error, Result},
    process::{self, Process},
    workspace,
};

/// A command in the workspace's root, without what `cargo run` set for us and would confuse another cargo.
pub(crate) fn program(name: impl AsRef<OsStr>) -> Command {
    let mut command = Command::new(name);
    command.current_dir(workspace::root());
    for (variable, _) in env::vars_os() {
        if variable.to_str().is_some_and(set_by_cargo_run) {
            command.env_remove(variable);
        }
    }
    command
}

/// Whether `cargo run` sets this variable for the program that it runs.
fn set_by_cargo_run(variable: &str) -> bool {
    matches!(variable, "CARGO" | "CARGO_BIN_NAME" | "CARGO_CRATE_NAME" | "CARGO_PRIMARY_PACKAGE" | "OUT_DIR")
        || variable.starts_with("CARGO_PKG_")
        || variable.starts_with("CARGO_MANIFEST_")
}

/// Runs a command to its end, its output going where ours goes.
pub(crate) fn stream(command: &mut Command) -> Result<ExitStatus> {
    Process::start(command)?.wait()
}

/// Which output of a command is wanted as text besides being shown.
pub(crate) enum Listen {
    Output,
    Errors,
}

/// Runs a command to its end, shows its output as it comes, and gives one of its outputs as text.
pub(crate) fn tee(command: &mut Command, listen: &Listen) -> Result<(ExitStatus, String)> {
    if io::stderr().is_terminal() && env::var_os("CARGO_TERM_COLOR").is_none() {
        command.env("CARGO_TERM_COLOR", "always");
    }
    match listen {
        Listen::Output => command.stdout(Stdio::piped()),
        Listen::Errors => command.stderr(Stdio::piped()),
    };
    let mut process = Process::start(command)?;
    let child = process.child();
    let reader = match listen {
        Listen::Output => child.stdout.take().map(|pipe| thread::spawn(|| copy(pipe, io::stdout()))),
        Listen::Errors => child.stderr.take().map(|pipe| thread::spawn(|| copy(pipe, io::stderr()))),
    };
    let status = process.wait()?;
    let text = reader.and_then(|reader| reader.join().ok()).unwrap_or_default();
    Ok((status, text))
}

/// Shows all that comes through a pipe and keeps it. When it cannot be shown any more it is still read, so that
/// the command does not hang.
fn copy(mut pipe: impl Read, mut shown: impl Write) -> String {
    let mut kept = Vec::new();
    let mut chunk = [0; 4096];
    while let Ok(length @ 1..) = pipe.read(&mut chunk) {
        let part = chunk.get(..length).unwrap_or_default();
        kept.extend_from_slice(part);
        drop(shown.write_all(part).and_then(|()| shown.flush()));
    }
    String::from_utf8_lossy(&kept).into_owned()
}

/// Runs a command that has to succeed.
///
/// `what` names it for the person, such as "Installing Trunk"; a failure that is the network's is told as such.
pub(crate) fn succeed(command: &mut Command, what: &str) -> Result<()> {
    let (status, errors) = tee(command, &Listen::Errors)?;
    if status.success() {
        Ok(())
    } else if is_about_the_network(&errors) {
        Err(Error::Registry { what: what.to_owned() })
    } else {
        Err(Error::Failed { what: what.to_owned() })
    }
}

/// What a quick command answers on standard output, or `None` when it is missing or fails.
pub(crate) fn answer(command: &mut Command) -> Option<String> {
    process::not_interrupted().ok()?;
    let output = command.stdin(Stdio::null()).stderr(Stdio::null()).output().ok()?;
    output.status.success().then(|| String::from_utf8_lossy(&output.stdout).trim().to_owned())
}

/// Whether the errors of cargo, npm or apt say that a registry could not be reached.
fn is_about_the_network(errors: &str) -> bool {
    const SIGNS: [&str; 18] = [
        "could not resolve host",
        "couldn't resolve host",
        "could not connect",
        "couldn't connect",
        "failed to connect",
        "unable to connect to",
        "failed to fetch",
        "could not download file",
        "temporary failure resolving",
        "temporary failure in name resolution",
        "spurious network error",
        "failed to download from",
        "download of config.json failed",
        "unable to update registry",
        "code enotfound",
        "code eai_again",
        "code econn",
        "network etimedout",
    ];
    let errors = errors.to_lowercase();
    SIGNS.iter().any(|sign| errors.contains(sign))
}

#[cfg(test)]
mod tests {
    use rstest::rstest;

    use super::*;

    #[rstest]
    #[case("error: failed to download from `https://…`\n[6] Could not resolve hostname", true)]
    #[case("npm error code EAI_AGAIN\nnpm error syscall getaddrinfo", true)]
    #[case("error: download of config.json failed", true)]
    #[case("E: Failed to fetch … Temporary failure resolving 'deb…'", true)]
    #[case("error[E0425]: cannot find value `connect` in this scope", false)]
    fn an_unreachable_registry_is_told_from_code_that_does_not_compile(#[case] said: &str, #[case] is: bool) {
        assert_eq!(is_about_the_network(said), is);
    }

    #[test]
    fn what_cargo_run_sets_is_kept_from_children_and_what_a_person_sets_is_not() {
        assert!(["CARGO", "CARGO_PKG_NAME", "CARGO_MANIFEST_DIR"].into_iter().all(set_by_cargo_run));
        assert!(!["CARGO_HOME", "CARGO_TARGET_DIR", "RUSTFLAGS", "PATH"].into_iter().any(set_by_cargo_run));
    }

    #[test]
    fn what_a_command_says_is_shown_and_kept() {
        let mut command = Command::new("sh");
        command.args(["-c", "printf hello >&2; exit 3"]);
        let (status, errors) = tee(&mut command, &Listen::Errors).unwrap();
        assert_eq!((status.code(), errors.as_str()), (Some(3), "hello"));
    }
}
