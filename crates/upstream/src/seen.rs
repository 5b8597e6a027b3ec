//! What calls showed of a server: measured for those who watch, and remembered for those who ask whether it answers.
//!
//! Measures go to the facade of `metrics`: nothing is done with them unless the program has somebody who takes them.

use std::sync::{Mutex, PoisonError};
use std::time::Duration;

use http::{Request, Response};
use tokio::time::Instant;

use crate::Failure;

/// The metric of the time that calls took, in seconds: by `upstream`, `call` and `outcome`.
pub const CALL_SECONDS: &str = "contact_change_upstream_call_seconds";
/// The metric of whether reads rest: by `upstream`.
pub const RESTING: &str = "contact_change_upstream_resting";

/// What a call is named in metrics. It goes along as an extension of the request.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Call(pub &'static str);

impl Call {
    /// Gives the name of a request; `other`, if nobody gave it one.
    pub(crate) fn of<B>(request: &Request<B>) -> Self {
        request.extensions().get().copied().unwrap_or(Self("other"))
    }
}

/// The last sign of a server's health.
#[derive(Debug, Default)]
pub(crate) struct Seen(Mutex<Option<(Instant, bool)>>);

impl Seen {
    /// Remembers what a call showed, if it showed anything.
    pub(crate) fn remember<B>(&self, answer: &Result<Response<B>, Failure>) {
        let answers = match answer {
            // Too many requests are an answer as well.
            Ok(response) => !matches!(response.status().as_u16(), 500 | 502..=504),
            Err(failure) if failure.is_of_the_server() => false,
            Err(_) => return,
        };
        *self.0.lock().unwrap_or_else(PoisonError::into_inner) = Some((Instant::now(), answers));
    }

    /// Gives whether the server answered when it was last called, and how long ago that was; nothing if it never was.
    pub(crate) fn last(&self) -> Option<(bool, Duration)> {
        let last = *self.0.lock().unwrap_or_else(PoisonError::into_inner);
        last.map(|(at, answers)| (answers, at.elapsed()))
    }
}

/// Measures a call that was made, or was to be made.
pub(crate) fn measure<B>(
    upstream: &'static str,
    call: Call,
    began: Instant,
    answer: &Result<Response<B>, Failure>,
) {
    let outcome = match answer {
        Ok(response) => match response.status().as_u16() {
            200..=299 => "2xx",
            429 => "429",
            400..=499 => "4xx",
            500.. => "5xx",
            _ => "other",
        },
        Err(failure) => failure.word(),
    };
    let labels = [("upstream", upstream), ("call", call.0), ("outcome", outcome)];
    metrics::histogram!(CALL_SECONDS, &labels).record(began.elapsed());
}

/// Measures whether reads rest.
pub(crate) fn measure_rest(upstream: &'static str, rests: bool) {
    metrics::gauge!(RESTING, "upstream" => upstream).set(if rests { 1.0 } else { 0.0 });
}
