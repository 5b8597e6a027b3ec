//! While the store is down nothing is sent, everybody is told so, and all goes on when it is back.

use reqwest::{Method, StatusCode};
use rstest::rstest;
use serde_json::{Value, json};

use crate::{
    moving_address::MovingAddress,
    nodes::{borrowed, shared},
    person::{NEW, Person, id},
    redis_server::RedisServer,
    start::{APPLICATIONS, WISH, arrive, code, post, read, told},
    support::{App, Browser, app_with, header, issuer, location, sandbox},
};

async fn signed_in() -> (RedisServer, App, Person) {
    let (sandbox, redis) = (sandbox().await, RedisServer::durable());
    let app = app_with(&issuer(&sandbox), &borrowed(&shared(&redis))).await;
    let person = Person::signed_in(sandbox, &app).await;
    (redis, app, person)
}

async fn readiness(app: &App) -> (u16, String) {
    let answer = reqwest::get(format!("{}/readyz", app.url)).await.expect("an answer");
    (answer.status().as_u16(), answer.text().await.expect("a word"))
}

#[tokio::test]
async fn a_node_says_whether_it_is_ready_and_why_not() {
    let (mut redis, app, _person) = signed_in().await;
    assert_eq!(readiness(&app).await, (200, "ready".to_owned()));
    redis.kill();
    // What was seen a moment ago counts for a moment.
    while readiness(&app).await != (503, "store".to_owned()) {}
    let healthz = reqwest::get(format!("{}/healthz", app.url)).await.expect("an answer");
    assert_eq!(healthz.status(), StatusCode::OK, "nothing is wrong with the node itself");
    redis.restart();
    assert_eq!(readiness(&app).await, (200, "ready".to_owned()));
}

#[tokio::test]
async fn a_node_that_is_started_while_the_store_is_down_works_when_it_is_up() {
    let (sandbox, mut redis) = (sandbox().await, RedisServer::start());
    redis.kill();
    let app = app_with(&issuer(&sandbox), &borrowed(&shared(&redis))).await;
    assert_eq!(readiness(&app).await.0, 503);
    redis.restart();
    let mut person = Person::signed_in(sandbox, &app).await;
    person.begin().await;
}

#[tokio::test]
async fn a_change_goes_on_when_another_store_was_made_the_primary_in_place_of_the_first() {
    let (sandbox, old, new) = (sandbox().await, RedisServer::start(), RedisServer::start());
    let address = MovingAddress::of(&old).await;
    let (shared, url) = (shared(&old), address.url());
    let settings = [borrowed(&shared), vec![("STORE__URL", &url)]].concat();
    let app = app_with(&issuer(&sandbox), &settings).await;
    let mut person = Person::signed_in(sandbox, &app).await;
    let flow = person.begin().await;
    let code = person.code().await;
    old.hand_over_to(&new);
    address.move_to(&new);
    id(&person.press("finish", &flow, &[("code", &code)]).await, "Done");
    assert_eq!(readiness(&app).await, (200, "ready".to_owned()));
}

#[rstest]
#[case::english("en", "cannot be used right now", "Try again")]
#[case::finnish("fi", "ei voi käyttää juuri nyt", "Yritä uudelleen")]
#[case::swedish("sv", "kan inte användas just nu", "Försök igen")]
#[case::arabic("ar", "لا يمكن استخدام الخدمة الآن", "إعادة المحاولة")]
#[tokio::test]
async fn every_page_that_needs_the_store_says_that_it_is_down(
    #[case] language: &str,
    #[case] sentence: &str,
    #[case] way_on: &str,
) {
    let (mut redis, app, person) = signed_in().await;
    redis.kill();
    for path in ["/", "/email", "/mobile"] {
        let request = person.browser.request(Method::GET, &format!("{}{path}", app.url));
        let answer = request.header("accept-language", language).send().await.expect("an answer");
        assert_eq!(answer.status(), StatusCode::SERVICE_UNAVAILABLE);
        assert_eq!(header(&answer, "retry-after"), "5");
        let reference = header(&answer, "x-request-id");
        let page = answer.text().await.expect("a page");
        for part in [sentence, way_on, &reference, &format!("href=\"{path}\"")] {
            assert!(page.contains(part), "{part} in {page}");
        }
    }
}

