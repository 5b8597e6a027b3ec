//! A read: again while there is time, and not at all while the server is in trouble.

use std::num::NonZeroU32;
use std::time::Duration;

use rstest::rstest;
use tokio::net::TcpListener;
use upstream::{Failure, Limits, Upstream};

use crate::support::{Server, Told, later, limits, request, upstream};

const DOWN: Told = (503, &[], "");
const GOOD: Told = (200, &[], "good");

async fn status(upstream: &Upstream, server: &Server) -> Option<u16> {
    upstream.read(server.request()).await.ok().map(|answer| answer.status().as_u16())
}

#[rstest]
#[case(429)]
#[case(500)]
#[case(502)]
#[case(503)]
#[case(504)]
#[tokio::test]
async fn a_read_is_tried_again_while_the_server_cannot_answer(#[case] trouble: u16) {
    let server = Server::answering(&[(trouble, &[], ""), (trouble, &[], ""), GOOD]).await;
    assert_eq!(status(&upstream(limits()), &server).await, Some(200));
    assert_eq!(server.calls(), 3);
}

#[rstest]
#[case(200)]
#[case(204)]
#[case(307)]
#[case(400)]
#[case(401)]
#[case(403)]
#[case(404)]
#[tokio::test]
async fn an_answer_is_an_answer(#[case] answered: u16) {
    let server = Server::answering(&[(answered, &[], "")]).await;
    assert_eq!(status(&upstream(limits()), &server).await, Some(answered));
    assert_eq!(server.calls(), 1);
}

#[tokio::test]
async fn the_last_answer_is_given_when_none_was_better() {
    let server = Server::answering(&[DOWN]).await;
    assert_eq!(status(&upstream(Limits { read_retries: 4, ..limits() }), &server).await, Some(503));
    assert_eq!(server.calls(), 5);
}

#[tokio::test]
async fn a_pause_that_the_server_asks_for_is_kept_if_there_is_time_for_it() {
    let server = Server::answering(&[(429, &[("retry-after", "3")], ""), GOOD]).await;
    let upstream = upstream(limits());
    let read = upstream.read(server.request());
    tokio::pin!(read);
    let asked = async {
        while server.calls() == 0 {
            tokio::task::yield_now().await;
        }
        // Far longer than our own pause.
        tokio::time::sleep(Duration::from_millis(300)).await;
    };
    tokio::select! {
        answer = &mut read => panic!("answered too soon: {answer:?}"),
        () = asked => assert_eq!(server.calls(), 1),
    }
    assert_eq!(read.await.unwrap().status(), 200);
}

#[tokio::test]
async fn a_pause_for_which_there_is_no_time_is_not_waited_for() {
    let server = Server::answering(&[(503, &[("retry-after", "3600")], "")]).await;
    assert_eq!(status(&upstream(limits()), &server).await, Some(503));
    assert_eq!(server.calls(), 1);
}

#[tokio::test]
async fn a_pause_for_which_no_clock_has_time_is_not_waited_for() {
    // With the second that has passed by then it is more than can be counted.
    let (short, endless) = (&[("retry-after", "1")], &[("retry-after", "18446744073709551615")]);
    let server = Server::answering(&[(503, short, ""), (503, endless, "")]).await;
    assert_eq!(status(&upstream(limits()), &server).await, Some(503));
    assert_eq!(server.calls(), 2);
}

#[tokio::test]
async fn all_attempts_together_end_at_the_deadline() {
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let url = format!("http://{}/", listener.local_addr().unwrap());
    let limits = Limits {
        timeout: Duration::from_millis(60),
        connect_timeout: Duration::from_millis(60),
        read_deadline: Duration::from_millis(150),
        read_retries: 100,
        ..limits()
    };
    let failure = upstream(limits).read(request(&url)).await.unwrap_err();
    assert!(matches!(failure, Failure::TimedOut(_)), "{failure:?}");
}

