//! A node says how it is, to whoever spreads requests over the nodes.

use std::net::TcpListener;

use reqwest::StatusCode;

use crate::{
    person::Person,
    support::{App, app_with, issuer, program_with, sandbox},
};

async fn readiness(app: &App) -> (StatusCode, String) {
    let answer = reqwest::get(format!("{}/readyz", app.url)).await.expect("an answer");
    (answer.status(), answer.text().await.expect("a text"))
}

#[tokio::test]
async fn a_node_is_ready_though_the_service_is_gone_and_whoever_needed_it_made_that_known() {
    let sandbox = sandbox().await;
    let app = app_with(&issuer(&sandbox), &[]).await;
    let Person { sandbox, mut browser, .. } = Person::signed_in(sandbox, &app).await;
    assert_eq!(readiness(&app).await, (StatusCode::OK, "ready".to_owned()));
    drop(sandbox);
    while browser.get(&format!("{}/email", app.url)).await.text().await.expect("a page").contains("alice@") {}
    assert_eq!(readiness(&app).await, (StatusCode::OK, "ready, degraded: service".to_owned()));
}

#[tokio::test]
async fn a_node_that_nobody_uses_asks_for_itself_whether_the_others_are_there() {
    let free = TcpListener::bind("127.0.0.1:0").expect("a free port").local_addr().expect("an address");
    let app = app_with(&format!("http://{free}"), &[]).await;
    assert_eq!(readiness(&app).await, (StatusCode::OK, "ready".to_owned()), "nobody waits to find out");
    while readiness(&app).await != (StatusCode::OK, "ready, degraded: provider service".to_owned()) {}
}

#[tokio::test]
async fn a_node_that_was_told_to_end_is_not_ready_and_still_answers_for_a_while() {
    let sandbox = sandbox().await;
    let mut app = program_with(&issuer(&sandbox), &[("SHUTDOWN_DELAY", "3s")]);
    assert_eq!(readiness(&app).await.0, StatusCode::OK);
    app.signal("TERM");
    while readiness(&app).await != (StatusCode::SERVICE_UNAVAILABLE, "ending".to_owned()) {}
    let page = reqwest::get(format!("{}/signed-out", app.url)).await.expect("an answer");
    assert_eq!(page.status(), StatusCode::OK);
    assert!(app.ended().success());
}
