//! What one process takes on: slow and huge requests, too many of them, and the end of the process in their midst.

use std::{
    io::{BufRead, BufReader},
    process::{Child, Command, Stdio},
    time::Duration,
};

use reqwest::{Method, StatusCode};
use serde_json::{Value, json};
use tokio::{
    io::{AsyncReadExt, AsyncWriteExt},
    net::TcpStream,
};

use crate::support::{App, Browser, app, app_with, between, issuer, sandbox, variables};

const NEW: &str = "new@example.org";

/// Sends octets as they are, and reads all that comes back.
async fn exchange(app: &App, octets: &[u8]) -> String {
    let address = app.url.trim_start_matches("http://").to_owned();
    let mut stream = TcpStream::connect(address).await.expect("a connection");
    stream.write_all(octets).await.expect("a request");
    let mut answer = Vec::new();
    // The other side may close before all was read.
    let _ = stream.read_to_end(&mut answer).await;
    String::from_utf8_lossy(&answer).into_owned()
}

/// The head of a press by somebody who is signed in.
fn head(app: &App, browser: &Browser, length: usize) -> String {
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
    assert!(answer.contains("Try again in a moment."), "{answer}");
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
    assert_eq!(shed.headers()["retry-after"], "2");
    let health = browser.request(Method::GET, &format!("{}/healthz", app.url)).send().await;
    assert_eq!(health.expect("an answer").status(), StatusCode::OK, "health is not shed");
}

async fn fault(service: &str, fault: &Value) {
    let request = reqwest::Client::new().post(format!("{service}/control/faults"));
    let answer = request.json(&json!({ "faults": [fault] })).send().await.expect("an answer");
    assert!(answer.status().is_success());
}

async fn read(service: &str, path: &str) -> Value {
    reqwest::get(format!("{service}{path}")).await.expect("an answer").json().await.expect("JSON")
}

/// The real program, and the address that it prints.
fn program(issuer: &str) -> (Child, App) {
    let port =
        std::net::TcpListener::bind("127.0.0.1:0").and_then(|free| free.local_addr()).expect("a port").port();
    let mut child = Command::new(env!("CARGO_BIN_EXE_contact-change"))
        .env_clear()
        .envs(variables(issuer))
        .env("CONTACT_CHANGE_LISTEN", format!("127.0.0.1:{port}"))
        .env("CONTACT_CHANGE_PUBLIC_URL", format!("http://127.0.0.1:{port}"))
        .stdout(Stdio::piped())
        .spawn()
        .expect("the program");
    let mut line = String::new();
    BufReader::new(child.stdout.take().expect("a pipe")).read_line(&mut line).expect("a line");
    let url = line.trim_end().rsplit(' ').next().expect("an address").to_owned();
    (child, App::elsewhere(url))
}

#[cfg(unix)]
#[tokio::test]
async fn a_code_that_is_being_checked_when_the_server_is_told_to_end_is_checked_to_its_end() {
    let sandbox = sandbox().await;
    let service = issuer(&sandbox);
    let (mut child, app) = program(&service);
    let mut browser = Browser::new();
    browser.sign_in(&app, "/sign-in").await;
    let flow = |page: &str| between(page, "name=\"flow\" value=\"", "\"").to_owned();
    let page = browser.get(&format!("{}/email", app.url)).await.text().await.expect("a page");
    browser
        .post(&app, "/api/begin", "/email", &[("kind", "email"), ("flow", &flow(&page)), ("contact", NEW)])
        .await;
    let page = browser.get(&format!("{}/email", app.url)).await.text().await.expect("a page");
    let code = read(&service, &format!("/outbox.json?to={NEW}")).await[0]["code"]
        .as_str()
        .expect("a code")
        .to_owned();

    fault(&service, &json!({ "call": "finish", "fault": "slow", "milliseconds": 1500 })).await;
    let press = browser
        .request(Method::POST, &format!("{}/api/finish", app.url))
        .header("sec-fetch-site", "same-origin")
        .header("accept", "application/json")
        .form(&[("kind", "email"), ("flow", &flow(&page)), ("code", &code)]);
    let press = tokio::spawn(press.send());
    while read(&service, "/ledger.json").await["finishes"].as_array().is_none_or(Vec::is_empty) {
        tokio::time::sleep(Duration::from_millis(20)).await;
    }
    let told = Command::new("kill").arg("-TERM").arg(child.id().to_string()).status().expect("kill");
    assert!(told.success());

    let answer: Value = press.await.expect("a press").expect("an answer").json().await.expect("JSON");
    assert!(answer["Step"]["flow"]["Done"].is_object(), "{answer}");
    assert!(child.wait().expect("an end").success());
    assert!(
        TcpStream::connect(app.url.trim_start_matches("http://")).await.is_err(),
        "nobody listens any more"
    );
}
