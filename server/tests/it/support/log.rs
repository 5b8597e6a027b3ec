//! What a test listens to.

use std::{
    io,
    sync::{Arc, Mutex},
};

use server::telemetry::{cap, filter};
use tracing::subscriber::DefaultGuard;
use tracing_subscriber::layer::SubscriberExt;

/// What is logged by everything that runs on this thread.
#[derive(Clone, Default)]
pub(crate) struct Log(Arc<Mutex<Vec<u8>>>);

impl Log {
    /// Listens until what is given is dropped.
    pub(crate) fn listen(&self) -> DefaultGuard {
        self.listen_to("info")
    }

    /// Listens to what an operator asks for, until what is given is dropped.
    pub(crate) fn listen_to(&self, directives: &str) -> DefaultGuard {
        let log = self.clone();
        let listener = tracing_subscriber::fmt().with_ansi(false).with_env_filter(filter(directives));
        let listener = listener.with_writer(move || log.clone());
        // Some libraries speak to the older facade. Whoever comes second finds it done.
        let _ = tracing_log::LogTracer::init();
        tracing::subscriber::set_default(listener.finish().with(cap()))
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
