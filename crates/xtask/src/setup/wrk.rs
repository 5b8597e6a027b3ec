//! wrk, which asks a server as often as it answers. Only `cargo xtask bench` needs it.

use super::{debian, programs};
use crate::error::{Error, Result};

/// Sees to it that `wrk` can be started.
pub(crate) fn ensure() -> Result<()> {
    if programs::on_path(&["wrk"]).is_some() || debian::install("wrk", &["wrk"])? {
        return Ok(());
    }
    Err(Error::Missing { what: "wrk", advice: "install it with the packages of your system (wrk)" })
}
