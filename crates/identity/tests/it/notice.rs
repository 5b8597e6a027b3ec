//! Notices to a contact of a person.

use identity::{Client, Credentials, Notice, Settings};
use rstest::rstest;
use serde_json::{Value, json};

use crate::support::{ADDRESS, Service, caller};

fn email() -> Notice {
    Notice::Email {
        to: ADDRESS.into(),
        subject: "Your address was changed".into(),
        text: "If it was not you, tell us.".into(),
    }
}

fn sms() -> Notice {
    Notice::Sms { to: "+447700900123".into(), text: "Your number was changed.".into() }
}

#[tokio::test]
async fn a_notice_arrives_at_the_contact_it_is_for() {
    let sandbox = sandbox::start(sandbox::Settings::default()).await.unwrap();
    let secret = "contact-change-api-secret".into();
    let credentials = Credentials::ApiClient { id: "contact-change-api".into(), secret };
    let client = Client::new(Settings::new(sandbox.url().clone(), credentials)).unwrap();
    client.notify(&caller(), &email()).await.unwrap();
    client.notify(&caller(), &sms()).await.unwrap();

    let read = async |path| -> Value {
        reqwest::get(sandbox.url().join(path).unwrap()).await.unwrap().json().await.unwrap()
    };
    let sent = read("/ledger.json").await["messages"].clone();
    let told = |index: usize| {
        [&sent[index]["cause"], &sent[index]["channel"], &sent[index]["to"]].map(Value::as_str)
    };
    assert_eq!(told(0), [Some("send"), Some("email"), Some(ADDRESS)]);
    assert_eq!(told(1), [Some("send"), Some("sms"), Some("+447700900123")]);
    let newest = &read("/outbox.json").await[1];
    assert_eq!(newest["subject"], "Your address was changed");
    assert_eq!(newest["text"], "If it was not you, tell us.");
}

#[tokio::test]
async fn a_notice_says_what_it_says_in_the_words_of_the_service() {
    let service = Service::answering(201, &[], "").await;
    let dialect = json!({"notice": {
        "email_path": "/mail/{userId}", "to": "recipient", "subject": "heading", "text": "content",
        "answers": {"sent": [201]},
    }});
    let dialect = serde_json::from_value(dialect).unwrap();
    let client = Client::new(Settings { dialect, ..service.settings() }).unwrap();
    client.notify(&caller(), &email()).await.unwrap();
    let body = service.only_request().body;
    let text = "If it was not you, tell us.";
    assert_eq!(body, json!({"recipient": ADDRESS, "heading": "Your address was changed", "content": text}));
}

#[rstest]
#[case::refused(403, false)]
#[case::no_such_person(404, false)]
#[case::not_acceptable(400, false)]
#[case::limited(429, false)]
#[case::down(503, true)]
#[case::odd(302, true)]
#[tokio::test]
async fn a_notice_is_sent_once_and_a_failure_tells_whether_it_may_arrive(
    #[case] status: u16,
    #[case] may_have_acted: bool,
) {
    let service = Service::answering(status, &[("location", "/elsewhere")], "").await;
    let fault = service.client().notify(&caller(), &sms()).await.unwrap_err();
    assert_eq!((fault.call(), fault.may_have_acted()), ("notice", may_have_acted));
    assert_eq!(service.requests().len(), 1);
}

#[tokio::test]
async fn with_the_persons_own_token_there_are_no_notices() {
    let service = Service::answering(204, &[], "").await;
    let settings = Settings { credentials: Credentials::UserToken, ..service.settings() };
    let fault = Client::new(settings).unwrap().notify(&caller(), &email()).await.unwrap_err();
    assert!(fault.is_not_available() && !fault.may_have_acted());
    assert!(service.requests().is_empty());
}

#[test]
fn a_notice_does_not_show_itself() {
    let shown = format!("{:?} {:?}", email(), sms());
    assert!(!shown.contains(ADDRESS) && !shown.contains("changed") && !shown.contains("+44"), "{shown}");
}
