//! What a test can set: faults, limits, time, and all as new.

use crate::clock::iso;
use crate::faults::{Fault, Faults};
use crate::limits::Limits;
use crate::openid::{Notified, notify};
use crate::people::{Listed, Person};
use crate::service::Shared;
use crate::world::World;
use axum::Json;
use axum::body::Bytes;
use axum::extract::State;
use axum::http::StatusCode;
use axum::response::{IntoResponse, Response};
use serde::de::DeserializeOwned;
use serde::{Deserialize, Serialize};
use serde_json::{Value, json};
use url::Url;

/// A body that cannot be read: 400 with a sentence.
pub(crate) struct Unreadable(String);

impl IntoResponse for Unreadable {
    fn into_response(self) -> Response {
        (StatusCode::BAD_REQUEST, Json(json!({ "error": self.0 }))).into_response()
    }
}

fn read<T: DeserializeOwned>(body: &[u8]) -> Result<T, Unreadable> {
    serde_json::from_slice(body).map_err(|error| Unreadable(format!("The body cannot be read: {error}.")))
}

/// The list of faults as it goes in.
#[derive(Debug, Deserialize)]
pub(crate) struct FaultsAsked {
    faults: Vec<Fault>,
    /// For those that happen by chance.
    #[serde(default)]
    seed: u64,
}

/// The list of faults as it goes out.
#[derive(Debug, Serialize)]
pub(crate) struct FaultsThere {
    faults: Vec<Fault>,
}

/// `POST /control/faults`: these and no others.
pub(crate) async fn set_faults(
    State(service): State<Shared>,
    body: Bytes,
) -> Result<Json<FaultsThere>, Unreadable> {
    let FaultsAsked { faults, seed } = read(&body)?;
    faults.iter().try_for_each(Fault::check).map_err(Unreadable)?;
    service.step(|world, _| world.faults = Faults::new(faults.clone(), seed));
    Ok(Json(FaultsThere { faults }))
}

/// `GET /control/faults`: those still switched on.
pub(crate) async fn faults(State(service): State<Shared>) -> Json<FaultsThere> {
    Json(FaultsThere { faults: service.step(|world, _| world.faults.list().to_vec()) })
}

/// `POST /control/limits`: any of them; the others stay.
pub(crate) async fn set_limits(
    State(service): State<Shared>,
    body: Bytes,
) -> Result<Json<Limits>, Unreadable> {
    let change: SomeLimits = read(&body)?;
    Ok(Json(service.step(|world, _| {
        let now = world.limits;
        world.limits = Limits {
            per_address: change.per_address.unwrap_or(now.per_address),
            per_user: change.per_user.unwrap_or(now.per_user),
            code_lifetime_seconds: change.code_lifetime_seconds.unwrap_or(now.code_lifetime_seconds),
            window_seconds: change.window_seconds.unwrap_or(now.window_seconds),
        };
        world.limits
    })))
}

#[derive(Debug, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
struct SomeLimits {
    per_address: Option<u32>,
    per_user: Option<u32>,
    code_lifetime_seconds: Option<u32>,
    window_seconds: Option<u32>,
}

/// `GET /control/limits`
pub(crate) async fn limits(State(service): State<Shared>) -> Json<Limits> {
    Json(service.step(|world, _| world.limits))
}

#[derive(Debug, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
struct Advance {
    advance_seconds: u32,
}

/// `POST /control/clock`: moves the sandbox's time forward.
pub(crate) async fn set_clock(State(service): State<Shared>, body: Bytes) -> Result<Json<Value>, Unreadable> {
    let Advance { advance_seconds } = read(&body)?;
    Ok(Json(service.step(|world, _| {
        world.clock.advance(advance_seconds);
        json!({ "now": iso(world.clock.now()) })
    })))
}

/// `GET /control/clock`
pub(crate) async fn clock(State(service): State<Shared>) -> Json<Value> {
    Json(service.step(|_, now| json!({ "now": iso(now) })))
}

