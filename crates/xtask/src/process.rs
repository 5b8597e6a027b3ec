//! Children that never outlive this program.
//!
//! Each runs in a process group of its own, so that Ctrl-C reaches only us and we end the whole group: first by
//! SIGTERM, after a while by SIGKILL.

use std::{
    collections::BTreeSet,
    os::unix::process::CommandExt,
    process::{Child, Command, ExitStatus, Stdio},
    sync::{
        Mutex, MutexGuard, PoisonError,
        atomic::{AtomicBool, Ordering},
    },
    thread,
    time::Duration,
};

use nix::{
    sys::signal::{Signal, killpg},
    unistd::Pid,
};

use crate::error::{Error, Result};

/// How often a child is looked at.
const LOOK: Duration = Duration::from_millis(50);
/// How many looks a child gets between SIGTERM and SIGKILL: ten seconds.
const LOOKS_BEFORE_KILL: u32 = 200;

static GROUPS: Mutex<BTreeSet<i32>> = Mutex::new(BTreeSet::new());
static INTERRUPTED: AtomicBool = AtomicBool::new(false);

/// From now on Ctrl-C, SIGTERM and SIGHUP ask every child to end, and steps return [`Error::Interrupted`].
pub(crate) fn listen_for_interrupts() -> Result<()> {
    ctrlc::set_handler(|| {
        INTERRUPTED.store(true, Ordering::SeqCst);
        for group in groups().iter() {
            signal(*group, Signal::SIGTERM);
        }
    })
    .map_err(|_| Error::Unexpected {
        what: "A free handler for Ctrl-C".to_owned(),
        advice: "run the command from a usual terminal",
    })
}

/// Fails once the person (or the system) asked us to end.
pub(crate) fn not_interrupted() -> Result<()> {
    if INTERRUPTED.load(Ordering::SeqCst) { Err(Error::Interrupted) } else { Ok(()) }
}

/// A running child with the group that it leads. Dropping it ends the group.
pub(crate) struct Process {
    child: Child,
    group: i32,
}

impl Process {
    /// Starts a command in a new process group, without standard input.
    pub(crate) fn start(command: &mut Command) -> Result<Self> {
        not_interrupted()?;
        let child = command.stdin(Stdio::null()).process_group(0).spawn().map_err(|source| Error::Start {
            program: command.get_program().to_string_lossy().into_owned(),
            source,
        })?;
        let group = i32::try_from(child.id()).unwrap_or(i32::MAX);
        groups().insert(group);
        Ok(Self { child, group })
    }

    /// The child itself, to take its pipes.
    pub(crate) fn child(&mut self) -> &mut Child {
        &mut self.child
    }

    /// The id of the child's process.
    pub(crate) fn id(&self) -> u32 {
        self.child.id()
    }

    /// How the child ended, or `None` while it runs.
    pub(crate) fn ended(&mut self) -> Option<ExitStatus> {
        self.child.try_wait().ok().flatten()
    }

    /// Waits until the child ends; fails as soon as we are interrupted (dropping then ends the child).
    pub(crate) fn wait(mut self) -> Result<ExitStatus> {
        loop {
            if let Some(status) = self.ended() {
                return not_interrupted().map(|()| status);
            }
            not_interrupted()?;
            thread::sleep(LOOK);
        }
    }
}

impl Drop for Process {
    fn drop(&mut self) {
        if self.ended().is_none() {
            signal(self.group, Signal::SIGTERM);
            for _ in 0..LOOKS_BEFORE_KILL {
                if self.ended().is_some() {
                    break;
                }
                thread::sleep(LOOK);
            }
            signal(self.group, Signal::SIGKILL);
            // Its end is only collected here; how it ended no longer matters.
            drop(self.child.wait());
        }
        groups().remove(&self.group);
    }
}

fn groups() -> MutexGuard<'static, BTreeSet<i32>> {
    GROUPS.lock().unwrap_or_else(PoisonError::into_inner)
}

/// Signals a group. A group that is gone already is what we want, so that failure says nothing.
fn signal(group: i32, signal: Signal) {
    let _ = killpg(Pid::from_raw(group), signal);
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_child_that_is_dropped_has_ended_together_with_its_own_children() {
        let mut command = Command::new("sh");
        command.args(["-c", "sleep 600 & wait"]);
        let child = Process::start(&mut command).unwrap();
        let group = Pid::from_raw(child.group);
        drop(child);
        assert!((0..100).any(|_| {
            thread::sleep(LOOK);
            killpg(group, None).is_err()
        }));
    }

    #[test]
    fn waiting_gives_how_the_child_ended() {
        let mut command = Command::new("sh");
        command.args(["-c", "exit 7"]);
        assert_eq!(Process::start(&mut command).unwrap().wait().unwrap().code(), Some(7));
    }
}
