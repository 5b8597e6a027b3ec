//! What one process takes on: slow and huge requests, too many of them, and the end of the process in their midst.

use std::borrow::Cow;

use reqwest::{Method, StatusCode};
use serde_json::{Value, json};
use tokio::{
    io::{AsyncReadExt, AsyncWriteExt},
    net::{TcpSocket, TcpStream},
};

use crate::{
    person::Person,
    support::{App, Browser, app, app_with, issuer, program_with, sandbox, serve, variables_with},
};

/// Sends octets as they are, and reads all that comes back.
pub(crate) async fn exchange(app: &App, octets: &[u8]) -> String {
    let address = app.url.trim_start_matches("http://").to_owned();
    let mut stream = TcpStream::connect(address).await.expect("a connection");
    stream.write_all(octets).await.expect("a request");
    let mut answer = Vec::new();
    // The other side may close before all was read.
    let _ = stream.read_to_end(&mut answer).await;
    String::from_utf8_lossy(&answer).into_owned()
}

/// The head of a press by somebody who is signed in.
pub(crate) fn head(app: &App, browser: &Browser, length: usize) -> String {
    let host = app.url.trim_start_matches("http://");
    format!(
        "POST /api/begin HTTP/1.1\r\nhost: {host}\r\ncookie: session={}\r\nsec-fetch-site: same-origin\r\n\
         accept: text/html\r\nconnection: close\r\ncontent-type: application/x-www-form-urlencoded\r\n\
         content-length: {length}\r\n\r\n",
        browser.cookies["session"]
    )
}

#[tokio::test]
async fn a_form_that_does_not_arrive_is_given_up_and_nothing_is_done() {
    let sandbox = sandbox().await;
    let app = app_with(&issuer(&sandbox), &[("BODY_TIMEOUT", "200ms")]).await;
    let mut browser = Browser::new();
    browser.sign_in(&app, "/sign-in").await;
    let answer = exchange(&app, format!("{}kind=email&", head(&app, &browser, 100)).as_bytes()).await;
    assert!(answer.starts_with("HTTP/1.1 408 "), "{answer}");
    assert!(answer.contains("ry again"), "{answer}");
}

#[tokio::test]
async fn a_logout_token_that_does_not_arrive_is_given_up() {
    let sandbox = sandbox().await;
    let app = app_with(&issuer(&sandbox), &[("BODY_TIMEOUT", "200ms")]).await;
    let head = "POST /back-channel-logout HTTP/1.1\r\nhost: localhost\r\n\
                content-type: application/x-www-form-urlencoded\r\ncontent-length: 100\r\n\r\n";
    let answer = exchange(&app, format!("{head}logout_token=").as_bytes()).await;
    assert!(answer.starts_with("HTTP/1.1 408 "), "{answer}");
}

#[tokio::test]
async fn a_form_that_is_larger_than_any_of_ours_is_refused() {
    let sandbox = sandbox().await;
    let app = app(&issuer(&sandbox)).await;
    let mut browser = Browser::new();
    browser.sign_in(&app, "/sign-in").await;
    let huge = "x".repeat(64 * 1024);
    let answer = browser.post(&app, "/api/begin", "/email", &[("kind", "email"), ("contact", &huge)]).await;
    assert_eq!(answer.status(), StatusCode::PAYLOAD_TOO_LARGE);
}

#[tokio::test]
async fn a_connection_that_sends_no_request_is_closed() {
    let sandbox = sandbox().await;
    let app = app_with(&issuer(&sandbox), &[("KEEP_ALIVE", "200ms")]).await;
    assert_eq!(exchange(&app, b"GET / HTTP/1.1\r\nhost:").await, "");
}

/// Asks for a file that fits into no buffer, and reads nothing of it.
async fn standing_still(app: &App) -> TcpStream {
    let address = app.url.trim_start_matches("http://").parse().expect("an address");
    let socket = TcpSocket::new_v4().expect("a socket");
    socket.set_recv_buffer_size(4096).expect("a small buffer");
    let mut stream = socket.connect(address).await.expect("a connection");
    stream.write_all(b"GET /pkg/large.wasm HTTP/1.1\r\nhost: localhost\r\n\r\n").await.expect("a request");
    stream
}

#[tokio::test]
async fn whoever_does_not_read_the_answer_makes_room_for_others() {
    let settings = [("MAX_CONNECTIONS", "2"), ("KEEP_ALIVE", "200ms")];
    let large = ("large.wasm".to_owned(), Cow::Owned(vec![0; 16 << 20]));
    let app = serve(variables_with("http://localhost:9", &settings), "http", [large]).await;
    let _readers = [standing_still(&app).await, standing_still(&app).await];
    let answer = exchange(&app, b"GET /healthz HTTP/1.1\r\nhost: localhost\r\nconnection: close\r\n\r\n");
    assert!(answer.await.starts_with("HTTP/1.1 200 "));
}

#[tokio::test]
async fn more_requests_than_a_process_takes_on_are_answered_at_once_with_when_to_come_again() {
    let sandbox = sandbox().await;
    let app = app_with(&issuer(&sandbox), &[("MAX_REQUESTS", "1")]).await;
    let mut browser = Browser::new();
    browser.sign_in(&app, "/sign-in").await;
    fault(&issuer(&sandbox), &json!({ "call": "user", "fault": "hang" })).await;
    // One of the two hangs, since the service does; so the other one is answered first.
    let request = || browser.request(Method::GET, &app.url).send();
    let (one, other) = (request(), request());
    let shed = tokio::select! { answer = one => answer, answer = other => answer }.expect("an answer");
    assert_eq!(shed.status(), StatusCode::SERVICE_UNAVAILABLE);
    assert_eq!(shed.headers()["retry-after"], "5");
    let health = browser.request(Method::GET, &format!("{}/healthz", app.url)).send().await;
    assert_eq!(health.expect("an answer").status(), StatusCode::OK, "health is not shed");
}

async fn fault(service: &str, fault: &Value) {
    let request = reqwest::Client::new().post(format!("{service}/control/faults"));
    let answer = request.json(&json!({ "faults": [fault] })).send().await.expect("an answer");
    assert!(answer.status().is_success());
}

#[cfg(unix)]
#[tokio::test]
async fn a_code_that_is_being_checked_when_the_server_is_told_to_end_is_checked_to_its_end() {
    let sandbox = sandbox().await;
    let mut app = program_with(&issuer(&sandbox), &[]);
    let mut person = Person::signed_in(sandbox, &app).await;
    let flow = person.begin().await;
    let code = person.code().await;
    person.fault(json!({ "call": "finish", "fault": "slow", "milliseconds": 1500 })).await;
    let press = tokio::spawn(person.request("finish", &flow, &[("code", &code)]).send());
    while person.calls("finishes").await == 0 {
        tokio::task::yield_now().await;
    }
    app.signal("TERM");

    let answer: Value = press.await.expect("a press").expect("an answer").json().await.expect("JSON");
    assert!(answer["Step"]["flow"]["Done"].is_object(), "{answer}");
    assert!(app.ended().success());
    assert!(
        TcpStream::connect(app.url.trim_start_matches("http://")).await.is_err(),
        "nobody listens any more"
    );
}
