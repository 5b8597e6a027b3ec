//! Each press is one call, every answer is the truth. The sandbox's ledger says what reached the service.

use futures_util::future::join_all;
use reqwest::Method;
use rstest::rstest;
use serde_json::{Value, json};

use crate::{
    decided::CAROL,
    person::{NEW, Person, id, wrong},
    support::{App, app, app_with, app_with_user_token, issuer, sandbox},
};

async fn signed_in() -> (App, Person) {
    let sandbox = sandbox().await;
    let app = app(&issuer(&sandbox)).await;
    let person = Person::signed_in(sandbox, &app).await;
    (app, person)
}

#[tokio::test]
async fn the_service_can_be_called_with_the_person_s_own_token() {
    let sandbox = sandbox().await;
    let app = app_with_user_token(&issuer(&sandbox)).await;
    let mut person = Person::signed_in(sandbox, &app).await;
    let flow = person.begin().await;
    let code = person.code().await;
    let done = person.press("finish", &flow, &[("code", &code)]).await;
    let listed = &done["Done"]["contacts"]["emails"];
    assert_eq!(listed[1], json!({ "value": NEW, "verified": true }), "{done}");
    assert_eq!(person.ledger("finishes").await[0]["caller"], "user");
}

#[tokio::test]
async fn fifty_presses_of_one_form_send_one_message_and_have_one_answer() {
    let (_app, mut person) = signed_in().await;
    let flow = person.flow().await;
    let fields = [("contact", NEW)];
    let presses = (0..50).map(|_| person.press("begin", &flow, &fields));
    let answers = join_all(presses).await;
    assert!(answers.iter().all(|answer| *answer == answers[0]), "{answers:?}");
    id(&answers[0], "AwaitCode");
    assert_eq!(person.ledger("begins").await.len(), 1);
    assert_eq!(person.ledger("messages").await.len(), 1);
}

#[rstest]
#[case::the_right_code(true, "Done")]
#[case::a_wrong_code(false, "Restart")]
#[tokio::test]
async fn fifty_entries_of_one_code_are_one_call_and_have_one_answer(
    #[case] is_right: bool,
    #[case] state: &str,
) {
    let (_app, mut person) = signed_in().await;
    let flow = person.begin().await;
    let right = person.code().await;
    let code = if is_right { right } else { wrong(&right) };
    let fields = [("code", code.as_str())];
    let presses = (0..50).map(|_| person.press("finish", &flow, &fields));
    let answers = join_all(presses).await;
    assert!(answers.iter().all(|answer| *answer == answers[0]), "{answers:?}");
    id(&answers[0], state);
    assert_eq!(person.ledger("finishes").await.len(), 1);
}

#[tokio::test]
async fn fifty_presses_for_a_new_code_send_one() {
    let (_app, mut person) = signed_in().await;
    let flow = person.begin().await;
    let presses = (0..50).map(|_| person.press("resend", &flow, &[]));
    let answers = join_all(presses).await;
    assert!(answers.iter().all(|answer| *answer == answers[0]), "{answers:?}");
    assert_eq!(person.ledger("begins").await.len(), 2);
}

#[tokio::test]
async fn a_form_of_an_older_code_is_told_so_and_spends_nothing() {
    let (_app, mut person) = signed_in().await;
    let older = person.begin().await;
    let newer = id(&person.press("resend", &older, &[]).await, "AwaitCode");
    let told = person.press("finish", &older, &[("code", "123456")]).await;
    assert_eq!(told["AwaitCode"]["notice"], "Superseded");
    assert_eq!(person.ledger("finishes").await.len(), 0);
    let code = person.code().await;
    id(&person.press("finish", &newer, &[("code", &code)]).await, "Done");
}

#[tokio::test]
async fn another_address_in_another_tab_is_told_of_the_one_that_waits() {
    let (_app, mut person) = signed_in().await;
    let flow = person.flow().await;
    person.press("begin", &flow, &[("contact", NEW)]).await;
    let told = person.press("begin", &flow, &[("contact", "other@example.org")]).await;
    assert_eq!(told["AwaitCode"]["notice"], "AnotherPending");
    assert_eq!(person.ledger("begins").await.len(), 1);
}

#[rstest]
#[case::the_service_acted("reset_after", "Done")]
#[case::the_service_did_not_act("reset_before", "Restart")]
#[tokio::test]
async fn a_lost_answer_to_a_code_is_settled_by_reading_the_account(#[case] fault: &str, #[case] state: &str) {
    let (_app, mut person) = signed_in().await;
    let flow = person.begin().await;
    person.fault(json!({ "call": "finish", "fault": fault })).await;
    let code = person.code().await;
    let answer = person.press("finish", &flow, &[("code", &code)]).await;
    id(&answer, state);
    assert_eq!(person.ledger("finishes").await.len(), 1, "nothing is sent again by itself");
}

#[tokio::test]
async fn whoever_hangs_up_while_the_code_is_checked_finds_the_outcome_on_the_next_visit() {
    let (_app, mut person) = signed_in().await;
    let flow = person.begin().await;
    person.fault(json!({ "call": "finish", "fault": "slow", "milliseconds": 3000 })).await;
    let code = person.code().await;
    let fields = [("code", code.as_str())];
    {
        let mut press = Box::pin(person.press("finish", &flow, &fields));
        // The call is on its way once the service has it; then the browser goes.
        while person.ledger("finishes").await.is_empty() {
            tokio::select! {
                answer = &mut press => panic!("answered too soon: {answer}"),
                () = tokio::time::sleep(std::time::Duration::from_millis(10)) => {}
            }
        }
    }
    let answer = person.press("finish", &flow, &fields).await;
    id(&answer, "Done");
    assert_eq!(person.ledger("finishes").await.len(), 1);
}

