//! The program itself, of which everything is kept that it writes.

use std::{
    fs,
    io::Read as _,
    net::TcpListener,
    thread::{self, JoinHandle},
};

use tempfile::TempDir;

use super::{Piece, Place};
use crate::{
    support::{App, program_telling},
    traces::Receiver,
};

const SESSION_SECRET: &str = "bm9ib2R5IG1heSBldmVyIHNlZSB3aGF0IHN0YW5kcyBoZXJl";
/// What a receiver of traces knows the program by.
const TRACES_TOKEN: &str = "bm9ib2R5IG1heSBldmVyIHNlZSB0aGUgdG9rZW4h";
const AUDIT_SECRET: &str = "bm9ib2R5IG1heSBldmVyIHNlZSB0aGlzIG9uZSBlaXRoZXIh";

/// What the program is told to keep to itself.
pub(super) fn keys() -> impl Iterator<Item = String> {
    [SESSION_SECRET, AUDIT_SECRET, TRACES_TOKEN].into_iter().map(str::to_owned)
}

/// A program that tells as much as it can.
pub(super) struct Witness {
    pub(super) app: App,
    log: JoinHandle<Vec<u8>>,
    metrics: String,
    receiver: Receiver,
    folder: TempDir,
}

impl Witness {
    /// Starts it, with other settings besides.
    pub(super) fn start(issuer: &str, more: &[(&str, &str)]) -> Self {
        let folder = tempfile::tempdir().expect("a folder");
        let free = TcpListener::bind("127.0.0.1:0").expect("a free port").local_addr().expect("an address");
        let (metrics, audit) = (free.to_string(), folder.path().join("audit.jsonl"));
        let receiver = Receiver::start();
        let header = format!("Authorization: Bearer {TRACES_TOKEN}");
        let settings = [
            ("LOG", "trace"),
            ("TRACES__ENDPOINT", &receiver.endpoint),
            ("TRACES__HEADER", &header),
            ("SESSION__SECRET", SESSION_SECRET),
            ("AUDIT__SECRET", AUDIT_SECRET),
            ("AUDIT__FILE", audit.to_str().expect("a text")),
            ("METRICS__LISTEN", &metrics),
            ("APPLICATIONS__SHOP__NAME", "Example shop"),
            ("APPLICATIONS__SHOP__RETURN_TO", crate::start::SHOP),
        ];
        let (app, mut told) = program_telling(issuer, &[&settings, more].concat());
        // Whoever does not listen holds it up.
        let log = thread::spawn(move || {
            let mut log = Vec::new();
            told.read_to_end(&mut log).expect("a log");
            log
        });
        Self { app, log, metrics: format!("http://{metrics}/metrics"), receiver, folder }
    }

    /// Ends it, and gives all that it wrote.
    pub(super) async fn end(self) -> Vec<Piece> {
        let Self { mut app, log, metrics, receiver, folder } = self;
        let metrics = reqwest::get(metrics).await.expect("an answer").bytes().await.expect("a text").to_vec();
        app.signal("TERM");
        assert!(app.ended().success());
        let audit = fs::read(folder.path().join("audit.jsonl")).expect("the audit");
        let spans =
            receiver.heard().into_iter().map(|(_, body)| Piece { place: Place::Traces, what: body.into() });
        let written = [
            Piece { place: Place::Log, what: log.join().expect("a log") },
            Piece { place: Place::Audit, what: audit },
            Piece { place: Place::Metrics, what: metrics },
        ];
        written.into_iter().chain(spans).collect()
    }
}
