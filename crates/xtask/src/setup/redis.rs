//! A Redis server for the tests of what several nodes share. The tests start it themselves.

use super::{debian, programs};
use crate::error::{Error, Result};

/// Sees to it that `redis-server` can be started.
pub(crate) fn ensure() -> Result<()> {
    if programs::on_path(&["redis-server"]).is_some() || debian::install("Redis", &["redis-server"])? {
        return Ok(());
    }
    Err(Error::Missing {
        what: "redis-server",
        advice: "install Redis with the packages of your system (redis, redis-server)",
    })
}
