//! The calls: once, or again while there is time.

use std::fmt;
use std::sync::Arc;
use std::time::Duration;

use backon::{ExponentialBuilder, Retryable as _};
use http::header::RETRY_AFTER;
use http::{HeaderMap, Request, Response, StatusCode};
use reqwest::{redirect, retry, tls::TlsInfo};
use tokio::sync::{Semaphore, SemaphorePermit};
use tokio::time::{Instant, timeout};

use crate::breaker::{Breaker, Leave};
use crate::seen::{Seen, measure, measure_rest};
use crate::traces::Span;
use crate::waits::Waiting;
use crate::watched::Watched;
use crate::{Call, Failure, Limits, PeerCertificate, Tls, TlsProblem};

/// A server that is called. Cheap to clone; all clones share connections, places and what is known of its health.
#[derive(Clone)]
pub struct Upstream(Arc<Inner>);

struct Inner {
    name: &'static str,
    http: Watched<reqwest::Client, TlsProblem>,
    tls: Tls,
    limits: Limits,
    bodies: Bodies,
    places: Option<Semaphore>,
    breaker: Breaker,
    seen: Seen,
}

/// Which bodies are read.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Bodies {
    /// Those that come with a success (2xx). What comes with a failure may quote a person's data.
    OfSuccess,
    /// All of them.
    OfAny,
}

/// What came of one attempt to read, when another one may come to more.
enum Attempt {
    Answered(Response<Vec<u8>>),
    Failed(Failure),
}

impl Upstream {
    /// Takes what the log calls the server, how it may be called, and certificates. Connects to nothing.
    ///
    /// # Errors
    /// A file of certificates is not in order, or no client can be built of it.
    pub fn new(name: &'static str, limits: Limits, bodies: Bodies, tls: &Tls) -> Result<Self, TlsProblem> {
        let contents = tls.read()?;
        let files = tls.files().into_iter().map(|(_, path)| path).collect();
        let make = {
            let (limits, tls) = (limits.clone(), tls.clone());
            move |contents: &[_]| tls.apply(contents, client(&limits))?.build().map_err(TlsProblem::Client)
        };
        Ok(Self(Arc::new(Inner {
            name,
            http: Watched::new(files, contents, Box::new(make))?,
            places: limits.concurrent_calls.map(|calls| Semaphore::new(calls.get() as usize)),
            breaker: Breaker::new(limits.breaker_failures, limits.breaker_pause),
            seen: Seen::default(),
            tls: tls.clone(),
            bodies,
            limits,
        })))
    }

    /// Sends a request, once: for what must not happen twice.
    ///
    /// # Errors
    /// There was no answer; [`Failure::sent_nothing`] tells whether the request surely did not reach the server.
    pub async fn send(&self, request: Request<Vec<u8>>) -> Result<Response<Vec<u8>>, Failure> {
        self.send_within(Duration::MAX, request).await
    }

    /// However it ends, it is observed.
    async fn send_within(
        &self,
        most: Duration,
        mut request: Request<Vec<u8>>,
    ) -> Result<Response<Vec<u8>>, Failure> {
        let (call, began, _waiting) = (Call::of(&request), Instant::now(), Waiting::begin());
        let span = Span::begin(self.0.name, call, &mut request);
        let answer = timeout(most, self.send_unseen(request)).await.unwrap_or(Err(Failure::TimedOut(None)));
        span.end(&answer);
        self.0.seen.remember(&answer);
        measure(self.0.name, call, began, &answer);
        answer
    }

    /// Gives whether the server answered when it was last called, and how long ago that was; nothing if it never was.
    pub fn last_seen(&self) -> Option<(bool, Duration)> {
        self.0.seen.last()
    }

    async fn send_unseen(&self, request: Request<Vec<u8>>) -> Result<Response<Vec<u8>>, Failure> {
        let _place = self.place().await?;
        let request = reqwest::Request::try_from(request)?;
        self.0.tls.admit(request.url()).map_err(|problem| Failure::NotSent(problem.into()))?;
        let mut answer = self.0.http.current().execute(request).await?;
        let mut body = Vec::new();
        let is_read = self.0.bodies == Bodies::OfAny || answer.status().is_success();
        while is_read && let Some(chunk) = answer.chunk().await? {
            if body.len() + chunk.len() > self.0.limits.max_body {
                return Err(Failure::TooLarge);
            }
            body.extend_from_slice(&chunk);
        }
        let mut response = Response::new(body);
        *response.status_mut() = answer.status();
        std::mem::swap(response.headers_mut(), answer.headers_mut());
        if let Some(shown) = answer.extensions().get().and_then(TlsInfo::peer_certificate) {
            response.extensions_mut().insert(PeerCertificate(shown.into()));
        }
        Ok(response)
    }

