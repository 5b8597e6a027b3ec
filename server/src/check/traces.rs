//! Whether spans are taken where they are sent to.

use http::{HeaderValue, Request, StatusCode, header::CONTENT_TYPE};
use upstream::{Bodies, Limits, Upstream};

use super::Finding;
use crate::{chain, config::Traces};

const WHAT: &str = "traces";

/// Sends a message with no spans in it, which a receiver takes like any other (OTLP 1.9, section "OTLP/HTTP Request"). Nobody's
/// change waits for a receiver, so whatever it says is a warning at most.
pub(super) async fn look(settings: &Traces) -> Finding {
    let endpoint = &settings.endpoint;
    let upstream = match Upstream::new("collector", Limits::default(), Bodies::OfSuccess, &settings.tls) {
        Ok(upstream) => upstream,
        Err(error) => return Finding::warning(WHAT, chain(&error), "mend [traces]"),
    };
    let mut request = Request::new(Vec::new());
    *request.method_mut() = http::Method::POST;
    match endpoint.as_str().parse() {
        Ok(uri) => *request.uri_mut() = uri,
        Err(error) => return Finding::warning(WHAT, chain(&error), "mend traces.endpoint"),
    }
    request.headers_mut().insert(CONTENT_TYPE, HeaderValue::from_static("application/x-protobuf"));
    request.headers_mut().extend(settings.header());
    match upstream.send(request).await.map(|answer| answer.status()) {
        Ok(status) if status.is_success() => Finding::ok(WHAT, format!("{endpoint} takes spans")),
        Ok(status) => {
            let advice = match status {
                StatusCode::UNAUTHORIZED | StatusCode::FORBIDDEN => {
                    "give traces.header as the receiver wants it"
                }
                StatusCode::NOT_FOUND | StatusCode::METHOD_NOT_ALLOWED => {
                    "give the whole address as traces.endpoint; most receivers end it with /v1/traces"
                }
                _ => "see what the receiver logs; until it takes spans, traces have gaps",
            };
            Finding::warning(WHAT, format!("{endpoint} answers {status}"), advice)
        }
        Err(failure) => Finding::warning(
            WHAT,
            format!("{endpoint}: {}", chain(&failure)),
            "see whether the receiver runs and can be reached from here; until then traces have gaps",
        ),
    }
}
