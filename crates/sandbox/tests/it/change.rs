//! Changing a contact: one entry of a code, and what becomes of the list.

use crate::support::{ALICE, BOB, CAROL, Sandbox, addresses};
use rstest::rstest;
use sandbox::{Dialect, Settings};
use serde_json::{Value, json};

/// Six digits that are not the code.
fn another(code: &str) -> &'static str {
    if code == "111111" { "222222" } else { "111111" }
}

#[tokio::test]
async fn the_right_code_verifies_the_new_address_and_the_answer_is_the_user() {
    let sandbox = Sandbox::new().await;
    let token = sandbox.begun(ALICE, json!({ "email": "new@example.org" })).await;
    let answer = sandbox.finish(ALICE, &token, &sandbox.code("new@example.org").await).await;
    assert_eq!(answer.status(), 200);
    let user: Value = answer.json().await.unwrap();
    assert_eq!(user, sandbox.user(ALICE).await);
    assert_eq!(
        user["emails"][1],
        json!({ "address": "new@example.org", "name": null, "verified": true, "tags": [] })
    );
    assert_ne!(user["meta"]["lastModified"], user["meta"]["created"]);
}

#[tokio::test]
async fn a_code_can_be_entered_only_once() {
    let sandbox = Sandbox::new().await;
    let token = sandbox.begun(ALICE, json!({ "email": "new@example.org" })).await;
    let code = sandbox.code("new@example.org").await;
    assert_eq!(sandbox.finish(ALICE, &token, another(&code)).await.status(), 400);
    assert_eq!(sandbox.finish(ALICE, &token, &code).await.status(), 404);
    assert_eq!(addresses(&sandbox.user(ALICE).await), ["alice@example.org"]);
    let outcomes: Vec<Value> =
        sandbox.ledger("finishes").await.iter().map(|entry| entry["outcome"].clone()).collect();
    assert_eq!(outcomes, ["wrong_code", "used"]);
}

#[tokio::test]
async fn of_two_entries_at_once_only_one_counts() {
    let sandbox = Sandbox::new().await;
    let token = sandbox.begun(ALICE, json!({ "email": "new@example.org" })).await;
    let code = sandbox.code("new@example.org").await;
    let (one, other) =
        tokio::join!(sandbox.finish(ALICE, &token, &code), sandbox.finish(ALICE, &token, &code));
    let mut statuses = [one.status().as_u16(), other.status().as_u16()];
    statuses.sort_unstable();
    assert_eq!(statuses, [200, 404]);
    assert_eq!(sandbox.ledger("changes").await.len(), 1);
}

#[tokio::test]
async fn a_code_runs_out() {
    let sandbox = Sandbox::new().await;
    let token = sandbox.begun(ALICE, json!({ "email": "new@example.org" })).await;
    let code = sandbox.code("new@example.org").await;
    sandbox.control("clock", json!({ "advanceSeconds": 600 })).await;
    assert_eq!(sandbox.finish(ALICE, &token, &code).await.status(), 410);
    assert_eq!(sandbox.ledger("finishes").await[0]["outcome"], "expired");
}

#[tokio::test]
async fn a_newer_code_of_the_same_kind_supersedes_the_older_one() {
    let sandbox = Sandbox::new().await;
    let older = sandbox.begun(ALICE, json!({ "email": "first@example.org" })).await;
    let number = sandbox.begun(ALICE, json!({ "mobile": "+447700900999" })).await;
    let newer = sandbox.begun(ALICE, json!({ "email": "second@example.org" })).await;
    let code = sandbox.code("first@example.org").await;
    assert_eq!(sandbox.finish(ALICE, &older, &code).await.status(), 410);
    let code = sandbox.code("second@example.org").await;
    assert_eq!(sandbox.finish(ALICE, &newer, &code).await.status(), 200);
    let code = sandbox.code("+447700900999").await;
    assert_eq!(sandbox.finish(ALICE, &number, &code).await.status(), 200, "a number is of another kind");
}

#[tokio::test]
async fn the_verification_of_another_user_is_unknown_and_stays_usable() {
    let sandbox = Sandbox::new().await;
    let token = sandbox.begun(ALICE, json!({ "email": "new@example.org" })).await;
    let code = sandbox.code("new@example.org").await;
    assert_eq!(sandbox.finish(BOB, &token, &code).await.status(), 404);
    assert_eq!(sandbox.finish(ALICE, &token, &code).await.status(), 200);
}

#[tokio::test]
async fn that_another_account_has_the_contact_is_told_only_after_the_right_code() {
    let sandbox = Sandbox::new().await;
    let token = sandbox.begun(ALICE, json!({ "email": "bob@example.org" })).await;
    let code = sandbox.code("bob@example.org").await;
    assert_eq!(sandbox.finish(ALICE, &token, &code).await.status(), 409);
    assert_eq!(sandbox.ledger("finishes").await[0]["outcome"], "taken");
    assert_eq!(addresses(&sandbox.user(ALICE).await), ["alice@example.org"]);
}

#[tokio::test]
async fn a_contact_that_is_mine_already_is_refused_in_any_case_of_letters() {
    let sandbox = Sandbox::new().await;
    let answer = sandbox.begin(ALICE, json!({ "email": "Alice@Example.org" })).await;
    assert_eq!(answer.status(), 409);
    assert_eq!(sandbox.json("/outbox.json").await, json!([]));
}

