//! What is written: a span of each request and of each call to the store, and what happened to people meanwhile. Like the log,
//! they say what was called, when, and how it came out, by words of the program; nothing that anybody typed, and nothing of
//! anybody.

use std::net::SocketAddr;

use axum::extract::{ConnectInfo, Request};
use contact::Kind;
use http::{Method, StatusCode};
use opentelemetry::{
    Context, KeyValue, global,
    trace::{
        Span as _, SpanContext, SpanKind, Status, TraceContextExt as _, TraceState, Tracer as _,
        get_active_span,
    },
};
use opentelemetry_http::HeaderExtractor;

use super::SERVICE;
use crate::{
    config::{PROBES, Proxies},
    events::Words,
    request_id::RequestId,
};

/// Begins the span of a request, but for one that only asks how the process is. It goes on with the trace that a trusted proxy
/// began; what others say of theirs is not taken over.
pub(crate) fn of_request(proxies: &Proxies, request: &Request, route: &str, id: &RequestId) -> Context {
    if PROBES.contains(&route) {
        return Context::current();
    }
    let peer = request.extensions().get::<ConnectInfo<SocketAddr>>();
    let is_trusted = peer.is_some_and(|ConnectInfo(peer)| proxies.trust(peer.ip()));
    let parent = if is_trusted { begun_in_front(request) } else { Context::new() };
    let method = match *request.method() {
        Method::GET => "GET",
        Method::HEAD => "HEAD",
        Method::POST => "POST",
        // As the conventions have it: what anybody sends is no word of the program.
        _ => "_OTHER",
    };
    let tracer = global::tracer(SERVICE);
    let span = tracer.span_builder(format!("{method} {route}")).with_kind(SpanKind::Server);
    let span = span.start_with_context(&tracer, &parent);
    if !span.span_context().is_valid() {
        // Nobody takes spans, so none is begun for the calls that come of the request either.
        return parent;
    }
    let context = parent.with_span(span);
    let span = context.span();
    if span.is_recording() {
        span.set_attribute(KeyValue::new("http.request.method", method));
        span.set_attribute(KeyValue::new("http.route", route.to_owned()));
        span.set_attribute(KeyValue::new("contact_change.request_id", id.to_string()));
    }
    context
}

/// Gives the span of a proxy in front that a request belongs to, if it says one: one that was not said would be taken as one that
/// is not to be written down. What else it says of its trace is free text, and stays behind.
fn begun_in_front(request: &Request) -> Context {
    let headers = HeaderExtractor(request.headers());
    let theirs = global::get_text_map_propagator(|propagator| propagator.extract(&headers));
    let theirs = theirs.span().span_context().clone();
    if !theirs.is_valid() {
        return Context::new();
    }
    let (trace, span, flags) = (theirs.trace_id(), theirs.span_id(), theirs.trace_flags());
    let theirs = SpanContext::new(trace, span, flags, true, TraceState::NONE);
    Context::new().with_remote_span_context(theirs)
}

/// Ends the span of a request with what was answered.
pub(crate) fn answered(context: &Context, status: StatusCode) {
    let span = context.span();
    span.set_attribute(KeyValue::new("http.response.status_code", i64::from(status.as_u16())));
    if status.is_server_error() {
        span.set_status(Status::error(""));
    }
    span.end();
}

/// Writes into the span of the request what happened to somebody, in the words of the audit; not to whom.
pub(crate) fn happened(words: &Words, kind: Option<Kind>) {
    get_active_span(|span| {
        if span.is_recording() {
            let said = [
                ("kind", kind.map_or("", Kind::as_str)),
                ("outcome", words.outcome),
                ("reason", words.reason),
            ];
            let said = said.into_iter().filter(|(_, word)| !word.is_empty());
            span.add_event(words.event, said.map(|(name, word)| KeyValue::new(name, word)).collect());
        }
    });
}

/// Begins the span of a call to the store; none for one that no request asked for.
pub(crate) fn of_store(call: &'static str) -> Context {
    let asked = Context::current();
    if !asked.has_active_span() {
        return asked;
    }
    let tracer = global::tracer(SERVICE);
    let span = tracer.span_builder(format!("store {call}")).with_kind(SpanKind::Client).start(&tracer);
    let context = asked.with_span(span);
    context.span().set_attribute(KeyValue::new("db.operation.name", call));
    context
}

/// Ends the span of a call to the store.
pub(crate) fn kept(context: &Context, is_ok: bool) {
    let span = context.span();
    if !is_ok {
        span.set_status(Status::error(""));
    }
    span.end();
}
