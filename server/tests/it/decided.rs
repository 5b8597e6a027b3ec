//! What the operator decided about a contact is said before anything is sent, and is what the service is asked for.

use rstest::rstest;
use serde_json::json;

use crate::{
    person::{NEW, Person, id},
    support::{App, Browser, app_with, between, issuer, sandbox},
};

/// Somebody whose second address and only number are not verified.
pub(crate) const CAROL: &str = "5a0000000000000000000003";

/// Carol, where the operator decided both choices in one way.
async fn carol(decided: &str) -> (App, Person) {
    carol_with(&[("POLICY__PRIMARY", decided), ("POLICY__REPLACE_ALL", decided)]).await
}

async fn carol_with(settings: &[(&str, &str)]) -> (App, Person) {
    let sandbox = sandbox().await;
    let app = app_with(&issuer(&sandbox), settings).await;
    let mut carol = Person { sandbox, node: app.url.clone(), browser: Browser::new() };
    let callback = carol.browser.pick(&app, "/sign-in", CAROL).await;
    carol.browser.get(&callback).await;
    (app, carol)
}

/// What the first call of *begin* asked for.
async fn asked(carol: &Person) -> [serde_json::Value; 2] {
    let begins = carol.ledger("begins").await;
    ["primary", "replaceAll"].map(|choice| begins[0][choice].clone())
}

#[rstest]
#[case::always("always", true)]
#[case::never("never", false)]
#[tokio::test]
async fn a_new_address_is_asked_for_as_the_operator_decided_and_the_page_says_what_follows(
    #[case] decided: &str,
    #[case] is_so: bool,
) {
    let (_app, mut carol) = carol(decided).await;
    let (_, page) = carol.page("/email").await;
    let told = "Once verified, it becomes your primary email address. This removes: carol@example.org, carol.carter@example.com";
    assert_eq!(page.contains(told), is_so, "{page}");
    assert!(!page.contains("checkbox"), "{page}");
    // A box that is not on the page decides nothing.
    let flow = carol.flow().await;
    let ticked = [("contact", NEW), ("primary", "true"), ("replace_all", "true")];
    carol.press("begin", &flow, if is_so { &ticked[..1] } else { &ticked }).await;
    assert_eq!(asked(&carol).await, [json!(is_so), json!(is_so)]);
}

#[rstest]
#[case::always("always", true)]
#[case::never("never", false)]
#[tokio::test]
async fn beside_the_button_of_a_listed_contact_stands_what_follows_from_it(
    #[case] decided: &str,
    #[case] is_so: bool,
) {
    let (_app, mut carol) = carol(decided).await;
    let (_, page) = carol.page("/").await;
    assert_eq!(page.matches(">Verify now<").count(), 2, "{page}");
    // Of two addresses the other one goes; there is no other number.
    let told = ">Once verified, it becomes your primary email address. This removes: carol@example.org<";
    assert_eq!(page.contains(told), is_so, "{page}");
    assert_eq!(page.contains(">Once verified, it becomes your primary mobile number.<"), is_so, "{page}");
    let flow = carol.flow().await;
    carol.press("begin", &flow, &[("contact", "carol.carter@example.com")]).await;
    assert_eq!(asked(&carol).await, [json!(is_so), json!(is_so)]);
}

/// Somebody is led through the sign-in, and finds what they asked for in the field.
#[tokio::test]
async fn a_listed_contact_that_is_about_to_be_verified_is_not_called_one_that_is_removed() {
    let (_app, mut carol) =
        carol_with(&[("POLICY__REPLACE_ALL", "always"), ("SESSION__FRESH_FOR", "1ms")]).await;
    let (_, page) = carol.page("/email").await;
    assert!(page.contains("This removes: carol@example.org, carol.carter@example.com"), "{page}");
    let flow = carol.flow().await;
    let verify = carol.request("begin", &flow, &[("contact", "Carol.Carter@example.com")]);
    assert!(verify.send().await.expect("an answer").status().is_success());
    let (_, page) = carol.page("/email").await;
    assert!(page.contains("value=\"Carol.Carter@example.com\""), "{page}");
    assert!(page.contains("Any other email addresses will be removed."), "{page}");
    assert!(!page.contains("This removes"), "{page}");
}

#[tokio::test]
async fn who_holds_no_number_is_not_asked_what_only_a_second_one_leaves_open() {
    let sandbox = sandbox().await;
    let app = app_with(&issuer(&sandbox), &[]).await;
    let mut alice = Person::signed_in(sandbox, &app).await;
    assert!(!alice.page("/mobile").await.1.contains("checkbox"));
    let (_, page) = alice.page("/email").await;
    assert_eq!(page.matches("checkbox").count(), 2, "she has an address: {page}");
    assert!(page.contains(">It is added to your account. What else do you want to do?<"), "{page}");
    alice.fault(json!({ "call": "user", "fault": "status", "status": 500 })).await;
    let (_, page) = alice.page("/mobile").await;
    assert_eq!(page.matches("checkbox").count(), 2, "nobody knows whether she has one: {page}");
    assert!(page.contains(">Any other mobile numbers will be removed.<"), "{page}");
}

#[tokio::test]
async fn a_contact_of_which_there_is_none_yet_is_added() {
    let sandbox = sandbox().await;
    let app = app_with(&issuer(&sandbox), &[]).await;
    let mut alice = Person::signed_in(sandbox, &app).await;
    let (_, page) = alice.page("/").await;
    assert!(page.contains(">Add mobile number<") && page.contains(">Change email address<"), "{page}");
}

#[rstest]
#[case::nothing(&[], "")]
#[case::primary(&[("primary", "true")], "Once verified, it becomes your primary email address.")]
#[case::replace_all(&[("replace_all", "true")], "Any other email addresses will be removed.")]
#[tokio::test]
async fn what_follows_is_said_again_where_the_code_is_entered(
    #[case] ticked: &[(&str, &str)],
    #[case] told: &str,
) {
    let sandbox = sandbox().await;
    let app = app_with(&issuer(&sandbox), &[]).await;
    let mut alice = Person::signed_in(sandbox, &app).await;
    let flow = alice.flow().await;
    let state = alice.press("begin", &flow, &[&[("contact", NEW)], ticked].concat()).await;
    let beside_the_code = |page: &str| between(page, "<span role=\"status\">", "</span>").replace("<!>", "");
    assert_eq!(beside_the_code(&alice.page("/email").await.1), told);
    alice.press("resend", &id(&state, "AwaitCode"), &[]).await;
    let told_again = format!("{told} This is a new code. Earlier codes no longer work.");
    assert_eq!(beside_the_code(&alice.page("/email").await.1), told_again.trim_start());
}

#[tokio::test]
async fn what_follows_is_said_even_when_the_account_cannot_be_read() {
    let (_app, mut carol) = carol("always").await;
    carol.fault(json!({"call": "user", "fault": "status", "status": 500})).await;
    let (_, page) = carol.page("/email").await;
    let told =
        "Once verified, it becomes your primary email address. Any other email addresses will be removed.";
    assert!(page.contains(told), "{page}");
}
