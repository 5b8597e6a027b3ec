//! One run of wrk: many connections that ask one after the other, for some seconds.

use std::{path::Path, process::Command};

use serde_json::Value;

use crate::{
    command,
    error::{Error, Result},
    workspace,
};

/// What is asked.
pub(super) struct Run<'a> {
    /// The script beside this file that says what is asked.
    pub(super) script: &'static str,
    /// Where.
    pub(super) address: &'a str,
    /// The file with the people.
    pub(super) people: &'a Path,
    /// How many connections there are.
    pub(super) at_once: u32,
    /// For how long.
    pub(super) seconds: u32,
    /// How long each connection waits between two requests, in milliseconds.
    pub(super) pause: f64,
    /// The coding that is accepted.
    pub(super) coding: &'a str,
}

/// What came of it.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Figures {
    pub(super) per_second: f64,
    /// How long the middle one took, in milliseconds.
    pub(super) p50: f64,
    /// How long the slowest of a hundred took, in milliseconds.
    pub(super) p99: f64,
}

impl Run<'_> {
    /// Runs it. An answer that is not as it should be fails it: what is fast and wrong is no figure.
    pub(super) fn figures(&self) -> Result<Figures> {
        let folder = workspace::root().join("crates/xtask/src/bench");
        let mut wrk = Command::new("wrk");
        wrk.env("BENCH_COMMON", folder.join("people.lua"));
        wrk.args(["--threads", "1", "--connections", &self.at_once.to_string()]);
        wrk.args(["--duration", &format!("{}s", self.seconds), "--timeout", "10s", "--script"]);
        wrk.arg(folder.join(self.script)).arg(self.address).arg("--");
        wrk.arg(self.people).arg(format!("{:.0}", self.pause)).arg(self.coding);
        let failed =
            |what: &str| Error::Failed { what: format!("{} of {}: {what}", self.script, self.address) };
        let said = command::answer(&mut wrk).ok_or_else(|| failed("wrk"))?;
        let last = said.lines().last().unwrap_or_default();
        let said: Value = serde_json::from_str(last).map_err(|_| failed(last))?;
        let number = |name: &str| said[name].as_f64().unwrap_or_default();
        if number("odd") > 0.0 || number("requests") < 1.0 {
            return Err(failed(last));
        }
        Ok(Figures {
            per_second: number("requests") * 1e6 / number("microseconds"),
            p50: number("p50") / 1e3,
            p99: number("p99") / 1e3,
        })
    }
}
