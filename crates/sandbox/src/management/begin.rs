//! Beginning a change over HTTP. Every call is written down in the ledger, however it ends.

use super::call::Incoming;
use super::refusal::{ErrorBody, Refusal, read};
use crate::change::{Begun, NotBegun, Wish};
use crate::clock::iso;
use crate::contact::Contact;
use crate::dialect::Lifetime;
use crate::faults::Fault;
use crate::ledger::{Begin, correlation};
use crate::limits::Reached;
use crate::message::wished_language;
use crate::people::Choices;
use crate::service::Shared;
use crate::settings::Permission;
use crate::world::World;
use axum::Json;
use axum::extract::{Path, Request, State};
use axum::http::StatusCode;
use axum::response::{IntoResponse, Response};
use jiff::Timestamp;
use serde::{Deserialize, Serialize};
use serde_json::{Value, json};
use utoipa::ToSchema;

/// What `begin` takes: exactly one of `email` and `mobile`. The names are assumed.
#[derive(Debug, Default, Deserialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub(crate) struct BeginBody {
    /// The new email address.
    #[schema(example = "alice.archer@example.org")]
    email: Option<String>,
    /// The new mobile number, E.164.
    #[schema(example = "+447700900123")]
    mobile: Option<String>,
    /// Make it the primary one: put it first.
    primary: Option<bool>,
    /// Remove all previous contacts of that kind.
    replace_all: Option<bool>,
}

/// What `begin` answers. The names are assumed.
#[derive(Debug, Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub(crate) struct BeginAnswer {
    /// What `finish` takes; opaque.
    verification_token: String,
    /// Until when the code works: ISO 8601, UTC. A dialect can say `expiresIn` in its place, or nothing.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(example = "2026-01-02T03:14:05Z")]
    expires_at: Option<String>,
    /// For how many seconds from now the code works.
    #[serde(skip_serializing_if = "Option::is_none")]
    expires_in: Option<u32>,
}

impl BeginBody {
    fn wish(&self, call: &Incoming<'_>) -> Result<Wish, Refusal> {
        let contact = match (&self.email, &self.mobile) {
            (Some(email), None) => Contact::email(email)
                .ok_or_else(|| Refusal::invalid("The email address is not acceptable."))?,
            (None, Some(mobile)) => Contact::mobile(mobile)
                .ok_or_else(|| Refusal::invalid("The mobile number is not acceptable (E.164)."))?,
            _ => return Err(Refusal::invalid("Exactly one of email and mobile must be given.")),
        };
        let choices = Choices {
            primary: self.primary.unwrap_or_default(),
            replace_all: self.replace_all.unwrap_or_default(),
        };
        let language = call.headers.get(&call.service.settings.dialect.headers.language);
        let language = language.and_then(|value| wished_language(value.to_str().ok()?));
        Ok(Wish { contact, choices, language })
    }
}

/// Begins a change of an email address or a mobile number
///
/// Sends a code to it. An older verification of the same kind no longer works then.
#[utoipa::path(
    post, path = "/api/rest/v1/user/{userId}/change-contact/begin", tag = "change-contact", operation_id = "begin",
    params(
        ("userId" = String, Path, description = "24 lower-case hexadecimal characters"),
        ("Accept-Language" = Option<String>, Header, description = "The language of the message; else the user's own"),
    ),
    security(("apiClient" = []), ("accessToken" = [])),
    request_body = BeginBody,
    responses(
        (status = 200, body = BeginAnswer),
        (status = 400, body = ErrorBody, description = "The address or number is not acceptable, or the body is not"),
        (status = 401, body = ErrorBody, description = "Credentials are missing or not valid"),
        (status = 403, body = ErrorBody, description = "Permission or scope is missing"),
        (status = 404, body = ErrorBody, description = "No such user"),
        (status = 409, body = ErrorBody, description = "The user already has this contact, verified"),
        (status = 413, body = ErrorBody, description = "The body is longer than 16 KiB"),
        (status = 415, body = ErrorBody, description = "The body is not JSON"),
        (status = 429, body = ErrorBody, description = "A limit is reached; Retry-After says in seconds when it ends"),
    )
)]
pub(crate) async fn begin(
    State(service): State<Shared>,
    Path(user): Path<String>,
    request: Request,
) -> Response {
    let headers = request.headers().clone();
    let fault = request.extensions().get::<Fault>().cloned();
    let words = &service.settings.dialect.begin;
    let body = read::<BeginBody>(request, words).await;
    let call = Incoming { service: &service, user: &user, headers: &headers, words, fault: fault.as_ref() };
    let good = words.status("sent", StatusCode::OK);
    let outcome = service.step(|world, now| {
        let mut entry = begin_entry(&call, body.as_ref().ok(), now);
        let result = call.unless_kept(|| begin_now(&call, world, body, &mut entry, now));
        entry.outcome = result.as_ref().map_or_else(|refusal| refusal.outcome, |_| "sent");
        entry.status = call.status(&result, good);
        entry.verification = result.as_ref().ok().map(|begun| correlation(&begun.token));
        world.ledger.begins.push(entry);
        result
    });
    match outcome {
        Ok(begun) => {
            service.deliver(begun.message.clone());
            let answer = answer(begun, service.settings.dialect.lifetime);
            (good, Json(words.say(answer))).into_response()
        }
        Err(refusal) => refusal.into_response(),
    }
}

fn begin_entry(call: &Incoming<'_>, body: Option<&BeginBody>, now: Timestamp) -> Begin {
    let nothing = BeginBody::default();
    let body = body.unwrap_or(&nothing);
    Begin {
        at: iso(now),
        user: call.user.to_owned(),
        caller: None,
        kind: body.wish(call).ok().map(|wish| wish.contact.kind()),
        contact: body.email.clone().or_else(|| body.mobile.clone()),
        primary: body.primary.unwrap_or_default(),
        replace_all: body.replace_all.unwrap_or_default(),
        outcome: "",
        status: None,
        verification: None,
        fault: call.fault.map(Fault::name),
    }
}

fn begin_now(
    call: &Incoming<'_>,
    world: &mut World,
    body: Result<BeginBody, Refusal>,
    entry: &mut Begin,
    now: Timestamp,
) -> Result<Begun, Refusal> {
    let caller = call.caller(world, now)?;
    entry.caller = Some(caller.label());
    caller.reaches(world, call.user, Permission::AccountModify)?;
    let wish = body?.wish(call)?;
    caller.changes(Some(wish.contact.kind()))?;
    world.begin(call.user, &wish, &call.service.settings.code_host, now).map_err(|why| match why {
        NotBegun::NoSuchUser => Refusal::no_such_user(),
        NotBegun::AlreadyYours => {
            let message = "The user already has this contact, verified.";
            Refusal::new(StatusCode::CONFLICT, "already_yours", message)
        }
        NotBegun::Limit(Reached::Address(seconds)) => Refusal::limited("limit_address", seconds),
        NotBegun::Limit(Reached::User(seconds)) => Refusal::limited("limit_user", seconds),
    })
}

fn answer(begun: Begun, lifetime: Lifetime) -> Value {
    json!(BeginAnswer {
        verification_token: begun.token,
        expires_at: (lifetime == Lifetime::At).then(|| iso(begun.expires)),
        expires_in: (lifetime == Lifetime::In).then_some(begun.lifetime),
    })
}
