//! What the provider is and can do (OpenID Connect Discovery 1.0, section 3).

use super::sign_in_page::LANGUAGES;
use crate::management::SCOPE_PREFIX;
use crate::service::Shared;
use axum::Json;
use axum::extract::State;
use axum::http::StatusCode;
use serde_json::{Value, json};

/// The scopes a person's sign-in can ask for; the last ones with the service's prefix.
const SCOPES: [&str; 6] = ["openid", "profile", "email", "phone", "address", "offline_access"];
const SERVICE_SCOPES: [&str; 5] =
    ["email.update", "phone.update", "email.verify", "sms.verify", "profile.update"];

/// Whether a scope is known here. Unknown ones are left out of the grant (RFC 6749, section 3.3).
pub(crate) fn knows_scope(scope: &str) -> bool {
    SCOPES.contains(&scope)
        || scope.strip_prefix(SCOPE_PREFIX).is_some_and(|name| SERVICE_SCOPES.contains(&name))
}

/// `GET /.well-known/openid-configuration`
pub(crate) async fn discovery(State(service): State<Shared>) -> Json<Value> {
    let issuer = &service.issuer;
    let scopes: Vec<String> = SCOPES
        .into_iter()
        .map(Into::into)
        .chain(SERVICE_SCOPES.map(|name| format!("{SCOPE_PREFIX}{name}")))
        .collect();
    Json(json!({
        "issuer": issuer,
        "authorization_endpoint": format!("{issuer}/openid/auth"),
        "token_endpoint": format!("{issuer}/openid/token"),
        "userinfo_endpoint": format!("{issuer}/openid/userinfo"),
        "jwks_uri": format!("{issuer}/openid/jwks"),
        "end_session_endpoint": format!("{issuer}/openid/logout"),
        "introspection_endpoint": format!("{issuer}/openid/introspect"),
        "scopes_supported": scopes,
        "response_types_supported": ["code"],
        "response_modes_supported": ["query"],
        "grant_types_supported": ["authorization_code", "refresh_token", "client_credentials"],
        "subject_types_supported": ["public"],
        "id_token_signing_alg_values_supported": ["RS256", "ES256"],
        "token_endpoint_auth_methods_supported": ["client_secret_basic", "client_secret_post"],
        "introspection_endpoint_auth_methods_supported": ["client_secret_basic", "client_secret_post"],
        "code_challenge_methods_supported": ["S256"],
        "prompt_values_supported": ["none", "login", "consent", "select_account"],
        "claim_types_supported": ["normal"],
        "claims_supported": [
            "iss", "sub", "aud", "exp", "iat", "auth_time", "nonce", "at_hash",
            "name", "given_name", "middle_name", "family_name", "preferred_username", "locale", "zoneinfo",
            "updated_at", "email", "email_verified", "phone_number", "phone_number_verified",
        ],
        "ui_locales_supported": LANGUAGES,
        "claims_parameter_supported": true,
        "request_parameter_supported": false,
        "request_uri_parameter_supported": false,
        "authorization_response_iss_parameter_supported": true,
        "backchannel_logout_supported": true,
        "backchannel_logout_session_supported": false,
    }))
}

/// `GET /openid/jwks`
pub(crate) async fn jwks(State(service): State<Shared>) -> Result<Json<Value>, StatusCode> {
    service.keys.public().map(Json).map_err(|_| StatusCode::INTERNAL_SERVER_ERROR)
}
