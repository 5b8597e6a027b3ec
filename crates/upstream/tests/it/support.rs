//! A server that answers what a test tells it.

use std::collections::VecDeque;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Arc, Mutex};
use std::time::Duration;

use axum::Router;
use axum::extract::State;
use axum::http::{Request, Response};
use axum::response::IntoResponse;
use tokio::net::TcpListener;
use tokio::task::JoinHandle;
use upstream::{Bodies, Limits, Tls, Upstream};

/// One answer: status, headers, body; the last one is given again and again.
pub(crate) type Told = (u16, &'static [(&'static str, &'static str)], &'static str);

/// A server that gives the answers of a list, and counts its calls.
pub(crate) struct Server {
    pub(crate) url: String,
    calls: Arc<AtomicUsize>,
    task: JoinHandle<()>,
}

#[derive(Clone)]
struct Script {
    answers: Arc<Mutex<VecDeque<Told>>>,
    calls: Arc<AtomicUsize>,
}

impl Server {
    pub(crate) async fn answering(answers: &[Told]) -> Self {
        let calls = Arc::default();
        let answers = Arc::new(Mutex::new(answers.iter().copied().collect()));
        let script = Script { answers, calls: Arc::clone(&calls) };
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let url = format!("http://{}/", listener.local_addr().unwrap());
        let router = Router::new().fallback(answer).with_state(script);
        let task = tokio::spawn(async move { axum::serve(listener, router).await.unwrap() });
        Self { url, calls, task }
    }

    /// Gives how often it was called.
    pub(crate) fn calls(&self) -> usize {
        self.calls.load(Ordering::SeqCst)
    }

    pub(crate) fn request(&self) -> Request<Vec<u8>> {
        request(&self.url)
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        self.task.abort();
    }
}

async fn answer(State(script): State<Script>) -> impl IntoResponse {
    script.calls.fetch_add(1, Ordering::SeqCst);
    let mut answers = script.answers.lock().unwrap();
    let (status, headers, body) =
        if answers.len() > 1 { answers.pop_front().unwrap() } else { *answers.front().unwrap() };
    let mut response = Response::builder().status(status);
    for (name, value) in headers {
        response = response.header(*name, *value);
    }
    response.body(body.to_owned()).unwrap()
}

pub(crate) fn request(url: &str) -> Request<Vec<u8>> {
    Request::get(url).body(Vec::new()).unwrap()
}

/// Limits with pauses that a test can wait for.
pub(crate) fn limits() -> Limits {
    Limits { retry_delay: Duration::from_millis(5), ..Limits::default() }
}

pub(crate) fn upstream(limits: Limits) -> Upstream {
    Upstream::new("test", limits, Bodies::OfAny, &Tls::default()).unwrap()
}

/// Moves the clock, and only while nothing waits for a socket.
pub(crate) async fn later(by: Duration) {
    tokio::time::pause();
    tokio::time::advance(by).await;
    tokio::time::resume();
}
