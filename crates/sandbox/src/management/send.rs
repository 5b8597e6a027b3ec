//! Messages to a user that a client asks for, such as a notice to an old address. The body's names are assumed.

use super::call::Incoming;
use super::caller::Caller;
use super::refusal::{ErrorBody, Refusal, read};
use crate::clock::iso;
use crate::contact::{Contact, Kind};
use crate::faults::Fault;
use crate::ledger::{Cause, Sending};
use crate::message::{Channel, Message};
use crate::people::Listed;
use crate::service::Shared;
use crate::settings::Permission;
use crate::world::World;
use axum::extract::{Path, Request, State};
use axum::http::StatusCode;
use axum::response::{IntoResponse, Response};
use jiff::Timestamp;
use serde::Deserialize;
use utoipa::ToSchema;

/// A message to a user.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub(crate) struct SendBody {
    /// The subject, for email only.
    subject: Option<String>,
    /// What it says.
    #[schema(example = "Your email address was changed.")]
    text: String,
    /// The address or number; without it the user's primary one.
    to: Option<String>,
}

/// Sends an email to a user
///
/// To their primary address, or to the one given.
#[utoipa::path(
    post, path = "/api/rest/v1/user/{userId}/email/send", tag = "message", operation_id = "sendEmail",
    params(("userId" = String, Path, description = "24 lower-case hexadecimal characters")),
    security(("apiClient" = [])),
    request_body = SendBody,
    responses(
        (status = 204, description = "Sent"),
        (status = 400, body = ErrorBody, description = "The body is not acceptable, or the user has no address"),
        (status = 401, body = ErrorBody, description = "Credentials are missing or not valid"),
        (status = 403, body = ErrorBody, description = "Permission is missing"),
        (status = 404, body = ErrorBody, description = "No such user"),
    )
)]
pub(crate) async fn email(service: State<Shared>, user: Path<String>, request: Request) -> Response {
    send(service, user, request, Kind::Email).await
}

/// Sends a text message to a user
///
/// To their primary number, or to the one given.
#[utoipa::path(
    post, path = "/api/rest/v1/user/{userId}/sms/send", tag = "message", operation_id = "sendSms",
    params(("userId" = String, Path, description = "24 lower-case hexadecimal characters")),
    security(("apiClient" = [])),
    request_body = SendBody,
    responses(
        (status = 204, description = "Sent"),
        (status = 400, body = ErrorBody, description = "The body is not acceptable, or the user has no number"),
        (status = 401, body = ErrorBody, description = "Credentials are missing or not valid"),
        (status = 403, body = ErrorBody, description = "Permission is missing"),
        (status = 404, body = ErrorBody, description = "No such user"),
    )
)]
pub(crate) async fn sms(service: State<Shared>, user: Path<String>, request: Request) -> Response {
    send(service, user, request, Kind::Mobile).await
}

async fn send(
    State(service): State<Shared>,
    Path(user): Path<String>,
    request: Request,
    kind: Kind,
) -> Response {
    let headers = request.headers().clone();
    let fault = request.extensions().get::<Fault>().cloned();
    let words = &service.settings.dialect.send;
    let body = read::<SendBody>(request, words).await;
    let call = Incoming { service: &service, user: &user, headers: &headers, words, fault: fault.as_ref() };
    let good = words.status("sent", StatusCode::NO_CONTENT);
    let sent = service.step(|world, now| {
        let asked = body.as_ref().ok().and_then(|body| body.to.clone());
        let result = call.unless_kept(|| send_now(&call, world, body, kind, now));
        world.ledger.messages.push(Sending {
            at: iso(now),
            user: user.clone(),
            cause: Cause::Send,
            channel: kind.into(),
            to: result.as_ref().ok().map(|message| message.to.clone()).or(asked),
            outcome: result.as_ref().map_or_else(|refusal| refusal.outcome, |_| "sent"),
            status: call.status(&result, good),
            verification: None,
            fault: fault.as_ref().map(Fault::name),
        });
        result
    });
    match sent {
        Ok(message) => {
            service.deliver(message);
            good.into_response()
        }
        Err(refusal) => refusal.into_response(),
    }
}

fn send_now(
    call: &Incoming<'_>,
    world: &mut World,
    body: Result<SendBody, Refusal>,
    kind: Kind,
    now: Timestamp,
) -> Result<Message, Refusal> {
    let caller = call.caller(world, now)?;
    if matches!(caller, Caller::User { .. }) {
        return Err(Refusal::forbidden("Only an API client sends messages."));
    }
    caller.reaches(world, call.user, Permission::MessageSend)?;
    let body = body?;
    if body.text.trim().is_empty() {
        return Err(Refusal::invalid("The text is empty."));
    }
    let primary = world.person(call.user).and_then(|person| person.primary(kind));
    let to = body.to.or_else(|| primary.map(|Listed { value, .. }| value.clone()));
    let to = to.ok_or_else(|| {
        Refusal::new(StatusCode::BAD_REQUEST, "no_address", "The user has no address or number.")
    })?;
    let contact = match kind {
        Kind::Email => Contact::email(&to),
        Kind::Mobile => Contact::mobile(&to),
    };
    let contact = contact.ok_or_else(|| Refusal::invalid("The address or number is not acceptable."))?;
    let message = Message {
        channel: kind.into(),
        to: contact.value().to_owned(),
        subject: (Channel::from(kind) == Channel::Email).then(|| body.subject.unwrap_or_default()),
        text: body.text,
        code: None,
        sent_at: iso(now),
    };
    world.outbox.push(message.clone());
    Ok(message)
}
