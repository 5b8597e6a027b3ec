//! A change that was made while nobody here knows of it: found out by whoever comes next, and told once.

use std::time::Duration;

use reqwest::Method;
use rstest::rstest;
use serde_json::{Value, json};
use tempfile::TempDir;
use tokio::time::sleep;

use crate::{
    audit::{lines, recorded, told},
    notice::{OLD, notices},
    person::{NEW, Person, id},
    security_events::{Receiver, key_file},
    support::{ALICE, App, between, issuer},
};

/// Somebody whose change is made, while nobody here knows of it. Gives the state that they see.
async fn whose_change_is_not_known() -> (TempDir, App, Person, String) {
    whose_change_is_not_known_with(&[]).await
}

async fn whose_change_is_not_known_with(more: &[(&str, &str)]) -> (TempDir, App, Person, String) {
    let settings = [&[("SERVICE__BREAKER_FAILURES", "0")], more].concat();
    let (folder, app, mut person) = recorded(&settings).await;
    let flow = person.begin().await;
    let code = person.code().await;
    let lost = json!({ "call": "finish", "fault": "reset_after", "times": 1 });
    let unread = json!({ "call": "user", "fault": "status", "status": 500, "times": 3 });
    person.faults(json!([lost, unread])).await;
    let flow = id(&person.press("finish", &flow, &[("code", &code)]).await, "Restart");
    (folder, app, person, flow)
}

#[rstest]
#[case::on_the_first_page("/")]
#[case::on_the_page_of_the_change("/email")]
#[tokio::test]
async fn a_change_that_is_found_later_is_recorded_once(#[case] page: &str) {
    let (folder, _app, mut person, _) = whose_change_is_not_known().await;
    for _ in 0..3 {
        person.page(page).await;
    }
    let told = told(&lines(&folder)).split_off(4);
    assert_eq!(told, [("not_changed", "unknown", "lost"), ("changed", "done", "")]);
}

#[rstest]
#[case::a_new_code("resend", &[])]
#[case::another_contact("edit", &[])]
#[case::nothing_more("cancel", &[])]
#[case::a_code_for_another_contact("begin", &[("contact", "another@example.org")])]
#[tokio::test]
async fn a_change_that_is_found_by_a_press_is_recorded_whatever_was_asked_for(
    #[case] press: &str,
    #[case] fields: &[(&str, &str)],
) {
    let (folder, _app, person, flow) = whose_change_is_not_known().await;
    let state = person.press(press, &flow, fields).await;
    let told = told(&lines(&folder)).split_off(4);
    assert_eq!(told[..2], [("not_changed", "unknown", "lost"), ("changed", "done", "")]);
    if press == "begin" {
        assert!(state["AwaitCode"].is_object(), "the code is awaited: {state}");
    } else {
        assert!(
            state["Done"].is_object() && told.len() == 2,
            "the change is made, and is not given up: {state} {told:?}"
        );
    }
    let begins = if press == "begin" { 2 } else { 1 };
    assert_eq!(person.calls("begins").await, begins, "no code is sent for a contact that is changed");
}

#[tokio::test]
async fn an_answer_without_a_word_of_contacts_does_not_prove_that_nothing_was_changed() {
    let names = ["EMAILS", "MOBILES", "FLAT_EMAIL", "FLAT_MOBILE"];
    let names = names.map(|name| format!("SERVICE__DIALECT__USER__{name}"));
    let otherwise = names.each_ref().map(|name| (name.as_str(), "elsewhere"));
    let (folder, _app, mut person) = recorded(&otherwise).await;
    let flow = person.flow().await;
    let state = person.press("begin", &flow, &[("contact", NEW), ("replace_all", "true")]).await;
    let code = person.code().await;
    let state = person.press("finish", &id(&state, "AwaitCode"), &[("code", &code)]).await;
    assert_eq!(state["Restart"]["reason"], "Unknown", "{state}");
    assert!(
        person.page("/email").await.1.contains("We do not know whether the change was made"),
        "nor by the next page"
    );
    assert!(told(&lines(&folder)).contains(&("not_changed", "unknown", "lost")));
}

