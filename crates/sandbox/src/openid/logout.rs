//! Sign-out at the provider, asked for by an application (`OpenID` Connect RP-Initiated Logout 1.0).

use super::authorize::{COOKIE, browser};
use super::back_channel::notify;
use super::parameters::Parameters;
use super::sign_in_page::problem;
use crate::page::page;
use crate::service::{Service, Shared};
use crate::settings::Client;
use axum::body::Bytes;
use axum::extract::{RawQuery, State};
use axum::http::{HeaderMap, StatusCode, header};
use axum::response::{Html, IntoResponse, Response};
use url::Url;

/// `GET /openid/logout`
pub(crate) async fn logout(
    State(service): State<Shared>,
    headers: HeaderMap,
    RawQuery(query): RawQuery,
) -> Response {
    answer(&service, &headers, query.unwrap_or_default().as_bytes()).await
}

/// `POST /openid/logout`: the same parameters as a form; also the answer to the page that asks.
pub(crate) async fn logout_form(State(service): State<Shared>, headers: HeaderMap, body: Bytes) -> Response {
    answer(&service, &headers, &body).await
}

async fn answer(service: &Service, headers: &HeaderMap, encoded: &[u8]) -> Response {
    let Ok(parameters) = Parameters::read(encoded) else { return problem("A parameter is given twice.") };
    let hint = parameters.get("id_token_hint").and_then(|token| Hint::read(service, token));
    if hint.is_none() && parameters.get("confirmed").is_none() {
        return ask();
    }
    let asked = parameters.get("post_logout_redirect_uri");
    let named = parameters.get("client_id");
    let back = hint.as_ref().filter(|hint| named.is_none_or(|named| named == hint.client)).and_then(|hint| {
        service.step(|world, _| {
            let registered = &world.client(&hint.client)?.post_logout_redirect_uris;
            asked
                .filter(|asked| registered.iter().any(|address| address.covers(asked)))
                .map(ToOwned::to_owned)
        })
    });
    end(service, headers, hint.as_ref()).await;
    let response = match (back.and_then(|back| Url::parse(&back).ok()), asked) {
        (Some(mut back), _) => {
            if let Some(state) = parameters.get("state") {
                back.query_pairs_mut().append_pair("state", state);
            }
            (StatusCode::SEE_OTHER, [(header::LOCATION, String::from(back))]).into_response()
        }
        (None, Some(_)) => problem(
            "You are signed out. The address to go on to is not registered, or the request does not prove whose it is.",
        ),
        (None, None) => Html(page("en", "Signed out", "<h1>You are signed out</h1>")).into_response(),
    };
    let cookie = format!("{COOKIE}=; Path=/openid; Max-Age=0; HttpOnly; SameSite=Lax");
    ([(header::SET_COOKIE, cookie)], response).into_response()
}

/// Whose sign-out it is, from an ID token of ours; one that has run out will do (section 2 there).
struct Hint {
    sub: String,
    client: String,
}

impl Hint {
    fn read(service: &Service, token: &str) -> Option<Self> {
        let claims = service.keys.verify(token)?;
        let text = |name: &str| claims.get(name)?.as_str().map(ToOwned::to_owned);
        (text("iss")? == service.issuer).then_some(())?;
        Some(Self { sub: text("sub")?, client: text("aud")? })
    }
}

/// Ends the browser's session, unless it is of another person than the hint's, and tells its applications.
async fn end(service: &Service, headers: &HeaderMap, hint: Option<&Hint>) {
    let told = service.step(|world, _| {
        let secret = browser(headers)?;
        let sub = world.sign_ins.session(secret)?.sub.clone();
        if hint.is_some_and(|hint| hint.sub != sub) {
            return None;
        }
        let clients = world.sign_ins.clients_of(secret);
        let clients: Vec<Client> = clients.iter().filter_map(|id| world.client(id).cloned()).collect();
        world.sign_ins.sign_out(secret);
        Some((clients, sub))
    });
    if let Some((clients, sub)) = told {
        notify(service, clients, &sub).await;
    }
}

fn ask() -> Response {
    let body = "<h1>Sign out?</h1><form method=\"post\" action=\"/openid/logout\">\
        <button name=\"confirmed\" value=\"yes\">Sign out</button></form>";
    Html(page("en", "Sign out", body)).into_response()
}
