//! A call that is made once.

use std::num::NonZeroU32;
use std::time::Duration;

use rstest::rstest;
use tokio::net::TcpListener;
use upstream::{Bodies, Failure, Limits, Tls, Upstream};

use crate::support::{Server, limits, request, upstream};

#[rstest]
#[case(200)]
#[case(400)]
#[case(429)]
#[case(500)]
#[case(503)]
#[tokio::test]
async fn what_is_sent_is_sent_once_whatever_is_answered(#[case] status: u16) {
    let server = Server::answering(&[(status, &[], "said")]).await;
    let answer = upstream(limits()).send(server.request()).await.unwrap();
    assert_eq!((answer.status().as_u16(), answer.body().as_slice()), (status, &b"said"[..]));
    assert_eq!(server.calls(), 1);
}

#[tokio::test]
async fn what_comes_with_a_failure_is_left_unread_where_it_may_be_personal() {
    let server = Server::answering(&[(400, &[], "of ann@example.com"), (200, &[], "good")]).await;
    let upstream = Upstream::new("test", limits(), Bodies::OfSuccess, &Tls::default()).unwrap();
    assert!(upstream.send(server.request()).await.unwrap().body().is_empty());
    assert_eq!(upstream.send(server.request()).await.unwrap().body(), b"good");
}

#[tokio::test]
async fn an_answer_is_read_up_to_its_bound() {
    let server = Server::answering(&[(200, &[], "123456789")]).await;
    for (max_body, fits) in [(9, true), (8, false)] {
        let answer = upstream(Limits { max_body, ..limits() }).send(server.request()).await;
        assert_eq!(answer.is_ok(), fits);
        assert!(fits || matches!(answer, Err(Failure::TooLarge)));
    }
}

#[tokio::test]
async fn a_redirect_is_an_answer_and_not_a_way() {
    let elsewhere = Server::answering(&[(200, &[], "")]).await;
    let server = Server::answering(&[(307, &[("location", "/elsewhere")], "")]).await;
    let answer = upstream(limits()).send(server.request()).await.unwrap();
    assert_eq!(answer.status(), 307);
    assert_eq!((server.calls(), elsewhere.calls()), (1, 0));
}

#[rstest]
#[case("http://192.0.2.1/token")]
#[case("http://provider.example/token")]
#[case("http://localhost.example/token")]
#[tokio::test]
async fn nothing_goes_to_another_machine_unencrypted(#[case] address: &str) {
    let failure = upstream(limits()).send(request(address)).await.unwrap_err();
    assert!(failure.sent_nothing() && matches!(failure, Failure::NotSent(_)), "{failure:?}");
}

#[tokio::test]
async fn a_call_that_finds_no_place_is_not_made() {
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let url = format!("http://{}/", listener.local_addr().unwrap());
    let concurrent_wait = Duration::from_millis(20);
    let upstream = upstream(Limits { concurrent_calls: NonZeroU32::new(1), concurrent_wait, ..limits() });
    let first = tokio::spawn({
        let (upstream, url) = (upstream.clone(), url.clone());
        async move { upstream.send(request(&url)).await }
    });
    // It is under way, and nobody answers.
    let _connection = listener.accept().await.unwrap();
    let failure = upstream.send(request(&url)).await.unwrap_err();
    assert!(matches!(failure, Failure::Busy) && failure.sent_nothing());
    let failure = upstream.read(request(&url)).await.unwrap_err();
    assert!(matches!(failure, Failure::Busy), "a read does not try again for that");

    // A call that is given up leaves its place to others.
    first.abort();
    assert!(first.await.is_err());
    let server = Server::answering(&[(200, &[], "")]).await;
    assert!(upstream.send(server.request()).await.is_ok());
}

#[tokio::test]
async fn the_address_is_in_no_failure() {
    let secret = "http://127.0.0.1:1/of/ann@example.com";
    let failure = upstream(limits()).send(request(secret)).await.unwrap_err();
    assert!(failure.sent_nothing());
    assert!(!format!("{failure} {failure:?}").contains("ann"), "{failure:?}");
}
