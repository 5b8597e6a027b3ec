//! The pages and the server functions: rendered and run by `app`, which gets the visit from here.

use std::sync::Arc;

use app::{
    Page,
    ssr::{Visit, document},
};
use axum::{
    Json,
    extract::{Request, State},
    response::{IntoResponse, Redirect, Response},
};
use contact::Kind;
use http::{
    HeaderMap, HeaderValue, StatusCode,
    header::{ACCEPT, CONTENT_SECURITY_POLICY, LOCATION},
};
use leptos::{nonce::use_nonce, prelude::*};
use leptos_axum::ResponseOptions;
use serde::Serialize;

use crate::{
    Site,
    headers::{Reach, content_security_policy},
    problem::Problem,
    visit::{self, Visitor},
};

/// `GET /`
pub(crate) async fn contacts(State(site): State<Site>, visitor: Visitor, request: Request) -> Response {
    page(site, visitor.0, Page::Contacts, request).await
}

/// `GET /email`
pub(crate) async fn email(State(site): State<Site>, visitor: Visitor, request: Request) -> Response {
    page(site, visitor.0, Page::Change(Kind::Email), request).await
}

/// `GET /mobile`
pub(crate) async fn mobile(State(site): State<Site>, visitor: Visitor, request: Request) -> Response {
    page(site, visitor.0, Page::Change(Kind::Mobile), request).await
}

async fn page(site: Site, visit: Visit, page: Page, request: Request) -> Response {
    let done = visit::parameter(request.uri(), "done");
    let state = site.journey.page(&visit, page, done.as_deref()).await;
    let start = site.start(request.uri());
    let reach = Reach::of(&site, start.as_ref()).await;
    let policy = move || {
        let nonce = use_nonce();
        let policy = content_security_policy(nonce.as_deref(), &reach);
        if let (Some(options), Ok(policy)) =
            (use_context::<ResponseOptions>(), HeaderValue::from_str(&policy))
        {
            options.insert_header(CONTENT_SECURITY_POLICY, policy);
        }
    };
    let frame = site.frame(visit.locale, request.method(), request.uri(), start.as_ref());
    let look = site.look();
    let render = leptos_axum::render_app_async_with_context(policy, move || {
        document(state.clone(), frame.clone(), &look)
    });
    render(request).await
}

/// `/api/{function}`: runs a server function for whoever is signed in. Those that change something answer to POST
/// alone; each function has its one method.
pub(crate) async fn function(State(site): State<Site>, request: Request) -> Result<Response, Problem> {
    let (mut parts, body) = request.into_parts();
    let is_form = accepts_html(&parts.headers);
    let page = visit::referring_page(&parts.headers, &site).unwrap_or_default();
    let Some(visit) = visit::read(&mut parts, &site).await? else {
        let sign_in = page.sign_in(None);
        return Ok(if is_form { Redirect::to(&sign_in).into_response() } else { sign_in_first(sign_in) });
    };
    let journey = Arc::clone(&site.journey);
    let context = move || {
        provide_context(Arc::clone(&journey));
        provide_context(visit.clone());
    };
    let request = Request::from_parts(parts, body);
    let response = leptos_axum::handle_server_fns_with_context(context, request).await.into_response();
    Ok(if is_form { see_other(response, page.as_str()) } else { response })
}

/// What a script is told when the session is over.
#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct SignInFirst {
    sign_in: String,
}

fn sign_in_first(sign_in: String) -> Response {
    (StatusCode::UNAUTHORIZED, Json(SignInFirst { sign_in })).into_response()
}

fn accepts_html(headers: &HeaderMap) -> bool {
    headers
        .get(ACCEPT)
        .and_then(|value| value.to_str().ok())
        .is_some_and(|accept| accept.contains("text/html"))
}

/// Leptos answers a form with 302, or with data if the browser does not say where it was; a form that was posted is
/// answered with 303 and a page to go to (RFC 9110, section 15.4.4).
fn see_other(mut response: Response, page: &str) -> Response {
    if response.status() == StatusCode::FOUND {
        *response.status_mut() = StatusCode::SEE_OTHER;
    } else if response.status().is_success() && !response.headers().contains_key(LOCATION) {
        return Redirect::to(page).into_response();
    }
    response
}
