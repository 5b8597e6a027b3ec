//! The operator's secret changes, on one node after the other, and nobody notices.

use reqwest::StatusCode;
use rstest::rstest;

use crate::{
    nodes::{borrowed, shared},
    person::{Person, id},
    redis_server::RedisServer,
    support::{ALICE, App, Browser, app_with, issuer, sandbox},
};

const OLD_SECRET: &str = "b25lIHNlY3JldCB0aGF0IGFsbCBub2RlcyBoYXZlIGluIGNvbW1vbg==";
pub(crate) const NEW_SECRET: &str = "YW5vdGhlciBzZWNyZXQsIHdoaWNoIGlzIG5ld2VyIHRoYW4gdGhhdA==";

const AFTER: [(&str, &str); 2] = [("SESSION__SECRET", NEW_SECRET), ("SESSION__PREVIOUS_SECRET", OLD_SECRET)];

/// A node with these secrets. People reach all of them by the same address.
async fn node(sandbox: &sandbox::Running, redis: &RedisServer, secrets: &[(&str, &str)]) -> App {
    let shared = shared(redis);
    let public_url = [("PUBLIC_URL", "http://localhost:3000")];
    app_with(&issuer(sandbox), &[&borrowed(&shared)[..2], secrets, &public_url].concat()).await
}

/// A node that knows which secret comes next, and one that has it already.
async fn before_and_after(sandbox: &sandbox::Running, redis: &RedisServer) -> [App; 2] {
    let before = [("SESSION__SECRET", OLD_SECRET), ("SESSION__NEXT_SECRET", NEW_SECRET)];
    [node(sandbox, redis, &before).await, node(sandbox, redis, &AFTER).await]
}

#[rstest]
#[tokio::test]
async fn a_sign_in_that_is_under_way_while_the_secret_changes_comes_to_its_end(
    #[values([0, 1], [1, 0])] way: [usize; 2],
) {
    let (sandbox, redis) = (sandbox().await, RedisServer::start());
    let nodes = before_and_after(&sandbox, &redis).await;
    let [from, to] = way.map(|node| &nodes[node]);
    let mut browser = Browser::new();
    let callback = browser.pick(from, "/sign-in", ALICE).await.replace(&from.url, &to.url);
    assert_eq!(browser.get(&callback).await.status(), StatusCode::SEE_OTHER);
    for node in &nodes {
        assert_eq!(browser.get(&node.url).await.status(), StatusCode::OK);
    }
}

#[rstest]
#[tokio::test]
async fn a_change_that_waits_while_the_secret_changes_comes_to_its_end(
    #[values([0, 1], [1, 0])] way: [usize; 2],
) {
    let (sandbox, redis) = (sandbox().await, RedisServer::start());
    let nodes = before_and_after(&sandbox, &redis).await;
    let [from, to] = way.map(|node| &nodes[node]);
    let mut person = Person::signed_in(sandbox, from).await;
    let flow = person.begin().await;
    person.go_to(to);
    let code = person.code().await;
    id(&person.press("finish", &flow, &[("code", &code)]).await, "Done");
}

#[tokio::test]
async fn whoever_comes_to_a_node_that_was_not_told_of_the_secret_is_asked_to_try_again_and_nothing_is_lost() {
    let (sandbox, redis) = (sandbox().await, RedisServer::start());
    let untold = node(&sandbox, &redis, &[("SESSION__SECRET", OLD_SECRET)]).await;
    let after = node(&sandbox, &redis, &AFTER).await;
    let mut person = Person::signed_in(sandbox, &untold).await;
    person.go_to(&after);
    let flow = person.begin().await;
    person.go_to(&untold);
    let (status, page) = person.page("/email").await;
    assert!(status == StatusCode::SERVICE_UNAVAILABLE && page.contains("Try again"), "{status} {page}");
    person.go_to(&after);
    let code = person.code().await;
    id(&person.press("finish", &flow, &[("code", &code)]).await, "Done");
}
