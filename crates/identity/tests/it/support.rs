//! A service that answers what a test tells it, and what every test calls it with.

use std::net::SocketAddr;
use std::sync::{Arc, Mutex};

use axum::Router;
use axum::body::Bytes;
use axum::extract::State;
use axum::http::{HeaderMap, HeaderName, HeaderValue, Method, StatusCode, Uri};
use contact::{Choices, Contact, Kind, VerificationCode};
use identity::{Begun, Caller, Client, Credentials, Fault, Finished, Settings, Subject, VerificationToken};
use serde_json::Value;
use tokio::net::TcpListener;
use tokio::task::JoinHandle;

pub(crate) const SECRET: &str = "quite-a-secret";
pub(crate) const ACCESS_TOKEN: &str = "an-access-token";
pub(crate) const TOKEN: &str = "a-verification-token";
pub(crate) const ADDRESS: &str = "ann@example.com";
pub(crate) const CODE: &str = "123456";
pub(crate) const SUBJECT: &str = "5a0000000000000000000001";

/// A request as it arrived.
#[derive(Clone, Debug)]
pub(crate) struct Request {
    pub(crate) method: Method,
    pub(crate) uri: Uri,
    pub(crate) headers: HeaderMap,
    pub(crate) body: Value,
}

/// A server that gives the same answer to every request, and keeps the requests.
pub(crate) struct Service {
    address: SocketAddr,
    requests: Arc<Mutex<Vec<Request>>>,
    task: JoinHandle<()>,
}

type Answer = (StatusCode, HeaderMap, String);

#[derive(Clone)]
struct Script {
    answer: Answer,
    requests: Arc<Mutex<Vec<Request>>>,
}

impl Service {
    pub(crate) async fn answering(status: u16, headers: &[(&'static str, &str)], body: &str) -> Self {
        let requests = Arc::default();
        let script = Script { answer: answer(status, headers, body), requests: Arc::clone(&requests) };
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let address = listener.local_addr().unwrap();
        let router = Router::new().fallback(answer_as_told).with_state(script);
        let task = tokio::spawn(async move { axum::serve(listener, router).await.unwrap() });
        Self { address, requests, task }
    }

    pub(crate) fn settings(&self) -> Settings {
        settings(self.address)
    }

    pub(crate) fn client(&self) -> Client {
        Client::new(self.settings()).unwrap()
    }

    pub(crate) fn requests(&self) -> Vec<Request> {
        self.requests.lock().unwrap().clone()
    }

    pub(crate) fn only_request(&self) -> Request {
        let [request] = &self.requests()[..] else { panic!("not one request: {:?}", self.requests()) };
        request.clone()
    }
}

impl Drop for Service {
    fn drop(&mut self) {
        self.task.abort();
    }
}

async fn answer_as_told(
    State(script): State<Script>,
    method: Method,
    uri: Uri,
    headers: HeaderMap,
    body: Bytes,
) -> Answer {
    let body = serde_json::from_slice(&body).unwrap_or(Value::Null);
    script.requests.lock().unwrap().push(Request { method, uri, headers, body });
    script.answer
}

fn answer(status: u16, headers: &[(&'static str, &str)], body: &str) -> Answer {
    let header = |(name, value): &(&'static str, &str)| {
        (HeaderName::from_static(name), HeaderValue::from_str(value).unwrap())
    };
    (StatusCode::from_u16(status).unwrap(), headers.iter().map(header).collect(), body.to_owned())
}

pub(crate) fn settings(address: SocketAddr) -> Settings {
    let credentials = Credentials::ApiClient { id: "the-client".into(), secret: SECRET.into() };
    Settings::new(format!("http://{address}").parse().unwrap(), credentials)
}

pub(crate) fn caller() -> Caller {
    Caller { subject: Subject::parse(SUBJECT).unwrap(), access_token: None, renewal: None }
}

pub(crate) fn email() -> Contact {
    Contact::parse(Kind::Email, ADDRESS).unwrap()
}

pub(crate) fn token() -> VerificationToken {
    VerificationToken::parse(TOKEN).unwrap()
}

pub(crate) fn code() -> VerificationCode {
    VerificationCode::parse(CODE).unwrap()
}

pub(crate) async fn begin(client: &Client) -> Result<Begun, Fault> {
    client.begin(&caller(), &email(), Choices::default(), "en").await
}

pub(crate) async fn finish(client: &Client) -> Result<Finished, Fault> {
    client.finish(&caller(), &token(), &code()).await
}
