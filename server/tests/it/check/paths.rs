//! Addresses and paths that are wrong: what answers 404 is no API client in order.

use axum::{Router, routing::any};
use http::{HeaderMap, StatusCode, header::AUTHORIZATION};
use rstest::rstest;
use serde_json::json;
use server::check::Verdict;
use tokio::net::TcpListener;

use super::{checked, control, finding};
use crate::support::{issuer, sandbox};

#[rstest]
#[case::of_the_service(&[("SERVICE__BASE_URL", "<sandbox>/elsewhere")], "404", "service.base_url")]
#[case::of_the_person(
    &[("SERVICE__DIALECT__USER__PATH", "/api/rest/v2/user/{userId}")], "404", "service.dialect.user.path")]
#[case::that_only_takes_forms(
    &[("SERVICE__DIALECT__USER__PATH", "/api/rest/v1/user/{userId}/change-contact/begin")],
    "405", "service.dialect.user.path")]
#[case::of_the_tokens(
    &[("SERVICE__CREDENTIALS", "client_credentials"), ("SERVICE__TOKEN_URL", "<sandbox>/nowhere")],
    "404", "service.token_url")]
#[tokio::test]
async fn a_wrong_path_is_told_with_the_setting_that_it_comes_from(
    #[case] settings: &[(&str, &str)],
    #[case] detail: &str,
    #[case] advice: &str,
) {
    let sandbox = sandbox().await;
    let settings =
        settings.iter().map(|(name, value)| (*name, value.replace("<sandbox>", &issuer(&sandbox))));
    let settings: Vec<_> = settings.collect();
    let settings: Vec<_> = settings.iter().map(|(name, value)| (*name, value.as_str())).collect();
    let report = checked(&issuer(&sandbox), &settings).await;
    let client = finding(&report, "API client");
    assert_eq!(client.verdict, Verdict::Failed, "{report}");
    assert!(client.detail.contains(detail), "{report}");
    assert!(client.advice[0].contains(advice), "{report}");
}

#[tokio::test]
async fn a_service_that_fails_is_not_said_to_know_the_client() {
    let sandbox = sandbox().await;
    let fault = json!({ "faults": [{ "call": "user", "fault": "status", "status": 500 }] });
    control(&sandbox, "faults", &fault).await;
    let report = checked(&issuer(&sandbox), &[]).await;
    let client = finding(&report, "API client");
    assert_eq!(client.verdict, Verdict::Failed, "{report}");
    assert!(client.detail.contains("500") && client.advice[0].contains("log over there"), "{report}");
}

#[tokio::test]
async fn where_the_service_asks_for_credentials_first_a_path_cannot_be_told_from_a_person_who_is_not_there() {
    let listener = TcpListener::bind("127.0.0.1:0").await.expect("a free port");
    let service = format!("http://{}", listener.local_addr().expect("an address"));
    let answer = any(async |headers: HeaderMap| match headers.get(AUTHORIZATION) {
        Some(_) => StatusCode::NOT_FOUND,
        None => StatusCode::UNAUTHORIZED,
    });
    // Ends with the runtime of the test.
    tokio::spawn(
        async move { axum::serve(listener, Router::new().fallback(answer)).await.expect("a server") },
    );
    let report = checked("http://127.0.0.1:1", &[("SERVICE__BASE_URL", &service)]).await;
    let client = finding(&report, "API client");
    assert_eq!(client.verdict, Verdict::Unknown, "{report}");
    assert!(client.advice[0].contains("--user"), "{report}");
}
