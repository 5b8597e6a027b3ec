//! Who asks, in which language: what every page and every server function needs to know of a request.

use std::sync::Arc;

use app::ssr::Visit;
use axum::{
    extract::FromRequestParts,
    response::{IntoResponse, Redirect, Response},
};
use http::{HeaderMap, Uri, header::REFERER, request::Parts};
use tower_sessions::Session;
use url::{Url, form_urlencoded};

use crate::{
    Site, language,
    problem::Problem,
    request_id::RequestId,
    sign_in::{ReturnTo, SessionTokens},
};

/// A visit of somebody who is signed in. Whoever is not is sent to sign in, and comes back to the same page.
pub(crate) struct Visitor(pub Visit);

impl FromRequestParts<Site> for Visitor {
    type Rejection = Response;

    async fn from_request_parts(parts: &mut Parts, site: &Site) -> Result<Self, Response> {
        match read(parts, site).await {
            Ok(Some(visit)) => Ok(Self(visit)),
            Ok(None) => Err(sign_in_first(&parts.uri, site).into_response()),
            Err(problem) => Err(problem.into_response()),
        }
    }
}

/// Leads to sign-in, and back to the same page.
pub(crate) fn sign_in_first(uri: &Uri, site: &Site) -> Redirect {
    let here = ReturnTo::parse(&uri.to_string(), &site.public_url).unwrap_or_default();
    Redirect::to(&here.sign_in(&site.public_url, language::ui_locales(uri).as_deref()))
}

/// Gives the visit; nothing if nobody is signed in, or the person has to sign in again for a token that they are to be served
/// with.
///
/// # Errors
/// The sessions cannot be read.
pub(crate) async fn read(parts: &mut Parts, site: &Site) -> Result<Option<Visit>, Problem> {
    let Some(session) = parts.extensions.get::<Session>() else { return Ok(None) };
    let Some(signed_in) = session::cookie::read(&site.sessions, session).await? else { return Ok(None) };
    let tokens = SessionTokens::of(site, session);
    let Some(mut signed_in) = tokens.current(signed_in).await else { return Ok(None) };
    if signed_in.caller.access_token.is_some() {
        signed_in.caller.renewal = Some(Arc::new(tokens));
    }
    let locale = language::of(site, &parts.uri, &parts.headers, signed_in.locale.as_deref());
    let Ok(id) = RequestId::from_request_parts(parts, site).await;
    let network = crate::network::of(parts, site);
    let start = site.start(&parts.uri);
    let addresses = site.addresses(start.as_ref());
    let way_back = start.map(|start| start.way_back(locale));
    Ok(Some(Visit { signed_in, locale, network, addresses, way_back, reference: id.to_string() }))
}

/// Gives the page of ours from which a request came; nothing if the browser does not say, or it was not ours.
pub(crate) fn referring_page(headers: &HeaderMap, site: &Site) -> Option<ReturnTo> {
    let url = Url::parse(headers.get(REFERER)?.to_str().ok()?).ok()?;
    ReturnTo::parse(site.public_url.within(&url)?, &site.public_url)
}

/// Gives what an address says under a name.
pub(crate) fn parameter(uri: &Uri, name: &str) -> Option<String> {
    let query = uri.query()?.as_bytes();
    form_urlencoded::parse(query).find(|(given, _)| given == name).map(|(_, value)| value.into_owned())
}
