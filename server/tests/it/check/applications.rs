//! Applications that are told of changes, or send people here: what will not work is told before anything is sent.

use axum::{Router, http::StatusCode, routing::any};
use rstest::rstest;
use server::check::Verdict;
use tokio::net::TcpListener;

use super::{checked, finding};
use crate::{
    security_events::{Receiver, key_file},
    support::{app_with, issuer, sandbox},
};

/// An application that answers everything with one status.
async fn answering(status: u16) -> String {
    let listener = TcpListener::bind("127.0.0.1:0").await.expect("a free port");
    let address = format!("http://{}/events", listener.local_addr().expect("an address"));
    let status = StatusCode::from_u16(status).expect("a status");
    let router = Router::new().fallback(any(move || async move { status }));
    tokio::spawn(async move { axum::serve(listener, router).await.expect("a server") });
    address
}

#[tokio::test]
async fn an_application_that_can_be_told_is_reached_and_sent_nothing() {
    let (sandbox, folder) = (sandbox().await, tempfile::tempdir().expect("a folder"));
    let (receiver, key) = (Receiver::answering([]).await, key_file(&folder));
    let events = [("EVENTS__KEY_FILE", &*key), ("APPLICATIONS__CRM__EVENTS", &*receiver.address)];
    let app = app_with(&issuer(&sandbox), &events).await;
    let report = checked(&issuer(&sandbox), &[&events[..], &[("PUBLIC_URL", &*app.url)]].concat()).await;
    for what in ["events.key", "published keys", "events for crm"] {
        assert_eq!(finding(&report, what).verdict, Verdict::Ok, "{what} in\n{report}");
    }
    assert!(receiver.sent(0).await.is_empty(), "nothing may be taken for an event");
    let pem = std::fs::read_to_string(&key).expect("a key");
    for line in pem.lines().filter(|line| !line.starts_with('-')) {
        assert!(!report.to_string().contains(line) && !report.json().contains(line), "{report}");
    }
}

#[rstest]
#[case::nobody_listens(None, Verdict::Failed, "applications.crm.events right?")]
#[case::it_leads_elsewhere(Some(307), Verdict::Failed, "where it leads to")]
#[case::its_proxy_finds_it_down(Some(502), Verdict::Warning, "that of its proxy")]
#[case::it_does_not_say(Some(404), Verdict::Unknown, "")]
#[case::it_takes_posts_alone(Some(405), Verdict::Ok, "")]
#[tokio::test]
async fn an_application_that_cannot_be_told_is_named_with_what_to_do(
    #[case] status: Option<u16>,
    #[case] verdict: Verdict,
    #[case] advice: &str,
) {
    let folder = tempfile::tempdir().expect("a folder");
    let address = match status {
        Some(status) => answering(status).await,
        None => "http://127.0.0.1:1/events".to_owned(),
    };
    let events = [("EVENTS__KEY_FILE", &*key_file(&folder)), ("APPLICATIONS__CRM__EVENTS", &*address)];
    let report = checked("http://127.0.0.1:1", &events).await;
    let seen = finding(&report, "events for crm");
    assert_eq!(seen.verdict, verdict, "{report}");
    assert!(advice.is_empty() || seen.advice[0].contains(advice), "{report}");
}

#[tokio::test]
async fn keys_that_receivers_would_not_find_are_told() {
    let (sandbox, folder) = (sandbox().await, tempfile::tempdir().expect("a folder"));
    let other = tempfile::tempdir().expect("a folder");
    let app = app_with(&issuer(&sandbox), &[("EVENTS__KEY_FILE", &*key_file(&other))]).await;
    let key = ("EVENTS__KEY_FILE", &*key_file(&folder));
    for (public_url, verdict, advice) in [
        (app.url.as_str(), Verdict::Failed, "the same [events]"),
        (&issuer(&sandbox), Verdict::Failed, "below public_url"),
        ("http://127.0.0.1:1", Verdict::Unknown, ""),
    ] {
        let report = checked(&issuer(&sandbox), &[key, ("PUBLIC_URL", public_url)]).await;
        let seen = finding(&report, "published keys");
        assert_eq!(seen.verdict, verdict, "{report}");
        assert!(advice.is_empty() || seen.advice[0].contains(advice), "{report}");
    }
}

#[rstest]
#[case::everywhere("https://shop.example/account", "https://shop.example", Verdict::Ok)]
#[case::not_on_the_way_back("http://localhost:8080/account", "https://shop.example", Verdict::Warning)]
#[case::not_around_the_frame("https://shop.example/account", "http://127.0.0.1:8080", Verdict::Warning)]
#[tokio::test]
async fn an_application_without_tls_is_told_of_where_people_come_by_it(
    #[case] return_to: &str,
    #[case] embed: &str,
    #[case] verdict: Verdict,
) {
    let shop = [
        ("APPLICATIONS__SHOP__NAME", "Shop"),
        ("APPLICATIONS__SHOP__RETURN_TO", return_to),
        ("APPLICATIONS__SHOP__EMBED", embed),
    ];
    let with_tls = [&shop[..], &[("PUBLIC_URL", "https://contact.example.com")]].concat();
    let report = checked("http://127.0.0.1:1", &with_tls).await;
    assert_eq!(finding(&report, "application shop").verdict, verdict, "{report}");
    let report = checked("http://127.0.0.1:1", &shop).await;
    assert_eq!(finding(&report, "application shop").verdict, Verdict::Ok, "for trying it out\n{report}");
}
