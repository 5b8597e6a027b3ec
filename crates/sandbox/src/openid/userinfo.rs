//! The userinfo endpoint: claims by scope, and those asked for one by one (`OpenID` Connect Core 1.0, section 5).

use super::parameters::Parameters;
use crate::people::Person;
use crate::service::{Service, Shared};
use axum::Json;
use axum::body::Bytes;
use axum::extract::State;
use axum::http::{HeaderMap, StatusCode, header};
use axum::response::{IntoResponse, Response};
use serde_json::{Map, Value, json};

/// `GET /openid/userinfo`
pub(crate) async fn userinfo(State(service): State<Shared>, headers: HeaderMap) -> Response {
    answer(&service, bearer(&headers))
}

/// `POST /openid/userinfo`: the token may be a form field too (RFC 6750, section 2.2).
pub(crate) async fn userinfo_form(
    State(service): State<Shared>,
    headers: HeaderMap,
    body: Bytes,
) -> Response {
    let form = Parameters::read(&body).unwrap_or_default();
    answer(&service, bearer(&headers).or(form.get("access_token")))
}

fn bearer(headers: &HeaderMap) -> Option<&str> {
    let (scheme, token) = headers.get(header::AUTHORIZATION)?.to_str().ok()?.split_once(' ')?;
    scheme.eq_ignore_ascii_case("bearer").then_some(token.trim())
}

fn answer(service: &Service, token: Option<&str>) -> Response {
    let Some(token) = token else { return refused("Bearer realm=\"sandbox\"") };
    let claims = service.step(|world, now| {
        let grant = world.sign_ins.access(token, now)?;
        let person = world.person(&grant.sub)?;
        let all = claims(person);
        let wanted = |name: &str| {
            name == "sub"
                || grant.claims.iter().any(|claim| claim == name)
                || grant.scopes.iter().any(|scope| is_in_scope(name, scope))
        };
        Some(all.into_iter().filter(|(name, _)| wanted(name)).collect::<Map<String, Value>>())
    });
    match claims {
        Some(claims) => Json(claims).into_response(),
        None => refused("Bearer realm=\"sandbox\", error=\"invalid_token\""),
    }
}

fn refused(challenge: &'static str) -> Response {
    (StatusCode::UNAUTHORIZED, [(header::WWW_AUTHENTICATE, challenge)]).into_response()
}

/// All claims about a person; those without a value are left out.
fn claims(person: &Person) -> Map<String, Value> {
    let mut claims = Map::new();
    let mut put = |name: &str, value: Value| {
        if !value.is_null() {
            claims.insert(name.into(), value);
        }
    };
    put("sub", person.id.to_string().into());
    put("name", person.name.full().into());
    put("given_name", person.name.given.into());
    put("middle_name", json!(person.name.middle));
    put("family_name", person.name.family.into());
    put("preferred_username", person.username.to_string().into());
    put("locale", person.locale.replace('_', "-").into());
    put("zoneinfo", person.zoneinfo.into());
    put("updated_at", person.modified.as_second().into());
    if let Some(email) = person.emails.first() {
        put("email", email.value.as_str().into());
        put("email_verified", email.verified.into());
    }
    if let Some(mobile) = person.mobiles.first() {
        put("phone_number", mobile.value.as_str().into());
        put("phone_number_verified", mobile.verified.into());
    }
    claims
}

fn is_in_scope(claim: &str, scope: &str) -> bool {
    match claim {
        "email" | "email_verified" => scope == "email",
        "phone_number" | "phone_number_verified" => scope == "phone",
        _ => scope == "profile",
    }
}
