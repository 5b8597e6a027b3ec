//! A service that speaks otherwise than assumed is a matter of configuration.

use std::time::Duration;

use identity::{Begun, Client, Dialect, Finished, MemberKind, Settings};
use rstest::rstest;
use serde_json::{Value, json};

use crate::support::{ADDRESS, CODE, SUBJECT, Service, TOKEN, begin, caller, finish};

fn client(service: &Service, dialect: Value) -> Client {
    let dialect: Dialect = serde_json::from_value(dialect).unwrap();
    Client::new(Settings { dialect, ..service.settings() }).unwrap()
}

#[tokio::test]
async fn begin_can_have_other_names() {
    let body = format!(r#"{{"token":"{TOKEN}","validFor":120}}"#);
    let service = Service::answering(201, &[], &body).await;
    let dialect = json!({ "begin": {
        "path": "/v2/people/{userId}/contact", "email": "newEmail", "primary": "first", "replace_all": "only",
        "verification_token": "token", "expires_in": "validFor", "answers": { "sent": [200, 201] },
    }});
    let Begun::Sent { token, lifetime } = begin(&client(&service, dialect)).await.unwrap() else {
        panic!("a code was sent")
    };
    assert_eq!((token.expose(), lifetime), (TOKEN, Duration::from_mins(2)));
    let request = service.only_request();
    assert_eq!(request.uri.path(), format!("/v2/people/{SUBJECT}/contact"));
    assert_eq!(request.body, json!({"newEmail": ADDRESS, "first": false, "only": false}));
}

#[tokio::test]
async fn finish_can_have_other_names_and_statuses() {
    let service = Service::answering(422, &[], "").await;
    let dialect = json!({ "finish": {
        "path": "/v2/{userId}/verify", "verification_token": "token", "code": "otp",
        "answers": { "not_accepted": [400, 422] },
    }});
    assert!(matches!(finish(&client(&service, dialect)).await, Ok(Finished::NotAccepted)));
    let request = service.only_request();
    assert_eq!(request.uri.path(), format!("/v2/{SUBJECT}/verify"));
    assert_eq!(request.body, json!({"token": TOKEN, "otp": CODE}));
}

#[tokio::test]
async fn a_person_can_have_other_names() {
    let body = r#"{"mail":[{"value":"ann@example.com","ok":true}],"lang":"sv"}"#;
    let service = Service::answering(200, &[], body).await;
    let dialect = json!({ "user": {
        "path": "/v2/{userId}", "emails": "mail", "address": "value", "verified": "ok", "locale": ["lang"],
    }});
    let user = client(&service, dialect).user(&caller()).await.unwrap();
    assert!(user.contacts.has_verified(&crate::support::email()));
    assert_eq!(user.locale.as_deref(), Some("sv"));
}

#[test]
fn without_configuration_the_assumed_names_hold() {
    assert_eq!(serde_json::from_value::<Dialect>(json!({})).unwrap(), Dialect::default());
    assert_eq!(
        serde_json::from_value::<Dialect>(json!({"begin": {"answers": {}}})).unwrap(),
        Dialect::default()
    );
}

#[rstest]
#[case(json!({"started": {}}))]
#[case(json!({"begin": {"replaceAll": "x"}}))]
#[case(json!({"finish": {"answers": {"wrong": [400]}}}))]
#[case(json!({"user": {"mails": "x"}}))]
fn a_name_that_means_nothing_here_is_an_error(#[case] dialect: Value) {
    let error = serde_json::from_value::<Dialect>(dialect).unwrap_err().to_string();
    assert!(error.contains("unknown field"), "{error}");
}

#[tokio::test]
async fn headers_can_have_other_names() {
    let service = Service::answering(429, &[("x-limit-ends-after", "60"), ("retry-after", "1")], "").await;
    let dialect = json!({"begin": {"language": "x-language", "retry_after": "X-Limit-Ends-After"}});
    let Ok(Begun::LimitReached { retry_after }) = begin(&client(&service, dialect)).await else {
        panic!("a limit is reached")
    };
    assert_eq!(retry_after, Some(Duration::from_mins(1)));
    let headers = service.only_request().headers;
    assert_eq!((headers.get("accept-language"), headers["x-language"].as_bytes()), (None, &b"en"[..]));
}

#[tokio::test]
async fn a_lack_of_permission_can_have_another_status() {
    let service = Service::answering(451, &[], "").await;
    let dialect = json!({"finish": {"answers": {"refused": [401, 451]}}});
    let fault = finish(&client(&service, dialect)).await.unwrap_err();
    assert!(fault.is_refused() && !fault.may_have_acted());
    assert!(finish(&service.client()).await.unwrap_err().may_have_acted(), "without a meaning nobody knows");
}

/// The operator reads which word of the dialect to look at.
#[rstest]
#[case::another_path(404, "", "the path of dialect.begin is another one")]
#[case::another_status(201, "{}", "answered 201, which has no meaning in dialect.begin.answers")]
#[case::another_member(
    200,
    r#"{"ticket":"t"}"#,
    "no readable verification token (dialect.begin.verification_token)"
)]
#[tokio::test]
async fn a_word_that_is_wrong_is_named(#[case] status: u16, #[case] body: &str, #[case] named: &str) {
    let service = Service::answering(status, &[], body).await;
    let told = begin(&service.client()).await.unwrap_err().to_string();
    assert!(told.contains(named), "{told}");
}

#[test]
fn every_member_tells_where_it_stands_what_it_is_for_and_its_default() {
    let members = Dialect::members();
    let member = |path: &str| members.iter().find(|member| member.path == path).unwrap();
    let token = member("begin.verification_token");
    assert_eq!((token.kind, token.default.as_str()), (MemberKind::Text, "\"verificationToken\""));
    assert_eq!(token.meaning, "Answer: the verification token (assumed).");
    assert_eq!(member("finish.answers.over").default, "[404, 410]");
    assert_eq!(member("begin.default_lifetime").kind, MemberKind::Number);
    assert_eq!(member("user.locale").kind, MemberKind::Texts);
    assert!(members.iter().all(|member| member.meaning.ends_with('.')), "{members:?}");
}

#[test]
fn the_members_are_the_dialect_whole() {
    let mut whole = Value::Object(serde_json::Map::new());
    for member in Dialect::members() {
        let mut place = &mut whole;
        for name in member.path.split('.') {
            place = &mut place[name];
        }
        *place = serde_json::from_str(&member.default).unwrap();
    }
    assert_eq!(serde_json::from_value::<Dialect>(whole).unwrap(), Dialect::default());
}
