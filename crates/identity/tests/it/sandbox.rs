//! Against the sandbox identity service: whole changes, and every bad ending.

use contact::{Choices, Contact, Kind, VerificationCode};
use identity::{
    Begun, Caller, Client, Credentials, Fault, Finished, Settings, Subject, User, VerificationToken,
};
use rstest::rstest;
use sandbox::Running;
use serde_json::{Value, json};

/// Alice: one email address, no mobile number. Bob: four and three, all verified.
const ALICE: &str = "5a0000000000000000000001";
const BOB: &str = "5a0000000000000000000002";
const NEW: &str = "new@example.com";

/// A sandbox and a client of it.
struct World {
    sandbox: Running,
    client: Client,
}

impl World {
    async fn new() -> Self {
        Self::with("contact-change-api", "contact-change-api-secret").await
    }

    async fn with(id: &str, secret: &str) -> Self {
        let sandbox = sandbox::start(sandbox::Settings::default()).await.unwrap();
        let credentials = Credentials::ApiClient { id: id.into(), secret: secret.into() };
        let client = Client::new(Settings::new(sandbox.url().clone(), credentials)).unwrap();
        Self { sandbox, client }
    }

    async fn control(&self, what: &str, body: Value) {
        let url = self.sandbox.url().join(&format!("/control/{what}")).unwrap();
        let answer = reqwest::Client::new().post(url).json(&body).send().await.unwrap();
        assert!(answer.status().is_success(), "{}", answer.text().await.unwrap());
    }

    async fn read(&self, path: &str) -> Value {
        let url = self.sandbox.url().join(path).unwrap();
        reqwest::get(url).await.unwrap().json().await.unwrap()
    }

    async fn begin(&self, subject: &str, kind: Kind, typed: &str, choices: Choices) -> Result<Begun, Fault> {
        self.client.begin(&caller(subject), &Contact::parse(kind, typed).unwrap(), choices, "en").await
    }

    async fn sent(&self, subject: &str, kind: Kind, typed: &str, choices: Choices) -> VerificationToken {
        match self.begin(subject, kind, typed, choices).await.unwrap() {
            Begun::Sent { token, .. } => token,
            other => panic!("{other:?}"),
        }
    }

    /// The newest message, as the person would paste it.
    async fn newest_code(&self) -> VerificationCode {
        let outbox = self.read("/outbox.json").await;
        let message = &outbox.as_array().or(outbox["messages"].as_array()).unwrap()[0];
        VerificationCode::parse(message["text"].as_str().unwrap()).unwrap()
    }

    async fn finish(
        &self,
        subject: &str,
        token: &VerificationToken,
        code: &VerificationCode,
    ) -> Result<Finished, Fault> {
        self.client.finish(&caller(subject), token, code).await
    }

    async fn user(&self, subject: &str) -> User {
        self.client.user(&caller(subject)).await.unwrap()
    }
}

fn caller(subject: &str) -> Caller {
    Caller { subject: Subject::parse(subject).unwrap(), access_token: None, renewal: None }
}

/// A code that is not this one.
fn another(code: &VerificationCode) -> VerificationCode {
    VerificationCode::parse(if code.as_str() == "000000" { "111111" } else { "000000" }).unwrap()
}

#[rstest]
#[case::neither(false, false, &["bob@example.org", "bob.baker@example.com", "bob@example.net", "baker.family@example.org", NEW])]
#[case::primary(true, false, &[NEW, "bob@example.org", "bob.baker@example.com", "bob@example.net", "baker.family@example.org"])]
#[case::replace(false, true, &[NEW])]
#[tokio::test]
async fn a_code_from_the_message_changes_the_account_as_was_chosen(
    #[case] primary: bool,
    #[case] replace_all: bool,
    #[case] emails: &[&str],
) {
    let world = World::new().await;
    let token = world.sent(BOB, Kind::Email, NEW, Choices { primary, replace_all }).await;
    let code = world.newest_code().await;
    let Finished::Changed(answered) = world.finish(BOB, &token, &code).await.unwrap() else {
        panic!("changed")
    };
    let read = world.user(BOB).await;
    assert_eq!(answered.contacts, read.contacts);
    assert_eq!(read.contacts.emails.iter().map(|known| known.value.as_str()).collect::<Vec<_>>(), emails);
    assert!(read.contacts.has_verified(&Contact::parse(Kind::Email, NEW).unwrap()));
}

#[tokio::test]
async fn a_mobile_number_is_changed_by_the_code_in_a_text_message() {
    let world = World::new().await;
    let token = world.sent(ALICE, Kind::Mobile, "+44 7700 900123", Choices::default()).await;
    let code = world.newest_code().await;
    let Finished::Changed(user) = world.finish(ALICE, &token, &code).await.unwrap() else {
        panic!("changed")
    };
    assert!(user.contacts.has_verified(&Contact::parse(Kind::Mobile, "+447700900123").unwrap()));
}

