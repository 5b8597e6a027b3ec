//! The operator's secret changes, and nobody notices.

use reqwest::StatusCode;

use crate::{
    nodes::{borrowed, shared},
    person::{Person, id},
    redis_server::RedisServer,
    support::{ALICE, App, Browser, app_with, issuer, sandbox},
};

pub(crate) const NEW_SECRET: &str = "YW5vdGhlciBzZWNyZXQsIHdoaWNoIGlzIG5ld2VyIHRoYW4gdGhhdA==";

/// A server with one secret, and one that has got a new one since; people reach both by the same address.
async fn before_and_after(sandbox: &sandbox::Running, redis: &RedisServer) -> (App, App) {
    let shared = shared(redis);
    let public_url = ("PUBLIC_URL", "http://localhost:3000");
    let before = [borrowed(&shared), vec![public_url]].concat();
    let new = [("SESSION__SECRET", NEW_SECRET), ("SESSION__PREVIOUS_SECRET", shared[2].1.as_str())];
    let after = [&before[..2], &new, &[public_url]].concat();
    (app_with(&issuer(sandbox), &before).await, app_with(&issuer(sandbox), &after).await)
}

#[tokio::test]
async fn a_sign_in_that_is_under_way_while_the_secret_changes_comes_to_its_end() {
    let (sandbox, redis) = (sandbox().await, RedisServer::start());
    let (before, after) = before_and_after(&sandbox, &redis).await;
    let mut browser = Browser::new();
    let callback = browser.pick(&before, "/sign-in", ALICE).await.replace(&before.url, &after.url);
    assert_eq!(browser.get(&callback).await.status(), StatusCode::SEE_OTHER);
    assert_eq!(browser.get(&after.url).await.status(), StatusCode::OK);
}

#[tokio::test]
async fn a_change_that_waits_while_the_secret_changes_comes_to_its_end() {
    let (sandbox, redis) = (sandbox().await, RedisServer::start());
    let (before, after) = before_and_after(&sandbox, &redis).await;
    let mut person = Person::signed_in(sandbox, &before).await;
    let flow = person.begin().await;
    drop(before);
    person.go_to(&after);
    let code = person.code().await;
    id(&person.press("finish", &flow, &[("code", &code)]).await, "Done");
}
