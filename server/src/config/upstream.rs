//! How another server may be called: the same keys for `[provider]` and `[service]`.

use std::num::NonZeroU32;

use upstream::{Bodies, ClientCertificate, Limits, Tls, TlsFile, TlsProblem, Upstream};

use super::{
    Key, Raw,
    key::{FILE, Kind, NUMBER, Section, TIME},
};

static TIMEOUT: Key = Key::with_default(
    "<section>.timeout",
    TIME,
    "10s",
    "how long a call may take, to the end of its answer; for a read, each attempt",
);
static CONNECT_TIMEOUT: Key =
    Key::with_default("<section>.connect_timeout", TIME, "3s", "how long connecting may take");
static READ_DEADLINE: Key = Key::with_default(
    "<section>.read_deadline",
    TIME,
    "10s",
    "how long a read may take with all its attempts",
);
static READ_RETRIES: Key = Key::with_default(
    "<section>.read_retries",
    Kind { unit: "times", ..NUMBER },
    "2",
    "how often a read is tried again when there was no answer, or 429, 500, 502, 503 or 504; a `Retry-After` is kept if \
     there is time for it",
);
static RETRY_DELAY: Key = Key::with_default(
    "<section>.retry_delay",
    TIME,
    "100ms",
    "the first pause between attempts; each is twice the one before, and up to as much again by chance",
);
static BREAKER_FAILURES: Key = Key::with_default(
    "<section>.breaker_failures",
    Kind { unit: "reads", ..NUMBER },
    "5",
    "after so many reads in a row without a whole answer in time, or with 502, 503 or 504, reads rest; 0 for never",
);
static BREAKER_PAUSE: Key =
    Key::with_default("<section>.breaker_pause", TIME, "10s", "how long they rest; then a single one tries");
static CONCURRENT_CALLS: Key = Key::with_default(
    "<section>.concurrent_calls",
    Kind { unit: "calls", ..NUMBER },
    "256",
    "how many may be under way at the same time; 0 for any number",
);
static CONCURRENT_WAIT: Key = Key::with_default(
    "<section>.concurrent_wait",
    TIME,
    "1s",
    "how long a call waits for its place; then it is surely not made, and the person is told to try again later",
);
static POOL_SIZE: Key = Key::with_default(
    "<section>.pool_size",
    Kind { unit: "connections", ..NUMBER },
    "64",
    "how many idle ones are kept",
);
static POOL_IDLE: Key = Key::with_default(
    "<section>.pool_idle",
    TIME,
    "4s",
    "for how long; less than the server keeps its own, or calls get lost",
);
static CA_FILE: Key = Key::optional(
    "<section>.ca_file",
    FILE,
    "none",
    "certificates (PEM) of authorities that are trusted besides those of the system",
);
static CLIENT_CERTIFICATE_FILE: Key = Key::optional(
    "<section>.client_certificate_file",
    FILE.such_as("the file of the key's certificate"),
    "none",
    "the certificate (PEM) that is shown when the server asks who calls (mutual TLS)",
);
static CLIENT_KEY_FILE: Key = Key::optional(
    "<section>.client_key_file",
    FILE.such_as("the file of the certificate's key"),
    "none",
    "its key, not encrypted",
);

/// The keys that both sections have.
pub(super) static SECTION: Section = &[
    &TIMEOUT,
    &CONNECT_TIMEOUT,
    &READ_DEADLINE,
    &READ_RETRIES,
    &RETRY_DELAY,
    &BREAKER_FAILURES,
    &BREAKER_PAUSE,
    &CONCURRENT_CALLS,
    &CONCURRENT_WAIT,
    &POOL_SIZE,
    &POOL_IDLE,
    &CA_FILE,
    &CLIENT_CERTIFICATE_FILE,
    &CLIENT_KEY_FILE,
];

/// The largest answer, in bytes.
pub(super) const BYTES: Kind =
    Kind { unit: "bytes", right: "a whole number of bytes, such as 262144", ..NUMBER };

/// How another server may be called.
#[derive(Clone, Debug)]
pub struct Line {
    /// `timeout` … `max_body`: how long, how many, how much.
    pub limits: Limits,
    /// `ca_file`, `client_certificate_file`, `client_key_file`.
    pub tls: Tls,
}

