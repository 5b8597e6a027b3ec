//! Reading a user and a profile.

use super::caller::Caller;
use super::objects::{ProfileObject, UserObject};
use super::refusal::{ErrorBody, Refusal};
use crate::people::Person;
use crate::service::{Service, Shared};
use crate::settings::Permission;
use axum::Json;
use axum::extract::{Path, State};
use axum::http::{HeaderMap, StatusCode};
use serde_json::{Value, json};

/// Reads a user
///
/// For API clients. A user's own token reads the profile.
#[utoipa::path(
    get, path = "/api/rest/v1/user/{userId}", tag = "user", operation_id = "user",
    params(("userId" = String, Path, description = "24 lower-case hexadecimal characters")),
    security(("apiClient" = [])),
    responses(
        (status = 200, body = UserObject),
        (status = 401, body = ErrorBody, description = "Credentials are missing or not valid"),
        (status = 403, body = ErrorBody, description = "Not with these credentials"),
        (status = 404, body = ErrorBody, description = "No such user"),
    )
)]
pub(crate) async fn user(
    State(service): State<Shared>,
    Path(user): Path<String>,
    headers: HeaderMap,
) -> Result<(StatusCode, Json<Value>), Refusal> {
    read(&service, &user, &headers, |caller, person| {
        if caller.is_user() {
            return Err(Refusal::forbidden("A user's own access token reads the profile."));
        }
        Ok(json!(UserObject::of(person, &service)))
    })
}

/// Reads a profile
///
/// For the user's own token, and for API clients.
#[utoipa::path(
    get, path = "/api/rest/v1/user/{userId}/profile", tag = "user", operation_id = "profile",
    params(("userId" = String, Path, description = "24 lower-case hexadecimal characters")),
    security(("apiClient" = []), ("accessToken" = [])),
    responses(
        (status = 200, body = ProfileObject),
        (status = 401, body = ErrorBody, description = "Credentials are missing or not valid"),
        (status = 403, body = ErrorBody, description = "Not with these credentials"),
        (status = 404, body = ErrorBody, description = "No such user"),
    )
)]
pub(crate) async fn profile(
    State(service): State<Shared>,
    Path(user): Path<String>,
    headers: HeaderMap,
) -> Result<(StatusCode, Json<Value>), Refusal> {
    read(&service, &user, &headers, |_, person| Ok(json!(ProfileObject::of(person))))
}

fn read(
    service: &Service,
    user: &str,
    headers: &HeaderMap,
    show: impl FnOnce(&Caller, &Person) -> Result<Value, Refusal>,
) -> Result<(StatusCode, Json<Value>), Refusal> {
    let dialect = &service.settings.dialect;
    let shown = service.step(|world, now| {
        let caller = Caller::of(headers, service, world, now)?;
        caller.reaches(world, user, Permission::AccountView)?;
        let person = world.person(user).ok_or_else(Refusal::no_such_user)?;
        show(&caller, person)
    });
    let person = shown.map_err(|refusal| refusal.said(&dialect.user, &dialect.headers))?;
    Ok((dialect.user.status("read", StatusCode::OK), Json(dialect.person(person))))
}
