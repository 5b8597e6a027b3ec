//! Tells an application whether an access token works (RFC 7662).

use super::client_auth::{client, form};
use crate::service::Shared;
use axum::Json;
use axum::body::Bytes;
use axum::extract::State;
use axum::http::HeaderMap;
use axum::response::{IntoResponse, Response};
use serde_json::json;

/// `POST /openid/introspect`
pub(crate) async fn introspect(State(service): State<Shared>, headers: HeaderMap, body: Bytes) -> Response {
    let answer = form(&headers, &body).and_then(|form| {
        service.step(|world, now| {
            client(&headers, &form, world)?;
            let token = form.get("token").unwrap_or_default();
            let grant = world.sign_ins.access(token, now);
            let expires = world.sign_ins.access_expires(token);
            Ok(grant.zip(expires).map_or_else(
                || json!({ "active": false }),
                |(grant, expires)| {
                    json!({
                        "active": true,
                        "sub": grant.sub,
                        "client_id": grant.client,
                        "scope": grant.scopes.join(" "),
                        "token_type": "Bearer",
                        "iss": service.issuer,
                        "exp": expires.as_second(),
                    })
                },
            ))
        })
    });
    answer.map_or_else(IntoResponse::into_response, |answer| Json(answer).into_response())
}
