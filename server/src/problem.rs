//! Whatever goes wrong becomes a page for the person and one line for the operator, here and only here.

use std::sync::Arc;

use app::{
    Frame, Locale,
    ssr::{PlainPage, plain_document},
};
use axum::{
    extract::Request,
    response::{Html, IntoResponse, Response},
};
use http::{
    HeaderMap, HeaderValue, Method, StatusCode, Uri,
    header::{ACCEPT, CONTENT_LENGTH, CONTENT_TYPE, RETRY_AFTER},
};
use serde_json::json;
use session::ChangeError;
use upstream::chain;

use crate::{
    Site,
    frame::CALLBACK,
    language, metrics,
    request_id::RequestId,
    sign_in,
    start::{LinkProblem, Start},
    visit,
};

/// After so many seconds it is worth trying again. A store that was started anew is there by then.
const RETRY_SECONDS: HeaderValue = HeaderValue::from_static("5");

/// A request that did not come to what it was made for.
#[derive(Debug, thiserror::Error)]
pub(crate) enum Problem {
    /// There is no such page.
    #[error("there is no such page")]
    NotFound,
    /// The page is not to be asked in this way.
    #[error("the method is not allowed here")]
    MethodNotAllowed,
    /// The form was on another site's page.
    #[error("the request came from another site")]
    CrossSite,
    /// Nobody was signed in by it.
    #[error("sign-in failed")]
    SignIn(#[from] sign_in::Failure),
    /// The sessions cannot be read or written.
    #[error("the sessions cannot be read or written")]
    Sessions(#[from] tower_sessions::session::Error),
    /// The same, and the session layer does not say more.
    #[error("a session cannot be written")]
    SessionNotKept,
    /// A change cannot be opened or kept.
    #[error("a change cannot be opened or kept")]
    Change(#[from] ChangeError),
    /// The form did not arrive in time.
    #[error("the form did not arrive in time")]
    SlowForm,
    /// The form is larger than any of ours.
    #[error("the form is too large")]
    LargeForm,
    /// The form is none of ours: something is missing, or is not what it must be.
    #[error("the form lacks what is needed")]
    BadForm,
    /// As many requests are under way as this process takes on.
    #[error("too many requests are under way")]
    Shed,
    /// An application made a mistake in its link.
    #[error("a start link cannot be followed: error {}", .0.number())]
    StartLink(#[from] LinkProblem),
    /// It took longer than anybody waits.
    #[error("the answer took too long")]
    TooSlow,
    /// A bug.
    #[error("a handler panicked")]
    Panicked,
}

impl Problem {
    fn status(&self) -> StatusCode {
        match self {
            Self::NotFound => StatusCode::NOT_FOUND,
            Self::MethodNotAllowed => StatusCode::METHOD_NOT_ALLOWED,
            Self::CrossSite => StatusCode::FORBIDDEN,
            Self::SignIn(failure) => failure.status(),
            Self::StartLink(_) | Self::BadForm => StatusCode::BAD_REQUEST,
            Self::TooSlow => StatusCode::GATEWAY_TIMEOUT,
            Self::SlowForm => StatusCode::REQUEST_TIMEOUT,
            Self::LargeForm => StatusCode::PAYLOAD_TOO_LARGE,
            Self::Sessions(_) | Self::SessionNotKept | Self::Change(_) | Self::Shed => {
                StatusCode::SERVICE_UNAVAILABLE
            }
            Self::Panicked => StatusCode::INTERNAL_SERVER_ERROR,
        }
    }

    /// Gives the page for the person. `again`: the one that they wanted, for what will pass. `is_press`: whether they wanted
    /// something done, and nothing was, but for a session that could not be written afterwards; whoever only wanted to look may
    /// have wanted to see what an earlier press did.
    fn page(&self, reference: String, again: String, is_press: bool) -> PlainPage {
        match self {
            Self::NotFound | Self::MethodNotAllowed => PlainPage::NotFound,
            Self::CrossSite => PlainPage::CrossSite,
            Self::SignIn(failure) => {
                PlainPage::SignInFailed { reference, given_up: failure.is_the_person_s() }
            }
            Self::StartLink(problem) => PlainPage::BadLink { number: problem.number(), reference },
            Self::Change(ChangeError::Busy) => PlainPage::Busy { again },
            Self::Sessions(_) | Self::SessionNotKept | Self::Change(_) | Self::Shed => {
                let nothing_was_done = is_press && !matches!(self, Self::SessionNotKept);
                PlainPage::Unavailable { reference, again, nothing_was_done }
            }
            Self::SlowForm | Self::LargeForm | Self::BadForm | Self::TooSlow | Self::Panicked => {
                PlainPage::Failed { reference }
            }
        }
    }

    /// The words for all of them in metrics.
    pub(crate) const WORDS: [&str; 12] = [
        "no_page",
        "cross_site",
        "start_link",
        "sign_in",
        "store",
        "busy",
        "slow_form",
        "large_form",
        "bad_form",
        "shed",
        "too_slow",
        "panicked",
    ];

    /// Gives the word for it in metrics.
    fn word(&self) -> &'static str {
        match self {
            Self::NotFound | Self::MethodNotAllowed => "no_page",
            Self::CrossSite => "cross_site",
            Self::StartLink(_) => "start_link",
            Self::SignIn(_) => "sign_in",
            Self::Sessions(_)
            | Self::SessionNotKept
            | Self::Change(ChangeError::Store(_) | ChangeError::Sealed) => "store",
            Self::Change(ChangeError::Busy | ChangeError::Overtaken) => "busy",
            Self::SlowForm => "slow_form",
            Self::LargeForm => "large_form",
            Self::BadForm => "bad_form",
            Self::Shed => "shed",
            Self::TooSlow => "too_slow",
            Self::Panicked => "panicked",
        }
    }

    /// One line, with the whole chain: as loud as it is our, or our neighbours', fault.
    fn log(&self) {
        let reason = chain(self);
        match self {
            Self::NotFound | Self::MethodNotAllowed => tracing::debug!(reason, "refused"),
            Self::CrossSite
            | Self::StartLink(_)
            | Self::SlowForm
            | Self::LargeForm
            | Self::BadForm
            | Self::Shed => tracing::warn!(reason, "refused"),
            Self::SignIn(failure) if failure.is_the_person_s() => tracing::info!(reason, "failed"),
            Self::SignIn(_) => tracing::warn!(reason, "failed"),
            Self::Change(ChangeError::Busy | ChangeError::Overtaken) => tracing::warn!(reason, "refused"),
            _ => tracing::error!(reason, "failed"),
        }
    }
}

impl IntoResponse for Problem {
    /// Leaves the problem with the response; [`Asked::explain`] makes a page of it.
    fn into_response(self) -> Response {
        let mut response = self.status().into_response();
        if response.status() == StatusCode::SERVICE_UNAVAILABLE {
            response.headers_mut().insert(RETRY_AFTER, RETRY_SECONDS);
        }
        response.extensions_mut().insert(Arc::new(self));
        response
    }
}

/// What is to be known of a request to explain what became of it.
pub(crate) struct Asked {
    method: Method,
    pub(crate) uri: Uri,
    headers: HeaderMap,
}

impl Asked {
    /// Keeps it, before the request is gone.
    pub(crate) fn of(request: &Request) -> Self {
        Self {
            method: request.method().clone(),
            uri: request.uri().clone(),
            headers: request.headers().clone(),
        }
    }

    /// Logs the problem of a response and puts the page for the person into it, or for a script the same as data. Cookies
    /// that were set stay set.
    pub(crate) fn explain(
        &self,
        site: &Site,
        id: &RequestId,
        start: Option<&Start>,
        response: &mut Response,
    ) {
        let Some(problem) = response.extensions_mut().remove::<Arc<Problem>>() else { return };
        problem.log();
        metrics::problem(problem.word());
        let whole = if wants_data(&self.headers) {
            data(response.status(), id.as_str())
        } else {
            let locale = language::of(site, &self.uri, &self.headers, None);
            let frame = site.frame(locale, &self.method, &self.uri, start);
            let is_press = !self.method.is_safe();
            plain(site, &problem.page(id.to_string(), self.page_to_try_again(site), is_press), locale, frame)
        };
        let (parts, body) = whole.into_parts();
        *response.body_mut() = body;
        response.headers_mut().remove(CONTENT_LENGTH);
        response.headers_mut().extend(parts.headers);
    }

    /// Gives the page that was asked for; of a form, the one that it was on. What the provider sent is good once.
    fn page_to_try_again(&self, site: &Site) -> String {
        if self.method == Method::GET && self.uri.path() != CALLBACK {
            return site.here(&self.method, &self.uri);
        }
        visit::referring_page(&self.headers, site).unwrap_or_default().address(&site.public_url)
    }
}

/// Tells whether a script asks: it wants JSON, and no page.
fn wants_data(headers: &HeaderMap) -> bool {
    let accept = headers.get(ACCEPT).and_then(|accept| accept.to_str().ok()).unwrap_or_default();
    accept.contains("application/json") && !accept.contains("text/html")
}

/// Gives a problem as data (RFC 9457). What it is about is for the operator alone, who finds it by the reference.
fn data(status: StatusCode, reference: &str) -> Response {
    let title = status.canonical_reason().unwrap_or_default();
    let problem = json!({ "title": title, "status": status.as_u16(), "reference": reference });
    ([(CONTENT_TYPE, "application/problem+json")], problem.to_string()).into_response()
}

/// Gives a page without script.
pub(crate) fn plain(site: &Site, page: &PlainPage, locale: Locale, frame: Frame) -> Response {
    Html(plain_document(page, locale, frame, &site.look())).into_response()
}