impl Line {
    /// Takes the keys of a section; `max_body` and `allow_insecure` are its own.
    pub(super) fn read(raw: &mut Raw, section: &str, max_body: &Key, allow_insecure: bool) -> Option<Self> {
        let tls = read_tls(raw, section, allow_insecure);
        let limits = read_limits(raw, section, max_body);
        Some(Self { limits: limits?, tls: tls? })
    }
}

fn read_limits(raw: &mut Raw, section: &str, max_body_key: &Key) -> Option<Limits> {
    let connect_timeout = raw.duration(&CONNECT_TIMEOUT.of(section));
    let timeout = raw.duration(&TIMEOUT.of(section));
    let read_deadline = raw.duration(&READ_DEADLINE.of(section));
    let read_retries = raw.number(&READ_RETRIES.of(section));
    let retry_delay = raw.duration(&RETRY_DELAY.of(section));
    let breaker_failures = raw.number(&BREAKER_FAILURES.of(section));
    let breaker_pause = raw.duration(&BREAKER_PAUSE.of(section));
    let concurrent_calls = raw.number(&CONCURRENT_CALLS.of(section));
    let concurrent_wait = raw.duration(&CONCURRENT_WAIT.of(section));
    let pool_size = raw.number(&POOL_SIZE.of(section));
    let pool_idle = raw.duration(&POOL_IDLE.of(section));
    let max_body = raw.number(max_body_key);
    if max_body == Some(0) {
        raw.unusable(max_body_key, "0");
    }
    if connect_timeout > timeout && timeout.is_some() {
        let key = CONNECT_TIMEOUT.of(section);
        raw.mistake(&key.name, "must be at most timeout, which is for the whole call");
    }
    Some(Limits {
        connect_timeout: connect_timeout?,
        timeout: timeout?,
        read_deadline: read_deadline?,
        read_retries: read_retries?,
        retry_delay: retry_delay?,
        breaker_failures: NonZeroU32::new(breaker_failures?),
        breaker_pause: breaker_pause?,
        concurrent_calls: NonZeroU32::new(concurrent_calls?),
        concurrent_wait: concurrent_wait?,
        pool_size: pool_size?,
        pool_idle: pool_idle?,
        max_body: max_body? as usize,
    })
}

/// Takes the file of the authorities that are trusted besides those of the system, if there is one.
pub(super) fn read_authorities(raw: &mut Raw, ca_file: &Key) -> Option<Tls> {
    let authorities = raw.text(ca_file).map(|path| raw.beside(&path));
    // The addresses that are called with these stand in the configuration, and were held against its rules.
    let tls = Tls { authorities, client: None, allow_insecure: true };
    match usable(&tls) {
        Ok(()) => Some(tls),
        Err(problem) => {
            raw.mistake(&ca_file.name, crate::chain(&problem));
            None
        }
    }
}

/// Tells only whether the files are in order; the limits do not matter for that.
fn usable(tls: &Tls) -> Result<(), TlsProblem> {
    Upstream::new("", Limits::default(), Bodies::OfSuccess, tls).map(|_| ())
}

fn read_tls(raw: &mut Raw, section: &str, allow_insecure: bool) -> Option<Tls> {
    let keys = [&CA_FILE, &CLIENT_CERTIFICATE_FILE, &CLIENT_KEY_FILE].map(|key| key.of(section));
    let [ca_file, certificate_file, key_file] = &keys;
    let [authorities, certificate, key] =
        [ca_file, certificate_file, key_file].map(|key| raw.text(key).map(|path| raw.beside(&path)));
    let client = match (certificate, key) {
        (Some(certificate), Some(key)) => Some(ClientCertificate { certificate, key }),
        (None, None) => None,
        (Some(_), None) => {
            raw.missing(key_file);
            return None;
        }
        (None, Some(_)) => {
            raw.missing(certificate_file);
            return None;
        }
    };
    let tls = Tls { authorities, client, allow_insecure };
    if tls.authorities.is_none() && tls.client.is_none() {
        return Some(tls);
    }
    let Err(problem) = usable(&tls) else { return Some(tls) };
    let key = match &problem {
        TlsProblem::File(TlsFile::Authorities, _) | TlsProblem::Content(TlsFile::Authorities, _) => ca_file,
        TlsProblem::File(TlsFile::Certificate, _) | TlsProblem::Content(TlsFile::Certificate, _) => {
            certificate_file
        }
        TlsProblem::File(TlsFile::Key, _) | TlsProblem::Content(TlsFile::Key, _) | TlsProblem::Client(_) => {
            key_file
        }
    };
    raw.mistake(&key.name, crate::chain(&problem));
    None
}
