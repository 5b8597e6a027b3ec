//! Settings that cannot work are told at start.

use std::time::Duration;

use identity::{Client, Credentials, Settings};
use rstest::rstest;
use upstream::{Limits, Tls};

fn settings() -> Settings {
    let credentials = Credentials::ApiClient { id: "the-client".into(), secret: "s".into() };
    Settings::new("https://id.example.com".parse().unwrap(), credentials)
}

fn error(settings: Settings) -> String {
    Client::new(settings).unwrap_err().to_string()
}

#[rstest]
#[case("ftp://id.example.com")]
#[case("mailto:ann@example.com")]
#[case("https://ann:secret@id.example.com")]
#[case("https://id.example.com/?a=b")]
#[case("https://id.example.com/#a")]
fn an_address_that_is_no_service_is_refused(#[case] url: &str) {
    let error = error(Settings { base_url: url.parse().unwrap(), ..settings() });
    assert!(error.starts_with("the service's address must be http or https"), "{error}");
    assert!(!error.contains("secret"));
}

#[rstest]
#[case::empty("")]
#[case::a_colon("a:b")]
fn an_id_that_basic_cannot_carry_is_refused(#[case] id: &str) {
    let credentials = Credentials::ApiClient { id: id.into(), secret: "s".into() };
    assert!(error(Settings { credentials, ..settings() }).contains("must not have a colon"));
}

#[rstest]
#[case::none_to_connect(Duration::ZERO, Duration::from_secs(1))]
#[case::longer_than_the_call(Duration::from_secs(2), Duration::from_secs(1))]
fn time_outs_that_cannot_work_are_refused(#[case] connect_timeout: Duration, #[case] timeout: Duration) {
    let limits = Limits { connect_timeout, timeout, ..Limits::default() };
    assert!(error(Settings { limits, ..settings() }).starts_with("the times must be"));
}

#[test]
fn a_path_that_does_not_name_the_person_is_refused() {
    for path in ["/begin", "{userId}"] {
        let mut settings = settings();
        settings.dialect.begin.path = path.to_owned();
        assert!(error(settings).contains("have {userId} in it"));
    }
}

#[test]
fn a_status_with_two_meanings_is_refused() {
    let mut settings = settings();
    settings.dialect.finish.answers.over.push(409);
    assert_eq!(error(settings), "status 409 of finish has more than one meaning");
}

#[test]
fn a_header_that_is_none_is_refused() {
    let mut settings = settings();
    settings.dialect.begin.retry_after = "retry after".to_owned();
    assert_eq!(error(settings), "\"retry after\" cannot be the name of a header");
}

#[test]
fn certificates_that_are_not_there_are_told_at_start() {
    let tls = Tls { authorities: Some("/no/such/file".into()), ..Tls::default() };
    let error = error(Settings { tls, ..settings() });
    assert!(error.starts_with("the file of the authorities cannot be read"), "{error}");
}
