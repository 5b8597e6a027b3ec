//! An application that is told: it answers as the test says, and remembers what it was sent.

use std::{
    collections::VecDeque,
    sync::{Arc, Mutex},
    time::Duration,
};

use aws_lc_rs::signature::{ECDSA_P256_SHA256_FIXED, UnparsedPublicKey};
use axum::{Router, extract::State, routing::post};
use base64::{Engine as _, engine::general_purpose::URL_SAFE_NO_PAD};
use http::{HeaderMap, StatusCode};
use serde_json::Value;
use tokio::{net::TcpListener, sync::Notify, task::JoinHandle};

/// What it answers next.
#[derive(Clone)]
pub(crate) enum Answer {
    Status(u16, &'static str),
    /// It takes the call and never answers.
    Nothing,
    /// It takes the event as soon as the test says so.
    WhenTold(Arc<Notify>),
}

#[derive(Clone, Default)]
struct Town {
    sent: Arc<Mutex<Vec<(HeaderMap, String)>>>,
    answers: Arc<Mutex<VecDeque<Answer>>>,
}

/// An application that ends with the test.
pub(crate) struct Receiver {
    pub(crate) address: String,
    town: Town,
    task: JoinHandle<()>,
}

impl Receiver {
    /// Starts one that gives these answers, and 202 from then on.
    pub(crate) async fn answering(answers: impl IntoIterator<Item = Answer>) -> Self {
        let town = Town { answers: Arc::new(Mutex::new(answers.into_iter().collect())), ..Town::default() };
        let listener = TcpListener::bind("127.0.0.1:0").await.expect("a free port");
        let address = format!("http://{}/events", listener.local_addr().expect("an address"));
        let router = Router::new().route("/events", post(take)).with_state(town.clone());
        let task = tokio::spawn(async move { axum::serve(listener, router).await.expect("a server") });
        Self { address, town, task }
    }

    /// Waits until it was sent so many.
    pub(crate) async fn sent(&self, number: usize) -> Vec<(HeaderMap, String)> {
        loop {
            let sent = self.town.sent.lock().expect("a lock").clone();
            if sent.len() >= number {
                return sent;
            }
            tokio::time::sleep(Duration::from_millis(20)).await;
        }
    }
}

async fn take(State(town): State<Town>, headers: HeaderMap, body: String) -> (StatusCode, &'static str) {
    town.sent.lock().expect("a lock").push((headers, body));
    let answer = town.answers.lock().expect("a lock").pop_front();
    match answer.unwrap_or(Answer::Status(202, "")) {
        Answer::Status(status, body) => (StatusCode::from_u16(status).expect("a status"), body),
        Answer::Nothing => std::future::pending().await,
        Answer::WhenTold(told) => {
            told.notified().await;
            (StatusCode::ACCEPTED, "")
        }
    }
}

impl Drop for Receiver {
    fn drop(&mut self) {
        self.task.abort();
    }
}

/// Reads a token that the server's published keys hold for: its header and its claims.
pub(super) async fn read(token: &str, server: &str) -> (Value, Value) {
    let keys = reqwest::get(format!("{server}/.well-known/jwks.json")).await.expect("an answer");
    let keys: Value = keys.json().await.expect("JSON");
    let [header, claims, signature]: [&str; 3] =
        token.split('.').collect::<Vec<_>>().try_into().expect("three parts");
    let (head, said) = (json(header), json(claims));
    let key = keys["keys"].as_array().expect("keys").iter().find(|key| key["kid"] == head["kid"]);
    let key = key.unwrap_or_else(|| panic!("{head} in {keys}"));
    assert_eq!((&key["kty"], &key["crv"]), (&"EC".into(), &"P-256".into()));
    let [x, y] = ["x", "y"].map(|name| decode(key[name].as_str().expect("a coordinate")));
    let point = [vec![4], x, y].concat();
    UnparsedPublicKey::new(&ECDSA_P256_SHA256_FIXED, point)
        .verify(format!("{header}.{claims}").as_bytes(), &decode(signature))
        .expect("a signature that holds");
    (head, said)
}

fn json(part: &str) -> Value {
    serde_json::from_slice(&decode(part)).expect("JSON")
}

fn decode(text: &str) -> Vec<u8> {
    URL_SAFE_NO_PAD.decode(text).expect("base64url")
}
