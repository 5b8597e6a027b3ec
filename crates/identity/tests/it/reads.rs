//! Reading is tried again, and rests when it must; what acts is neither.

use std::num::NonZeroU32;
use std::time::Duration;

use identity::{Client, Settings};
use rstest::rstest;
use upstream::Limits;

use crate::support::{Service, begin, caller, finish};

fn client(service: &Service, limits: Limits) -> Client {
    let retry_delay = Duration::from_millis(5);
    Client::new(Settings { limits: Limits { retry_delay, ..limits }, ..service.settings() }).unwrap()
}

#[tokio::test]
async fn a_read_is_tried_three_times_and_begin_and_finish_once() {
    let service = Service::answering(503, &[], "").await;
    let client = client(&service, Limits::default());
    assert_eq!(client.user(&caller()).await.unwrap_err().status(), Some(503));
    assert_eq!(service.requests().len(), 3);
    assert!(begin(&client).await.unwrap_err().may_have_acted());
    assert!(finish(&client).await.unwrap_err().may_have_acted());
    assert_eq!(service.requests().len(), 5);
}

#[tokio::test]
async fn reads_rest_after_failures_and_what_acts_is_sent_all_the_same() {
    let service = Service::answering(502, &[], "").await;
    let limits = Limits { breaker_failures: NonZeroU32::new(1), read_retries: 0, ..Limits::default() };
    let client = client(&service, limits);
    client.user(&caller()).await.unwrap_err();
    let fault = client.user(&caller()).await.unwrap_err();
    assert_eq!(
        fault.to_string(),
        "user: the identity service failed too often a moment ago, so it was not asked"
    );
    assert_eq!(service.requests().len(), 1);
    begin(&client).await.unwrap_err();
    assert_eq!(service.requests().len(), 2);
}

#[rstest]
#[case(401, false)]
#[case(403, true)]
#[case(404, true)]
#[case(408, false)]
#[case(429, false)]
#[case(500, false)]
#[case(503, false)]
#[tokio::test]
async fn a_reading_that_is_refused_for_good_is_told_from_one_that_may_come_to_more(
    #[case] status: u16,
    #[case] is_for_good: bool,
) {
    let service = Service::answering(status, &[], "").await;
    let fault = client(&service, Limits::default()).user(&caller()).await.unwrap_err();
    assert_eq!(fault.is_for_good(), is_for_good, "{fault}");
}

#[rstest]
#[case::begin(true)]
#[case::finish(false)]
#[tokio::test]
async fn when_too_many_calls_are_under_way_nothing_is_sent(#[case] is_begin: bool) {
    let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await.unwrap();
    let mut settings = crate::support::settings(listener.local_addr().unwrap());
    settings.limits.concurrent_calls = NonZeroU32::new(1);
    settings.limits.concurrent_wait = Duration::from_millis(20);
    let client = Client::new(settings).unwrap();
    // Nobody answers: the first call keeps the only place.
    let first = tokio::spawn({
        let client = client.clone();
        async move { client.user(&caller()).await.map(drop) }
    });
    let _connection = listener.accept().await.unwrap();
    let fault = if is_begin { begin(&client).await.unwrap_err() } else { finish(&client).await.unwrap_err() };
    first.abort();
    assert!(upstream::chain(&fault).contains("too many calls") && !fault.may_have_acted(), "{fault}");
}
