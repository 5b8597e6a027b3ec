//! Finishing a change over HTTP. Every call is written down in the ledger, however it ends.

use super::call::Incoming;
use super::objects::{ProfileObject, UserObject};
use super::refusal::{ErrorBody, Refusal, read};
use crate::change::{NotFinished, Verification};
use crate::clock::iso;
use crate::contact::Contact;
use crate::faults::{Fault, Kind as FaultKind};
use crate::ledger::{Finish, correlation};
use crate::service::Shared;
use crate::settings::Permission;
use crate::world::World;
use axum::Json;
use axum::extract::{Path, Request, State};
use axum::http::StatusCode;
use axum::response::{IntoResponse, Response};
use jiff::Timestamp;
use serde::Deserialize;
use serde_json::{Value, json};
use utoipa::ToSchema;

/// What `finish` takes. The names are assumed.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub(crate) struct FinishBody {
    /// What `begin` answered.
    verification_token: String,
    /// Six digits.
    #[schema(example = "123456")]
    code: String,
}

/// Finishes a change with the code that was sent
///
/// A code can be entered once: right or wrong, the verification is used up.
#[utoipa::path(
    post, path = "/api/rest/v1/user/{userId}/change-contact/finish", tag = "change-contact", operation_id = "finish",
    params(("userId" = String, Path, description = "24 lower-case hexadecimal characters")),
    security(("apiClient" = []), ("accessToken" = [])),
    request_body = FinishBody,
    responses(
        (status = 200, body = UserObject, description = "Changed; for a user's own token the profile object"),
        (status = 400, body = ErrorBody, description = "The code was wrong, or the body cannot be read"),
        (status = 401, body = ErrorBody, description = "Credentials are missing or not valid"),
        (status = 403, body = ErrorBody, description = "Permission or scope is missing"),
        (status = 404, body = ErrorBody, description = "No such user, or no such verification, or it was used"),
        (status = 409, body = ErrorBody, description = "Another account has verified this contact meanwhile"),
        (status = 410, body = ErrorBody, description = "The verification has run out, or a newer one was begun"),
        (status = 413, body = ErrorBody, description = "The body is longer than 16 KiB"),
        (status = 415, body = ErrorBody, description = "The body is not JSON"),
    )
)]
pub(crate) async fn finish(
    State(service): State<Shared>,
    Path(user): Path<String>,
    request: Request,
) -> Response {
    let headers = request.headers().clone();
    let fault = request.extensions().get::<Fault>().cloned();
    let words = &service.settings.dialect.finish;
    let body = read::<FinishBody>(request, words).await;
    let call = Incoming { service: &service, user: &user, headers: &headers, words, fault: fault.as_ref() };
    let good = words.status("changed", StatusCode::OK);
    service
        .step(|world, now| {
            let mut entry = finish_entry(&call, world, body.as_ref().ok(), now);
            let result = call.unless_kept(|| finish_now(&call, world, body, &mut entry, now));
            entry.outcome = result.as_ref().map_or_else(|refusal| refusal.outcome, |_| "changed");
            entry.status = call.status(&result, good);
            world.ledger.finishes.push(entry);
            result
        })
        .map_or_else(IntoResponse::into_response, |person| (good, Json(person)).into_response())
}

fn finish_entry(call: &Incoming<'_>, world: &World, body: Option<&FinishBody>, now: Timestamp) -> Finish {
    let token = body.map(|body| body.verification_token.as_str());
    let contact = token.and_then(|token| contact_of(call, world, token));
    Finish {
        at: iso(now),
        user: call.user.to_owned(),
        caller: None,
        kind: contact.map(Contact::kind),
        contact: contact.map(|contact| contact.value().to_owned()),
        outcome: "",
        status: None,
        verification: token.map(correlation),
        fault: call.fault.map(Fault::name),
    }
}

fn contact_of<'a>(call: &Incoming<'_>, world: &'a World, token: &str) -> Option<&'a Contact> {
    world.verifications.get(token).filter(|one| one.is_of(call.user)).map(Verification::contact)
}

fn finish_now(
    call: &Incoming<'_>,
    world: &mut World,
    body: Result<FinishBody, Refusal>,
    entry: &mut Finish,
    now: Timestamp,
) -> Result<Value, Refusal> {
    let caller = call.caller(world, now)?;
    entry.caller = Some(caller.label());
    caller.reaches(world, call.user, Permission::AccountModify)?;
    let FinishBody { verification_token: token, code } = body?;
    caller.changes(contact_of(call, world, &token).map(Contact::kind))?;

    let fault = call.fault.map(|fault| &fault.kind);
    if fault == Some(&FaultKind::Expired) {
        world.expire(&token, now);
    }
    let by_another = fault == Some(&FaultKind::Taken);
    world.finish(call.user, &token, &code, by_another, now).map_err(refusal)?;

    let person = world.person(call.user).ok_or_else(Refusal::no_such_user)?;
    let person = if caller.is_user() {
        json!(ProfileObject::of(person))
    } else {
        json!(UserObject::of(person, call.service))
    };
    Ok(call.service.settings.dialect.person(person))
}

fn refusal(why: NotFinished) -> Refusal {
    let (status, outcome, message) = match why {
        NotFinished::Unknown => (StatusCode::NOT_FOUND, "unknown", "Verification was not found."),
        NotFinished::Used => (StatusCode::NOT_FOUND, "used", "Verification was not found."),
        NotFinished::Superseded => (StatusCode::GONE, "superseded", "A newer verification was begun."),
        NotFinished::Expired => (StatusCode::GONE, "expired", "The verification has run out."),
        NotFinished::WrongCode => (StatusCode::BAD_REQUEST, "wrong_code", "The code was not accepted."),
        NotFinished::Taken => (StatusCode::CONFLICT, "taken", "The contact belongs to another account."),
    };
    Refusal::new(status, outcome, message)
}
