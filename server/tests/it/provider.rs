//! The provider comes and goes, and changes its keys.

use std::io::{BufRead as _, BufReader};

use reqwest::StatusCode;
use rstest::rstest;
use sandbox::Settings;
use serde_json::{Value, json};
use tokio::net::TcpListener;

use crate::support::{App, Browser, app, issuer, location, program_telling, sandbox};

/// Switches faults on, and gives how often a call arrived when `then` is done.
async fn with_faults(faults: Value, call: &str, then: impl AsyncFnOnce(&App)) -> usize {
    let sandbox = sandbox().await;
    let at = |path: &str| format!("{}{path}", issuer(&sandbox));
    let faults = reqwest::Client::new().post(at("/control/faults")).json(&json!({ "faults": faults }));
    assert!(faults.send().await.expect("an answer").status().is_success());
    then(&app(&issuer(&sandbox)).await).await;
    let calls: Value = reqwest::get(at("/calls.json")).await.expect("an answer").json().await.expect("JSON");
    calls.as_array().expect("calls").iter().filter(|arrival| arrival["call"] == call).count()
}

#[rstest]
#[case("discovery", json!({"fault": "status", "status": 503}))]
#[case("discovery", json!({"fault": "reset_before"}))]
#[case("jwks", json!({"fault": "html"}))]
#[case("jwks", json!({"fault": "reset_after"}))]
#[tokio::test]
async fn what_only_reads_at_the_provider_is_tried_again(#[case] call: &str, #[case] mut fault: Value) {
    fault["call"] = call.into();
    fault["times"] = 2.into();
    let calls = with_faults(json!([fault]), call, async |app| {
        assert_eq!(location(&Browser::new().sign_in(app, "/sign-in").await), "/");
    });
    assert_eq!(calls.await, 3);
}

#[tokio::test]
async fn a_code_is_exchanged_once_whatever_comes_of_it() {
    let fault = json!([{"call": "token", "fault": "status", "status": 503}]);
    let calls = with_faults(fault, "token", async |app| {
        assert_eq!(Browser::new().sign_in(app, "/sign-in").await.status(), StatusCode::BAD_GATEWAY);
    });
    assert_eq!(calls.await, 1);
}

#[tokio::test]
async fn nobody_waits_for_a_second_try_of_what_sign_in_can_do_without() {
    let fault = json!([{"call": "userinfo", "fault": "status", "status": 503}]);
    let calls = with_faults(fault, "userinfo", async |app| {
        assert_eq!(location(&Browser::new().sign_in(app, "/sign-in").await), "/");
    });
    assert_eq!(calls.await, 1);
}

async fn free_port() -> u16 {
    let listener = TcpListener::bind("127.0.0.1:0").await.expect("a free port");
    listener.local_addr().expect("an address").port()
}

#[tokio::test]
async fn the_server_starts_while_the_provider_is_down_and_signs_in_when_it_is_up() {
    let port = free_port().await;
    let app = app(&format!("http://localhost:{port}")).await;
    let mut browser = Browser::new();
    let answer = browser.get(&format!("{}/sign-in?return_to=/email", app.url)).await;
    assert_eq!(answer.status(), StatusCode::BAD_GATEWAY);
    assert!(answer.text().await.expect("a page").contains("href=\"/\""), "the page shows the way on");

    let _sandbox = sandbox::start(Settings { port, ..Settings::default() }).await.expect("a sandbox");
    let arrival = browser.sign_in(&app, "/sign-in?return_to=/email").await;
    assert_eq!(location(&arrival), "/email");
}

#[tokio::test]
async fn new_keys_of_the_provider_are_fetched_when_they_are_met() {
    let port = free_port().await;
    let settings = Settings { port, ..Settings::default() };
    let first = sandbox::start(settings.clone()).await.expect("a sandbox");
    let app = app(&format!("http://localhost:{port}")).await;
    assert_eq!(location(&Browser::new().sign_in(&app, "/sign-in").await), "/");
    first.shutdown().await;

    let mut second = sandbox::start(settings.clone()).await;
    while second.as_ref().is_err_and(|error| error.kind() == std::io::ErrorKind::AddrInUse) {
        tokio::task::yield_now().await;
        second = sandbox::start(settings.clone()).await;
    }
    let _second = second.expect("a sandbox with keys of its own");
    assert_eq!(location(&Browser::new().sign_in(&app, "/sign-in").await), "/");
}

#[tokio::test(flavor = "multi_thread")]
async fn the_provider_is_known_before_anybody_signs_in_as_soon_as_it_is_up() {
    let port = free_port().await;
    let provider = format!("http://localhost:{port}");
    let (mut app, log) = program_telling(&provider, &[]);
    let mut log = BufReader::new(log).lines().map(|line| line.expect("a line"));
    log.find(|line| line.contains("does not tell its configuration; it is asked again")).expect("a line");

    let _sandbox = sandbox::start(Settings { port, ..Settings::default() }).await.expect("a sandbox");
    let next = log.find(|line| line.contains("the provider"));
    assert!(
        next.is_some_and(|line| line.contains("tells its configuration again")),
        "that it cannot was told once"
    );
    let calls = reqwest::get(format!("{provider}/calls.json")).await.expect("an answer");
    let calls: Value = calls.json().await.expect("JSON");
    let names: Vec<&Value> = calls.as_array().expect("calls").iter().map(|call| &call["call"]).collect();
    assert_eq!(names, ["discovery", "jwks"]);
    app.signal("TERM");
    assert!(app.ended().success());
}