#[rstest]
#[case::neither(json!({}), &["bob@example.org", "bob.baker@example.com", "bob@example.net", "baker.family@example.org", "new@example.org"])]
#[case::primary(json!({ "primary": true }), &["new@example.org", "bob@example.org", "bob.baker@example.com", "bob@example.net", "baker.family@example.org"])]
#[case::replace(json!({ "replaceAll": true }), &["new@example.org"])]
#[case::both(json!({ "primary": true, "replaceAll": true }), &["new@example.org"])]
#[tokio::test]
async fn the_choices_say_what_becomes_of_the_list(#[case] mut body: Value, #[case] after: &[&str]) {
    let sandbox = Sandbox::new().await;
    body["email"] = "new@example.org".into();
    let token = sandbox.begun(BOB, body).await;
    sandbox.finish(BOB, &token, &sandbox.code("new@example.org").await).await;
    let user = sandbox.user(BOB).await;
    assert_eq!(addresses(&user), after);
    assert_eq!(user["mobiles"].as_array().unwrap().len(), 3, "numbers are another kind");
    let change = &sandbox.ledger("changes").await[0];
    assert_eq!(change["after"], json!(after));
    assert_eq!(change["before"].as_array().unwrap().len(), 4);
}

#[rstest]
#[case::in_place(json!({}), &["carol@example.org", "carol.carter@example.com"])]
#[case::to_the_front(json!({ "primary": true }), &["carol.carter@example.com", "carol@example.org"])]
#[tokio::test]
async fn an_address_that_is_listed_unverified_becomes_verified(
    #[case] mut body: Value,
    #[case] after: &[&str],
) {
    let sandbox = Sandbox::new().await;
    body["email"] = "carol.carter@example.com".into();
    let token = sandbox.begun(CAROL, body).await;
    sandbox.finish(CAROL, &token, &sandbox.code("carol.carter@example.com").await).await;
    let user = sandbox.user(CAROL).await;
    assert_eq!(addresses(&user), after);
    assert!(user["emails"].as_array().unwrap().iter().all(|one| one["verified"] == true));
}

#[rstest]
#[case::none(json!({}))]
#[case::both(json!({ "email": "new@example.org", "mobile": "+447700900999" }))]
#[case::no_at(json!({ "email": "new.example.org" }))]
#[case::no_domain(json!({ "email": "new@localhost" }))]
#[case::a_space(json!({ "email": "new one@example.org" }))]
#[case::a_line_break(json!({ "email": "new@example.org\nbcc: all@example.org" }))]
#[case::two_of_them(json!({ "email": "a@example.org,b@example.org" }))]
#[case::too_long(json!({ "email": format!("{}@example.org", "x".repeat(250)) }))]
#[case::a_national_number(json!({ "mobile": "07700900999" }))]
#[case::a_number_with_spaces(json!({ "mobile": "+44 7700 900999" }))]
#[case::a_short_number(json!({ "mobile": "+44123" }))]
#[case::a_long_number(json!({ "mobile": "+4477009009990000" }))]
#[case::a_number_from_nowhere(json!({ "mobile": "+0700900999" }))]
#[case::other_digits(json!({ "mobile": "+٤٤٧٧٠٠٩٠٠٩٩٩" }))]
#[tokio::test]
async fn what_cannot_be_a_contact_is_refused_and_nothing_is_sent(#[case] body: Value) {
    let sandbox = Sandbox::new().await;
    let answer = sandbox.begin(ALICE, body).await;
    assert_eq!(answer.status(), 400);
    assert_eq!(answer.json::<Value>().await.unwrap()["statusCode"], 400);
    assert_eq!(sandbox.ledger("begins").await[0]["outcome"], "invalid");
    assert_eq!(sandbox.json("/outbox.json").await, json!([]));
}

#[tokio::test]
async fn begin_can_be_set_to_say_for_how_long_in_place_of_until_when() {
    let dialect = Dialect::parse("lifetime = \"in\"").unwrap();
    let sandbox = Sandbox::with(Settings { dialect, ..Settings::default() }).await;
    let answer = sandbox.begin(ALICE, json!({ "email": "new@example.org" })).await;
    let answer: Value = answer.json().await.unwrap();
    assert_eq!(answer["expiresIn"], 600);
    assert!(answer.get("expiresAt").is_none());
}

#[tokio::test]
async fn begin_says_until_when_by_the_sandboxs_own_clock() {
    let sandbox = Sandbox::new().await;
    sandbox.control("clock", json!({ "advanceSeconds": 86_400 })).await;
    let answer = sandbox.begin(ALICE, json!({ "email": "new@example.org" })).await;
    let date = answer.headers()["date"].to_str().unwrap().to_owned();
    let answer: Value = answer.json().await.unwrap();
    let until: jiff::Timestamp = answer["expiresAt"].as_str().unwrap().parse().unwrap();
    let date = jiff::fmt::rfc2822::parse(&date).unwrap().timestamp();
    assert!((0..=600).contains(&(until.as_second() - date.as_second())), "{date} {until}");
    assert!(date > jiff::Timestamp::now() + jiff::SignedDuration::from_hours(23));
}
