//! How long a code works and a limit lasts.

use std::time::Duration;

use identity::Begun;
use rstest::rstest;

use crate::support::{Service, begin};

/// The service's clock, years away from ours.
const DATE: (&str, &str) = ("date", "Sun, 06 Nov 1994 08:49:37 GMT");
const TEN_MINUTES: Duration = Duration::from_mins(10);

#[rstest]
#[case::seconds(r#""expiresIn":90"#, Duration::from_secs(90))]
#[case::seconds_as_text(r#""expiresIn":"90""#, Duration::from_secs(90))]
#[case::seconds_before_an_end(
    r#""expiresIn":90,"expiresAt":"1994-11-06T10:00:00Z""#,
    Duration::from_secs(90)
)]
#[case::an_end(r#""expiresAt":"1994-11-06T08:54:37Z""#, Duration::from_secs(299))]
#[case::an_end_with_an_offset(r#""expiresAt":"1994-11-06T10:54:37.000+02:00""#, Duration::from_secs(299))]
#[case::unreadable_seconds(
    r#""expiresIn":"soon","expiresAt":"1994-11-06T08:54:37Z""#,
    Duration::from_secs(299)
)]
#[case::an_end_that_is_over(r#""expiresAt":"1994-11-06T08:00:00Z""#, Duration::ZERO)]
#[case::negative(r#""expiresIn":-5"#, Duration::ZERO)]
#[case::absurd(r#""expiresIn":1e300"#, Duration::from_hours(24))]
#[case::an_absurd_end(r#""expiresAt":"2994-11-06T08:54:37Z""#, Duration::from_hours(24))]
#[case::neither(r#""other":1"#, TEN_MINUTES)]
#[case::unreadable(r#""expiresAt":"tomorrow""#, TEN_MINUTES)]
#[case::of_another_type(r#""expiresIn":[90],"expiresAt":7"#, TEN_MINUTES)]
#[tokio::test]
async fn a_code_works_as_long_as_the_service_says(#[case] told: &str, #[case] expected: Duration) {
    let body = format!(r#"{{"verificationToken":"t",{told}}}"#);
    let service = Service::answering(200, &[DATE], &body).await;
    let Ok(Begun::Sent { lifetime, .. }) = begin(&service.client()).await else { panic!("a code was sent") };
    assert_eq!(lifetime, expected);
}

#[rstest]
#[case::seconds(Some("120"), Some(Duration::from_mins(2)))]
#[case::a_date(Some("Sun, 06 Nov 1994 09:49:37 GMT"), Some(Duration::from_hours(1)))]
#[case::a_date_that_is_over(Some("Sun, 06 Nov 1994 07:49:37 GMT"), Some(Duration::ZERO))]
#[case::absurd(Some("99999999999"), Some(Duration::from_hours(48)))]
#[case::unreadable(Some("later"), None)]
#[case::missing(None, None)]
#[tokio::test]
async fn a_limit_ends_when_the_service_says(#[case] told: Option<&str>, #[case] expected: Option<Duration>) {
    let headers: Vec<_> = told.map(|value| ("retry-after", value)).into_iter().chain([DATE]).collect();
    let service = Service::answering(429, &headers, "").await;
    let Ok(Begun::LimitReached { retry_after }) = begin(&service.client()).await else { panic!("a limit") };
    assert_eq!(retry_after, expected);
}
