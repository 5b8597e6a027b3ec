//! Signing in and out: authorization code flow with PKCE, at the provider that the operator chose.
//!
//! ```text
//! GET /sign-in ──▶ provider ──▶ GET /sign-in/callback ──▶ the page
//! POST /sign-out ──▶ provider ──▶ GET /signed-out
//! ```

mod failure;
mod http;
mod relying_party;
mod return_to;
mod tokens;
mod transaction;

pub(crate) use failure::Failure;
pub(crate) use relying_party::RelyingParty;
pub(crate) use return_to::ReturnTo;

use ::http::{HeaderMap, Method, Uri};
use app::ssr::PlainPage;
use axum::{
    Extension,
    extract::{Query, State},
    response::{IntoResponse, Redirect, Response},
};
use axum_extra::extract::PrivateCookieJar;
use oauth2::{AuthorizationCode, PkceCodeVerifier};
use openidconnect::Nonce;
use serde::Deserialize;
use tower_sessions::Session;

use crate::{Site, clock, language, problem, problem::Problem, start};
use transaction::Transaction;

/// What the address of the sign-in says.
#[derive(Deserialize)]
pub(crate) struct Begin {
    return_to: Option<String>,
    ui_locales: Option<String>,
}

/// `GET /sign-in`: remembers what must be remembered, and sends the person to the provider; from a frame only where that
/// can come to something.
pub(crate) async fn begin(
    State(site): State<Site>,
    Query(asked): Query<Begin>,
    method: Method,
    uri: Uri,
    headers: HeaderMap,
    jar: PrivateCookieJar,
) -> Result<Response, Problem> {
    let return_to =
        asked.return_to.and_then(|path| ReturnTo::parse(&path, &site.public_url)).unwrap_or_default();
    let start = return_to.start(&site);
    if let Some(page) = start::by_itself(&site, start.as_ref(), &headers) {
        let locale = language::of(&site, &uri, &headers, None);
        let frame = site.frame(locale, &method, &uri, start.as_ref());
        return Ok(problem::plain(&site, &page, locale, frame));
    }
    let chosen = || language::chosen(&site, &headers).map(|locale| locale.tag().to_owned());
    let ui_locales = asked.ui_locales.or_else(chosen);
    let departure = site.relying_party.depart(ui_locales.as_deref()).await?;
    let transaction = Transaction {
        state: departure.state.secret().clone(),
        nonce: departure.nonce.secret().clone(),
        verifier: departure.verifier.secret().clone(),
        return_to,
        began: clock::now(),
    };
    let jar = transaction.keep(jar, &site.public_url).map_err(Failure::from)?;
    Ok((jar, Redirect::to(departure.url.as_str())).into_response())
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
    Query(answer): Query<Answer>,
    headers: HeaderMap,
    session: Session,
    jar: PrivateCookieJar,
) -> Result<Response, Response> {
    let previous = site.cookie_keys.previous.clone().map(|key| PrivateCookieJar::from_headers(&headers, key));
    let (jar, transaction) = Transaction::take(jar, previous, &site.public_url, clock::now());
    // The provider's answer does not say it, so it goes along with ours.
    let start =
        transaction.as_ref().and_then(|transaction| transaction.return_to.start(&site)).map(Extension);
    match arrive(&site, answer, &session, transaction).await {
        Ok(return_to) => Ok((jar, start, Redirect::to(&return_to.address(&site.public_url))).into_response()),
        // Back and reload come here again, when all is done.
        Err(Problem::SignIn(Failure::NoTransaction)) if is_signed_in(&session).await => {
            Ok(Redirect::to(&ReturnTo::default().address(&site.public_url)).into_response())
        }
        Err(problem) => Err((jar, start, problem).into_response()),
    }
}

async fn arrive(
    site: &Site,
    answer: Answer,
    session: &Session,
    transaction: Option<Transaction>,
) -> Result<ReturnTo, Problem> {
    let transaction = transaction.ok_or(Failure::NoTransaction)?;
    if answer.state.as_deref() != Some(&transaction.state) {
        return Err(Failure::WrongState.into());
    }
    if answer.iss.is_some_and(|issuer| !site.relying_party.is_issuer(&issuer)) {
        return Err(Failure::WrongIssuer.into());
    }
    if let Some(error) = answer.error {
        return Err(Failure::refused(&error).into());
    }
    let code = AuthorizationCode::new(answer.code.ok_or(Failure::NoCode)?);
    let verifier = PkceCodeVerifier::new(transaction.verifier);
    let signed_in = site.relying_party.arrive(code, &Nonce::new(transaction.nonce), verifier).await?;
    session::cookie::begin(session, &signed_in).await?;
    Ok(transaction.return_to)
}

async fn is_signed_in(session: &Session) -> bool {
    session::cookie::read(session).await.is_ok_and(|signed_in| signed_in.is_some())
}

/// `POST /sign-out`: ends the session here, then sends the person to the provider to end the one there.
pub(crate) async fn sign_out(
    State(site): State<Site>,
    uri: Uri,
    headers: HeaderMap,
    session: Session,
) -> Result<Redirect, Problem> {
    let signed_out = Redirect::to(&site.public_url.address("/signed-out"));
    let Some(signed_in) = session::cookie::end(&session).await? else { return Ok(signed_out) };
    let locale = language::of(&site, &uri, &headers, signed_in.locale.as_deref());
    Ok(match site.relying_party.sign_out_url(&signed_in, locale.tag()).await {
        Ok(Some(url)) => Redirect::to(url.as_str()),
        Ok(None) => signed_out,
        Err(failure) => {
            tracing::warn!(reason = problem::chain(&failure), "signed out here, but not at the provider");
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
