//! Whom we trust, and who we say we are: certificates in PEM files.

use std::fmt;
use std::net::Ipv4Addr;
use std::path::PathBuf;
use std::sync::Arc;

use reqwest::{Certificate, ClientBuilder, Identity};
use secrecy::{ExposeSecret as _, SecretString};
use url::{Host, Url};

use crate::watched::{FileProblem, read};

/// Whom we trust besides the system's authorities, and the certificate that we show.
#[derive(Clone, Debug, Default)]
pub struct Tls {
    /// A file with certificates (PEM, one or more) of authorities that are trusted besides those of the system.
    pub authorities: Option<PathBuf>,
    /// What we show to a server that asks who calls (mutual TLS; RFC 8446, section 4.4.2).
    pub client: Option<ClientCertificate>,
    /// Whether calls may go to another machine by plain http, so that all between can read and change them. An address may be
    /// found while the program runs, as those of a provider are, so it is looked at with each call.
    pub allow_insecure: bool,
}

/// A certificate with its key, in two files.
#[derive(Clone, Debug)]
pub struct ClientCertificate {
    /// The certificate, and those between it and its authority (PEM).
    pub certificate: PathBuf,
    /// Its key (PEM, not encrypted).
    pub key: PathBuf,
}

/// The certificate that a server showed (DER, X.509): among the extensions of its answer, if there was TLS.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PeerCertificate(pub Arc<[u8]>);

/// One of the files.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum TlsFile {
    /// [`Tls::authorities`].
    Authorities,
    /// [`ClientCertificate::certificate`].
    Certificate,
    /// [`ClientCertificate::key`].
    Key,
}

/// Why no client can be made.
#[derive(Debug, thiserror::Error)]
pub enum TlsProblem {
    /// A file cannot be read.
    #[error("the file of the {0} {1}")]
    File(TlsFile, FileProblem),
    /// A file does not hold what it must.
    #[error("the file of the {0} does not hold what it must, in PEM")]
    Content(TlsFile, #[source] Option<reqwest::Error>),
    /// The HTTP client cannot be built; most often the system has no certificate authorities installed, or the key does
    /// not belong to the certificate.
    #[error(
        "the HTTP client cannot be built; are the system's certificate authorities (ca-certificates) installed, and does \
         the key belong to the certificate?"
    )]
    Client(#[source] reqwest::Error),
}

impl fmt::Display for TlsFile {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(match self {
            Self::Authorities => "authorities",
            Self::Certificate => "certificate",
            Self::Key => "key",
        })
    }
}

/// An address to which nothing is sent.
#[derive(Debug, thiserror::Error)]
#[error("the address is plain http to another machine, and whoever is on the way could read what is sent")]
pub(crate) struct InTheOpen;

/// Tells whether an address can only be reached from the same machine.
pub fn is_loopback(url: &Url) -> bool {
    match url.host() {
        // Of schemes that it does not know (`redis`) the parser takes a number for a name.
        Some(Host::Domain(name)) => {
            let is_ours = |address: Ipv4Addr| address.is_loopback();
            name == "localhost" || name.ends_with(".localhost") || name.parse().is_ok_and(is_ours)
        }
        Some(Host::Ipv4(address)) => address.is_loopback(),
        Some(Host::Ipv6(address)) => address.is_loopback(),
        None => false,
    }
}

impl Tls {
    /// Looks whether a call may go to an address.
    pub(crate) fn admit(&self, url: &Url) -> Result<(), InTheOpen> {
        if url.scheme() == "https" || self.allow_insecure || is_loopback(url) {
            Ok(())
        } else {
            Err(InTheOpen)
        }
    }

    /// Gives the files that are there to be read, in the order in which [`Tls::apply`] takes what they hold.
    pub(crate) fn files(&self) -> Vec<(TlsFile, PathBuf)> {
        let authorities = self.authorities.iter().map(|path| (TlsFile::Authorities, path));
        let client = self
            .client
            .iter()
            .flat_map(|client| [(TlsFile::Certificate, &client.certificate), (TlsFile::Key, &client.key)]);
        authorities.chain(client).map(|(file, path)| (file, path.clone())).collect()
    }

    /// Reads the files.
    pub(crate) fn read(&self) -> Result<Vec<SecretString>, TlsProblem> {
        let read =
            |(file, path): (TlsFile, PathBuf)| read(&path).map_err(|problem| TlsProblem::File(file, problem));
        self.files().into_iter().map(read).collect()
    }

    /// Puts what the files hold into a client to be built.
    pub(crate) fn apply(
        &self,
        contents: &[SecretString],
        builder: ClientBuilder,
    ) -> Result<ClientBuilder, TlsProblem> {
        let mut contents = contents.iter().map(SecretString::expose_secret);
        let mut next = || contents.next().unwrap_or_default();
        let builder = match &self.authorities {
            Some(_) => builder.tls_certs_merge(certificates(TlsFile::Authorities, next())?),
            None => builder,
        };
        let Some(_) = &self.client else { return Ok(builder) };
        let (certificate, key) = (next(), next());
        certificates(TlsFile::Certificate, certificate)?;
        let identity = Identity::from_pem(format!("{certificate}\n{key}").as_bytes());
        Ok(builder.identity(identity.map_err(|error| TlsProblem::Content(TlsFile::Key, Some(error)))?))
    }
}

fn certificates(file: TlsFile, pem: &str) -> Result<Vec<Certificate>, TlsProblem> {
    match Certificate::from_pem_bundle(pem.as_bytes()) {
        Ok(certificates) if !certificates.is_empty() => Ok(certificates),
        Ok(_) => Err(TlsProblem::Content(file, None)),
        Err(error) => Err(TlsProblem::Content(file, Some(error))),
    }
}