#[tokio::test]
async fn what_cannot_be_a_code_is_not_sent_and_the_code_still_works() {
    let (_app, mut person) = signed_in().await;
    let flow = person.begin().await;
    for malformed in ["", "12345", "1234567", "abc"] {
        let told = person.press("finish", &flow, &[("code", malformed)]).await;
        assert!(told["AwaitCode"]["notice"]["Malformed"] != Value::Null, "{told}");
    }
    assert_eq!(person.ledger("finishes").await.len(), 0);
    let code = person.code().await;
    id(&person.press("finish", &flow, &[("code", &code)]).await, "Done");
}

#[tokio::test]
async fn an_address_of_the_list_that_is_not_verified_yet_can_be_verified_from_there() {
    const LISTED: &str = "carol.carter@example.com";
    let (app, mut carol) = signed_in().await;
    carol.browser.cookies.clear();
    let callback = carol.browser.pick(&app, "/sign-in", CAROL).await;
    carol.browser.get(&callback).await;
    let flow = carol.begin().await;
    let wrong = wrong(&carol.code().await);
    let restart = id(&carol.press("finish", &flow, &[("code", &wrong)]).await, "Restart");
    // The form of the list belongs to the state as it is now, even when that is the end of an earlier attempt.
    let page = carol.page("/").await.1;
    let form =
        page.split("<form").find(|form| form.contains(&format!("value=\"{LISTED}\""))).expect("a form");
    assert!(form.contains("Verify now") && form.contains(&restart), "{form}");
    let flow = id(&carol.press("begin", &restart, &[("contact", LISTED)]).await, "AwaitCode");
    let code = carol.code_at(LISTED).await;
    let done = carol.press("finish", &flow, &[("code", &code)]).await;
    assert_eq!(done["Done"]["contacts"]["emails"][1], json!({ "value": LISTED, "verified": true }), "{done}");
}

#[tokio::test]
async fn a_page_that_was_out_of_sight_learns_where_the_change_stands() {
    let (_app, mut person) = signed_in().await;
    let flow = person.begin().await;
    let newer = id(&person.press("resend", &flow, &[]).await, "AwaitCode");
    assert_eq!(id(&person.look().await, "AwaitCode"), newer);
    assert_eq!(person.ledger("begins").await.len(), 2, "looking sends nothing");
}

#[tokio::test]
async fn what_changes_something_does_not_answer_to_a_link() {
    let (_app, mut person) = signed_in().await;
    let flow = person.begin().await;
    let url = format!("{}/api/cancel?kind=email&flow={flow}", person.node);
    assert!(!person.browser.get(&url).await.status().is_success());
    assert_eq!(person.flow().await, flow, "the change still waits");
}

#[tokio::test]
async fn the_same_address_with_other_choices_is_not_the_same_press() {
    let (_app, mut person) = signed_in().await;
    let flow = person.flow().await;
    person.press("begin", &flow, &[("contact", NEW), ("replace_all", "true")]).await;
    let told = person.press("begin", &flow, &[("contact", NEW)]).await;
    assert_eq!(told["AwaitCode"]["notice"], "AnotherPending");
    assert_eq!(person.ledger("begins").await.len(), 1);
}

#[tokio::test]
async fn a_page_made_for_somebody_else_does_nothing_for_whoever_is_signed_in_now() {
    let (_app, person) = signed_in().await;
    let told = person.press("begin", "0123456789abcdef0123456789abcdef", &[("contact", NEW)]).await;
    assert_eq!(told["Enter"]["refusal"], "OlderForm");
    assert_eq!(told["Enter"]["typed"], NEW);
    assert_eq!(person.ledger("begins").await.len(), 0);
    let flow = id(&told, "Enter");
    id(&person.press("begin", &flow, &[("contact", NEW)]).await, "AwaitCode");
}

#[tokio::test]
async fn when_too_many_calls_are_under_way_nothing_is_sent_and_the_person_can_try_again() {
    let sandbox = sandbox().await;
    let few = [("SERVICE__CONCURRENT_CALLS", "1"), ("SERVICE__CONCURRENT_WAIT", "50ms")];
    let app = app_with(&issuer(&sandbox), &few).await;
    let mut person = Person::signed_in(sandbox, &app).await;
    let flow = person.flow().await;
    person.fault(json!({"call": "user", "fault": "hang"})).await;
    let page = person.browser.request(Method::GET, &person.node);
    let waiting = tokio::spawn(page.send());
    while person
        .read("/calls.json")
        .await
        .as_array()
        .expect("calls")
        .iter()
        .all(|call| call["fault"].is_null())
    {
        tokio::task::yield_now().await;
    }
    let told = person.press("begin", &flow, &[("contact", NEW)]).await;
    assert!(told["Enter"]["refusal"]["Unavailable"].is_object(), "{told}");
    assert_eq!(person.ledger("begins").await.len(), 0);

    waiting.abort();
    person.fault(json!({"call": "user", "fault": "slow", "milliseconds": 0})).await;
    let flow = person.flow().await;
    id(&person.press("begin", &flow, &[("contact", NEW)]).await, "AwaitCode");
}
