//! Whoever proved who they are too long ago does so again before a contact is changed.

use reqwest::{Method, StatusCode};
use rstest::rstest;
use serde_json::{Value, json};
use url::Url;

use crate::{
    liar::{Liar, Lie, Signed, now},
    person::{NEW, Person, id},
    redis_server::RedisServer,
    support::{ALICE, App, Browser, app, app_with, between, issuer, location, sandbox},
};

const SECRET: &str = "MDEyMzQ1Njc4OTAxMjM0NTY3ODkwMTIzNDU2Nzg5MDE=";
const STEP_UP: &str = "/sign-in?step_up=true&return_to=%2Femail";

/// Somebody whose every sign-in is too old at once, unless the provider's clock is ahead.
async fn stale() -> (App, Person) {
    let sandbox = sandbox().await;
    let app = app_with(&issuer(&sandbox), &[("SESSION__FRESH_FOR", "1ms")]).await;
    let person = Person::signed_in(sandbox, &app).await;
    (app, person)
}

async fn advance(person: &Person, seconds: u32) {
    let url = format!("{}/control/clock", issuer(&person.sandbox));
    let request = reqwest::Client::new().post(url).json(&json!({ "advanceSeconds": seconds }));
    assert!(request.send().await.expect("an answer").status().is_success());
}

fn parameter(address: &str, name: &str) -> String {
    let url = Url::parse(address).expect("an address");
    let found = url.query_pairs().find(|(given, _)| given == name);
    found.unwrap_or_else(|| panic!("{name} in {address}")).1.into_owned()
}

#[tokio::test]
async fn a_code_is_sent_only_after_a_fresh_sign_in_and_what_was_typed_is_still_there() {
    let (app, mut person) = stale().await;
    let (_, page) = person.page("/email").await;
    assert!(page.contains(">You will be asked to sign in again before the code is sent.<"), "{page}");
    let flow = person.flow().await;
    let fields = [("contact", NEW), ("primary", "true")];
    let answer = person.request("begin", &flow, &fields).send().await.expect("an answer");
    let answer: Value = answer.json().await.expect("JSON");
    assert_eq!(answer, json!({ "Leave": STEP_UP }));
    assert_eq!(person.calls("begins").await, 0, "nothing was sent");

    let session = person.browser.cookies["session"].clone();
    advance(&person, 25).await;
    let callback = person.browser.pick(&app, STEP_UP, ALICE).await;
    assert_eq!(location(&person.browser.get(&callback).await), "/email");
    assert_ne!(person.browser.cookies["session"], session, "the session has a new id");
    let (_, page) = person.page("/email").await;
    assert!(page.contains(&format!("value=\"{NEW}\"")), "{page}");
    let box_of_primary = between(&page, "name=\"primary\"", ">");
    assert!(box_of_primary.contains("checked"), "{box_of_primary}");
    assert!(page.contains(">You have signed in again. Press the button to send the code.<"), "{page}");
    assert!(!page.contains("sign in again before you change this"), "{page}");

    let state = person.press("begin", &flow, &fields).await;
    id(&state, "AwaitCode");
    assert_eq!(person.calls("begins").await, 1);
}

#[tokio::test]
async fn without_script_the_browser_is_led_there_and_whoever_comes_back_without_is_told() {
    let (app, mut person) = stale().await;
    let flow = person.flow().await;
    let form = [("kind", "email"), ("flow", flow.as_str()), ("contact", NEW)];
    let answer = person.browser.post(&app, "/api/begin", "/email", &form).await;
    assert_eq!((answer.status(), location(&answer).as_str()), (StatusCode::SEE_OTHER, STEP_UP));
    let (_, page) = person.page("/email").await;
    assert!(page.contains("sign in again before you change this"), "{page}");
    assert!(!page.contains("You will be asked"), "it is not said twice: {page}");
    assert!(page.contains(&format!("value=\"{NEW}\"")), "{page}");
}

#[tokio::test]
async fn the_provider_is_told_to_ask_and_whom() {
    let (app, mut person) = stale().await;
    let departure = location(&person.browser.get(&format!("{}{STEP_UP}", app.url)).await);
    assert_eq!(parameter(&departure, "prompt"), "login");
    assert_eq!(parameter(&departure, "login_hint"), ALICE);
    let claims: Value = serde_json::from_str(&parameter(&departure, "claims")).expect("JSON");
    let proven = json!({ "auth_time": { "essential": true } });
    assert_eq!(claims, json!({ "id_token": proven, "userinfo": { "sub": { "value": ALICE } } }));
    let plain = location(&person.browser.get(&format!("{}/sign-in", app.url)).await);
    assert!(!plain.contains("prompt="), "{plain}");
    let claims: Value = serde_json::from_str(&parameter(&plain, "claims")).expect("JSON");
    assert_eq!(claims, json!({ "id_token": proven }), "when they proved it is always asked for");
}

