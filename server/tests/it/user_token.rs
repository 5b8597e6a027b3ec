//! The person's own token: renewed while they are signed in, once for each that runs out; and when it cannot be, they sign in
//! again and nothing is lost.

use std::time::Duration;

use futures_util::future::join_all;
use reqwest::{Method, StatusCode};
use rstest::rstest;
use sandbox::Settings;
use serde_json::{Value, json};
use tokio::time::{Instant, sleep_until};

use crate::{
    nodes::{borrowed, shared},
    person::{NEW, Person, id},
    redis_server::RedisServer,
    support::{App, issuer, location, serve, variables_with},
};

const LISTED: &str = "alice@example.org";

/// A scope for which nothing is given to renew with.
const EMAIL: &str = "https://oneportal.trivore.com/scope/email.update";

/// Settings with the person's own token.
const OWN: (&str, &str) = ("SERVICE__CREDENTIALS", "user_token");

/// Starts a server that calls the service with the token of whoever signed in.
async fn node(issuer: &str, more: &[(&str, &str)]) -> App {
    let mut variables = variables_with(issuer, &[&[OWN], more].concat());
    variables.retain(|name, _| !name.starts_with("CONTACT_CHANGE_SERVICE__CLIENT"));
    serve(variables, "http", []).await
}

/// A provider with these settings, a server, and somebody who is signed in there.
async fn signed_in(settings: Settings, more: &[(&str, &str)]) -> (App, Person) {
    let sandbox = sandbox::start(settings).await.expect("a sandbox");
    let app = node(&issuer(&sandbox), more).await;
    let person = Person::signed_in(sandbox, &app).await;
    (app, person)
}

/// Access tokens that work for three seconds.
fn short() -> Settings {
    Settings { token_lifetime: 3, ..Settings::default() }
}

/// Waits until the token has run out.
async fn run_out() {
    tokio::time::sleep(Duration::from_millis(3100)).await;
}

async fn is_led_to_sign_in(app: &App, person: &mut Person) {
    let answer = person.browser.get(&format!("{}/email", app.url)).await;
    assert_eq!(answer.status(), StatusCode::SEE_OTHER);
    assert!(location(&answer).starts_with("/sign-in?return_to="), "{}", location(&answer));
}

/// How often the provider was asked for tokens.
async fn exchanges(person: &Person) -> usize {
    let calls = person.read("/calls.json").await;
    let is_exchange = |call: &&Value| call["call"] == "token";
    calls.as_array().expect("calls").iter().filter(is_exchange).count()
}

#[tokio::test]
async fn a_token_that_has_run_out_is_renewed_before_the_service_is_called_and_nobody_notices() {
    let (_app, mut person) = signed_in(short(), &[]).await;
    run_out().await;
    let (status, page) = person.page("/").await;
    assert!(status == StatusCode::OK && page.contains(LISTED), "{page}");
    assert_eq!(exchanges(&person).await, 2);
    run_out().await;
    let flow = person.begin().await;
    let code = person.code().await;
    run_out().await;
    id(&person.press("finish", &flow, &[("code", &code)]).await, "Done");
    assert_eq!((person.calls("begins").await, person.calls("finishes").await), (1, 1));
}

#[tokio::test]
async fn many_requests_at_two_nodes_renew_a_token_one_after_the_other_and_never_with_one_that_is_spent() {
    let redis = RedisServer::start();
    let shared = shared(&redis);
    let (one, mut person) = signed_in(short(), &borrowed(&shared)).await;
    let other = node(&issuer(&person.sandbox), &borrowed(&shared)).await;
    run_out().await;
    let get = |app: &App| person.browser.request(Method::GET, &format!("{}/email", app.url)).send();
    let requests: Vec<_> = (0..10).flat_map(|_| [get(&one), get(&other)]).collect();
    for answer in join_all(requests).await {
        let page = answer.expect("an answer").text().await.expect("a page");
        assert!(page.contains(LISTED), "{page}");
    }
    // The provider ends the sign-in of whoever shows a refresh token twice.
    run_out().await;
    assert!(person.page("/").await.1.contains(LISTED));
}

#[tokio::test]
async fn whoever_hangs_up_while_their_token_is_renewed_stays_signed_in() {
    let (_app, mut person) = signed_in(short(), &[]).await;
    run_out().await;
    person.fault(json!({ "call": "token", "fault": "slow", "milliseconds": 600 })).await;
    let page = tokio::spawn(person.browser.request(Method::GET, &person.node).send());
    // Once the provider has the call, what it was shown is spent.
    while exchanges(&person).await < 2 {
        tokio::task::yield_now().await;
    }
    page.abort();
    let (status, page) = person.page("/").await;
    assert!(status == StatusCode::OK && page.contains(LISTED), "{status} {page}");
}

