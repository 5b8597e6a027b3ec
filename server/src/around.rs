//! What is done around every request, whoever answers it.
//!
//! One layer, not one for each: for every request the router copies each of its layers, with all that is within it.

use axum::{
    extract::{Request, State},
    middleware::Next,
    response::Response,
};

use crate::{
    Site, compression, headers, language,
    problem::Asked,
    request_id::RequestId,
    start::{self, Start},
    telemetry::Observed,
};

/// Names a request, observes it, and finishes the answer.
pub(crate) async fn around(State(site): State<Site>, mut request: Request, next: Next) -> Response {
    // The name by which all of the following speak of the request.
    let id = RequestId::of(request.extensions_mut());
    let observed = Observed::of(&site, &request, &id);
    let asked = Asked::of(&request);
    observed.until_answered(answer(&site, &id, asked, next.run(request))).await
}

/// Each step takes the answer as the one before leaves it.
async fn answer(
    site: &Site,
    id: &RequestId,
    asked: Asked,
    inner: impl Future<Output = Response>,
) -> Response {
    let mut response = inner.await;
    // Where the application that sent the person here is known only now, the answer says it.
    let start: Option<Start> = response.extensions_mut().remove().or_else(|| site.start(&asked.uri));
    // Whatever went wrong becomes one log line and a page.
    asked.explain(site, id, start.as_ref(), &mut response);
    // The language that was asked for is remembered, whatever the answer.
    language::remember(site, &asked.uri, &mut response);
    // What an application had put into its link does not stand beside the person's own in what is compressed.
    if start.is_some() {
        compression::leave(&mut response);
    }
    // In a frame, cookies are of the kind that browsers keep there.
    start::cookies_in_frames(start.as_ref(), &mut response);
    // Every answer, whoever made it, carries the headers.
    headers::add(site, id, start.as_ref(), &mut response);
    response
}
