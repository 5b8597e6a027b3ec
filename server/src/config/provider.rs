//! `[provider]`: the OpenID provider that signs people in.

use upstream::Secret;

use super::{
    Key, Line, Raw, address,
    key::{ADDRESS, FLAG, Kind, SECRET, Section, TEXT},
    upstream::BYTES,
};

static ISSUER: Key = Key::required(
    "provider.issuer",
    ADDRESS.such_as("the provider's address, such as https://id.example.com"),
    "the OpenID provider, exactly as its discovery document has it under `issuer`",
);
static CLIENT_ID: Key = Key::required(
    "provider.client_id",
    TEXT.such_as("the id under which this app is registered"),
    "under which this app is registered there",
);
static CLIENT_SECRET: Key = Key::required(
    "provider.client_secret",
    SECRET,
    "of the same registration. A file is read again when it changes",
);
static SCOPES: Key = Key::with_default(
    "provider.scopes",
    Kind::text("names, spaces between", "scopes with spaces between, openid among them"),
    "openid profile email phone",
    "what sign-in asks for; `openid` is among them",
);
static ALLOW_INSECURE: Key = Key::with_default(
    "provider.allow_insecure",
    FLAG,
    "false",
    "whether plain `http` to another machine is in order; to this machine it always is",
);
static CAN_BE_FRAMED: Key = Key::with_default(
    "provider.can_be_framed",
    FLAG,
    "false",
    "whether the provider lets the applications that embed the pages (`embed`, below) show its sign-in page in a frame. If \
     not, people are asked to open a tab of its own",
);
static UNTYPED_LOGOUT_TOKENS: Key = Key::with_default(
    "provider.untyped_logout_tokens",
    FLAG,
    "false",
    "whether a logout token counts as well if its header says `\"typ\": \"JWT\"` or no type at all, and not \
     `\"logout+jwt\"`: older providers send such, as Keycloak did until 2024. The log says `the token is not typed as a logout \
     token` if it is needed",
);
static WITHOUT_AUTH_TIME: Key = Key::with_default(
    "provider.without_auth_time",
    FLAG,
    "false",
    "for a provider whose ID tokens never say when the person proved who they are (`auth_time`), though it is asked to say so: \
     whether it is then believed that it asked them when it was told to (`prompt=login`). Whoever sits at a browser that \
     somebody left signed in there can take that out of the address. The log says `the ID token does not say when the person \
     proved who they are` if it is needed",
);

static MAX_BODY: Key =
    Key::with_default("provider.max_body", BYTES, "1048576", "the longest answer that is read");

/// The keys of this section.
pub(super) static SECTION: Section = &[
    &ISSUER,
    &CLIENT_ID,
    &CLIENT_SECRET,
    &SCOPES,
    &ALLOW_INSECURE,
    &CAN_BE_FRAMED,
    &UNTYPED_LOGOUT_TOKENS,
    &WITHOUT_AUTH_TIME,
    &MAX_BODY,
];

/// The OpenID provider, and this server's registration there.
#[derive(Clone, Debug)]
#[expect(clippy::struct_excessive_bools, reason = "each is a key of its own")]
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
    /// `can_be_framed`: whether its sign-in page may stand in a frame of the applications that embed ours.
    pub can_be_framed: bool,
    /// `untyped_logout_tokens`: whether a logout token counts that is not typed as one.
    pub untyped_logout_tokens: bool,
    /// `without_auth_time`: whether a step-up counts if its ID token does not say when the person proved who they are.
    pub without_auth_time: bool,
}

impl Provider {
    pub(super) fn read(raw: &mut Raw) -> Option<Self> {
        let allow_insecure = raw.flag(&ALLOW_INSECURE);
        let issuer = read_issuer(raw, allow_insecure);
        let client_id = raw.required(&CLIENT_ID);
        let client_secret = raw.required_secret(&CLIENT_SECRET);
        let scopes = raw.parsed(&SCOPES, |text| {
            let scopes: Vec<String> = text.split_whitespace().map(str::to_owned).collect();
            scopes.iter().any(|scope| scope == "openid").then_some(scopes)
        });
        let line = Line::read(raw, "provider", &MAX_BODY, allow_insecure);
        Some(Self {
            issuer: issuer?,
            client_id: client_id?,
            client_secret: client_secret?,
            scopes: scopes?,
            line: line?,
            allow_insecure,
            can_be_framed: raw.flag(&CAN_BE_FRAMED),
            untyped_logout_tokens: raw.flag(&UNTYPED_LOGOUT_TOKENS),
            without_auth_time: raw.flag(&WITHOUT_AUTH_TIME),
        })
    }
}

fn read_issuer(raw: &mut Raw, allow_insecure: bool) -> Option<String> {
    let issuer = raw.required(&ISSUER)?;
    // As it was written, not as an address is: it is compared character by character.
    address::read(raw, &ISSUER, &issuer, allow_insecure).map(|_| issuer)
}
