//! A span of each call, for those who follow a request from server to server, and word of it to the server that is called
//! (W3C Trace Context). A call that no request asked for has none: it would be a trace of its own, all day long.
//!
//! Spans go to the facade of OpenTelemetry: nothing is done with them unless the program has somebody who takes them.

use http::{Request, Response};
use opentelemetry::{
    Context, KeyValue, global,
    trace::{SpanKind, Status, TraceContextExt as _, Tracer as _},
};
use opentelemetry_http::HeaderInjector;

use crate::{Call, Failure};

/// Who writes these spans, as traces have it.
const SCOPE: &str = env!("CARGO_PKG_NAME");

/// What a call came to for which nobody waits any more.
const GIVEN_UP: &str = "given_up";

/// The span of a call, until it is dropped. Its attributes are those of OpenTelemetry's conventions for clients of HTTP, but for the
/// address: that can name a person.
pub(crate) struct Span(Option<Context>);

impl Span {
    /// Begins the span of a call, and tells the server that is called of it.
    pub(crate) fn begin<B>(upstream: &'static str, call: Call, request: &mut Request<B>) -> Self {
        let asked = Context::current();
        if !asked.has_active_span() {
            return Self(None);
        }
        let tracer = global::tracer(SCOPE);
        let name = format!("{upstream} {}", call.0);
        let span = tracer.span_builder(name).with_kind(SpanKind::Client).start(&tracer);
        let context = asked.with_span(span);
        let span = context.span();
        if span.is_recording() {
            span.set_attribute(KeyValue::new("http.request.method", request.method().to_string()));
            if let Some(host) = request.uri().host() {
                span.set_attribute(KeyValue::new("server.address", host.to_owned()));
            }
        }
        global::get_text_map_propagator(|propagator| {
            propagator.inject_context(&context, &mut HeaderInjector(request.headers_mut()));
        });
        Self(Some(context))
    }

    /// Ends it with what the call came to. A refusal is an answer like any other: people are refused for what they do.
    pub(crate) fn end<B>(mut self, answer: &Result<Response<B>, Failure>) {
        let Some(context) = self.0.take() else { return };
        let error = match answer {
            Ok(response) => {
                let status = response.status();
                let code = KeyValue::new("http.response.status_code", i64::from(status.as_u16()));
                context.span().set_attribute(code);
                status.is_server_error().then(|| status.as_str().to_owned())
            }
            Err(failure) => Some(failure.word().to_owned()),
        };
        end(&context, error);
    }
}

impl Drop for Span {
    fn drop(&mut self) {
        if let Some(context) = self.0.take() {
            end(&context, Some(GIVEN_UP.to_owned()));
        }
    }
}

fn end(context: &Context, error: Option<String>) {
    let span = context.span();
    if let Some(error) = error {
        span.set_attribute(KeyValue::new("error.type", error));
        span.set_status(Status::error(""));
    }
    span.end();
}
