//! Addresses: of this server as people reach it, and of the servers that it calls.

use std::fmt;

use upstream::is_loopback;
use url::Url;

use super::{Key, Raw};

/// The address of a server without a path: scheme, host and port.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Origin(Url);

impl Origin {
    /// Takes an `http` or `https` address without user, path, query and fragment.
    pub fn parse(text: &str) -> Option<Self> {
        let url = Url::parse(text).ok()?;
        let bare = url.username().is_empty()
            && url.password().is_none()
            && url.path() == "/"
            && url.query().is_none()
            && url.fragment().is_none();
        (bare && matches!(url.scheme(), "http" | "https")).then_some(Self(url))
    }

    /// Tells whether it is reached by https.
    pub fn is_secure(&self) -> bool {
        self.0.scheme() == "https"
    }

    /// Tells whether it can only be reached from the same machine.
    pub fn is_loopback(&self) -> bool {
        is_loopback(&self.0)
    }

    /// Gives the name or number of the machine.
    pub fn host(&self) -> &str {
        self.0.host_str().unwrap_or_default()
    }

    /// Gives the address of a path, which begins with a slash and has no query.
    pub fn at(&self, path: &str) -> Url {
        let mut url = self.0.clone();
        url.set_path(path);
        url
    }

    /// Gives the address that a reference leads to, read as browsers read it; nothing if that is
    /// another server.
    pub fn join(&self, reference: &str) -> Option<Url> {
        self.0.join(reference).ok().filter(|url| url.origin() == self.0.origin())
    }
}

impl fmt::Display for Origin {
    /// Writes it as browsers do in the header `Origin`: no slash at the end, no port that goes without saying.
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(&self.0.origin().ascii_serialization())
    }
}

/// Takes the address of a server that is called with secrets.
pub(super) fn read(raw: &mut Raw, key: &Key, text: &str, allow_insecure: bool) -> Option<Url> {
    let problem = match Url::parse(text) {
        Ok(url) => match problem_of(&url, allow_insecure) {
            None => return Some(url),
            Some(problem) => problem,
        },
        Err(_) => "must be an address that begins with https://",
    };
    raw.mistake(&key.name, problem);
    None
}

/// Says what is wrong with the address of a server that is called with secrets; nothing if it can be used.
fn problem_of(url: &Url, allow_insecure: bool) -> Option<&'static str> {
    match url.scheme() {
        "https" => None,
        "http" if allow_insecure || is_loopback(url) => None,
        "http" => Some(
            "would send secrets unencrypted; give an https address, or set allow_insecure = true in this section if \
             the network between is yours alone",
        ),
        _ => Some("must be an address that begins with https://"),
    }
}
