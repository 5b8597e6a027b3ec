//! `[service]`: by what right the Management API is called.

use upstream::Secret;
use url::Url;

use super::{
    Key, Raw, address,
    key::{ADDRESS, Kind, SECRET, Section, TEXT},
};

const SCOPES: Kind = Kind::text("names, spaces between", "scopes with spaces between");

static CREDENTIALS: Key = Key::with_default(
    "service.credentials",
    Kind::one_of(
        "`api_client`, `client_credentials`, `user_token`",
        "api_client, client_credentials or user_token",
        &["api_client", "client_credentials", "user_token"],
    ),
    "api_client",
    "by what right it is called: as an API client with id and secret (HTTP Basic); as an API client with a token that the \
     provider gives it (OAuth 2.0, client credentials); or with the access token of the person who signed in",
);
static CLIENT_ID: Key = Key::optional(
    "service.client_id",
    TEXT.such_as("the id of an API client of the instance"),
    "required, but with `user_token`",
    "the API client's id",
);
static CLIENT_SECRET: Key = Key::optional(
    "service.client_secret",
    SECRET,
    "required, but with `user_token`",
    "the API client's secret. A file is read again when it changes",
);
static TOKEN_URL: Key = Key::optional(
    "service.token_url",
    ADDRESS,
    "the provider's token endpoint",
    "with `client_credentials`: where the token comes from. It is asked for with the limits and certificates of \
     `[provider]`",
);
static TOKEN_SCOPES: Key = Key::optional(
    "service.token_scopes",
    SCOPES,
    "none",
    "with `client_credentials`: what the token is asked for with",
);
/// Its default are the scopes with which a person's own token may change contacts (the service's guide, "Scopes"), and the
/// one for which it is renewed (OpenID Connect Core 1.0, section 11).
static USER_SCOPES: Key = Key::with_default(
    "service.user_scopes",
    SCOPES,
    "https://oneportal.trivore.com/scope/email.update https://oneportal.trivore.com/scope/phone.update offline_access",
    "with `user_token`: what sign-in asks for besides. Only then is the access token kept in the session. With \
     `offline_access` most providers give what it is renewed with; without, people sign in again when it has run out",
);

/// The keys of this part of the section.
pub(super) static SECTION: Section =
    &[&CREDENTIALS, &CLIENT_ID, &CLIENT_SECRET, &TOKEN_URL, &TOKEN_SCOPES, &USER_SCOPES];

/// By what right the Management API is called.
#[derive(Clone, Debug)]
pub enum Credentials {
    /// `api_client`: as an API client of the instance.
    ApiClient {
        /// `client_id`: the API client's id.
        id: String,
        /// `client_secret`: the API client's secret.
        secret: Secret,
    },
    /// `client_credentials`: as an API client, with a token that the provider gives it.
    ClientCredentials {
        /// `client_id`: the API client's id.
        id: String,
        /// `client_secret`: the API client's secret.
        secret: Secret,
        /// `token_url`: where the token comes from; the provider's own token endpoint if it is not given.
        token_url: Option<Url>,
        /// `token_scopes`: what the token is asked for with.
        scopes: Vec<String>,
    },
    /// `user_token`: with the access token of the person who signed in.
    UserToken {
        /// `user_scopes`: what sign-in asks for besides.
        scopes: Vec<String>,
    },
}

/// The values of `credentials`.
#[derive(Clone, Copy)]
enum Way {
    ApiClient,
    ClientCredentials,
    UserToken,
}

impl Credentials {
    /// Gives the scopes that sign-in must ask for besides the provider's.
    pub fn scopes(&self) -> &[String] {
        match self {
            Self::ApiClient { .. } | Self::ClientCredentials { .. } => &[],
            Self::UserToken { scopes } => scopes,
        }
    }

    pub(super) fn read(raw: &mut Raw, allow_insecure: bool) -> Option<Self> {
        let way = raw.parsed(&CREDENTIALS, |text| match text {
            "api_client" => Some(Way::ApiClient),
            "client_credentials" => Some(Way::ClientCredentials),
            "user_token" => Some(Way::UserToken),
            _ => None,
        });
        let Some(way) = way else {
            // Nobody can say which of the others belong here; none of them is unknown, though.
            for key in [&CLIENT_ID, &CLIENT_SECRET, &TOKEN_URL, &TOKEN_SCOPES, &USER_SCOPES] {
                raw.forget(key);
            }
            return None;
        };
        match way {
            Way::ApiClient => {
                raw.refuse([&TOKEN_URL, &TOKEN_SCOPES, &USER_SCOPES], "credentials = \"api_client\"");
                let (id, secret) = client(raw);
                Some(Self::ApiClient { id: id?, secret: secret? })
            }
            Way::ClientCredentials => {
                raw.refuse([&USER_SCOPES], "credentials = \"client_credentials\"");
                let (id, secret) = client(raw);
                let token_url = match raw.text(&TOKEN_URL) {
                    Some(text) => address::read(raw, &TOKEN_URL, &text, allow_insecure).map(Some),
                    None => Some(None),
                };
                let scopes = raw.parsed(&TOKEN_SCOPES, words);
                Some(Self::ClientCredentials {
                    id: id?,
                    secret: secret?,
                    token_url: token_url?,
                    scopes: scopes?,
                })
            }
            Way::UserToken => {
                let others = [&CLIENT_ID, &CLIENT_SECRET, &TOKEN_URL, &TOKEN_SCOPES];
                raw.refuse(others, "credentials = \"user_token\"");
                Some(Self::UserToken { scopes: raw.parsed(&USER_SCOPES, words)? })
            }
        }
    }
}

/// Takes the API client's id and secret, which cannot be left out.
fn client(raw: &mut Raw) -> (Option<String>, Option<Secret>) {
    (raw.required(&CLIENT_ID), raw.required_secret(&CLIENT_SECRET))
}

#[expect(clippy::unnecessary_wraps, reason = "what reads a value may refuse it")]
fn words(text: &str) -> Option<Vec<String>> {
    Some(text.split_whitespace().map(str::to_owned).collect())
}
