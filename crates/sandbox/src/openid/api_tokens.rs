//! The tokens of API clients: the client credentials grant (RFC 6749, section 4.4).

use super::client_auth::{Credentials, TokenError};
use super::parameters::Parameters;
use crate::clock::later;
use crate::service::{Service, random_token};
use crate::world::World;
use jiff::Timestamp;
use serde_json::{Value, json};
use std::collections::HashMap;

/// Who holds which token, and until when.
#[derive(Debug, Default)]
pub(crate) struct ApiTokens(HashMap<String, (String, Timestamp)>);

impl ApiTokens {
    /// All of them, whether they still work or not.
    pub(crate) fn secrets(&self) -> impl Iterator<Item = &str> {
        self.0.keys().map(String::as_str)
    }

    /// The client that a token which works was given to.
    pub(crate) fn client(&self, token: &str, now: Timestamp) -> Option<&str> {
        self.0.get(token).filter(|(_, expires)| *expires > now).map(|(client, _)| client.as_str())
    }
}

/// Gives an API client a token that may do what the client may. Scopes are not known here.
pub(super) fn issue(
    service: &Service,
    credentials: &Credentials,
    form: &Parameters,
    world: &mut World,
    now: Timestamp,
) -> Result<Value, TokenError> {
    let client = service.api_client(&credentials.id).filter(|client| client.secret == credentials.secret);
    let client = client.ok_or_else(TokenError::invalid_client)?;
    let lifetime = service.settings.api_token_lifetime;
    let token = random_token();
    world.api_tokens.0.insert(token.clone(), (client.id.clone(), later(now, lifetime)));
    let mut answer = json!({ "access_token": token, "token_type": "Bearer", "expires_in": lifetime });
    if let (Some(scope), Some(answer)) = (form.get("scope"), answer.as_object_mut()) {
        answer.insert("scope".into(), scope.into());
    }
    Ok(answer)
}
