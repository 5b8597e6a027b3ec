//! `[service]`: by what right the Management API is called.

use upstream::Secret;
use url::Url;

use super::{Raw, address};

/// The scopes with which a person's own token may change contacts (the service's guide, "Scopes").
const USER_SCOPES: &str =
    "https://oneportal.trivore.com/scope/email.update https://oneportal.trivore.com/scope/phone.update";

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
#[derive(Clone, Copy, PartialEq, Eq)]
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
        let example = "api_client, client_credentials or user_token";
        let way = raw.parsed("service.credentials", "api_client", example, |text| match text {
            "api_client" => Some(Way::ApiClient),
            "client_credentials" => Some(Way::ClientCredentials),
            "user_token" => Some(Way::UserToken),
            _ => None,
        });
        // Without it nobody can say which of the others belong here; none of them is unknown, though.
        let Some(way) = way else {
            for key in ["client_id", "token_url", "token_scopes", "user_scopes"] {
                raw.text(&format!("service.{key}"));
            }
            raw.secret("service.client_secret");
            return None;
        };
        match way {
            Way::ApiClient => {
                refuse(raw, way, &["token_url", "token_scopes", "user_scopes"]);
                let (id, secret) = client(raw);
                Some(Self::ApiClient { id: id?, secret: secret? })
            }
            Way::ClientCredentials => {
                refuse(raw, way, &["user_scopes"]);
                let (id, secret) = client(raw);
                let token_url = match raw.text("service.token_url") {
                    Some(text) => address::read(raw, "service.token_url", &text, allow_insecure).map(Some),
                    None => Some(None),
                };
                let scopes = words(&raw.text("service.token_scopes").unwrap_or_default());
                Some(Self::ClientCredentials { id: id?, secret: secret?, token_url: token_url?, scopes })
            }
            Way::UserToken => {
                refuse(
                    raw,
                    way,
                    &["client_id", "client_secret", "client_secret_file", "token_url", "token_scopes"],
                );
                let scopes = raw.text("service.user_scopes");
                Some(Self::UserToken { scopes: words(scopes.as_deref().unwrap_or(USER_SCOPES)) })
            }
        }
    }
}

/// Takes the API client's id and secret, which cannot be left out.
fn client(raw: &mut Raw) -> (Option<String>, Option<Secret>) {
    let id = raw.required("service.client_id", "the id of an API client of the instance");
    if !raw.has_secret("service.client_secret") {
        let problem = "is missing; give the secret, or its file as client_secret_file";
        raw.mistake("service.client_secret", problem);
    }
    (id, raw.rotated_secret("service.client_secret"))
}

/// Notes keys that mean nothing with these credentials.
fn refuse(raw: &mut Raw, way: Way, keys: &[&str]) {
    let name = match way {
        Way::ApiClient => "api_client",
        Way::ClientCredentials => "client_credentials",
        Way::UserToken => "user_token",
    };
    for key in keys.iter().map(|key| format!("service.{key}")) {
        if raw.text(&key).is_some() {
            raw.mistake(&key, format!("is not for credentials = \"{name}\"; take it away"));
        }
    }
}

fn words(text: &str) -> Vec<String> {
    text.split_whitespace().map(str::to_owned).collect()
}
