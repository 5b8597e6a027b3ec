//! A service that speaks otherwise than assumed is a matter of configuration.

use std::time::Duration;

use identity::{Begun, Client, Dialect, Finished, Settings};
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
