//! Signing in and out: authorization code flow with PKCE, at the provider that the operator chose.
//!
//! ```text
//! GET /sign-in ──▶ provider ──▶ GET /sign-in/callback ──▶ the page
//! POST /sign-out ──▶ provider ──▶ GET /signed-out
//! provider ──▶ POST /back-channel-logout
//! ```
//!
//! Whoever is signed in and is about to change a contact may have to prove anew who they are (step-up): the same way to
//! the provider, which is told to ask, and whose answer must be of the same person and of now.

mod back_channel;
mod failure;
#[cfg(any(test, fuzzing))]
pub mod fuzz;
mod http;
mod logout_token;
mod relying_party;
mod return_to;
mod session_tokens;
mod tokens;
mod transaction;

pub(crate) use back_channel::log_out;
pub(crate) use failure::Failure;
pub(crate) use relying_party::RelyingParty;
pub(crate) use return_to::ReturnTo;
pub(crate) use session_tokens::SessionTokens;
pub(crate) use tokens::LEEWAY;

use ::http::{HeaderMap, Method, Uri, header::HOST};
use app::ssr::{Event, PlainPage, SignInProblem};
use axum::{
    Extension,
    extract::{Query, State, rejection::QueryRejection},
    response::{IntoResponse, Redirect, Response},
};
use axum_extra::extract::PrivateCookieJar;
use contact::Timestamp;
use identity::Subject;
use oauth2::{AuthorizationCode, PkceCodeVerifier};
use openidconnect::Nonce;
use serde::Deserialize;
use session::SignedIn;
use tower_sessions::Session;

use crate::{
    Site, chain, clock, config::CookieKeys, language, network::Source, problem, problem::Problem, start,
};
use relying_party::Wish;
use transaction::{Jar, Transaction};

/// What the address of the sign-in says. `step_up`: whoever is signed in should prove anew who they are.
#[derive(Deserialize)]
pub(crate) struct Begin {
    return_to: Option<String>,
    ui_locales: Option<String>,
    #[serde(default)]
    step_up: bool,
}

/// `GET /sign-in`: remembers what must be remembered, and sends the person to the provider; from a frame only where that
/// can come to something. Whoever came by another name of this machine goes to ours first.
pub(crate) async fn begin(
    State(site): State<Site>,
    asked: Result<Query<Begin>, QueryRejection>,
    method: Method,
    uri: Uri,
    headers: HeaderMap,
    source: Source,
    session: Session,
) -> Result<Response, Problem> {
    if is_by_another_name(&site, &headers) {
        let mut here = site.public_url.at("/sign-in");
        here.set_query(uri.query());
        return Ok(Redirect::to(here.as_str()).into_response());
    }
    let Query(asked) =
        asked.map_err(|rejection| recorded(&site, &source, Failure::from(rejection).into()))?;
    let return_to =
        asked.return_to.and_then(|path| ReturnTo::parse(&path, &site.public_url)).unwrap_or_default();
    let start = return_to.start(&site);
    let locale = language::of(&site, &uri, &headers, None);
    if let Some(page) = start::by_itself(&site, start.as_ref(), &headers, locale) {
        let frame = site.frame(locale, &method, &uri, start.as_ref());
        return Ok(problem::plain(&site, &page, locale, frame));
    }
    let chosen = || language::chosen(&site, &headers).map(|locale| locale.tag().to_owned());
    let ui_locales = asked.ui_locales.or_else(chosen);
    let signed_in = if asked.step_up { session::cookie::read(&site.sessions, &session).await? } else { None };
    let step_up = signed_in.map(|signed_in| signed_in.caller.subject);
    let wish = Wish { ui_locales: ui_locales.as_deref(), step_up: step_up.as_ref() };
    let departure = site.relying_party.depart(wish).await;
    let departure = departure.map_err(|failure| recorded(&site, &source, failure.into()))?;
    let transaction = Transaction {
        state: departure.state.secret().clone(),
        nonce: departure.nonce.secret().clone(),
        verifier: departure.verifier.secret().clone(),
        return_to,
        step_up,
        began: clock::now(),
    };
    let jar = jar(&site, &headers).keep(&transaction, &headers).map_err(Failure::from)?;
    Ok((jar, Redirect::to(departure.url.as_str())).into_response())
}

fn is_by_another_name(site: &Site, headers: &HeaderMap) -> bool {
    let host = headers.get(HOST).and_then(|host| host.to_str().ok());
    host.is_some_and(|host| site.public_url.is_alias(host))
}

fn jar(site: &Site, headers: &HeaderMap) -> Jar {
    let of = |key| PrivateCookieJar::from_headers(headers, key);
    let CookieKeys { current, other } = site.cookie_keys.clone();
    Jar { current: of(current), other: other.map(of), public_url: site.public_url.clone() }
}

/// The provider's answer (RFC 6749, section 4.1.2).
#[derive(Deserialize)]
pub(crate) struct Answer {
    code: Option<String>,
    state: Option<String>,
    error: Option<String>,
    iss: Option<String>,
}

