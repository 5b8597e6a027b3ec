//! What a test listens to.

use std::{
    io,
    sync::{Arc, Mutex},
};

use server::telemetry::filter;
use tracing::subscriber::DefaultGuard;

/// What is logged by everything that runs on this thread.
#[derive(Clone, Default)]
pub(crate) struct Log(Arc<Mutex<Vec<u8>>>);

impl Log {
    /// Listens until what is given is dropped.
    pub(crate) fn listen(&self) -> DefaultGuard {
        let log = self.clone();
        let listener = tracing_subscriber::fmt().with_ansi(false).with_env_filter(filter("info"));
        let listener = listener.with_writer(move || log.clone());
        tracing::subscriber::set_default(listener.finish())
    }

    pub(crate) fn text(&self) -> String {
        String::from_utf8(self.0.lock().expect("the log").clone()).expect("a text")
    }
}

impl io::Write for Log {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.0.lock().expect("the log").extend_from_slice(bytes);
        Ok(bytes.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}