#[tokio::test]
async fn whoever_cannot_be_shown_their_contacts_is_not_told_that_nothing_was_changed() {
    let (_folder, _app, mut person, _) = whose_change_is_not_known().await;
    person.fault(json!({ "call": "user", "fault": "status", "status": 500 })).await;
    let (_, page) = person.page("/").await;
    assert!(page.contains("your contact information right now. Try again in a moment."), "{page}");
}

#[rstest]
#[case::a_new_code("resend", &[])]
#[case::another_contact("edit", &[])]
#[case::nothing_more("cancel", &[])]
#[case::a_code_for_another_contact("begin", &[("contact", "another@example.org")])]
#[tokio::test]
async fn a_change_that_may_have_been_made_is_not_left_while_that_cannot_be_read(
    #[case] press: &str,
    #[case] fields: &[(&str, &str)],
) {
    let (application, keys) = (Receiver::answering([]).await, tempfile::tempdir().expect("a folder"));
    let key = key_file(&keys);
    let told_to = [("EVENTS__KEY_FILE", key.as_str()), ("APPLICATIONS__CRM__EVENTS", &application.address)];
    let settings = [&[("POLICY__NOTIFY_PREVIOUS", "true")], &told_to[..]].concat();
    let (folder, _app, mut person, flow) = whose_change_is_not_known_with(&settings).await;
    person.fault(json!({ "call": "user", "fault": "status", "status": 500 })).await;
    for form in [flow.as_str(), "an older one"] {
        let state = person.press(press, form, fields).await;
        assert_eq!((id(&state, "Restart"), &state["Restart"]["reason"]), (flow.clone(), &json!("Unknown")));
        assert!(state["Restart"]["refusal"]["Unavailable"]["reference"].is_string(), "{state}");
    }
    assert_eq!(lines(&folder).len(), 5, "nothing has happened since the answer was lost");
    person.faults(json!([])).await;
    for _ in 0..2 {
        person.page("/email").await;
    }
    while lines(&folder).len() < 8 {
        sleep(Duration::from_millis(20)).await;
    }
    let mut told = told(&lines(&folder)).split_off(4);
    assert_eq!(told[..2], [("not_changed", "unknown", "lost"), ("changed", "done", "")]);
    told.sort_unstable();
    let words = ["application_told", "changed", "not_changed", "notice_sent"];
    assert_eq!(told.iter().map(|(event, ..)| *event).collect::<Vec<_>>(), words);
    assert_eq!(application.sent(1).await.len(), 1);
}

#[tokio::test]
async fn whoever_cancels_what_may_have_been_made_is_told_why_that_cannot_be_and_to_try_again() {
    let (_folder, _app, mut person, flow) = whose_change_is_not_known().await;
    person.fault(json!({ "call": "user", "fault": "status", "status": 500 })).await;
    person.press("cancel", &flow, &[]).await;
    for (language, told) in [
        ("en", "Nothing was sent or cancelled. Try again in a moment."),
        ("fi", "Mitään ei lähetetty eikä peruttu. Yritä hetken kuluttua uudelleen."),
        ("sv", "Inget skickades eller avbröts. Försök igen om en stund."),
        ("ar", "لم يُرسل أي شيء ولم يُلغَ أي شيء. أعد المحاولة بعد قليل."),
    ] {
        let (_, page) = person.page(&format!("/email?ui_locales={language}")).await;
        assert!(between(&page, "<div id=\"problem\"", "<h1").contains(told), "{page}");
    }
    person.faults(json!([])).await;
    let (_, page) = person.page("/email?ui_locales=en").await;
    assert!(page.contains(">Your email address is verified<"), "{page}");
}

