//! The provider as this server deals with it.

mod discovery;
mod renewal;

use std::{sync::Arc, time::Duration};

use arc_swap::ArcSwap;
use identity::Subject;
use oauth2::{
    AuthType, AuthorizationCode, ClientId, ClientSecret, CsrfToken, EndpointMaybeSet, EndpointNotSet,
    EndpointSet, PkceCodeChallenge, PkceCodeVerifier, RedirectUrl, Scope,
};
use openidconnect::{
    LanguageTag, LoginHint, LogoutRequest, Nonce, PostLogoutRedirectUrl, ProviderMetadataWithLogout,
    core::{CoreAuthPrompt, CoreAuthenticationFlow, CoreClient, CoreClientAuthMethod, CoreIdToken},
};
use secrecy::ExposeSecret;
use serde_json::json;
use session::SignedIn;
use tokio::{
    sync::{Mutex, RwLock},
    time::Instant,
};
use upstream::Upstream;
use url::Url;

use super::{
    Failure, http,
    logout_token::{self, Expected, LoggedOut, LogoutTokenProblem},
    tokens,
};
use crate::{
    clock,
    config::{Provider, PublicUrl},
};

/// How often at the most a token that anybody can send makes us ask the provider for its keys.
const LOOKS_FOR_KEYS: Duration = Duration::from_mins(1);

/// The client of one sign-in: made from the provider's metadata.
pub(super) type Client = CoreClient<
    EndpointSet,
    EndpointNotSet,
    EndpointNotSet,
    EndpointNotSet,
    EndpointMaybeSet,
    EndpointMaybeSet,
>;

/// The client of the provider. Cheap to clone.
#[derive(Clone)]
pub(crate) struct RelyingParty(Arc<Inner>);

struct Inner {
    provider: Provider,
    scopes: Vec<Scope>,
    keeps_access_token: bool,
    public_url: PublicUrl,
    upstream: Upstream,
    metadata: RwLock<Option<Arc<ProviderMetadataWithLogout>>>,
    /// Every page says them, so they are written when they become known and not for each.
    sign_out_origins: ArcSwap<String>,
    looked_for_keys: Mutex<Option<Instant>>,
}

/// Why a logout token was not taken.
#[derive(Debug, thiserror::Error)]
pub(crate) enum LogoutFailure {
    /// It does not hold.
    #[error(transparent)]
    Token(#[from] LogoutTokenProblem),
    /// The provider's keys cannot be had.
    #[error("the provider's keys cannot be read")]
    Provider(#[from] Failure),
}

/// How somebody is to sign in.
#[derive(Clone, Copy)]
pub(super) struct Wish<'request> {
    /// The languages that the person asked for.
    pub(super) ui_locales: Option<&'request str>,
    /// Who has to prove anew who they are; nothing if it is a sign-in of whoever it is.
    pub(super) step_up: Option<&'request Subject>,
}

/// A way to the provider, and what must be remembered until the answer.
pub(super) struct Departure {
    pub(super) url: Url,
    pub(super) state: CsrfToken,
    pub(super) nonce: Nonce,
    pub(super) verifier: PkceCodeVerifier,
}

impl RelyingParty {
    /// Takes the provider and the way to it, the scopes to ask for besides its own (with any, access tokens are kept for
    /// later calls), and the address of this server. Calls nobody.
    pub(crate) fn new(
        provider: &Provider,
        upstream: Upstream,
        user_scopes: &[String],
        public_url: &PublicUrl,
    ) -> Self {
        // The library asks for `openid` by itself.
        let own = provider.scopes.iter().filter(|scope| *scope != "openid");
        Self(Arc::new(Inner {
            scopes: own.chain(user_scopes).cloned().map(Scope::new).collect(),
            keeps_access_token: !user_scopes.is_empty(),
            public_url: public_url.clone(),
            upstream,
            metadata: RwLock::default(),
            sign_out_origins: ArcSwap::from_pointee(discovery::sign_out_origins(provider, None)),
            looked_for_keys: Mutex::default(),
            provider: provider.clone(),
        }))
    }

    /// Tells whether an answer that names its issuer is the provider's.
    pub(super) fn is_issuer(&self, issuer: &str) -> bool {
        issuer == self.0.provider.issuer
    }

    /// Tells whether the provider's sign-in page may stand in a frame.
    pub(crate) fn can_be_framed(&self) -> bool {
        self.0.provider.can_be_framed
    }

    /// Gives the way to the provider's sign-in. For a step-up the provider is told to ask, and whom: as its guide has it,
    /// by `prompt`, `login_hint` and `claims` (OpenID Connect Core 1.0, sections 3.1.2.1 and 5.5.1).
    pub(super) async fn depart(&self, wish: Wish<'_>) -> Result<Departure, Failure> {
        let client = self.client(&*self.metadata().await?);
        let (challenge, verifier) = PkceCodeChallenge::new_random_sha256();
        let mut request = client
            .authorize_url(
                CoreAuthenticationFlow::AuthorizationCode,
                CsrfToken::new_random,
                Nonce::new_random,
            )
            .add_scopes(self.0.scopes.iter().cloned())
            .set_pkce_challenge(challenge);
        for tag in wish.ui_locales.unwrap_or_default().split_whitespace() {
            request = request.add_ui_locale(LanguageTag::new(tag.to_owned()));
        }
        // When the person proved who they are: some providers say it only if they are asked.
        let mut claims = json!({ "id_token": { "auth_time": { "essential": true } } });
        if let Some(subject) = wish.step_up {
            claims["userinfo"] = json!({ "sub": { "value": subject.as_str() } });
            request = request
                .add_prompt(CoreAuthPrompt::Login)
                .set_login_hint(LoginHint::new(subject.as_str().to_owned()));
        }
        request = request.add_extra_param("claims", claims.to_string());
        let (url, state, nonce) = request.url();
        Ok(Departure { url, state, nonce, verifier })
    }