#[tokio::test]
async fn a_token_that_the_service_does_not_take_is_renewed_and_only_what_reads_is_done_again() {
    let (_app, mut person) = signed_in(Settings::default(), &[]).await;
    let refused = |call| json!({ "call": call, "fault": "status", "status": 401, "times": 1 });
    person.fault(refused("user")).await;
    assert!(person.page("/").await.1.contains(LISTED));
    assert_eq!(exchanges(&person).await, 2);

    let flow = person.flow().await;
    person.fault(refused("begin")).await;
    let state = person.press("begin", &flow, &[("contact", NEW)]).await;
    assert!(state["Enter"]["refusal"]["Unavailable"].is_object(), "{state}");
    assert_eq!(
        (person.calls("begins").await, exchanges(&person).await),
        (1, 3),
        "not made again, but renewed"
    );
    let flow = id(&state, "Enter");
    id(&person.press("begin", &flow, &[("contact", NEW)]).await, "AwaitCode");
}

#[tokio::test]
async fn when_the_provider_renews_no_more_people_sign_in_again_and_go_on_where_they_were() {
    let settings = Settings { refresh_token_lifetime: 0, ..Settings::default() };
    let (app, mut person) = signed_in(settings, &[]).await;
    let pending = person.begin().await;
    person.fault(json!({ "call": "user", "fault": "status", "status": 401 })).await;
    is_led_to_sign_in(&app, &mut person).await;
    person.faults(json!([])).await;
    is_led_to_sign_in(&app, &mut person).await;
    let press = person.request("finish", &pending, &[("code", "123456")]).send().await.expect("an answer");
    assert_eq!(
        press.status(),
        StatusCode::UNAUTHORIZED,
        "a page with script is told, and nothing is entered"
    );

    person.sign_in(&app).await;
    let code = person.code().await;
    id(&person.press("finish", &pending, &[("code", &code)]).await, "Done");
    assert_eq!((person.calls("begins").await, person.calls("finishes").await), (1, 1));
}

#[rstest]
#[case::the_provider_refuses(Settings { refresh_token_lifetime: 0, ..short() }, &[])]
#[case::it_gave_nothing_to_renew_with(short(), &[("SERVICE__USER_SCOPES", EMAIL)])]
#[tokio::test]
async fn a_token_that_has_run_out_and_cannot_be_renewed_leads_to_sign_in(
    #[case] settings: Settings,
    #[case] more: &[(&str, &str)],
) {
    let (app, mut person) = signed_in(settings, more).await;
    run_out().await;
    is_led_to_sign_in(&app, &mut person).await;
}

#[tokio::test]
async fn a_token_that_cannot_be_renewed_serves_to_its_end_however_many_ask_at_once() {
    const SECONDS: u32 = 10;
    let lifetime = Duration::from_secs(SECONDS.into());
    let is_stalled = async || {
        let settings = Settings { token_lifetime: SECONDS, refresh_token_lifetime: 0, ..Settings::default() };
        let (app, person) = signed_in(settings, &[]).await;
        let began = Instant::now();
        // In its last fifth it is to be renewed.
        sleep_until(began + lifetime.mul_f64(0.85)).await;
        let page =
            || async { person.browser.request(Method::GET, &app.url).send().await.expect("an answer") };
        let both = join_all([page(), page()]).await;
        let later = page().await;
        let statuses: Vec<_> = both.iter().chain([&later]).map(|answer| answer.status().as_u16()).collect();
        let is_late = began.elapsed() >= lifetime;
        assert!(is_late || statuses == [200; 3], "{statuses:?}");
        is_late
    };
    // A machine that stood still meanwhile shows nothing.
    while is_stalled().await {}
}

#[tokio::test]
async fn a_token_that_is_not_taken_and_cannot_be_renewed_leads_to_sign_in_unless_that_was_just_now() {
    let (app, mut person) = signed_in(Settings::default(), &[("SERVICE__USER_SCOPES", EMAIL)]).await;
    person.fault(json!({ "call": "user", "fault": "status", "status": 401 })).await;
    let (status, page) = person.page("/email").await;
    assert!(status == StatusCode::OK && !page.contains(LISTED), "nobody is sent in circles: {page}");
    let flow = person.flow().await;
    tokio::time::sleep(Duration::from_secs(10)).await;
    is_led_to_sign_in(&app, &mut person).await;
    person.faults(json!([])).await;
    let press = person.request("begin", &flow, &[("contact", NEW)]).send().await.expect("an answer");
    assert_eq!(press.status(), StatusCode::UNAUTHORIZED, "a page with script is told");
    person.sign_in(&app).await;
    assert!(person.page("/").await.1.contains(LISTED));
}

#[tokio::test]
async fn a_provider_that_cannot_be_asked_signs_nobody_out() {
    let (_app, mut person) = signed_in(short(), &[]).await;
    run_out().await;
    person.fault(json!({ "call": "token", "fault": "status", "status": 503 })).await;
    let (status, page) = person.page("/").await;
    assert!(status == StatusCode::OK && !page.contains(LISTED), "{page}");
    person.faults(json!([])).await;
    assert!(person.page("/").await.1.contains(LISTED));
}
