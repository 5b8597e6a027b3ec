//! Prometheus for the tests of what it reads, and its own tool, which checks metrics and alert rules. The tests start it
//! themselves.

use super::{debian, programs};
use crate::error::{Error, Result};

/// Sees to it that `prometheus` can be started and `promtool` called.
pub(crate) fn ensure() -> Result<()> {
    let is_there = |name| programs::on_path(&[name]).is_some();
    if (is_there("prometheus") && is_there("promtool")) || debian::install("Prometheus", &["prometheus"])? {
        return Ok(());
    }
    Err(Error::Missing {
        what: "Prometheus",
        advice: "install it with the packages of your system (prometheus)",
    })
}