    /// Exchanges the code for tokens, validates them, and gives who signed in: by a step-up, or just so.
    pub(super) async fn arrive(
        &self,
        code: AuthorizationCode,
        nonce: &Nonce,
        verifier: PkceCodeVerifier,
        is_step_up: bool,
    ) -> Result<SignedIn, Failure> {
        let call = |request| http::call(self.0.upstream.clone(), "token", request);
        let (mut client, asked) = (self.client(&*self.metadata().await?), clock::now());
        let tokens = client.exchange_code(code)?.set_pkce_verifier(verifier).request_async(&call).await?;
        let mut proof = tokens::validate(&client, &tokens, nonce);
        if proof.as_ref().is_err_and(Failure::may_be_of_old_keys) {
            // Providers change their keys (OpenID Connect Core 1.0, section 10.1.1).
            client = self.client(&*self.discover().await?);
            proof = tokens::validate(&client, &tokens, nonce);
        }
        let claims = proof?;
        let comforts = tokens::comforts(&client, &tokens, claims, &self.0.upstream).await;
        // A provider that knows the browser asks nobody, so that a token is issued now proves nothing, unless it was told to
        // ask and can be believed to have done so.
        let or_issued = is_step_up && self.0.provider.without_auth_time;
        let asked = self.0.keeps_access_token.then_some(asked);
        tokens::signed_in(&tokens, claims, comforts, asked, or_issued)
    }

    /// Validates a logout token, and gives who signed out. If its key is not known, or is another one by now, the
    /// provider is asked for its keys, at most once a minute: anybody can send such a token.
    pub(super) async fn logged_out(&self, token: &str) -> Result<LoggedOut, LogoutFailure> {
        let provider = &self.0.provider;
        let validate = |metadata: &ProviderMetadataWithLogout| {
            let expected = Expected {
                issuer: &provider.issuer,
                client: &provider.client_id,
                or_untyped: provider.untyped_logout_tokens,
            };
            logout_token::validate(token, expected, metadata.jwks(), clock::now())
        };
        match validate(&*self.metadata().await?) {
            Err(LogoutTokenProblem::UnknownKey | LogoutTokenProblem::Signature)
                if self.may_look_for_keys().await =>
            {
                Ok(validate(&*self.discover().await?)?)
            }
            outcome => Ok(outcome?),
        }
    }

    async fn may_look_for_keys(&self) -> bool {
        let now = Instant::now();
        let mut looked = self.0.looked_for_keys.lock().await;
        let may = looked.is_none_or(|last| now.duration_since(last) >= LOOKS_FOR_KEYS);
        if may {
            *looked = Some(now);
        }
        may
    }

    /// Gives the address at which the provider ends its own session; nothing if it has none.
    pub(super) async fn sign_out_url(
        &self,
        signed_in: &SignedIn,
        language: &str,
    ) -> Result<Option<Url>, Failure> {
        let metadata = self.metadata().await?;
        let Some(endpoint) = metadata.additional_metadata().end_session_endpoint.clone() else {
            return Ok(None);
        };
        let id_token: CoreIdToken = signed_in.id_token.expose_secret().parse()?;
        let back = PostLogoutRedirectUrl::from_url(self.0.public_url.at("/signed-out"));
        let request = LogoutRequest::from(endpoint)
            .set_id_token_hint(&id_token)
            .set_client_id(ClientId::new(self.0.provider.client_id.clone()))
            .set_post_logout_redirect_uri(back)
            .add_ui_locale(LanguageTag::new(language.to_owned()));
        Ok(Some(request.http_get_url()))
    }

    fn client(&self, metadata: &ProviderMetadataWithLogout) -> Client {
        let provider = &self.0.provider;
        let secret = ClientSecret::new(provider.client_secret.current().expose_secret().to_owned());
        let methods = metadata.token_endpoint_auth_methods_supported();
        let only_by_post = methods.is_some_and(|methods| {
            methods.contains(&CoreClientAuthMethod::ClientSecretPost)
                && !methods.contains(&CoreClientAuthMethod::ClientSecretBasic)
        });
        CoreClient::from_provider_metadata(
            metadata.clone(),
            ClientId::new(provider.client_id.clone()),
            Some(secret),
        )
        .set_auth_type(if only_by_post { AuthType::RequestBody } else { AuthType::BasicAuth })
        .set_redirect_uri(RedirectUrl::from_url(self.0.public_url.at("/sign-in/callback")))
    }
}