/// `GET /sign-in/callback`: validates the provider's answer, starts the session, and sends the person to their page.
pub(crate) async fn callback(
    State(site): State<Site>,
    answer: Result<Query<Answer>, QueryRejection>,
    headers: HeaderMap,
    source: Source,
    session: Session,
) -> Result<Response, Response> {
    let Query(answer) = answer
        .map_err(|rejection| recorded(&site, &source, Failure::from(rejection).into()).into_response())?;
    let (jar, transaction) = jar(&site, &headers).take(answer.state.as_deref(), clock::now());
    // The provider's answer does not say it, so it goes along with ours.
    let start =
        transaction.as_ref().and_then(|transaction| transaction.return_to.start(&site)).map(Extension);
    match arrive(&site, answer, &source, &session, transaction).await {
        Ok(return_to) => Ok((jar, start, Redirect::to(&return_to.address(&site.public_url))).into_response()),
        // Back and reload come here again, when all is done.
        Err(Problem::SignIn(Failure::NoTransaction)) if is_signed_in(&site, &session).await => {
            Ok(Redirect::to(&ReturnTo::default().address(&site.public_url)).into_response())
        }
        Err(problem) => Err((jar, start, recorded(&site, &source, problem)).into_response()),
    }
}

/// Tells the witness why nobody was signed in.
fn recorded(site: &Site, source: &Source, problem: Problem) -> Problem {
    let seen = match &problem {
        Problem::SignIn(failure) => failure.seen(),
        _ => SignInProblem::Store,
    };
    site.witness.saw(source.who(None), Event::SignInFailed(seen));
    problem
}

async fn arrive(
    site: &Site,
    answer: Answer,
    source: &Source,
    session: &Session,
    transaction: Option<Transaction>,
) -> Result<ReturnTo, Problem> {
    let transaction = transaction.ok_or(Failure::NoTransaction)?;
    if answer.iss.is_some_and(|issuer| !site.relying_party.is_issuer(&issuer)) {
        return Err(Failure::WrongIssuer.into());
    }
    if let Some(error) = answer.error {
        return Err(Failure::refused(&error).into());
    }
    let code = AuthorizationCode::new(answer.code.ok_or(Failure::NoCode)?);
    let verifier = PkceCodeVerifier::new(transaction.verifier);
    let (nonce, is_step_up) = (Nonce::new(transaction.nonce), transaction.step_up.is_some());
    let signed_in = site.relying_party.arrive(code, &nonce, verifier, is_step_up).await?;
    if let Some(subject) = transaction.step_up {
        stepped_up(&signed_in, &subject, transaction.began)?;
    }
    session::cookie::begin(session, &signed_in).await?;
    site.witness.saw(source.who(Some(&signed_in.caller.subject)), Event::SignedIn);
    Ok(transaction.return_to)
}

/// Checks what a provider was asked for and may not have done: that it is the same person, who proved it after they left
/// here (OpenID Connect Core 1.0, section 3.1.2.1, `prompt`).
fn stepped_up(signed_in: &SignedIn, subject: &Subject, began: Timestamp) -> Result<(), Failure> {
    if signed_in.caller.subject != *subject {
        return Err(Failure::AnotherPerson);
    }
    match signed_in.authenticated_at {
        // The demand to ask goes through the browser, and whoever sits there can take it out of the address.
        None => Err(Failure::NoAuthTime),
        Some(proven) if proven.after(tokens::LEEWAY) < began => Err(Failure::NotFresh),
        Some(_) => Ok(()),
    }
}

async fn is_signed_in(site: &Site, session: &Session) -> bool {
    session::cookie::read(&site.sessions, session).await.is_ok_and(|signed_in| signed_in.is_some())
}

/// `POST /sign-out`: ends the session here, then sends the person to the provider to end the one there.
pub(crate) async fn sign_out(
    State(site): State<Site>,
    uri: Uri,
    headers: HeaderMap,
    source: Source,
    session: Session,
) -> Result<Redirect, Problem> {
    let signed_out = Redirect::to(&site.public_url.address("/signed-out"));
    let Some(signed_in) = session::cookie::end(&site.sessions, &session).await? else {
        return Ok(signed_out);
    };
    site.witness.saw(source.who(Some(&signed_in.caller.subject)), Event::SignedOut);
    let locale = language::of(&site, &uri, &headers, signed_in.locale.as_deref());
    Ok(match site.relying_party.sign_out_url(&signed_in, locale.tag()).await {
        Ok(Some(url)) => Redirect::to(url.as_str()),
        Ok(None) => signed_out,
        Err(failure) => {
            tracing::warn!(reason = chain(&failure), "signed out here, but not at the provider");
            signed_out
        }
    })
}

/// `GET /signed-out`: says so.
pub(crate) async fn signed_out(
    State(site): State<Site>,
    method: Method,
    uri: Uri,
    headers: HeaderMap,
) -> Response {
    let locale = language::of(&site, &uri, &headers, None);
    problem::plain(&site, &PlainPage::SignedOut, locale, site.frame(locale, &method, &uri, None))
}
