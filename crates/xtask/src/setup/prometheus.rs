//! Prometheus' own tool, which checks metrics and alert rules; the tests start no server.

use super::{debian, programs};
use crate::error::{Error, Result};

/// Sees to it that `promtool` can be called.
pub(crate) fn ensure() -> Result<()> {
    if programs::on_path(&["promtool"]).is_some() || debian::install("Prometheus", &["prometheus"])? {
        return Ok(());
    }
    Err(Error::Missing {
        what: "promtool",
        advice: "install Prometheus with the packages of your system (prometheus)",
    })
}
