//! The sandbox's own pages, and what they show as JSON.

use crate::ledger::{Arrival, Ledger};
use crate::message::{Channel, Message};
use crate::page::{escape, page, page_with};
use crate::service::Shared;
use axum::Json;
use axum::extract::{Query, State};
use axum::http::header;
use axum::response::{Html, IntoResponse};
use serde::Deserialize;
use std::fmt::Write as _;

/// `GET /`
pub(crate) async fn home(State(service): State<Shared>) -> Html<String> {
    let body = format!(
        "<h1>Sandbox identity service</h1>\
         <p>It stands in for an instance of the identity service. It keeps everything in memory and sends nothing \
         to anyone; its people, addresses and numbers are not real.</p>\
         <dl><dt><a href=\"/outbox\">Outbox</a></dt><dd>every message it sent, newest first</dd>\
         <dt><a href=\"/apidoc\">Management API</a></dt><dd>its reference</dd>\
         <dt><a href=\"/ledger.json\">Ledger</a></dt><dd>what reached it, and how it ended</dd>\
         <dt><a href=\"/control/people\">People</a></dt><dd>and their contacts as they are now</dd>\
         <dt><a href=\"/.well-known/openid-configuration\">OpenID provider</a></dt><dd>issuer <code>{}</code></dd></dl>",
        escape(&service.issuer)
    );
    Html(page("en", "Start", &body))
}

/// `GET /outbox`
pub(crate) async fn outbox(State(service): State<Shared>) -> Html<String> {
    let head = "<script src=\"/outbox.js\" defer></script>\
        <noscript><meta http-equiv=\"refresh\" content=\"5\"></noscript>";
    let mut body = String::from("<h1>Outbox</h1>");
    let messages = newest_first(&service, None);
    if messages.is_empty() {
        body.push_str("<p>No message yet. New ones appear here by themselves.</p>");
    }
    body.push_str("<ol class=\"messages\">");
    for message in &messages {
        let channel = match message.channel {
            Channel::Email => "Email",
            Channel::Sms => "Text message",
        };
        // Writing to a string cannot fail.
        let _ = write!(
            body,
            "<li><p>{channel} to {to}, <time datetime=\"{at}\">{at}</time></p><h2 dir=\"auto\">{subject}</h2>\
             <pre dir=\"auto\">{text}</pre></li>",
            to = escape(&message.to),
            at = escape(&message.sent_at),
            subject = escape(message.subject.as_deref().unwrap_or_default()),
            text = escape(&message.text),
        );
    }
    body.push_str("</ol>");
    Html(page_with("en", "Outbox", head, &body.replace("<h2 dir=\"auto\"></h2>", "")))
}

/// Which messages are asked for.
#[derive(Debug, Deserialize)]
pub(crate) struct Filter {
    /// Only those to this address or number.
    to: Option<String>,
}

/// `GET /outbox.json?to=`
pub(crate) async fn outbox_json(
    State(service): State<Shared>,
    Query(filter): Query<Filter>,
) -> Json<Vec<Message>> {
    Json(newest_first(&service, filter.to.as_deref()))
}

fn newest_first(service: &Shared, to: Option<&str>) -> Vec<Message> {
    service.step(|world, _| {
        // In a query a plus sign that is not encoded is a space.
        let to = to.map(|to| to.replace(' ', "+"));
        let wanted = |message: &&Message| to.as_deref().is_none_or(|to| message.to.eq_ignore_ascii_case(to));
        world.outbox.iter().rev().filter(wanted).cloned().collect()
    })
}

/// `GET /ledger.json`
pub(crate) async fn ledger(State(service): State<Shared>) -> Json<Ledger> {
    Json(service.step(|world, _| world.ledger.clone()))
}

/// `GET /calls.json`
pub(crate) async fn calls(State(service): State<Shared>) -> Json<Vec<Arrival>> {
    Json(service.step(|world, _| world.calls.clone()))
}

/// `GET /sandbox.css`
pub(crate) async fn style() -> impl IntoResponse {
    ([(header::CONTENT_TYPE, "text/css; charset=utf-8")], include_str!("assets/sandbox.css"))
}

/// `GET /outbox.js`
pub(crate) async fn script() -> impl IntoResponse {
    ([(header::CONTENT_TYPE, "text/javascript; charset=utf-8")], include_str!("assets/outbox.js"))
}