/// `POST /control/reset`: everything as new, but for the signing keys.
pub(crate) async fn reset(State(service): State<Shared>) -> StatusCode {
    service.step(|world, _| *world = World::new(&service.settings));
    StatusCode::NO_CONTENT
}

/// `GET /control/people`
pub(crate) async fn people(State(service): State<Shared>) -> Json<Value> {
    let list = |list: &[Listed], member: &str| -> Vec<Value> {
        list.iter().map(|one| json!({ member: one.value, "verified": one.verified })).collect()
    };
    let person = |person: &Person| {
        json!({
            "id": person.id,
            "username": person.username,
            "name": person.name.full(),
            "locale": person.locale,
            "preferredLanguage": person.preferred_language,
            "emails": list(&person.emails, "address"),
            "mobiles": list(&person.mobiles, "number"),
        })
    };
    let people: Vec<Value> = service.step(|world, _| world.people.iter().map(person).collect());
    Json(json!({ "people": people }))
}

/// `GET /control/secrets`: all that was given to somebody and is nobody else's business, for tests that search for it.
pub(crate) async fn secrets(State(service): State<Shared>) -> Json<Value> {
    Json(service.step(|world, _| {
        let [authorization_codes, mut access_tokens, refresh_tokens] = world.sign_ins.secrets();
        access_tokens.extend(world.api_tokens.secrets());
        let codes: Vec<&str> = world.outbox.iter().filter_map(|message| message.code.as_deref()).collect();
        let verification_tokens: Vec<&String> = world.verifications.keys().collect();
        json!({
            "codes": codes,
            "verificationTokens": verification_tokens,
            "authorizationCodes": authorization_codes,
            "accessTokens": access_tokens,
            "refreshTokens": refresh_tokens,
        })
    }))
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct SignOut {
    sub: String,
}

/// `POST /control/sign-out`: ends all sign-ins of a person and tells every application over the back channel.
pub(crate) async fn sign_out(State(service): State<Shared>, body: Bytes) -> Result<Json<Value>, Unreadable> {
    let SignOut { sub } = read(&body)?;
    let (sessions, clients) =
        service.step(|world, _| (world.sign_ins.sign_out_everywhere(&sub), world.clients.clone()));
    let notified: Vec<Notified> = notify(&service, clients, &sub).await;
    Ok(Json(json!({ "sessions": sessions, "notified": notified })))
}

#[derive(Debug, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
struct BackChannel {
    client: String,
    backchannel_logout_uri: Option<Url>,
}

/// `POST /control/back-channel`: where an application wants to be told of sign-outs; null for nowhere.
pub(crate) async fn back_channel(
    State(service): State<Shared>,
    body: Bytes,
) -> Result<StatusCode, Unreadable> {
    let BackChannel { client, backchannel_logout_uri } = read(&body)?;
    service.step(|world, _| {
        let known = world.clients.iter_mut().find(|known| known.id == client);
        let known = known.ok_or_else(|| Unreadable("The client is not known here.".into()))?;
        known.backchannel_logout_uri = backchannel_logout_uri;
        Ok(StatusCode::NO_CONTENT)
    })
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct Framing {
    client: String,
    origins: Vec<Url>,
}

/// `POST /control/framing`: whose pages may show the sign-in page of an application in a frame; an empty list for nobody.
pub(crate) async fn framing(State(service): State<Shared>, body: Bytes) -> Result<StatusCode, Unreadable> {
    let Framing { client, origins } = read(&body)?;
    service.step(|world, _| {
        let known = world.clients.iter_mut().find(|known| known.id == client);
        let known = known.ok_or_else(|| Unreadable("The client is not known here.".into()))?;
        known.framed_by = origins.iter().map(|url| url.origin().ascii_serialization()).collect();
        Ok(StatusCode::NO_CONTENT)
    })
}
