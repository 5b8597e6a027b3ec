//! Whatever goes wrong becomes a page for the person and one line for the operator, here and only here.

use std::{error::Error, sync::Arc};

use app::{
    Frame, Locale,
    ssr::{PlainPage, plain_document},
};
use axum::{
    extract::{Request, State},
    middleware::Next,
    response::{Html, IntoResponse, Response},
};
use http::StatusCode;

use crate::{
    Site, language,
    request_id::RequestId,
    sign_in,
    start::{LinkProblem, Start},
};

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
    #[error("the session store failed")]
    Sessions(#[from] tower_sessions::session::Error),
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
            Self::StartLink(_) => StatusCode::BAD_REQUEST,
            Self::TooSlow => StatusCode::GATEWAY_TIMEOUT,
            Self::Sessions(_) | Self::Panicked => StatusCode::INTERNAL_SERVER_ERROR,
        }
    }

    fn page(&self, reference: String) -> PlainPage {
        match self {
            Self::NotFound | Self::MethodNotAllowed => PlainPage::NotFound,
            Self::CrossSite => PlainPage::CrossSite,
            Self::SignIn(failure) => {
                PlainPage::SignInFailed { reference, given_up: failure.is_the_person_s() }
            }
            Self::StartLink(problem) => PlainPage::BadLink { number: problem.number(), reference },
            Self::Sessions(_) | Self::TooSlow | Self::Panicked => PlainPage::Failed { reference },
        }
    }

    /// One line, with the whole chain: as loud as it is our, or our neighbours', fault.
    fn log(&self) {
        let reason = chain(self);
        match self {
            Self::NotFound | Self::MethodNotAllowed => tracing::debug!(reason, "refused"),
            Self::CrossSite | Self::StartLink(_) => tracing::warn!(reason, "refused"),
            Self::SignIn(failure) if failure.is_the_person_s() => tracing::info!(reason, "failed"),
            Self::SignIn(_) => tracing::warn!(reason, "failed"),
            Self::Sessions(_) | Self::TooSlow | Self::Panicked => tracing::error!(reason, "failed"),
        }
    }
}

/// Writes an error and all its causes.
pub fn chain(error: &dyn Error) -> String {
    let mut text = error.to_string();
    let mut cause = error.source();
    while let Some(error) = cause {
        text = format!("{text}: {error}");
        cause = error.source();
    }
    text
}

impl IntoResponse for Problem {
    /// Leaves the problem with the response; [`explain`] makes a page of it.
    fn into_response(self) -> Response {
        let mut response = self.status().into_response();
        response.extensions_mut().insert(Arc::new(self));
        response
    }
}

/// Logs the problem of a response and puts the page for the person into it. Cookies that were set stay set.
pub(crate) async fn explain(
    State(site): State<Site>,
    id: RequestId,
    request: Request,
    next: Next,
) -> Response {
    let locale = language::of(&site, request.uri(), request.headers(), None);
    let (method, uri) = (request.method().clone(), request.uri().clone());
    let mut response = next.run(request).await;
    if let Some(problem) = response.extensions_mut().remove::<Arc<Problem>>() {
        problem.log();
        let start: Option<Start> = response.extensions().get().cloned().or_else(|| site.start(&uri));
        let frame = site.frame(locale, &method, &uri, start.as_ref());
        let page = plain(&site, &problem.page(id.to_string()), locale, frame);
        *response.body_mut() = page.into_body();
        response.headers_mut().remove(http::header::CONTENT_LENGTH);
        response.headers_mut().insert(http::header::CONTENT_TYPE, HTML);
    }
    response
}

const HTML: http::HeaderValue = http::HeaderValue::from_static("text/html; charset=utf-8");

/// Gives a page without script.
pub(crate) fn plain(site: &Site, page: &PlainPage, locale: Locale, frame: Frame) -> Response {
    Html(plain_document(page, locale, frame, &site.look())).into_response()
}