#[tokio::test]
async fn a_read_that_the_deadline_ends_is_seen_as_any_other() {
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let url = format!("http://{}/", listener.local_addr().unwrap());
    let upstream = upstream(Limits { read_deadline: Duration::from_millis(100), ..limits() });
    let failure = upstream.read(request(&url)).await.unwrap_err();
    assert!(matches!(failure, Failure::TimedOut(_)), "{failure:?}");
    assert!(matches!(upstream.last_seen(), Some((false, _))), "{:?}", upstream.last_seen());
}

#[tokio::test]
async fn after_failures_in_a_row_reads_rest_until_one_finds_the_server_well() {
    let server = Server::answering(&[DOWN, DOWN, DOWN, GOOD]).await;
    let upstream = upstream(Limits { read_retries: 0, breaker_failures: NonZeroU32::new(2), ..limits() });
    assert_eq!(status(&upstream, &server).await, Some(503));
    assert_eq!(status(&upstream, &server).await, Some(503));
    assert!(matches!(upstream.read(server.request()).await, Err(Failure::Resting)));
    assert_eq!(server.calls(), 2, "nothing is sent");

    later(Duration::from_secs(10)).await;
    assert_eq!(status(&upstream, &server).await, Some(503), "one tries");
    assert!(matches!(upstream.read(server.request()).await, Err(Failure::Resting)));

    later(Duration::from_secs(10)).await;
    assert_eq!(status(&upstream, &server).await, Some(200));
    assert_eq!(status(&upstream, &server).await, Some(200));
    assert_eq!(server.calls(), 5);
}

#[tokio::test]
async fn what_acts_does_not_rest() {
    let server = Server::answering(&[DOWN]).await;
    let upstream = upstream(Limits { read_retries: 0, breaker_failures: NonZeroU32::new(1), ..limits() });
    status(&upstream, &server).await;
    assert!(matches!(upstream.read(server.request()).await, Err(Failure::Resting)));
    assert_eq!(upstream.send(server.request()).await.unwrap().status(), 503);
    assert_eq!(server.calls(), 2);
}

#[rstest]
#[case::of_a_right(403)]
#[case::for_having_asked_too_often(429)]
#[tokio::test]
async fn a_refusal_is_no_failure_of_the_server(#[case] refusal: u16) {
    let server = Server::answering(&[(refusal, &[], "")]).await;
    let upstream = upstream(Limits { breaker_failures: NonZeroU32::new(1), ..limits() });
    for _ in 0..5 {
        assert_eq!(status(&upstream, &server).await, Some(refusal));
    }
}

#[tokio::test]
async fn an_answer_about_one_person_is_no_failure_of_the_server_for_all() {
    let server = Server::answering(&[(500, &[], "")]).await;
    let limits = Limits { read_retries: 0, breaker_failures: NonZeroU32::new(1), ..limits() };
    let fails = upstream(limits.clone());
    for _ in 0..5 {
        assert_eq!(status(&fails, &server).await, Some(500));
    }
    let server = Server::answering(&[GOOD]).await;
    let short = upstream(Limits { max_body: 2, ..limits });
    for _ in 0..5 {
        assert!(matches!(short.read(server.request()).await, Err(Failure::TooLarge)));
    }
}

#[tokio::test]
async fn a_server_that_fails_for_one_person_is_not_well_for_that() {
    let fails: Told = (500, &[], "");
    let server = Server::answering(&[DOWN, fails, DOWN, fails, GOOD]).await;
    let upstream = upstream(Limits { read_retries: 0, breaker_failures: NonZeroU32::new(2), ..limits() });
    for expected in [503, 500, 503] {
        assert_eq!(status(&upstream, &server).await, Some(expected));
    }
    assert!(matches!(upstream.read(server.request()).await, Err(Failure::Resting)), "two in a row");

    later(Duration::from_secs(10)).await;
    assert_eq!(status(&upstream, &server).await, Some(500), "one tries");
    assert_eq!(status(&upstream, &server).await, Some(200), "and the next one at once");
    assert_eq!(server.calls(), 5);
}
