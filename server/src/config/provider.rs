//! `[provider]`: the OpenID provider that signs people in.

use upstream::Secret;

use super::{Line, Raw, address};

/// No document of a provider is larger, in bytes.
const MAX_BODY: u32 = 1 << 20;

/// The OpenID provider, and this server's registration there.
#[derive(Clone, Debug)]
pub struct Provider {
    /// `issuer`: exactly as the provider's discovery document has it (OpenID Connect Discovery 1.0, section 4.3).
    pub issuer: String,
    /// `client_id`: as registered.
    pub client_id: String,
    /// `client_secret`: as registered.
    pub client_secret: Secret,
    /// `scopes`: what sign-in asks for; `openid` is among them.
    pub scopes: Vec<String>,
    /// How it may be called.
    pub line: Line,
    /// `allow_insecure`: whether plain http to another machine is in order.
    pub allow_insecure: bool,
}

impl Provider {
    pub(super) fn read(raw: &mut Raw) -> Option<Self> {
        let allow_insecure = raw.flag("provider.allow_insecure");
        let issuer = read_issuer(raw, allow_insecure);
        let client_id = raw.required("provider.client_id", "the id under which this app is registered");
        let secret_given = raw.has_secret("provider.client_secret");
        let client_secret = raw.rotated_secret("provider.client_secret");
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
        let line = Line::read(raw, "provider", MAX_BODY);
        Some(Self {
            issuer: issuer?,
            client_id: client_id?,
            client_secret: client_secret?,
            scopes: scopes?,
            line: line?,
            allow_insecure,
        })
    }
}

fn read_issuer(raw: &mut Raw, allow_insecure: bool) -> Option<String> {
    let issuer = raw.required("provider.issuer", "the provider's address, such as https://id.example.com")?;
    // As it was written, not as an address is: it is compared character by character.
    address::read(raw, "provider.issuer", &issuer, allow_insecure).map(|_| issuer)
}
