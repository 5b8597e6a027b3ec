//! `[traces]`: how requests are followed from server to server, by OpenTelemetry.

use http::{HeaderName, HeaderValue};
use secrecy::{ExposeSecret as _, SecretString};
use upstream::{Secret, Tls, is_loopback};
use url::Url;

use super::{
    Key, Raw,
    key::{FILE, Kind, NUMBER, SECRET, Section},
    upstream::read_authorities,
};

static ENDPOINT: Key = Key::optional(
    "traces.endpoint",
    Kind::text("address", "the whole address, such as http://127.0.0.1:4318/v1/traces"),
    "nothing is traced",
    "where spans are sent to (OTLP over HTTP, protobuf), such as `http://127.0.0.1:4318/v1/traces` (docs/traces.md). What is \
     sent says what was called, when and how it came out, and nothing of anybody",
);
static HEADER: Key = Key::optional(
    "traces.header",
    Kind {
        unit: "header",
        right: "a name and a value, such as `Authorization: Bearer …`, or its file as <key>_file",
        ..SECRET
    },
    "none",
    "a header that goes along, by which the receiver knows who sends: `Authorization: Bearer …`. A file is read again when it \
     changes",
);
static SHARE: Key = Key::with_default(
    "traces.share",
    Kind { unit: "percent", right: "a whole number from 0 to 100", ..NUMBER },
    "100",
    "how many of a hundred requests are traced, where no trusted proxy has decided for its request (`traceparent`)",
);
static CA_FILE: Key = Key::optional(
    "traces.ca_file",
    FILE,
    "none",
    "certificates (PEM) of authorities that are trusted besides those of the system",
);

/// The keys of this section.
pub(super) static SECTION: Section = &[&ENDPOINT, &HEADER, &SHARE, &CA_FILE];

/// How requests are followed.
#[derive(Clone, Debug)]
pub struct Traces {
    /// `endpoint`: where spans are sent to.
    pub endpoint: Url,
    /// `header`: what goes along with them, a name and a value.
    pub header: Option<Secret>,
    /// `share`: how many requests are traced, from 0 to 1.
    pub share: f64,
    /// `ca_file`: whom we trust.
    pub tls: Tls,
}

impl Traces {
    /// Gives nothing if nothing is traced, or if there is a mistake (which is noted).
    pub(super) fn read(raw: &mut Raw) -> Option<Self> {
        if !raw.has(&ENDPOINT) {
            raw.refuse([&HEADER, &SHARE, &CA_FILE], "a configuration without traces.endpoint");
            return None;
        }
        let endpoint = raw.parsed(&ENDPOINT, |text| {
            Url::parse(text).ok().filter(|url| matches!(url.scheme(), "http" | "https"))
        });
        let endpoint = endpoint.filter(|url| {
            let is_bare = url.username().is_empty() && url.password().is_none() && url.query().is_none();
            if !is_bare {
                // It may be a secret, so it is not quoted.
                raw.mistake(
                    &ENDPOINT.name,
                    "holds more than an address; give what the receiver knows you by as traces.header",
                );
            }
            is_bare
        });
        let header = raw.has(&HEADER).then(|| header(raw));
        if let Some(endpoint) = &endpoint
            && header.is_some()
            && endpoint.scheme() == "http"
            && !is_loopback(endpoint)
        {
            raw.mistake(&HEADER.name, "goes to another machine; give traces.endpoint as https://");
        }
        let share = share(raw);
        let tls = read_authorities(raw, &CA_FILE);
        Some(Self {
            endpoint: endpoint?,
            header: header.map_or(Some(None), |header| header.map(Some))?,
            share: f64::from(share?) / 100.0,
            tls: tls?,
        })
    }

    /// Gives the header that goes along, as it is now.
    pub(crate) fn header(&self) -> Option<(HeaderName, HeaderValue)> {
        split(&self.header.as_ref()?.current())
    }
}

/// Gives how many of a hundred requests are traced.
fn share(raw: &mut Raw) -> Option<u32> {
    let share = raw.number(&SHARE)?;
    if share <= 100 {
        return Some(share);
    }
    raw.mistake(&SHARE.name, format!("must be {}", SHARE.right()));
    None
}

fn header(raw: &mut Raw) -> Option<Secret> {
    let secret = raw.secret(&HEADER)?;
    if split(&secret.current()).is_none() {
        raw.mistake(&HEADER.name, format!("give {}", HEADER.right()));
        return None;
    }
    Some(secret)
}

/// Gives name and value of a header; nothing if it is none (RFC 9110, section 5).
fn split(line: &SecretString) -> Option<(HeaderName, HeaderValue)> {
    let (name, value) = line.expose_secret().split_once(':')?;
    let mut value = HeaderValue::from_str(value.trim()).ok()?;
    value.set_sensitive(true);
    Some((name.trim().parse().ok()?, value))
}
