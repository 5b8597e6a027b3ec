//! What came of a press is said to whoever made it, and not to somebody who comes back much later to try again.

use std::{sync::Arc, time::Duration};

use contact::{Kind, Timestamp};
use identity::Subject;
use serde_json::json;
use server::config::{Settings, Store};
use session::{Changes, Press, store::Redis};

use crate::{
    nodes::{borrowed, shared},
    notice::change,
    person::{NEW, Person, id},
    redis_server::RedisServer,
    support::{ALICE, App, app_with, issuer, sandbox, variables_with},
};

const REFUSED: &str = "We cannot send a code right now";

/// A server that shares its store with nodes of long ago, and somebody who is signed in.
struct Town {
    redis: RedisServer,
    _app: App,
}

async fn town() -> (Town, Person) {
    town_with(&[]).await
}

async fn town_with(more: &[(&str, &str)]) -> (Town, Person) {
    let (sandbox, redis) = (sandbox().await, RedisServer::start());
    let shared = shared(&redis);
    let app = app_with(&issuer(&sandbox), &[&borrowed(&shared), more].concat()).await;
    let person = Person::signed_in(sandbox, &app).await;
    (Town { redis, _app: app }, person)
}

/// Has the change as it is written down by a node at which it is long ago.
async fn much_later(town: &Town, person: &Person) {
    let variables = variables_with(&issuer(&person.sandbox), &borrowed(&shared(&town.redis)));
    let Settings { store, session, .. } = Settings::load(None, variables).expect("settings");
    let Store::Redis(redis) = store else { panic!("another store") };
    let (store, keyring) = (Redis::new(&redis).expect("a store"), session.keyring().expect("keys"));
    let long_ago = || Timestamp::from_millis(1_700_000_000_000);
    let changes = Changes::new(Arc::new(store), Arc::new(keyring), Duration::from_secs(10), long_ago);
    let alice = Subject::parse(ALICE).expect("a subject");
    let mut change = changes.open(&alice, Kind::Email).await.expect("a change");
    let flow = change.flow().clone();
    change.pressed(flow.id().clone(), Press::Edit, flow).await.expect("a store");
}

#[tokio::test]
async fn what_could_not_be_done_is_not_said_to_somebody_who_comes_back_much_later() {
    let (town, mut person) = town().await;
    person.fault(json!({ "call": "begin", "fault": "status", "status": 403 })).await;
    let flow = person.flow().await;
    person.press("begin", &flow, &[("contact", NEW)]).await;
    assert!(person.page("/email").await.1.contains(REFUSED));
    much_later(&town, &person).await;
    let (_, page) = person.page("/email").await;
    assert!(page.contains(NEW) && !page.contains(REFUSED), "what was typed is still there: {page}");
}

/// Whoever signs in much later need not be who typed it.
#[tokio::test]
async fn what_was_asked_for_without_a_fresh_sign_in_is_forgotten() {
    let (town, mut person) = town_with(&[("SESSION__FRESH_FOR", "1ms")]).await;
    let flow = person.flow().await;
    person
        .request("begin", &flow, &[("contact", NEW), ("replace_all", "true")])
        .send()
        .await
        .expect("an answer");
    let (_, page) = person.page("/email").await;
    assert!(page.contains(NEW) && page.contains("checked"), "whoever comes back from there goes on: {page}");
    much_later(&town, &person).await;
    let (_, page) = person.page("/email").await;
    assert!(!page.contains(NEW) && !page.contains("checked"), "{page}");
}

/// The answer to the last press need not have arrived.
#[tokio::test]
async fn whoever_comes_back_to_the_form_in_a_moment_is_told_that_the_change_was_made() {
    let (town, mut person) = town().await;
    change(&mut person, &[]).await;
    let told = format!("{NEW} is now a verified email address on your account.");
    let (_, page) = person.page("/email").await;
    assert!(page.contains(&told) && page.contains("id=\"contact\""), "{page}");
    much_later(&town, &person).await;
    assert!(!person.page("/email").await.1.contains(&told));
}

#[tokio::test]
async fn a_limit_that_is_over_at_once_is_told_all_the_same() {
    let (_town, mut person) = town().await;
    person.fault(json!({ "call": "begin", "fault": "status", "status": 429, "retryAfter": 0 })).await;
    let flow = person.flow().await;
    person.press("begin", &flow, &[("contact", NEW)]).await;
    let (_, page) = person.page("/email").await;
    assert!(page.contains("We cannot send more codes"), "{page}");
}

#[tokio::test]
async fn nor_is_it_said_where_it_is_not_known_what_became_of_a_change() {
    let (town, mut person) = town().await;
    let flow = person.begin().await;
    let code = person.code().await;
    person.fault(json!({ "call": "finish", "fault": "reset_before", "times": 1 })).await;
    let flow = id(&person.press("finish", &flow, &[("code", &code)]).await, "Restart");
    person.fault(json!({ "call": "begin", "fault": "status", "status": 403 })).await;
    person.press("resend", &flow, &[]).await;
    assert!(person.page("/email").await.1.contains(REFUSED));
    much_later(&town, &person).await;
    let (_, page) = person.page("/email").await;
    assert!(page.contains("was not changed") && !page.contains(REFUSED), "{page}");
}

#[tokio::test]
async fn whoever_presses_the_same_again_much_later_is_told_the_same_again() {
    let (town, mut person) = town().await;
    let (flow, malformed) = (person.flow().await, "name@example.com");
    person.press("begin", &flow, &[("contact", "nobody")]).await;
    assert!(person.page("/email").await.1.contains(malformed));
    much_later(&town, &person).await;
    assert!(!person.page("/email").await.1.contains(malformed));
    person.press("begin", &flow, &[("contact", "nobody")]).await;
    assert!(person.page("/email").await.1.contains(malformed));
}
