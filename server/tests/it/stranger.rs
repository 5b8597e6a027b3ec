//! Somebody else who is signed in tries what belongs to another person: nothing changes, and nothing is told.

use reqwest::StatusCode;
use rstest::rstest;
use serde_json::Value;

use crate::{
    person::{NEW, Person, id},
    support::{App, Browser, app, issuer, sandbox, start},
};

const BOB: &str = "5a0000000000000000000002";

/// Where Alice stands when Bob comes.
#[derive(Clone, Copy, Debug)]
enum Stand {
    BeforeTheCode,
    WaitingForTheCode,
    AfterAWrongCode,
    Done,
}

/// Alice, the id of the state she is in, and the newest code if one was sent; and Bob's browser.
async fn town(stand: Stand) -> (App, Person, String, Browser) {
    let sandbox = sandbox().await;
    let app = app(&issuer(&sandbox)).await;
    let mut alice = Person::signed_in(sandbox, &app).await;
    let flow = match stand {
        Stand::BeforeTheCode => alice.flow().await,
        Stand::WaitingForTheCode => alice.begin().await,
        Stand::AfterAWrongCode | Stand::Done => {
            let flow = alice.begin().await;
            let right = alice.code().await;
            let is_done = matches!(stand, Stand::Done);
            let code = if is_done { right } else { crate::person::wrong(&right) };
            let state = alice.press("finish", &flow, &[("code", &code)]).await;
            id(&state, if is_done { "Done" } else { "Restart" })
        }
    };
    let mut bob = Browser::new();
    let callback = bob.pick(&app, "/sign-in", BOB).await;
    assert_eq!(bob.get(&callback).await.status(), StatusCode::SEE_OTHER);
    (app, alice, flow, bob)
}

#[rstest]
#[tokio::test]
async fn no_form_of_another_person_acts_and_none_tells_anything(
    #[values(Stand::BeforeTheCode, Stand::WaitingForTheCode, Stand::AfterAWrongCode, Stand::Done)]
    stand: Stand,
) {
    let (app, mut alice, flow, mut bob) = town(stand).await;
    let before = alice.look().await;
    let ledger = alice.read("/ledger.json").await;
    let code = match stand {
        Stand::BeforeTheCode => "123456".to_owned(),
        _ => alice.code().await,
    };
    for function in ["begin", "finish", "resend", "edit", "cancel"] {
        let fields = [("kind", "email"), ("flow", &flow), ("contact", "robert@example.net"), ("code", &code)];
        let answer = bob
            .request(reqwest::Method::POST, &format!("{}/api/{function}", app.url))
            .header("sec-fetch-site", "same-origin")
            .header("accept", "application/json")
            .form(&fields)
            .send()
            .await
            .expect("an answer");
        let answer = answer.text().await.expect("a text");
        assert!(!answer.contains(NEW) && !answer.contains("alice"), "{function}: {answer}");
        let without_script = bob.post(&app, &format!("/api/{function}"), "/email", &fields).await;
        assert_eq!(without_script.status(), StatusCode::SEE_OTHER, "{function}");
    }
    for path in ["/".to_owned(), "/email".to_owned(), format!("/email?done={flow}")] {
        let page = bob.get(&format!("{}{path}", app.url)).await.text().await.expect("a page");
        assert!(!page.contains(NEW) && !page.contains("alice"), "{path}: {page}");
    }
    assert_eq!(alice.look().await, before, "her change is where it was");
    assert_eq!(alice.read("/ledger.json").await, ledger, "and nothing reached the service");
}

#[tokio::test]
async fn a_session_says_by_itself_who_it_is_and_no_form_can_say_otherwise() {
    let (app, alice, _, mut bob) = town(Stand::BeforeTheCode).await;
    let page = bob.get(&format!("{}/email", app.url)).await.text().await.expect("a page");
    let flow = crate::support::between(&page, "name=\"flow\" value=\"", "\"").to_owned();
    let alice_id = crate::support::ALICE;
    let fields = [
        ("kind", "email"),
        ("flow", flow.as_str()),
        ("contact", "robert@example.net"),
        ("user", alice_id),
        ("userId", alice_id),
        ("sub", alice_id),
        ("subject", alice_id),
    ];
    bob.post(&app, "/api/begin", &format!("/email?userId={alice_id}"), &fields).await;
    let begins = alice.ledger("begins").await;
    let users: Vec<&Value> = begins.iter().map(|begin| &begin["user"]).collect();
    assert_eq!(users, [BOB]);
}

#[tokio::test]
async fn the_way_back_from_the_provider_counts_only_in_the_browser_that_left() {
    let sandbox = sandbox().await;
    let app = app(&issuer(&sandbox)).await;
    let (mut alice, mut bob) = (Browser::new(), Browser::new());
    let callback_of_alice = alice.pick(&app, "/sign-in", crate::support::ALICE).await;
    let callback_of_bob = bob.pick(&app, "/sign-in", BOB).await;
    // Whoever is made to follow it is not signed in as somebody else.
    assert_eq!(bob.get(&callback_of_alice).await.status(), StatusCode::BAD_REQUEST);
    assert!(!bob.cookies.contains_key("session"));
    assert_eq!(bob.get(&callback_of_bob).await.status(), StatusCode::SEE_OTHER);
}

#[tokio::test]
async fn no_other_host_of_the_domain_can_plant_a_sign_in_of_its_own() {
    let sandbox = sandbox().await;
    let app = start(&issuer(&sandbox), "https", []).await;
    let mut mallory = Browser::new();
    let callback_of_mallory = mallory.pick(&app, "/sign-in", BOB).await;
    // Browsers take a cookie for the whole domain from any host of it, but not one that is named so.
    let planted = mallory.cookies.iter().map(|(name, value)| (name.replace("__Host-", "__Secure-"), value));
    let mut alice = Browser::new();
    alice.cookies = planted.map(|(name, value)| (name, value.clone())).collect();
    assert_eq!(alice.get(&callback_of_mallory).await.status(), StatusCode::BAD_REQUEST);
    assert!(!alice.cookies.contains_key("__Host-session"));
    assert_eq!(mallory.get(&callback_of_mallory).await.status(), StatusCode::SEE_OTHER);
}