#[tokio::test]
async fn whoever_is_not_signed_in_just_signs_in() {
    let sandbox = sandbox().await;
    let app = app(&issuer(&sandbox)).await;
    let mut browser = Browser::new();
    let callback = browser.pick(&app, STEP_UP, ALICE).await;
    assert_eq!(location(&browser.get(&callback).await), "/email");
}

#[tokio::test]
async fn a_new_code_for_the_same_contact_asks_for_no_other_sign_in() {
    let sandbox = sandbox().await;
    let redis = RedisServer::start();
    let url = redis.url();
    let settings = [("STORE__KIND", "redis"), ("STORE__URL", url.as_str()), ("SESSION__SECRET", SECRET)];
    let app = app_with(&issuer(&sandbox), &settings).await;
    // As seen from here, every sign-in was long ago.
    let later =
        app_with(&issuer(&sandbox), &[&settings[..], &[("SESSION__FRESH_FOR", "1ms")]].concat()).await;
    let mut person = Person::signed_in(sandbox, &app).await;
    let flow = person.begin().await;
    person.go_to(&later);
    id(&person.press("resend", &flow, &[]).await, "AwaitCode");
    assert_eq!(person.calls("begins").await, 2);
}

#[rstest]
#[case::the_same_person_now(Lie::Honest, 303)]
#[case::somebody_else(Lie::Claim("sub", json!("5a0000000000000000000002")), 403)]
#[case::the_person_as_they_signed_in_an_hour_ago(Lie::Claim("auth_time", json!(now() - 3600)), 502)]
#[case::the_person_at_nobody_knows_what_time(Lie::Without("auth_time"), 502)]
#[tokio::test]
async fn an_answer_counts_only_if_it_is_of_the_same_person_and_of_now(#[case] lie: Lie, #[case] status: u16) {
    let liar = Liar::start().await;
    let app = app(&liar.issuer).await;
    let mut browser = Browser::new();
    assert_eq!(liar.sign_in(&app, &mut browser, Signed::Well, Lie::Honest).await, 303);
    let session = browser.cookies["session"].clone();
    assert_eq!(liar.sign_in_at(&app, STEP_UP, &mut browser, Signed::Well, lie).await.status(), status);
    assert_eq!(
        browser.cookies["session"] == session,
        status != 303,
        "the session is another one only if it counts"
    );
    let page = browser.send(browser.request(Method::GET, &format!("{}/sign-in", app.url))).await;
    assert_eq!(page.status(), 303, "there is a way on");
}

#[tokio::test]
async fn a_sign_in_at_a_time_that_the_provider_does_not_tell_is_no_proof() {
    let (liar, sandbox) = (Liar::start().await, sandbox().await);
    let service = issuer(&sandbox);
    let settings = [("SERVICE__BASE_URL", service.as_str())];
    let app = app_with(&liar.issuer, &settings).await;
    let mut person = Person { sandbox, node: app.url.clone(), browser: Browser::new() };
    let without = || Lie::Without("auth_time");
    assert_eq!(liar.sign_in(&app, &mut person.browser, Signed::Well, without()).await, 303);
    let flow = person.flow().await;
    let answer = person.request("begin", &flow, &[("contact", NEW)]).send().await.expect("an answer");
    assert_eq!(answer.json::<Value>().await.expect("JSON"), json!({ "Leave": STEP_UP }));
    assert_eq!(person.calls("begins").await, 0, "nothing was sent");

    // An operator whose provider never tells it can have it believed, once it was told to ask.
    let settings = [&settings[..], &[("PROVIDER__WITHOUT_AUTH_TIME", "true")]].concat();
    let app = app_with(&liar.issuer, &settings).await;
    person.go_to(&app);
    assert_eq!(liar.sign_in(&app, &mut person.browser, Signed::Well, without()).await, 303);
    let flow = person.flow().await;
    let answer = person.request("begin", &flow, &[("contact", NEW)]).send().await.expect("an answer");
    assert_eq!(answer.json::<Value>().await.expect("JSON"), json!({ "Leave": STEP_UP }));
    let back = liar.sign_in_at(&app, STEP_UP, &mut person.browser, Signed::Well, without()).await;
    assert_eq!(back.status(), StatusCode::SEE_OTHER);
    id(&person.press("begin", &flow, &[("contact", NEW)]).await, "AwaitCode");
    assert_eq!(person.calls("begins").await, 1);
}
