//! Makes a call go wrong in the way that was asked for.

use crate::clock::iso;
use crate::connection::Knife;
use crate::faults::{Call, Fault, Kind};
use crate::ledger::Arrival;
use crate::service::Shared;
use axum::body::{Body, Bytes, HttpBody, to_bytes};
use axum::extract::{ConnectInfo, Request, State};
use axum::http::{StatusCode, header};
use axum::middleware::Next;
use axum::response::{IntoResponse, Response};
use http_body::Frame;
use std::convert::Infallible;
use std::pin::Pin;
use std::task::{Context, Poll, ready};
use std::time::Duration;
use tokio::time::{Interval, interval};

const HUGE: usize = 10 * 1024 * 1024;

/// Takes the next fault for the call, lets the call act if the fault does, and spoils the answer.
/// The fault goes with the request, for calls that write down what happened.
pub(crate) async fn disturb(
    State((service, call)): State<(Shared, Call)>,
    mut request: Request,
    next: Next,
) -> Response {
    let traceparent = request.headers().get("traceparent");
    let traceparent = traceparent.and_then(|value| value.to_str().ok()).map(str::to_owned);
    let fault = service.step(|world, now| {
        let fault = world.faults.take(call);
        let name = fault.as_ref().map(Fault::name);
        world.calls.push(Arrival { at: iso(now), call, fault: name, traceparent });
        fault
    });
    let Some(fault) = fault else { return next.run(request).await };
    let knife = request.extensions().get::<ConnectInfo<Knife>>().map(|info| info.0.clone());
    request.extensions_mut().insert(fault.clone());
    let response = if fault.acts() || call.is_recorded() {
        next.run(request).await
    } else {
        StatusCode::OK.into_response()
    };
    spoil(&fault, response, knife, &service.issuer).await
}

async fn spoil(fault: &Fault, response: Response, knife: Option<Knife>, issuer: &str) -> Response {
    match &fault.kind {
        Kind::Slow { milliseconds } => {
            tokio::time::sleep(Duration::from_millis(*milliseconds)).await;
            response
        }
        Kind::Hang => std::future::pending().await,
        Kind::ResetBefore | Kind::ResetAfter => {
            if let Some(knife) = knife {
                knife.cut();
            }
            response
        }
        Kind::Status { status, retry_after } => status_answer(*status, *retry_after),
        Kind::Html => (
            StatusCode::BAD_GATEWAY,
            [(header::CONTENT_TYPE, "text/html; charset=utf-8")],
            "<!doctype html><title>502 Bad Gateway</title><h1>502 Bad Gateway</h1>",
        )
            .into_response(),
        Kind::Malformed => {
            let whole = bytes(response).await;
            let half = if whole.is_empty() {
                Bytes::from_static(b"{\"id\":\"5a00")
            } else {
                whole.slice(..whole.len() / 2)
            };
            ([(header::CONTENT_TYPE, "application/json")], half).into_response()
        }
        Kind::Huge => {
            let mut body = br#"{"padding":""#.to_vec();
            body.resize(HUGE - 2, b'x');
            body.extend_from_slice(b"\"}");
            ([(header::CONTENT_TYPE, "application/json")], body).into_response()
        }
        Kind::WrongType => {
            ([(header::CONTENT_TYPE, "text/plain; charset=utf-8")], "All is well.").into_response()
        }
        Kind::Trickle => {
            let (parts, body) = response.into_parts();
            let rest = to_bytes(body, HUGE).await.unwrap_or_default();
            Response::from_parts(
                parts,
                Body::new(Trickle { rest, seconds: interval(Duration::from_secs(1)) }),
            )
        }
        Kind::Redirect => {
            (StatusCode::TEMPORARY_REDIRECT, [(header::LOCATION, format!("{issuer}/"))]).into_response()
        }
        Kind::Expired | Kind::Taken => response,
    }
}

fn status_answer(status: u16, retry_after: Option<u64>) -> Response {
    let body = serde_json::json!({ "errorMessage": "A fault was asked for.", "statusCode": status });
    let status = StatusCode::from_u16(status).unwrap_or(StatusCode::INTERNAL_SERVER_ERROR);
    let mut response = (status, axum::Json(body)).into_response();
    if let Some(seconds) = retry_after {
        response.headers_mut().insert(header::RETRY_AFTER, seconds.into());
    }
    response
}

async fn bytes(response: Response) -> Bytes {
    to_bytes(response.into_body(), HUGE).await.unwrap_or_default()
}

/// A body of which one byte comes a second.
struct Trickle {
    rest: Bytes,
    seconds: Interval,
}

impl HttpBody for Trickle {
    type Data = Bytes;
    type Error = Infallible;

    fn poll_frame(
        mut self: Pin<&mut Self>,
        context: &mut Context<'_>,
    ) -> Poll<Option<Result<Frame<Bytes>, Infallible>>> {
        if self.rest.is_empty() {
            return Poll::Ready(None);
        }
        ready!(self.seconds.poll_tick(context));
        let byte = self.rest.split_to(1);
        Poll::Ready(Some(Ok(Frame::data(byte))))
    }
}