#[rstest]
#[case::a_new_code("resend", &[])]
#[case::another_contact("edit", &[])]
#[case::nothing_more("cancel", &[])]
#[case::a_code_for_another_contact("begin", &[("contact", "another@example.org")])]
#[tokio::test]
async fn a_change_that_was_not_made_yet_when_it_was_looked_for_is_not_left_while_that_cannot_be_read(
    #[case] press: &str,
    #[case] fields: &[(&str, &str)],
) {
    let settings = [("SERVICE__BREAKER_FAILURES", "0"), ("POLICY__NOTIFY_PREVIOUS", "true")];
    let (folder, _app, mut person) = recorded(&settings).await;
    let flow = person.begin().await;
    let code = person.code().await;
    person.fault(json!({ "call": "finish", "fault": "reset_before", "times": 1 })).await;
    let state = person.press("finish", &flow, &[("code", &code)]).await;
    assert_eq!(state["Restart"]["reason"], "NotChanged", "{state}");
    let flow = id(&state, "Restart");
    is_changed_at_the_service(&person).await;

    person.fault(json!({ "call": "user", "fault": "status", "status": 500 })).await;
    let state = person.press(press, &flow, fields).await;
    assert_eq!((id(&state, "Restart"), &state["Restart"]["reason"]), (flow, &json!("Unknown")));
    let begins = person.calls("begins").await;
    person.faults(json!([])).await;
    person.page("/").await;
    let told = told(&lines(&folder)).split_off(4);
    assert_eq!(told[..2], [("not_changed", "failed", "lost"), ("changed", "done", "")]);
    assert_eq!(notices(&person).await[0]["to"], OLD);
    assert_eq!(person.calls("begins").await, begins, "no code is sent for a contact that is changed");
}

/// The service is done with the change, later than anybody waited for it.
async fn is_changed_at_the_service(person: &Person) {
    let service = format!("{}/api/rest/v1/user/{ALICE}/change-contact", issuer(&person.sandbox));
    let call = async |call: &str, body: Value| -> Value {
        let request = reqwest::Client::new().post(format!("{service}/{call}")).json(&body);
        let request = request.basic_auth("contact-change-api", Some("contact-change-api-secret"));
        request.send().await.expect("an answer").json().await.expect("JSON")
    };
    let begun = call("begin", json!({ "email": NEW, "primary": false, "replaceAll": false })).await;
    let code = person.code().await;
    let finish = json!({ "verificationToken": begun["verificationToken"], "code": code });
    assert!(call("finish", finish).await.to_string().contains(NEW));
}

#[tokio::test]
async fn where_the_account_can_never_be_read_a_change_that_may_have_been_made_is_left() {
    let (_folder, _app, person, flow) = whose_change_is_not_known().await;
    person.fault(json!({ "call": "user", "fault": "status", "status": 403 })).await;
    id(&person.press("edit", &flow, &[]).await, "Enter");
}

#[rstest]
#[case::the_first_page("/")]
#[case::the_page_of_the_change("/email")]
#[tokio::test]
async fn a_change_that_a_page_finds_is_recorded_when_nobody_waits_for_the_page(#[case] page: &str) {
    let (folder, _app, person, _) = whose_change_is_not_known().await;
    person.fault(json!({ "call": "user", "fault": "slow", "milliseconds": 3000 })).await;
    let before = person.read("/calls.json").await;
    {
        let page = person.browser.request(Method::GET, &format!("{}{page}", person.node));
        let mut page = Box::pin(page.send());
        // The account is about to be read once the service has the call; then the browser goes.
        while person.read("/calls.json").await == before {
            tokio::select! {
                answer = &mut page => panic!("answered too soon: {answer:?}"),
                () = sleep(Duration::from_millis(10)) => {}
            }
        }
    }
    while told(&lines(&folder)).last() != Some(&("changed", "done", "")) {
        sleep(Duration::from_millis(20)).await;
    }
}
