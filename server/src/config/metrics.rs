//! `[metrics]`: what is counted, for Prometheus.

use std::net::SocketAddr;

use super::{
    Key, Raw,
    key::{Kind, Section},
};

static LISTEN: Key = Key::optional(
    "metrics.listen",
    Kind::text("address:port", "an address and a port, such as 127.0.0.1:9464"),
    "nothing is counted",
    "where `GET /metrics` is answered, such as `127.0.0.1:9464` (docs/metrics.md): a listener of its own, for those \
     who watch and nobody else. Port 0 takes a free one, which the log tells",
);

/// The keys of this section.
pub(super) static SECTION: Section = &[&LISTEN];

/// What is counted, and for whom.
#[derive(Clone, Copy, Debug)]
pub struct Metrics {
    /// `listen`: address and port to bind, if anything is counted.
    pub listen: Option<SocketAddr>,
}

impl Metrics {
    pub(super) fn read(raw: &mut Raw) -> Option<Self> {
        let listen = raw.parsed(&LISTEN, |text| match text {
            "" => Some(None),
            text => text.parse().ok().map(Some),
        });
        Some(Self { listen: listen? })
    }
}
