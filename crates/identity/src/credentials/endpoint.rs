//! Where tokens come from.

use http::{Request, StatusCode, header};
use oauth2::AuthType;
use serde::Deserialize;
use upstream::Upstream;
use url::Url;

use super::GrantFailure;

/// Where the tokens of the client credentials grant come from.
#[derive(Clone, Debug)]
pub enum TokenEndpoint {
    /// From this address.
    At(Url),
    /// From the token endpoint of this issuer, as its configuration has it (OpenID Connect Discovery 1.0, section 4).
    OfIssuer(String),
}

/// An endpoint that was found, and how a client proves itself there.
#[derive(Clone, Debug)]
pub(super) struct Found {
    pub(super) url: Url,
    pub(super) auth_type: AuthType,
}

/// What is needed of the provider's configuration.
#[derive(Deserialize)]
struct Configuration {
    issuer: String,
    token_endpoint: Url,
    #[serde(default)]
    token_endpoint_auth_methods_supported: Vec<String>,
}

impl TokenEndpoint {
    /// Finds the endpoint, by one read if it is not known.
    pub(super) async fn find(&self, provider: &Upstream) -> Result<Found, GrantFailure> {
        let issuer = match self {
            Self::At(url) => return Ok(Found { url: url.clone(), auth_type: AuthType::BasicAuth }),
            Self::OfIssuer(issuer) => issuer,
        };
        let address = format!("{}/.well-known/openid-configuration", issuer.trim_end_matches('/'));
        let request = Request::get(address)
            .header(header::ACCEPT, "application/json")
            .extension(upstream::Call("discovery"))
            .body(Vec::new())
            .map_err(|_| GrantFailure::Configuration("the issuer is no address"))?;
        let answer = provider.read(request).await.map_err(GrantFailure::Call)?;
        if answer.status() != StatusCode::OK {
            return Err(GrantFailure::Configuration("its status is not 200"));
        }
        let configuration: Configuration = serde_json::from_slice(answer.body())
            .map_err(|_| GrantFailure::Configuration("it has no readable token_endpoint"))?;
        if configuration.issuer != *issuer {
            return Err(GrantFailure::Configuration("it is that of another issuer"));
        }
        let methods = configuration.token_endpoint_auth_methods_supported;
        let knows = |method: &str| methods.iter().any(|known| known == method);
        // `client_secret_basic` is the default (section 3).
        let is_by_post = knows("client_secret_post") && !knows("client_secret_basic");
        let auth_type = if is_by_post { AuthType::RequestBody } else { AuthType::BasicAuth };
        Ok(Found { url: configuration.token_endpoint, auth_type })
    }
}