    /// Sends a request that changes nothing: again after a pause, while there is time, if there is no answer or one that
    /// says that the server cannot answer now (429, 500, 502, 503, 504).
    ///
    /// # Errors
    /// There was no answer.
    pub async fn read(&self, request: Request<Vec<u8>>) -> Result<Response<Vec<u8>>, Failure> {
        // The pauses between attempts are waiting as well.
        let _waiting = Waiting::begin();
        let Some(leave) = self.0.breaker.leave() else {
            let rests = Err(Failure::Resting);
            measure(self.0.name, Call::of(&request), Instant::now(), &rests);
            return rests;
        };
        let limits = &self.0.limits;
        let began = Instant::now();
        let backoff = ExponentialBuilder::new()
            .with_jitter()
            .with_min_delay(limits.retry_delay)
            .without_max_delay()
            .with_max_times(limits.read_retries as usize);
        let answer = (|| self.attempt(limits.read_deadline.saturating_sub(began.elapsed()), request.clone()))
            .retry(backoff)
            .when(Attempt::may_come_to_more)
            .adjust(|attempt, pause| {
                let pause = pause?.max(attempt.asked_for().unwrap_or_default());
                // There is no point in waiting for a time that will not be there.
                (began.elapsed().saturating_add(pause) < limits.read_deadline).then_some(pause)
            })
            .await;
        let answer = match answer {
            Ok(response) | Err(Attempt::Answered(response)) => Ok(response),
            Err(Attempt::Failed(failure)) => Err(failure),
        };
        self.remember(leave, &answer);
        answer
    }

    async fn attempt(&self, most: Duration, request: Request<Vec<u8>>) -> Result<Response<Vec<u8>>, Attempt> {
        match self.send_within(most, request).await {
            Ok(response) if may_be_better(response.status()) => Err(Attempt::Answered(response)),
            Ok(response) => Ok(response),
            Err(failure) => Err(Attempt::Failed(failure)),
        }
    }

    /// Takes what a read came to as a sign of the server's health.
    fn remember(&self, leave: Leave<'_>, answer: &Result<Response<Vec<u8>>, Failure>) {
        let upstream = self.0.name;
        let has_failed = match answer {
            // It may be about one account, and whoever reloads its page must keep nobody else from reading: it says nothing of the
            // server, neither that it is well.
            Ok(response) if response.status() == StatusCode::INTERNAL_SERVER_ERROR => return,
            Ok(response) => is_trouble(response.status()),
            Err(failure) if failure.is_of_the_server() => true,
            Err(_) => return,
        };
        if !has_failed {
            if leave.succeeded() {
                measure_rest(upstream, false);
                tracing::info!(upstream, "the server answers again");
            }
        } else if leave.failed() {
            measure_rest(upstream, true);
            let pause = self.0.limits.breaker_pause.as_secs_f64();
            tracing::warn!(
                upstream,
                pause,
                "reads failed again and again: the server is left alone for a while"
            );
        }
    }

    /// Waits for a place among the calls that are under way.
    async fn place(&self) -> Result<Option<SemaphorePermit<'_>>, Failure> {
        let Some(places) = &self.0.places else { return Ok(None) };
        match timeout(self.0.limits.concurrent_wait, places.acquire()).await {
            Ok(Ok(place)) => Ok(Some(place)),
            _ => Err(Failure::Busy),
        }
    }
}

impl Attempt {
    fn may_come_to_more(&self) -> bool {
        match self {
            Self::Answered(_) => true,
            Self::Failed(failure) => failure.is_of_the_server(),
        }
    }

    /// Gives how long the server asks to be left alone (RFC 9110, section 10.2.3), in seconds.
    fn asked_for(&self) -> Option<Duration> {
        let Self::Answered(response) = self else { return None };
        let seconds = |headers: &HeaderMap| headers.get(RETRY_AFTER)?.to_str().ok()?.trim().parse().ok();
        seconds(response.headers()).map(Duration::from_secs)
    }
}

/// Tells whether another attempt may be answered better.
fn may_be_better(status: StatusCode) -> bool {
    status == StatusCode::TOO_MANY_REQUESTS || is_trouble(status)
}

/// Tells whether the server is in trouble. That somebody asked too often is an answer: whoever brings it about for themselves
/// must not keep everybody else from reading.
fn is_trouble(status: StatusCode) -> bool {
    matches!(status.as_u16(), 500 | 502..=504)
}

/// What every client has, whatever its certificates.
fn client(limits: &Limits) -> reqwest::ClientBuilder {
    reqwest::Client::builder()
        .user_agent(concat!("contact-change/", env!("CARGO_PKG_VERSION")))
        .connect_timeout(limits.connect_timeout)
        .timeout(limits.timeout)
        .pool_max_idle_per_host(limits.pool_size as usize)
        .pool_idle_timeout(limits.pool_idle)
        // Credentials go where the operator said and nowhere else, whatever an answer or the environment says.
        .redirect(redirect::Policy::none())
        .no_proxy()
        .referer(false)
        .retry(retry::never())
        .tls_info(true)
}

impl fmt::Debug for Upstream {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.debug_struct("Upstream").field("name", &self.0.name).finish_non_exhaustive()
    }
}
