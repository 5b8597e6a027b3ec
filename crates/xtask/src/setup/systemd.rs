//! systemd's own checker of units. Nothing is started by it.

use super::{debian, programs};
use crate::error::{Error, Result};

/// Sees to it that `systemd-analyze` can be called.
pub(crate) fn ensure() -> Result<()> {
    if programs::on_path(&["systemd-analyze"]).is_some() || debian::install("systemd", &["systemd"])? {
        return Ok(());
    }
    Err(Error::Missing {
        what: "systemd-analyze",
        advice: "it is a part of systemd 252 or newer, which only Linux has",
    })
}
