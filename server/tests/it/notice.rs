//! The contacts that an account had before learn of a change.

use std::time::Duration;

use rstest::rstest;
use serde_json::{Value, json};

use crate::{
    person::{NEW, Person},
    support::{App, Log, app, app_with, app_with_user_token, issuer, sandbox},
};

pub(crate) const OLD: &str = "alice@example.org";
/// Somebody with numbers besides their addresses.
const BOB: &str = "5a0000000000000000000002";

/// Changes the address of somebody who is signed in.
pub(crate) async fn change(person: &mut Person, choices: &[(&str, &str)]) {
    change_to(person, NEW, choices).await;
}

pub(crate) async fn change_to(person: &mut Person, new: &str, choices: &[(&str, &str)]) {
    let flow = person.flow().await;
    let fields = [&[("contact", new)], choices].concat();
    let state = person.press("begin", &flow, &fields).await;
    let code = person.code_at(new).await;
    let flow = crate::person::id(&state, "AwaitCode");
    let state = person.press("finish", &flow, &[("code", &code)]).await;
    assert!(state["Done"].is_object(), "{state}");
}

pub(crate) async fn signed_in(app: impl AsyncFnOnce(&str) -> App) -> (App, Person) {
    let sandbox = sandbox().await;
    let app = app(&issuer(&sandbox)).await;
    let person = Person::signed_in(sandbox, &app).await;
    (app, person)
}

pub(crate) async fn without_breaker(issuer: &str) -> App {
    app_with(issuer, &[("SERVICE__BREAKER_FAILURES", "0")]).await
}

/// Goes on as Bob.
pub(crate) async fn as_bob(app: &App, person: &mut Person) {
    person.browser.cookies.clear();
    let callback = person.browser.pick(app, "/sign-in", BOB).await;
    person.browser.get(&callback).await;
}

/// The notices so far; waits for the first one.
pub(crate) async fn notices(person: &Person) -> Vec<Value> {
    notices_once(person, |notices| !notices.is_empty()).await
}

/// The notices, once there are these.
async fn notices_once(person: &Person, are_there: impl Fn(&[Value]) -> bool) -> Vec<Value> {
    loop {
        let messages = person.ledger("messages").await;
        let notices: Vec<Value> = messages.into_iter().filter(|message| message["cause"] == "send").collect();
        if are_there(&notices) {
            return notices;
        }
        tokio::time::sleep(Duration::from_millis(20)).await;
    }
}

#[tokio::test]
async fn the_previous_address_is_told_what_changed_when_and_where_there_is_help() {
    let help = ("THEME__SUPPORT_URL", "https://help.example.org/");
    let name = ("THEME__NAME", "Example Identity");
    let (_app, mut person) = signed_in(async |issuer| app_with(issuer, &[help, name]).await).await;
    change(&mut person, &[]).await;
    assert_eq!(notices(&person).await.len(), 1);
    let outbox = person.read(&format!("/outbox.json?to={OLD}")).await;
    let [subject, text] =
        ["subject", "text"].map(|member| outbox[0][member].as_str().expect("a text").to_owned());
    assert_eq!(subject, "Example Identity: a new email address was added to your account");
    assert!(text.contains("n***@example.org"), "{text}");
    assert!(!text.contains(NEW), "the new address is not told: {text}");
    assert!(text.contains("https://help.example.org/"), "{text}");
    assert!(text.contains("If you did not, somebody else may be using your account"), "{text}");
}

#[tokio::test]
async fn where_the_operator_gave_the_service_no_name_the_previous_address_is_told_without_one() {
    let (_app, mut person) = signed_in(app).await;
    change(&mut person, &[]).await;
    assert_eq!(notices(&person).await.len(), 1);
    let outbox = person.read(&format!("/outbox.json?to={OLD}")).await;
    assert_eq!(outbox[0]["subject"], "A new email address was added to your account");
    let text = outbox[0]["text"].as_str().expect("a text");
    assert!(text.starts_with("The email address n***@example.org was added to your account.\n"), "{text}");
    assert!(text.ends_with("contact the support of the service at once."), "{text}");
}

#[rstest]
#[case::as_the_provider_knows_it(json!([]))]
#[case::else_as_the_service_does(json!([{ "call": "userinfo", "fault": "status", "status": 500 }]))]
#[tokio::test]
async fn the_previous_address_is_told_in_the_person_s_language_whichever_the_page_is_in(
    #[case] faults: Value,
) {
    let (app, mut person) = signed_in(app).await;
    person.faults(faults).await;
    person.browser.cookies.clear();
    person.sign_in(&app).await;
    let (_, page) = person.page("/email?ui_locales=ar").await;
    assert!(page.contains("lang=\"ar\""), "{page}");
    change(&mut person, &[]).await;
    assert_eq!(notices(&person).await.len(), 1);
    let outbox = person.read(&format!("/outbox.json?to={OLD}")).await;
    let [subject, text] =
        ["subject", "text"].map(|member| outbox[0][member].as_str().expect("a text").to_owned());
    assert_eq!(subject, "A new email address was added to your account");
    assert!(text.is_ascii(), "not even the time is in another language: {text}");
}

#[tokio::test]
async fn an_address_that_was_replaced_is_told_as_well() {
    let (_app, mut person) = signed_in(app).await;
    change(&mut person, &[("replace_all", "true")]).await;
    let told = notices(&person).await;
    assert_eq!((told.len(), &told[0]["to"], &told[0]["outcome"]), (1, &json!(OLD), &json!("sent")));
    let outbox = person.read(&format!("/outbox.json?to={OLD}")).await;
    let text = outbox[0]["text"].as_str().expect("a text");
    assert!(text.contains("All previous email addresses were removed."), "{text}");
}

