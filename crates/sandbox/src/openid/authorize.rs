//! The authorization endpoint: signs a person in, or takes the sign-in their browser has (single sign-on).

use super::parameters::{Parameters, Repeated};
use super::request::{Back, Fault, Prompt, Request};
use super::sign_in_page::{Offer, problem, sign_in_page};
use super::sign_ins::Grant;
use crate::service::{Service, Shared};
use crate::world::World;
use axum::body::Bytes;
use axum::extract::{RawQuery, State};
use axum::http::{HeaderMap, StatusCode, header};
use axum::response::{IntoResponse, Response};
use jiff::Timestamp;
use url::Url;

/// The cookie of the browser's own session at the provider.
pub(crate) const COOKIE: &str = "sandbox_session";

/// `GET /openid/auth`
pub(crate) async fn authorize(
    State(service): State<Shared>,
    headers: HeaderMap,
    RawQuery(query): RawQuery,
) -> Response {
    answer(&service, &headers, query.unwrap_or_default().as_bytes())
}

/// `POST /openid/auth`: the same parameters as a form.
pub(crate) async fn authorize_form(
    State(service): State<Shared>,
    headers: HeaderMap,
    body: Bytes,
) -> Response {
    answer(&service, &headers, &body)
}

fn answer(service: &Service, headers: &HeaderMap, encoded: &[u8]) -> Response {
    let parameters = match Parameters::read(encoded) {
        Ok(parameters) => parameters,
        Err(Repeated) => return problem("A parameter is given twice."),
    };
    service.step(|world, now| {
        let request = match Request::read(&parameters, world, hinted(service, &parameters)) {
            Ok(request) => request,
            Err(fault) => return refuse(service, fault),
        };
        let secret = browser(headers);
        let usable = secret.and_then(|secret| {
            let session = world.sign_ins.session(secret)?;
            let fresh = request
                .max_age
                .is_none_or(|seconds| now.as_second() - session.auth_time.as_second() <= i64::from(seconds));
            let wanted = request.only.as_deref().is_none_or(|only| only == session.sub);
            (fresh && wanted && request.prompt != Prompt::Always)
                .then(|| (secret.to_owned(), session.clone()))
        });
        match (usable, request.prompt) {
            (Some((secret, session)), _) => {
                let (sub, auth_time) = (session.sub, session.auth_time);
                grant(service, world, request, Who { sub, auth_time, session: secret }, now)
            }
            (None, Prompt::Never) => refuse(
                service,
                Fault::Redirect(request.back, "login_required", "Nobody suitable is signed in."),
            ),
            (None, Prompt::IfNeeded | Prompt::Always) => {
                let offer = Offer {
                    people: &world.people,
                    only: request.only.as_deref(),
                    hint: parameters.get("login_hint"),
                    framed_by: world.client(&request.client).map_or(&[], |client| &client.framed_by),
                    languages: parameters.words("ui_locales"),
                    request: parameters.write(),
                };
                sign_in_page(&offer).into_response()
            }
        }
    })
}

/// `POST /openid/auth/sign-in`: a person was chosen on the sign-in page.
pub(crate) async fn sign_in(State(service): State<Shared>, headers: HeaderMap, body: Bytes) -> Response {
    let Ok(form) = Parameters::read(&body) else { return problem("A field is given twice.") };
    let Ok(parameters) = Parameters::read(form.get("request").unwrap_or_default().as_bytes()) else {
        return problem("A parameter is given twice.");
    };
    service.step(|world, now| {
        let request = match Request::read(&parameters, world, hinted(&service, &parameters)) {
            Ok(request) => request,
            Err(fault) => return refuse(&service, fault),
        };
        let chosen = form.get("person").and_then(|id| world.person(id)).map(|person| person.id.to_string());
        let Some(sub) = chosen else { return problem("This person is not known here.") };
        if request.only.as_deref().is_some_and(|only| only != sub) {
            let sentence = "Another person was asked for.";
            return refuse(&service, Fault::Redirect(request.back, "login_required", sentence));
        }
        let session = world.sign_ins.sign_in(&sub, browser(&headers), now);
        let cookie = format!("{COOKIE}={session}; Path=/openid; HttpOnly; SameSite=Lax");
        let who = Who { sub, auth_time: now, session };
        let response = grant(&service, world, request, who, now);
        ([(header::SET_COOKIE, cookie)], response).into_response()
    })
}

/// Who signed in, when, and in which browser.
struct Who {
    sub: String,
    auth_time: Timestamp,
    session: String,
}

fn grant(service: &Service, world: &mut World, request: Request, who: Who, now: Timestamp) -> Response {
    let Request { back, client, scopes, nonce, challenge, claims, .. } = request;
    let Who { sub, auth_time, session } = who;
    let grant = Grant { client, sub, scopes, claims, auth_time, nonce, session };
    let code = world.sign_ins.code(grant, &back.redirect_uri, challenge.as_deref(), now);
    send_back(service, &back, &[("code", &code)])
}

fn refuse(service: &Service, fault: Fault) -> Response {
    match fault {
        Fault::Page(sentence) => problem(sentence),
        Fault::Redirect(back, code, sentence) => {
            send_back(service, &back, &[("error", code), ("error_description", sentence)])
        }
    }
}

/// Sends the browser back with the answer, `state`, and `iss` (RFC 9207).
fn send_back(service: &Service, back: &Back, answer: &[(&str, &str)]) -> Response {
    let Ok(mut url) = Url::parse(&back.redirect_uri) else {
        return problem("redirect_uri is not an address.");
    };
    url.query_pairs_mut()
        .extend_pairs(answer)
        .extend_pairs(back.state.as_deref().map(|state| ("state", state)))
        .append_pair("iss", &service.issuer);
    (
        StatusCode::SEE_OTHER,
        [(header::LOCATION, String::from(url)), (header::CACHE_CONTROL, "no-store".into())],
    )
        .into_response()
}

/// The person of a valid `id_token_hint`.
fn hinted(service: &Service, parameters: &Parameters) -> Option<String> {
    let claims = service.keys.verify(parameters.get("id_token_hint")?)?;
    Some(claims.get("sub")?.as_str()?.to_owned())
}

/// The browser's secret, from its cookies.
pub(crate) fn browser(headers: &HeaderMap) -> Option<&str> {
    headers
        .get_all(header::COOKIE)
        .iter()
        .filter_map(|value| value.to_str().ok())
        .flat_map(|value| value.split(';'))
        .filter_map(|pair| pair.trim().split_once('='))
        .find_map(|(name, value)| (name == COOKIE).then_some(value))
}