#[tokio::test]
async fn a_code_can_be_entered_only_once() {
    let world = World::new().await;
    let token = world.sent(ALICE, Kind::Email, NEW, Choices::default()).await;
    let code = world.newest_code().await;
    assert!(matches!(world.finish(ALICE, &token, &another(&code)).await, Ok(Finished::NotAccepted)));
    let again = world.finish(ALICE, &token, &code).await;
    assert!(matches!(again, Ok(Finished::NotAccepted | Finished::Over)), "{again:?}");
    assert_eq!(world.user(ALICE).await.contacts.emails.len(), 1);
}

#[tokio::test]
async fn a_code_whose_time_is_over_is_not_accepted() {
    let world = World::new().await;
    let token = world.sent(ALICE, Kind::Email, NEW, Choices::default()).await;
    let code = world.newest_code().await;
    world.control("clock", json!({"advanceSeconds": 3600})).await;
    let answer = world.finish(ALICE, &token, &code).await;
    assert!(matches!(answer, Ok(Finished::NotAccepted | Finished::Over)), "{answer:?}");
}

#[tokio::test]
async fn a_contact_that_another_account_took_is_told_after_the_right_code() {
    let world = World::new().await;
    let token = world.sent(ALICE, Kind::Email, NEW, Choices::default()).await;
    world.control("faults", json!({"faults": [{"call": "finish", "fault": "taken"}]})).await;
    let code = world.newest_code().await;
    assert!(matches!(world.finish(ALICE, &token, &code).await, Ok(Finished::Taken)));
}

#[tokio::test]
async fn a_limit_tells_when_it_ends_and_a_contact_that_is_there_is_known() {
    let world = World::new().await;
    let yours = world.begin(ALICE, Kind::Email, "alice@example.org", Choices::default()).await;
    assert!(matches!(yours, Ok(Begun::AlreadyYours)), "{yours:?}");
    world.control("limits", json!({"perAddress": 1})).await;
    world.sent(ALICE, Kind::Email, NEW, Choices::default()).await;
    let limited = world.begin(ALICE, Kind::Email, NEW, Choices::default()).await;
    assert!(matches!(limited, Ok(Begun::LimitReached { retry_after: Some(_) })), "{limited:?}");
}

#[rstest]
#[case::without_permission("no-permission", "no-permission-secret", 403)]
#[case::with_a_wrong_secret("contact-change-api", "guess", 401)]
#[tokio::test]
async fn what_the_operator_has_to_mend_is_no_fault_of_the_person(
    #[case] id: &str,
    #[case] secret: &str,
    #[case] status: u16,
) {
    let world = World::with(id, secret).await;
    let fault = world.begin(ALICE, Kind::Email, NEW, Choices::default()).await.unwrap_err();
    assert!(fault.is_refused() && !fault.may_have_acted());
    assert_eq!(fault.status(), Some(status));
}

#[rstest]
#[case(json!({"fault": "reset_before"}))]
#[case(json!({"fault": "reset_after"}))]
#[case(json!({"fault": "status", "status": 500}))]
#[case(json!({"fault": "html"}))]
#[case(json!({"fault": "malformed"}))]
#[case(json!({"fault": "huge"}))]
#[case(json!({"fault": "wrong_type"}))]
#[case(json!({"fault": "redirect"}))]
#[tokio::test]
async fn whatever_happens_to_an_answer_no_call_is_made_twice(#[case] mut fault: Value) {
    let world = World::new().await;
    let token = world.sent(ALICE, Kind::Email, NEW, Choices::default()).await;
    let code = world.newest_code().await;
    let before = world.read("/ledger.json").await["begins"].as_array().unwrap().len();

    fault["call"] = "begin".into();
    let mut other = fault.clone();
    other["call"] = "finish".into();
    world.control("faults", json!({"faults": [fault, other]})).await;
    assert!(world.finish(ALICE, &token, &code).await.unwrap_err().may_have_acted());
    let lost = world.begin(BOB, Kind::Email, "bob.new@example.com", Choices::default()).await.unwrap_err();
    assert!(lost.may_have_acted(), "{lost}");

    let ledger = world.read("/ledger.json").await;
    assert_eq!(ledger["begins"].as_array().unwrap().len(), before + 1);
    assert_eq!(ledger["finishes"].as_array().unwrap().len(), 1);
}

#[tokio::test]
async fn after_a_lost_finish_the_account_tells_that_it_was_changed() {
    let world = World::new().await;
    let token = world.sent(ALICE, Kind::Email, NEW, Choices::default()).await;
    let code = world.newest_code().await;
    world.control("faults", json!({"faults": [{"call": "finish", "fault": "reset_after"}]})).await;
    assert!(world.finish(ALICE, &token, &code).await.unwrap_err().may_have_acted());
    assert!(world.user(ALICE).await.contacts.has_verified(&Contact::parse(Kind::Email, NEW).unwrap()));
}