#[tokio::test]
async fn a_change_whose_outcome_shows_on_a_later_visit_is_told_once() {
    let (_app, mut person) = signed_in(app).await;
    let flow = person.begin().await;
    let code = person.code().await;
    let lost = json!({ "call": "finish", "fault": "reset_after", "times": 1 });
    let unread = json!({ "call": "user", "fault": "status", "status": 500, "times": 4 });
    person.faults(json!([lost, unread])).await;
    let state = person.press("finish", &flow, &[("code", &code)]).await;
    assert_eq!(state["Restart"]["reason"], "Unknown", "{state}");
    person.faults(json!([])).await;
    for _ in 0..2 {
        let (_, page) = person.page("/email").await;
        assert!(page.contains(NEW), "{page}");
        notices(&person).await;
    }
    assert_eq!(notices(&person).await.len(), 1);
}

#[rstest]
#[case::the_press_finds_it(3)]
#[case::the_page_after_it_does(6)]
#[tokio::test]
async fn an_address_that_was_replaced_is_told_when_that_shows_only_after_another_press(#[case] unread: u32) {
    let (_app, mut person) = signed_in(without_breaker).await;
    let flow = person.flow().await;
    let state = person.press("begin", &flow, &[("contact", NEW), ("replace_all", "true")]).await;
    let code = person.code().await;
    let lost = json!({ "call": "finish", "fault": "reset_after", "times": 1 });
    // Three tries when the answer is lost, and three more when the button is pressed.
    let unread = json!({ "call": "user", "fault": "status", "status": 500, "times": unread });
    person.faults(json!([lost, unread])).await;
    let flow = crate::person::id(&state, "AwaitCode");
    let state = person.press("finish", &flow, &[("code", &code)]).await;
    person.press("resend", &crate::person::id(&state, "Restart"), &[]).await;
    person.page("/email").await;
    assert_eq!(notices(&person).await[0]["to"], OLD);
}

#[rstest]
#[case::a_service_that_refuses(json!({ "call": "send", "fault": "status", "status": 403 }))]
#[case::a_service_that_does_not_answer_in_form(json!({ "call": "send", "fault": "html" }))]
#[tokio::test]
async fn a_notice_that_fails_changes_nothing_for_the_person_and_the_operator_is_told(#[case] fault: Value) {
    let log = Log::default();
    let _listening = log.listen();
    let (_app, mut person) = signed_in(app).await;
    person.fault(fault).await;
    change(&mut person, &[]).await;
    while !log.text().contains("a notice of a change was not sent") {
        tokio::time::sleep(Duration::from_millis(20)).await;
    }
    let log = log.text();
    assert!(![OLD, NEW, "n***@example.org"].iter().any(|personal| log.contains(personal)), "{log}");
}

#[tokio::test]
async fn a_notice_that_the_service_took_not_at_that_moment_is_sent_on_a_later_visit() {
    let log = Log::default();
    let _listening = log.listen();
    let (_app, mut person) = signed_in(without_breaker).await;
    person.fault(json!({ "call": "send", "fault": "status", "status": 429, "times": 3 })).await;
    change(&mut person, &[]).await;
    while !log.text().contains("a notice of a change was not sent") {
        tokio::time::sleep(Duration::from_millis(20)).await;
    }
    let is_sent = |notice: &&Value| notice["cause"] == "send" && notice["outcome"] == "sent";
    assert!(!person.ledger("messages").await.iter().any(|notice| is_sent(&notice)));
    person.page("/").await;
    notices_once(&person, |notices| notices.iter().any(|notice| is_sent(&notice) && notice["to"] == OLD))
        .await;
    person.page("/email").await;
    assert_eq!(person.ledger("messages").await.iter().filter(is_sent).count(), 1, "and not again");
}

#[tokio::test]
async fn a_change_that_is_made_while_another_one_is_still_being_told_is_told_without_a_visit() {
    // Whoever made the second one waits for thirteen seconds for their turn to tell it.
    let quick =
        ["SERVICE__CONNECT_TIMEOUT", "SERVICE__TIMEOUT", "SERVICE__READ_DEADLINE"].map(|name| (name, "1s"));
    let (app, mut person) = signed_in(async |issuer| app_with(issuer, &quick).await).await;
    as_bob(&app, &mut person).await;
    // Three addresses are tried for six seconds each.
    person.fault(json!({ "call": "send", "fault": "status", "status": 429, "times": 9 })).await;
    change(&mut person, &[]).await;
    let flow = person.flow().await;
    let other = "other@example.org";
    let state = person.press("begin", &flow, &[("contact", other)]).await;
    let outbox = person.read(&format!("/outbox.json?to={other}")).await;
    let code = outbox[0]["code"].as_str().expect("a code");
    let flow = crate::person::id(&state, "AwaitCode");
    crate::person::id(&person.press("finish", &flow, &[("code", code)]).await, "Done");
    let is_told = |notice: &&Value| notice["to"] == NEW && notice["outcome"] == "sent";
    let told = notices_once(&person, |notices| notices.iter().any(|notice| is_told(&notice))).await;
    assert_eq!(told.iter().filter(is_told).count(), 1);
}

#[tokio::test]
async fn the_operator_can_do_without_notices_and_with_the_person_s_own_token_there_are_none() {
    let (first, mut person) =
        signed_in(async |issuer| app_with(issuer, &[("POLICY__NOTIFY_PREVIOUS", "false")]).await).await;
    change(&mut person, &[]).await;
    let calls = person.read("/calls.json").await;
    assert!(!calls.to_string().contains("\"send\""), "{calls}");
    drop(first);

    let (_second, mut person) = signed_in(app_with_user_token).await;
    change(&mut person, &[]).await;
    let calls = person.read("/calls.json").await;
    assert!(!calls.to_string().contains("\"send\""), "{calls}");
}
