//! What the service is sent.

use contact::{Choices, Contact, Kind};
use identity::{Caller, Client, Credentials, Settings, Subject};
use rstest::rstest;
use serde_json::{Value, json};

use crate::support::{ACCESS_TOKEN, CODE, SUBJECT, Service, TOKEN, begin, caller, finish};

fn with_user_token(service: &Service) -> Client {
    Client::new(Settings { credentials: Credentials::UserToken, ..service.settings() }).unwrap()
}

fn signed_in() -> Caller {
    Caller { access_token: Some(ACCESS_TOKEN.into()), ..caller() }
}

#[rstest]
#[case::nothing_chosen(Kind::Email, "ann@example.com", false, false, json!({"email": "ann@example.com", "primary": false, "replaceAll": false}))]
#[case::primary(Kind::Mobile, "+358 50 123 4567", true, false, json!({"mobile": "+358501234567", "primary": true, "replaceAll": false}))]
#[case::replace(Kind::Email, "ann@bücher.example", false, true, json!({"email": "ann@xn--bcher-kva.example", "primary": false, "replaceAll": true}))]
#[tokio::test]
async fn begin_sends_the_contact_and_both_choices(
    #[case] kind: Kind,
    #[case] typed: &str,
    #[case] primary: bool,
    #[case] replace_all: bool,
    #[case] body: Value,
) {
    let service = Service::answering(400, &[], "").await;
    let contact = Contact::parse(kind, typed).unwrap();
    service.client().begin(&caller(), &contact, Choices { primary, replace_all }, "fi").await.unwrap();
    let request = service.only_request();
    assert_eq!(request.method, "POST");
    assert_eq!(request.uri, format!("/api/rest/v1/user/{SUBJECT}/change-contact/begin").as_str());
    assert_eq!(request.body, body);
    assert_eq!(request.headers["accept-language"], "fi");
}

#[tokio::test]
async fn finish_sends_the_token_and_the_code_and_nothing_else() {
    let service = Service::answering(400, &[], "").await;
    finish(&service.client()).await.unwrap();
    let request = service.only_request();
    assert_eq!(request.method, "POST");
    assert_eq!(request.uri, format!("/api/rest/v1/user/{SUBJECT}/change-contact/finish").as_str());
    assert_eq!(request.body, json!({"verificationToken": TOKEN, "code": CODE}));
}

#[tokio::test]
async fn an_api_client_calls_with_its_id_and_secret_and_reads_the_user() {
    let service = Service::answering(200, &[], "{}").await;
    service.client().user(&signed_in()).await.unwrap();
    let request = service.only_request();
    assert_eq!(
        (request.method.as_str(), request.uri.path()),
        ("GET", &*format!("/api/rest/v1/user/{SUBJECT}"))
    );
    // RFC 7617, section 2: base64("the-client:quite-a-secret")
    assert_eq!(request.headers["authorization"], "Basic dGhlLWNsaWVudDpxdWl0ZS1hLXNlY3JldA==");
    assert_eq!(request.headers["accept"], "application/json");
    assert!(request.headers["user-agent"].to_str().unwrap().starts_with("contact-change/"));
}

#[tokio::test]
async fn a_person_calls_with_their_own_token_and_reads_the_profile() {
    let service = Service::answering(200, &[], "{}").await;
    with_user_token(&service).user(&signed_in()).await.unwrap();
    let request = service.only_request();
    assert_eq!(request.uri.path(), format!("/api/rest/v1/user/{SUBJECT}/profile"));
    assert_eq!(request.headers["authorization"], format!("Bearer {ACCESS_TOKEN}"));
}

#[tokio::test]
async fn a_person_without_a_token_is_asked_to_sign_in_and_nothing_is_sent() {
    let service = Service::answering(200, &[], "{}").await;
    let fault = begin(&with_user_token(&service)).await.unwrap_err();
    assert!(fault.needs_sign_in() && !fault.may_have_acted());
    assert!(service.requests().is_empty());
}

#[tokio::test]
async fn a_person_whose_token_is_over_is_asked_to_sign_in() {
    let service = Service::answering(401, &[], "{}").await;
    let client = with_user_token(&service);
    let fault =
        client.begin(&signed_in(), &crate::support::email(), Choices::default(), "en").await.unwrap_err();
    assert!(fault.needs_sign_in() && !fault.may_have_acted());
}

#[rstest]
#[case::a_slash("a/b", "/api/rest/v1/user/a%2Fb")]
#[case::dots_and_slashes("../../admin", "/api/rest/v1/user/..%2F..%2Fadmin")]
#[case::a_query("a?b#c", "/api/rest/v1/user/a%3Fb%23c")]
#[case::a_percent("a%2Fb", "/api/rest/v1/user/a%252Fb")]
#[tokio::test]
async fn a_subject_never_leads_to_another_path(#[case] subject: &str, #[case] path: &str) {
    let service = Service::answering(200, &[], "{}").await;
    let caller = Caller { subject: Subject::parse(subject).unwrap(), access_token: None, renewal: None };
    service.client().user(&caller).await.unwrap();
    let uri = service.only_request().uri;
    assert_eq!((uri.path(), uri.query()), (path, None));
}

#[rstest]
#[case::empty("")]
#[case::a_dot(".")]
#[case::two_dots("..")]
#[case::a_space("a b")]
#[case::a_new_line("a\nb")]
#[case::beyond_ascii("ä")]
fn what_cannot_be_a_subject_is_refused(#[case] text: &str) {
    assert!(Subject::parse(text).is_err());
    assert!(serde_json::from_value::<Subject>(json!(text)).is_err());
}

#[test]
fn a_subject_has_at_most_255_characters() {
    assert!(Subject::parse(&"a".repeat(255)).is_ok());
    assert!(Subject::parse(&"a".repeat(256)).is_err());
}

#[rstest]
#[case("/instance")]
#[case("/instance/")]
#[tokio::test]
async fn a_service_may_live_below_a_path(#[case] path: &str) {
    let service = Service::answering(200, &[], "{}").await;
    let mut settings = service.settings();
    settings.base_url.set_path(path);
    Client::new(settings).unwrap().user(&caller()).await.unwrap();
    assert_eq!(service.only_request().uri.path(), format!("/instance/api/rest/v1/user/{SUBJECT}"));
}
