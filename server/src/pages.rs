//! The pages and the server functions: rendered and run by `app`, which gets the visit from here.

use std::{sync::Arc, time::Duration};

use app::{
    Page, SignInFirst,
    ssr::{Document, Setback, Visit, document, encode},
};
use axum::{
    body::{Body, to_bytes},
    extract::{Request, State},
    response::{Html, IntoResponse, Redirect, Response},
};
use contact::Kind;
use http::{
    HeaderMap, HeaderValue, StatusCode,
    header::{ACCEPT, CONTENT_SECURITY_POLICY, CONTENT_TYPE, LOCATION},
};
use leptos::prelude::provide_context;

use crate::{
    Site,
    headers::{Reach, content_security_policy},
    problem::Problem,
    visit::{self, Visitor},
};

/// No form of ours is larger, in bytes.
pub(crate) const LARGEST_FORM: usize = 16 * 1024;

/// `GET /`
pub(crate) async fn contacts(
    State(site): State<Site>,
    visitor: Visitor,
    request: Request,
) -> Result<Response, Problem> {
    page(site, visitor.0, Page::Contacts, request).await
}

/// `GET /email`
pub(crate) async fn email(
    State(site): State<Site>,
    visitor: Visitor,
    request: Request,
) -> Result<Response, Problem> {
    page(site, visitor.0, Page::Change(Kind::Email), request).await
}

/// `GET /mobile`
pub(crate) async fn mobile(
    State(site): State<Site>,
    visitor: Visitor,
    request: Request,
) -> Result<Response, Problem> {
    page(site, visitor.0, Page::Change(Kind::Mobile), request).await
}

async fn page(site: Site, visit: Visit, page: Page, request: Request) -> Result<Response, Problem> {
    let done = visit::parameter(request.uri(), "done");
    let start = site.start(request.uri());
    let frame = site.frame(visit.locale, request.method(), request.uri(), start.as_ref());
    let state = site.journey.page(&visit, page, done.as_deref()).await?;
    if visit.signed_in.caller.renewal.as_ref().is_some_and(|renewal| renewal.needs_sign_in()) {
        return Ok(visit::sign_in_first(request.uri(), &site).into_response());
    }
    let Document { html, nonce } = document(state, frame, &site.look());
    let reach = Reach::of(&site, start.as_ref());
    let policy = content_security_policy(nonce.as_deref(), &reach);
    Ok(([(CONTENT_SECURITY_POLICY, policy)], Html(html)).into_response())
}

/// `/api/{function}`: runs a server function for whoever is signed in. Those that change something answer to POST
/// alone; each function has its one method.
pub(crate) async fn function(State(site): State<Site>, request: Request) -> Result<Response, Problem> {
    let (mut parts, body) = request.into_parts();
    let is_form = accepts_html(&parts.headers);
    let page = visit::referring_page(&parts.headers, &site).unwrap_or_default();
    let Some(visit) = visit::read(&mut parts, &site).await? else {
        let sign_in = page.sign_in(&site.public_url, None);
        return Ok(if is_form {
            Redirect::to(&sign_in).into_response()
        } else {
            sign_in_first(&parts.headers, sign_in)
        });
    };
    let journey = Arc::clone(&site.journey);
    let setback = Setback::default();
    let for_the_function = setback.clone();
    let context = move || {
        provide_context(Arc::clone(&journey));
        provide_context(visit.clone());
        provide_context(for_the_function.clone());
    };
    if is_form {
        // Asked for a page, Leptos leads back to where the form was, with whatever went wrong in the address.
        parts.headers.insert(ACCEPT, HeaderValue::from_static("application/json"));
    }
    let request = Request::from_parts(parts, body);
    let response = leptos_axum::handle_server_fns_with_context(context, request).await.into_response();
    if let Some(error) = setback.take() {
        return Err(error.into());
    }
    match response.status() {
        // No function has this address and this method.
        StatusCode::BAD_REQUEST => Err(Problem::NotFound),
        status if status.is_server_error() => Err(Problem::BadForm),
        _ if is_form => Ok(see_other(&response, &page.address(&site.public_url))),
        _ => Ok(response),
    }
}

/// Reads a form to its end before anything is done with it, so that nothing hangs on how fast it is sent.
pub(crate) async fn whole(body: Body, timeout: Duration) -> Result<Body, Problem> {
    let read = tokio::time::timeout(timeout, to_bytes(body, LARGEST_FORM)).await;
    read.map_err(|_| Problem::SlowForm)?.map(Body::from).map_err(|_| Problem::LargeForm)
}

/// What a script is told when the session is over.
fn sign_in_first(headers: &HeaderMap, sign_in: String) -> Response {
    let (form, body) = encode(headers, &SignInFirst { sign_in });
    (StatusCode::UNAUTHORIZED, [(CONTENT_TYPE, form)], body).into_response()
}

fn accepts_html(headers: &HeaderMap) -> bool {
    headers
        .get(ACCEPT)
        .and_then(|value| value.to_str().ok())
        .is_some_and(|accept| accept.contains("text/html"))
}

/// A form that was posted is answered with a page to go to (RFC 9110, section 15.4.4): where the function leads, or `page`.
fn see_other(response: &Response, page: &str) -> Response {
    let there = response.headers().get(LOCATION).and_then(|location| location.to_str().ok());
    Redirect::to(there.unwrap_or(page)).into_response()
}
