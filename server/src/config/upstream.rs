//! How another server may be called: the same keys for `[provider]` and `[service]`.

use std::{num::NonZeroU32, path::PathBuf};

use upstream::{Bodies, ClientCertificate, Limits, Tls, TlsFile, TlsProblem, Upstream};

use super::Raw;

/// How another server may be called.
#[derive(Clone, Debug)]
pub struct Line {
    /// `timeout` … `max_body`: how long, how many, how much.
    pub limits: Limits,
    /// `ca_file`, `client_certificate_file`, `client_key_file`.
    pub tls: Tls,
}

impl Line {
    /// Takes the keys of a section. `max_body`: the largest answer if nothing is said, in bytes.
    pub(super) fn read(raw: &mut Raw, section: &str, max_body: u32) -> Option<Self> {
        let tls = read_tls(raw, section);
        let limits = read_limits(raw, section, max_body);
        Some(Self { limits: limits?, tls: tls? })
    }
}

fn read_limits(raw: &mut Raw, section: &str, max_body: u32) -> Option<Limits> {
    let key = |name: &str| format!("{section}.{name}");
    let connect_timeout = raw.duration(&key("connect_timeout"), "3s");
    let timeout = raw.duration(&key("timeout"), "10s");
    let read_deadline = raw.duration(&key("read_deadline"), "10s");
    let read_retries = raw.number(&key("read_retries"), 2);
    let retry_delay = raw.duration(&key("retry_delay"), "100ms");
    let breaker_failures = raw.number(&key("breaker_failures"), 5);
    let breaker_pause = raw.duration(&key("breaker_pause"), "10s");
    let concurrent_calls = raw.number(&key("concurrent_calls"), 256);
    let concurrent_wait = raw.duration(&key("concurrent_wait"), "1s");
    let pool_size = raw.number(&key("pool_size"), 64);
    let pool_idle = raw.duration(&key("pool_idle"), "4s");
    let max_body = raw.number(&key("max_body"), max_body);
    if max_body == Some(0) {
        raw.mistake(&key("max_body"), "must be more than 0 bytes, such as 262144");
    }
    if connect_timeout > timeout && timeout.is_some() {
        raw.mistake(&key("connect_timeout"), "must be at most timeout, which is for the whole call");
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

fn read_tls(raw: &mut Raw, section: &str) -> Option<Tls> {
    let key = |name: &str| format!("{section}.{name}");
    let mut path = |name: &str| -> Option<PathBuf> { raw.text(&key(name)).map(|path| raw.beside(&path)) };
    let authorities = path("ca_file");
    let client = match (path("client_certificate_file"), path("client_key_file")) {
        (Some(certificate), Some(key)) => Some(ClientCertificate { certificate, key }),
        (None, None) => None,
        (Some(_), None) => {
            raw.mistake(&key("client_key_file"), "is missing; give the file of the certificate's key");
            return None;
        }
        (None, Some(_)) => {
            raw.mistake(
                &key("client_certificate_file"),
                "is missing; give the file of the key's certificate",
            );
            return None;
        }
    };
    let tls = Tls { authorities, client };
    if tls.authorities.is_none() && tls.client.is_none() {
        return Some(tls);
    }
    // Only whether the files are in order; the limits do not matter for that.
    let Err(problem) = Upstream::new("", Limits::default(), Bodies::OfSuccess, &tls) else {
        return Some(tls);
    };
    let name = match &problem {
        TlsProblem::File(TlsFile::Authorities, _) | TlsProblem::Content(TlsFile::Authorities, _) => "ca_file",
        TlsProblem::File(TlsFile::Certificate, _) | TlsProblem::Content(TlsFile::Certificate, _) => {
            "client_certificate_file"
        }
        TlsProblem::File(TlsFile::Key, _) | TlsProblem::Content(TlsFile::Key, _) | TlsProblem::Client(_) => {
            "client_key_file"
        }
    };
    raw.mistake(&key(name), crate::chain(&problem));
    None
}