#[tokio::test]
async fn while_the_store_is_down_nothing_is_sent_and_a_script_is_told_so_in_data() {
    let (mut redis, app, mut person) = signed_in().await;
    let flow = person.flow().await;
    redis.kill();
    let answer = person.request("begin", &flow, &[("contact", NEW)]).send().await.expect("an answer");
    assert_eq!(answer.status(), StatusCode::SERVICE_UNAVAILABLE);
    assert_eq!(header(&answer, "content-type"), "application/problem+json");
    let reference = header(&answer, "x-request-id");
    let problem: Value = answer.json().await.expect("JSON");
    let told = json!({ "title": "Service Unavailable", "status": 503, "reference": reference });
    assert_eq!(problem, told);
    let form = [("kind", "email"), ("flow", flow.as_str()), ("contact", NEW)];
    let page = person.browser.post(&app, "/api/begin", "/email", &form).await;
    assert_eq!(page.status(), StatusCode::SERVICE_UNAVAILABLE);
    let page = page.text().await.expect("a page");
    assert!(page.contains("cannot be used right now") && page.contains("href=\"/email\""), "{page}");
    assert_eq!(person.calls("begins").await, 0);

    redis.restart();
    id(&person.press("begin", &flow, &[("contact", NEW)]).await, "AwaitCode");
    assert_eq!(person.calls("begins").await, 1);
}

#[tokio::test]
async fn a_store_that_can_be_read_and_not_written_is_down_as_well() {
    let (redis, app, mut person) = signed_in().await;
    let flow = person.begin().await;
    let code = person.code().await;
    redis.command("CONFIG SET maxmemory 1");
    let answer = person.request("finish", &flow, &[("code", &code)]).send().await.expect("an answer");
    assert_eq!(answer.status(), StatusCode::SERVICE_UNAVAILABLE);
    assert_eq!(readiness(&app).await, (503, "store".to_owned()));
    assert_eq!(person.calls("finishes").await, 0);
    redis.command("CONFIG SET maxmemory 0");
    id(&person.press("finish", &flow, &[("code", &code)]).await, "Done");
}

#[tokio::test]
async fn whoever_comes_back_from_the_provider_while_the_store_is_down_is_told_so() {
    let (mut redis, app, mut person) = signed_in().await;
    person.browser.cookies.clear();
    let callback = person.browser.pick(&app, "/sign-in", crate::support::ALICE).await;
    redis.kill();
    let answer = person.browser.get(&callback).await;
    assert_eq!(answer.status(), StatusCode::SERVICE_UNAVAILABLE);
    let page = answer.text().await.expect("a page");
    assert!(
        page.contains("cannot be used right now") && page.contains("href=\"/\" class=\"button\""),
        "{page}"
    );
    redis.restart();
    assert_eq!(person.sign_in(&app).await, StatusCode::SEE_OTHER);
    assert_eq!(person.page("/").await.0, StatusCode::OK);
}

#[tokio::test]
async fn a_change_that_was_made_is_told_though_the_store_is_down_by_then() {
    let (mut redis, _app, mut person) = signed_in().await;
    let flow = person.begin().await;
    let code = person.code().await;
    person.fault(json!({ "call": "finish", "fault": "slow", "milliseconds": 3000 })).await;
    let press = tokio::spawn(person.request("finish", &flow, &[("code", &code)]).send());
    while person.calls("finishes").await == 0 {}
    redis.kill();
    let told: Value = press.await.expect("a press").expect("an answer").json().await.expect("JSON");
    id(&told["Step"]["flow"], "Done");

    redis.restart();
    assert_eq!(person.page("/email").await.0, StatusCode::OK);
    id(&person.look().await, "Done");
    assert_eq!(person.calls("finishes").await, 1);
}

#[rstest]
#[case::english("en", "nothing was done")]
#[case::finnish("fi", "eikä mitään tehty")]
#[case::swedish("sv", "inget gjordes")]
#[case::arabic("ar", "ولم يُنفَّذ أي شيء")]
#[tokio::test]
async fn that_nothing_was_done_is_said_of_a_press_and_not_of_a_page_that_would_tell_what_a_press_did(
    #[case] language: &str,
    #[case] sentence: &str,
) {
    let (sandbox, mut redis) = (sandbox().await, RedisServer::start());
    let app = app_with(&issuer(&sandbox), &[&borrowed(&shared(&redis)), &APPLICATIONS[..]].concat()).await;
    let mut browser = Browser::new();
    let page = arrive(&mut browser, &app, &[&WISH[..], &[("ui_locales", language)]].concat()).await;
    let html = read(&mut browser, &app, &page).await;
    let waiting = location(&post(&mut browser, &app, &page, &html, "begin", &[("contact", NEW)]).await);
    let html = read(&mut browser, &app, &waiting).await;
    let entered = [("code", &*code(&sandbox).await)];
    let done = location(&post(&mut browser, &app, &waiting, &html, "finish", &entered).await);
    redis.kill();

    let unseen = read(&mut browser, &app, &done).await;
    assert!(!unseen.contains(sentence), "the change was made: {unseen}");
    assert_eq!(told(&unseen), "outcome=failed&reason=unknown");
    let press = post(&mut browser, &app, &waiting, &html, "resend", &[]).await;
    let page = press.text().await.expect("a page");
    assert!(page.contains(sentence), "{page}");
    assert_eq!(told(&page), "outcome=failed&reason=unknown", "of what was done before nobody knows");
}
