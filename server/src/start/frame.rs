//! Pages of ours in a frame of an application's page: which cookies work there, where signing in is possible, and how the
//! page around is told the outcome.

use app::{
    Locale, Outcome, WayBack,
    ssr::{HandedOver, PlainPage},
};
use axum::{
    extract::State,
    response::{IntoResponse, Response},
};
use axum_extra::extract::cookie::{Cookie, CookieJar, SameSite};
use http::{
    HeaderMap, HeaderValue, Method, Uri,
    header::{CONTENT_SECURITY_POLICY, SET_COOKIE},
};

use super::{Start, Wish, encoded};
use crate::{
    Site,
    headers::{Reach, content_security_policy},
    language, problem,
    problem::Problem,
    visit::parameter,
};

/// A cookie that says nothing: whether it comes back tells whether the browser keeps cookies in this frame.
const TRIAL: &str = "framed";

/// Gives the cookie to be tried.
pub(super) fn trial() -> CookieJar {
    CookieJar::new().add(Cookie::build((TRIAL, "1")).http_only(true).path("/"))
}

/// Gives the page that stands in the place of the provider's where nobody can sign in in the frame: because the provider
/// lets nobody frame its pages, or because the browser keeps no cookies here. Nothing where they can. The tab that it opens
/// is in its language: no cookie of the frame's is there.
pub(crate) fn by_itself(
    site: &Site,
    start: Option<&Start>,
    headers: &HeaderMap,
    locale: Locale,
) -> Option<PlainPage> {
    let Wish { kind, return_to, state, .. } = &start.filter(|start| start.embed().is_some())?.wish;
    let keeps_cookies = CookieJar::from_headers(headers).get(TRIAL).is_some();
    if site.relying_party.can_be_framed() && keeps_cookies {
        return None;
    }
    let state = state.as_deref().map_or_else(String::new, |state| format!("&state={}", encoded(state)));
    let (kind, return_to) = (kind.as_str(), encoded(return_to));
    let locale = locale.tag();
    let link = format!("/start?kind={kind}&return_to={return_to}{state}&ui_locales={locale}");
    Some(PlainPage::ByItself { address: site.public_url.address(&link) })
}

/// Tells whether a page is asked for that surely stands in no frame (Fetch Metadata, `Sec-Fetch-Dest`).
pub(crate) fn is_by_itself(headers: &HeaderMap) -> bool {
    headers.get("sec-fetch-dest").is_some_and(|destination| destination == "document")
}

/// Changes the cookies of answers in a frame so that browsers keep them there, in a jar that belongs to the page around
/// it (CHIPS, `Partitioned`). Elsewhere they stay `SameSite=Lax`.
pub(crate) fn cookies_in_frames(start: Option<&Start>, response: &mut Response) {
    if start.and_then(Start::embed).is_none() {
        return;
    }
    let cookies: Vec<HeaderValue> = response.headers().get_all(SET_COOKIE).iter().cloned().collect();
    response.headers_mut().remove(SET_COOKIE);
    for cookie in cookies {
        response.headers_mut().append(SET_COOKIE, partitioned(&cookie).unwrap_or(cookie));
    }
}

/// A partitioned cookie has to be `Secure`; browsers take such a one from this very machine by plain http, too.
fn partitioned(cookie: &HeaderValue) -> Option<HeaderValue> {
    let mut cookie = Cookie::parse(cookie.to_str().ok()?).ok()?;
    cookie.set_same_site(SameSite::None);
    cookie.set_secure(true);
    cookie.set_partitioned(true);
    cookie.to_string().parse().ok()
}

/// `GET /return`: the change in a frame has come to its end. The page around it is told, and no other; without script the
/// person goes back by a link.
pub(crate) async fn hand_over(
    State(site): State<Site>,
    method: Method,
    uri: Uri,
    headers: HeaderMap,
) -> Result<Response, Problem> {
    let start = site.start(&uri).ok_or(Problem::NotFound)?;
    let origin = start.embed().ok_or(Problem::NotFound)?.to_owned();
    let word = parameter(&uri, "outcome").unwrap_or_default();
    let outcome =
        Outcome::from_words(&word, parameter(&uri, "reason").as_deref()).ok_or(Problem::NotFound)?;

    let nonce = format!("{:032x}", rand::random::<u128>());
    let reach = Reach::of(&site, Some(&start));
    let policy = content_security_policy(Some(&nonce), &reach);
    let locale = language::of(&site, &uri, &headers, None);
    let by_itself = WayBack { address: start.address(), ..start.way_back(locale) };
    let page = PlainPage::HandedOver(HandedOver {
        origin,
        outcome,
        state: start.wish.state.clone(),
        address: by_itself.with(outcome),
        nonce,
    });
    let frame = site.frame(locale, &method, &uri, Some(&start));
    Ok(([(CONTENT_SECURITY_POLICY, policy)], problem::plain(&site, &page, locale, frame)).into_response())
}
