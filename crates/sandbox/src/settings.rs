//! What a sandbox is started with: its address, who may call it, and its limits.

use crate::dialect::Dialect;
use crate::limits::Limits;
use url::{Host, Url};

/// Everything a sandbox is started with. `Settings::default()` is the sandbox as documented, on a free port.
#[derive(Clone, Debug)]
pub struct Settings {
    /// The port on the loopback addresses; 0 takes a free one.
    pub port: u16,
    /// The address people and clients use, which is the issuer too. Nothing: `http://localhost:<port>`.
    pub public_url: Option<Url>,
    /// `host:port` of a mail catcher that receives the emails as well. No encryption, no sign-in.
    pub smtp: Option<String>,
    /// The host in the origin-bound last line of a code message (`@host #123456`).
    pub code_host: String,
    /// How many messages, how long a code.
    pub limits: Limits,
    /// How many people there are besides those of the sign-in page.
    pub people: u32,
    /// Applications that people sign in to.
    pub clients: Vec<Client>,
    /// Clients of the Management API (HTTP Basic, or a token by the client credentials grant).
    pub api_clients: Vec<ApiClient>,
    /// How long a token of an API client works, in seconds.
    pub api_token_lifetime: u32,
    /// How long the access token of a person works, in seconds.
    pub token_lifetime: u32,
    /// How long a refresh token works that is not used, in seconds.
    pub refresh_token_lifetime: u32,
    /// What the service calls things.
    pub dialect: Dialect,
}

/// An application that people sign in to (`OpenID` Connect Dynamic Client Registration 1.0, section 2).
#[derive(Clone, Debug)]
pub struct Client {
    /// `client_id`.
    pub id: String,
    /// `client_secret`.
    pub secret: String,
    /// Where people may be sent after signing in.
    pub redirect_uris: Vec<Address>,
    /// Where people may be sent after signing out.
    pub post_logout_redirect_uris: Vec<Address>,
    /// Who is told when a person signs out elsewhere, if anyone.
    pub backchannel_logout_uri: Option<Url>,
    /// How its ID tokens are signed.
    pub signing: Signing,
    /// The origins whose pages may show the sign-in page in a frame, for this application. Usually there are none: who signs
    /// people in does not let itself be framed (RFC 9700, section 4.16).
    pub framed_by: Vec<String>,
}

/// An address that a person may be sent to.
#[derive(Clone, Debug)]
pub enum Address {
    /// Exactly this one, character by character (RFC 9700, section 2.1).
    Exact(String),
    /// Any loopback host and port over http or https, with exactly this path and nothing after it.
    Loopback {
        /// The path, such as `/sign-in/callback`.
        path: String,
    },
}

impl Address {
    /// Whether this registration covers an address that was asked for.
    pub(crate) fn covers(&self, asked: &str) -> bool {
        match self {
            Self::Exact(registered) => registered == asked,
            Self::Loopback { path } => Url::parse(asked).is_ok_and(|url| {
                let loopback = match url.host() {
                    Some(Host::Domain(name)) => name == "localhost",
                    Some(Host::Ipv4(ip)) => ip.is_loopback(),
                    Some(Host::Ipv6(ip)) => ip.is_loopback(),
                    None => false,
                };
                loopback
                    && matches!(url.scheme(), "http" | "https")
                    && url.path() == path
                    // As it was written too: no steps, query or fragment that parsing would take away.
                    && asked.splitn(4, '/').nth(3) == path.strip_prefix('/')
                    && url.username().is_empty()
                    && url.password().is_none()
            }),
        }
    }
}

/// How an ID token is signed (RFC 7518, section 3.1).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Signing {
    /// RSASSA-PKCS1-v1_5 with SHA-256.
    Rs256,
    /// ECDSA on P-256 with SHA-256.
    Es256,
}

/// A client of the Management API.
#[derive(Clone, Debug)]
pub struct ApiClient {
    /// The user name of HTTP Basic, and the `client_id` of the client credentials grant.
    pub id: String,
    /// The password of HTTP Basic, and the `client_secret` of the client credentials grant.
    pub secret: String,
    /// What it may do.
    pub permissions: Vec<Permission>,
}

/// What a client of the Management API may do. Only the first name is documented.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Permission {
    /// Read a user.
    AccountView,
    /// Begin and finish a change of a contact.
    AccountModify,
    /// Send a message to a user.
    MessageSend,
}

impl Permission {
    /// The name as an error tells it.
    pub(crate) fn name(self) -> &'static str {
        match self {
            Self::AccountView => "ACCOUNT_VIEW",
            Self::AccountModify => "ACCOUNT_MODIFY",
            Self::MessageSend => "MESSAGE_SEND",
        }
    }
}

impl Default for Settings {
    fn default() -> Self {
        Self {
            port: 0,
            public_url: None,
            smtp: None,
            code_host: "localhost".into(),
            limits: Limits::default(),
            people: 0,
            clients: vec![Client::default()],
            api_clients: vec![
                ApiClient {
                    id: "contact-change-api".into(),
                    secret: "contact-change-api-secret".into(),
                    permissions: vec![
                        Permission::AccountView,
                        Permission::AccountModify,
                        Permission::MessageSend,
                    ],
                },
                ApiClient {
                    id: "no-permission".into(),
                    secret: "no-permission-secret".into(),
                    permissions: vec![],
                },
            ],
            api_token_lifetime: 3600,
            token_lifetime: 3600,
            refresh_token_lifetime: 30 * 86_400,
            dialect: Dialect::default(),
        }
    }
}

impl Default for Client {
    fn default() -> Self {
        Self {
            id: "contact-change".into(),
            secret: "contact-change-secret".into(),
            redirect_uris: registered("/sign-in/callback"),
            post_logout_redirect_uris: registered("/signed-out"),
            backchannel_logout_uri: None,
            signing: Signing::Rs256,
            framed_by: vec![],
        }
    }
}

/// The application at the root of any loopback host, and below the path `/account/contact`.
fn registered(path: &str) -> Vec<Address> {
    ["", "/account/contact"].map(|base| Address::Loopback { path: format!("{base}{path}") }).into()
}
