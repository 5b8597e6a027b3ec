//! Bringing spans to their receiver: the library says what and when, and the way there is that of all our calls.

use std::sync::atomic::{AtomicBool, Ordering::Relaxed};

use async_trait::async_trait;
use bytes::Bytes;
use http::{Request, Response};
use opentelemetry_http::{HttpClient, HttpError};
use tokio::runtime::Handle;
use upstream::{Bodies, Call, Failure, Limits, TlsProblem, Upstream};

use crate::{chain, config::Traces};

/// Carries what the library wants to be sent. It is called on a thread of the library's, outside the runtime.
#[derive(Debug)]
pub(super) struct Courier {
    upstream: Upstream,
    settings: Traces,
    runtime: Handle,
    is_failing: AtomicBool,
}

impl Courier {
    /// Must be called within a tokio runtime.
    pub(super) fn new(settings: &Traces) -> Result<Self, TlsProblem> {
        Ok(Self {
            upstream: Upstream::new("collector", Limits::default(), Bodies::OfSuccess, &settings.tls)?,
            settings: settings.clone(),
            runtime: Handle::current(),
            is_failing: AtomicBool::new(false),
        })
    }

    /// Logs once that spans are not taken, and once that they are again.
    fn tell(&self, trouble: Option<String>) {
        match (self.is_failing.swap(trouble.is_some(), Relaxed), trouble) {
            (false, Some(reason)) => {
                tracing::warn!(reason, "spans are not taken: traces have gaps from now on");
            }
            (true, None) => tracing::info!("spans are taken again"),
            _ => {}
        }
    }
}

#[async_trait]
impl HttpClient for Courier {
    async fn send_bytes(&self, request: Request<Bytes>) -> Result<Response<Bytes>, HttpError> {
        let mut request = request.map(Vec::from);
        request.extensions_mut().insert(Call("spans"));
        request.headers_mut().extend(self.settings.header());
        let upstream = self.upstream.clone();
        // A task of its own, which no request asked for: so the sending of spans has no span, which would be sent as well.
        let answer = self.runtime.spawn(async move { upstream.send(request).await }).await?;
        self.tell(trouble(&answer));
        Ok(answer?.map(Bytes::from))
    }
}

fn trouble(answer: &Result<Response<Vec<u8>>, Failure>) -> Option<String> {
    match answer {
        Ok(answer) if answer.status().is_success() => None,
        Ok(answer) => Some(format!("the receiver answers {}", answer.status())),
        Err(failure) => Some(chain(failure)),
    }
}
