//! `[provider]`: the OpenID provider that signs people in.

use std::time::Duration;

use secrecy::SecretString;
use url::Url;

use super::{Raw, address};

/// The OpenID provider, and this server's registration there.
#[derive(Clone, Debug)]
pub struct Provider {
    /// `issuer`: exactly as the provider's discovery document has it (OpenID Connect Discovery 1.0, section 4.3).
    pub issuer: String,
    /// `client_id`: as registered.
    pub client_id: String,
    /// `client_secret`: as registered.
    pub client_secret: SecretString,
    /// `scopes`: what sign-in asks for; `openid` is among them.
    pub scopes: Vec<String>,
    /// `timeout`: how long one call may take.
    pub timeout: Duration,
    /// `connect_timeout`: how long a connection may take.
    pub connect_timeout: Duration,
    /// `allow_insecure`: whether plain http to another machine is in order.
    pub allow_insecure: bool,
    /// `can_be_framed`: whether its sign-in page may stand in a frame of the applications that embed ours.
    pub can_be_framed: bool,
}

impl Provider {
    pub(super) fn read(raw: &mut Raw) -> Option<Self> {
        let allow_insecure = raw.flag("provider.allow_insecure");
        let issuer = read_issuer(raw, allow_insecure);
        let client_id = raw.required("provider.client_id", "the id under which this app is registered");
        let secret_given = raw.has_secret("provider.client_secret");
        let client_secret = raw.secret("provider.client_secret");
        if !secret_given {
            raw.mistake(
                "provider.client_secret",
                "is missing; give the secret, or its file as client_secret_file",
            );
        }
        let scopes = raw.parsed(
            "provider.scopes",
            "openid profile email phone",
            "scopes with spaces between, openid among them",
            |text| {
                let scopes: Vec<String> = text.split_whitespace().map(str::to_owned).collect();
                scopes.iter().any(|scope| scope == "openid").then_some(scopes)
            },
        );
        let timeout = raw.duration("provider.timeout", "10s");
        let connect_timeout = raw.duration("provider.connect_timeout", "3s");
        Some(Self {
            issuer: issuer?,
            client_id: client_id?,
            client_secret: client_secret?,
            scopes: scopes?,
            timeout: timeout?,
            connect_timeout: connect_timeout?,
            allow_insecure,
            can_be_framed: raw.flag("provider.can_be_framed"),
        })
    }
}

fn read_issuer(raw: &mut Raw, allow_insecure: bool) -> Option<String> {
    let issuer = raw.required("provider.issuer", "the provider's address, such as https://id.example.com")?;
    let problem = match Url::parse(&issuer) {
        Ok(url) => address::problem_of(&url, allow_insecure),
        Err(_) => Some("must be an address that begins with https://"),
    };
    if let Some(problem) = problem {
        raw.mistake("provider.issuer", problem);
        return None;
    }
    Some(issuer)
}
