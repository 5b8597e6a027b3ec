//! Another access token for somebody who signed in.

use identity::Subject;
use oauth2::{RefreshToken, RequestTokenError};
use openidconnect::core::CoreErrorResponseType;
use secrecy::{ExposeSecret, SecretString};

use super::RelyingParty;
use crate::{
    clock,
    sign_in::{
        Failure, http,
        tokens::{self, Renewed},
    },
};

impl RelyingParty {
    /// Exchanges a refresh token of a person for another access token (RFC 6749, section 6), once; nothing if the provider
    /// refuses (`invalid_grant`). An ID token that comes with it has to be of the same person (OpenID Connect Core 1.0,
    /// section 12.2).
    pub(in crate::sign_in) async fn renew(
        &self,
        refresh_token: &SecretString,
        subject: &Subject,
    ) -> Result<Option<Renewed>, Failure> {
        let call = |request| http::call(self.0.upstream.clone(), "token", request);
        let (mut client, asked) = (self.client(&*self.metadata().await?), clock::now());
        let shown = RefreshToken::new(refresh_token.expose_secret().to_owned());
        let tokens = match client.exchange_refresh_token(&shown)?.request_async(&call).await {
            Err(RequestTokenError::ServerResponse(answer))
                if *answer.error() == CoreErrorResponseType::InvalidGrant =>
            {
                return Ok(None);
            }
            answer => answer?,
        };
        let mut proof = tokens::validate_renewed(&client, &tokens, subject);
        if proof.as_ref().is_err_and(Failure::may_be_of_old_keys) {
            client = self.client(&*self.discover().await?);
            proof = tokens::validate_renewed(&client, &tokens, subject);
        }
        proof?;
        Ok(Some(Renewed::of(&tokens, asked)))
    }
}
