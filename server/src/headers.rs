//! The headers that every response carries.

use axum::response::Response;
use http::{
    HeaderMap, HeaderName, HeaderValue,
    header::{
        CACHE_CONTROL, CONTENT_SECURITY_POLICY, REFERRER_POLICY, STRICT_TRANSPORT_SECURITY,
        X_CONTENT_TYPE_OPTIONS,
    },
};

use crate::{
    Site,
    request_id::{self, RequestId},
    start::Start,
};

/// What a page may do, besides its scripts. Styles, images and requests are ours alone.
const COMMON: &str = "default-src 'none'; style-src 'self'; img-src 'self' data:; connect-src 'self'; \
                      font-src 'self'; base-uri 'none'";

/// What is the same on every response.
const FIXED: [(HeaderName, &str); 5] = [
    (X_CONTENT_TYPE_OPTIONS, "nosniff"),
    (REFERRER_POLICY, "same-origin"),
    (
        HeaderName::from_static("permissions-policy"),
        "camera=(), display-capture=(), geolocation=(), microphone=(), payment=(), usb=(), otp-credentials=(self)",
    ),
    (HeaderName::from_static("cross-origin-opener-policy"), "same-origin"),
    (HeaderName::from_static("cross-origin-resource-policy"), "same-origin"),
];

/// Two years (RFC 6797). Of other hosts below this one we know nothing.
const HSTS: &str = "max-age=63072000";

/// Gives the Content-Security-Policy of a page (CSP Level 3).
///
/// `nonce`: that of the page's own scripts; without one the page has no script.
pub(crate) fn content_security_policy(nonce: Option<&str>, reach: &Reach) -> String {
    let scripts = nonce.map_or_else(String::new, |nonce| {
        format!("; script-src 'nonce-{nonce}' 'strict-dynamic' 'wasm-unsafe-eval'")
    });
    let Reach { ancestors, forms } = reach;
    format!("{COMMON}{scripts}; frame-ancestors {ancestors}; form-action 'self' {forms}")
}

/// Which other origins have to do with a page.
#[derive(Clone)]
pub(crate) struct Reach {
    /// The one that may show it in a frame; nobody unless an application that the operator listed asked for it.
    ancestors: String,
    /// Those to which its forms are redirected, since browsers hold redirects of forms against `form-action`.
    forms: String,
}

impl Reach {
    /// Gives the reach of a page. `start`: the application that sent the person here, if one did.
    pub(crate) fn of(site: &Site, start: Option<&Start>) -> Self {
        let ancestors = start.and_then(Start::embed).unwrap_or("'none'").to_owned();
        let sign_out = site.relying_party.sign_out_origins();
        let forms = start.and_then(Start::form_target).map(|origin| format!("{origin} {sign_out}"));
        Self { ancestors, forms: forms.unwrap_or_else(|| sign_out.to_string()) }
    }
}

/// Adds the headers to a response that does not set them itself.
pub(crate) fn add(site: &Site, id: &RequestId, start: Option<&Start>, response: &mut Response) {
    let headers = response.headers_mut();
    for (name, value) in FIXED {
        headers.insert(name, HeaderValue::from_static(value));
    }
    if site.public_url.is_secure() {
        headers.insert(STRICT_TRANSPORT_SECURITY, HeaderValue::from_static(HSTS));
    }
    set_default(headers, CACHE_CONTROL, "no-store");
    if !headers.contains_key(CONTENT_SECURITY_POLICY) {
        let policy = content_security_policy(None, &Reach::of(site, start));
        set_default(headers, CONTENT_SECURITY_POLICY, &policy);
    }
    if let Ok(id) = HeaderValue::from_str(id.as_str()) {
        headers.insert(request_id::HEADER, id);
    }
}

fn set_default(headers: &mut HeaderMap, name: HeaderName, value: &str) {
    if let Ok(value) = HeaderValue::from_str(value) {
        headers.entry(name).or_insert(value);
    }
}
