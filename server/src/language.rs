//! In which language a page is. What its address asks for is remembered by the browser, in a cookie that says nothing
//! else, so that the choice outlives the page, the session and the way to the provider and back.

use std::time::Duration;

use app::{Locale, Wishes};
use axum::response::Response;
use axum_extra::extract::cookie::{Cookie, CookieJar, SameSite};
use http::{
    HeaderMap, HeaderValue, Uri,
    header::{ACCEPT_LANGUAGE, REFERER, SET_COOKIE},
};

use crate::{Site, config::PublicUrl, visit::parameter};

/// How long a browser remembers the language.
const YEAR: Duration = Duration::from_hours(365 * 24);

/// What the cookie is called.
const NAME: &str = "language";

/// Decides the language of a page. `person`: the locale of whoever is signed in. The address of the page that a form
/// was on counts like the address itself.
pub(crate) fn of(site: &Site, uri: &Uri, headers: &HeaderMap, person: Option<&str>) -> Locale {
    let asked = ui_locales(uri).or_else(|| ui_locales(&text(headers, &REFERER)?.parse().ok()?));
    let wishes = Wishes {
        ui_locales: asked.as_deref(),
        chosen: chosen(site, headers).map(Locale::tag),
        person,
        accepted: text(headers, &ACCEPT_LANGUAGE),
    };
    wishes.locale_or(site.default_locale)
}

/// Gives the language that was chosen on this browser before.
pub(crate) fn chosen(site: &Site, headers: &HeaderMap) -> Option<Locale> {
    let jar = CookieJar::from_headers(headers);
    Locale::from_tag(jar.get(&site.public_url.cookie(NAME))?.value())
}

/// Gives the languages that an address asks for (OpenID Connect Core 1.0, section 3.1.2.1).
pub(crate) fn ui_locales(uri: &Uri) -> Option<String> {
    parameter(uri, "ui_locales")
}

/// Has the browser remember the language that an address asks for, if it is one of ours.
pub(crate) fn remember(site: &Site, uri: &Uri, response: &mut Response) {
    let asked = ui_locales(uri).and_then(|tags| Locale::from_tags(&tags));
    let cookie = asked.map(|locale| cookie(&site.public_url, locale).to_string());
    if let Some(cookie) = cookie.and_then(|cookie| HeaderValue::try_from(cookie).ok()) {
        response.headers_mut().append(SET_COOKIE, cookie);
    }
}

fn cookie(public_url: &PublicUrl, locale: Locale) -> Cookie<'static> {
    Cookie::build((public_url.cookie(NAME), locale.tag()))
        .http_only(true)
        .same_site(SameSite::Lax)
        .secure(public_url.is_secure())
        .path("/")
        .max_age(YEAR.try_into().unwrap_or_default())
        .build()
}

fn text<'headers>(headers: &'headers HeaderMap, name: &http::HeaderName) -> Option<&'headers str> {
    headers.get(name)?.to_str().ok()
}
