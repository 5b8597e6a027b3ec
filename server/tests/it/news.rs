//! What came of a press is said to whoever made it, and not to somebody who comes back much later to try again.

use std::{sync::Arc, time::Duration};

use contact::{Kind, Timestamp};
use identity::Subject;
use serde_json::json;
use server::config::{Settings, Store};
use session::{Changes, Press, store::Redis};

use crate::{
    nodes::{borrowed, shared},
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
    let (sandbox, redis) = (sandbox().await, RedisServer::start());
    let app = app_with(&issuer(&sandbox), &borrowed(&shared(&redis))).await;
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
