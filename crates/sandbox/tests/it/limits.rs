//! How many messages are sent.

use crate::support::{ALICE, BOB, Sandbox};
use serde_json::json;

#[tokio::test]
async fn an_address_gets_five_messages_in_a_day_whoever_asks() {
    let sandbox = Sandbox::new().await;
    for user in [ALICE, BOB, ALICE, BOB, ALICE] {
        sandbox.begun(user, json!({ "email": "new@example.org" })).await;
    }
    let answer = sandbox.begin(BOB, json!({ "email": "NEW@example.org" })).await;
    assert_eq!(answer.status(), 429);
    let wait: u32 = answer.headers()["retry-after"].to_str().unwrap().parse().unwrap();
    assert_eq!(sandbox.ledger("begins").await[5]["outcome"], "limit_address");
    assert_eq!(sandbox.json("/outbox.json").await.as_array().unwrap().len(), 5);

    sandbox.control("clock", json!({ "advanceSeconds": wait })).await;
    assert_eq!(sandbox.begin(BOB, json!({ "email": "new@example.org" })).await.status(), 200);
}

#[tokio::test]
async fn a_user_gets_ten_messages_in_a_day_wherever_they_go() {
    let sandbox = Sandbox::new().await;
    for number in 0..10 {
        sandbox.begun(ALICE, json!({ "email": format!("new{number}@example.org") })).await;
    }
    let answer = sandbox.begin(ALICE, json!({ "mobile": "+447700900999" })).await;
    assert_eq!(answer.status(), 429);
    assert!(answer.headers().contains_key("retry-after"));
    assert_eq!(sandbox.ledger("begins").await[10]["outcome"], "limit_user");
    assert_eq!(sandbox.begin(BOB, json!({ "mobile": "+447700900999" })).await.status(), 200);
}

#[tokio::test]
async fn any_of_the_limits_can_be_set_and_the_others_stay() {
    let sandbox = Sandbox::new().await;
    let limits = sandbox.control("limits", json!({ "perAddress": 1, "windowSeconds": 60 })).await;
    assert_eq!(
        limits.json::<serde_json::Value>().await.unwrap(),
        json!({ "perAddress": 1, "perUser": 10, "codeLifetimeSeconds": 600, "windowSeconds": 60 })
    );
    sandbox.begun(ALICE, json!({ "email": "new@example.org" })).await;
    assert_eq!(sandbox.begin(ALICE, json!({ "email": "new@example.org" })).await.status(), 429);
    sandbox.control("clock", json!({ "advanceSeconds": 60 })).await;
    sandbox.begun(ALICE, json!({ "email": "new@example.org" })).await;
}

#[tokio::test]
async fn a_limit_of_none_sends_nothing() {
    let sandbox = Sandbox::new().await;
    sandbox.control("limits", json!({ "perUser": 0 })).await;
    assert_eq!(sandbox.begin(ALICE, json!({ "email": "new@example.org" })).await.status(), 429);
    assert_eq!(sandbox.json("/outbox.json").await, json!([]));
}

#[tokio::test]
async fn a_verification_that_a_limit_refused_leaves_the_older_one_usable() {
    let sandbox = Sandbox::new().await;
    let token = sandbox.begun(ALICE, json!({ "email": "new@example.org" })).await;
    sandbox.control("limits", json!({ "perAddress": 1 })).await;
    assert_eq!(sandbox.begin(ALICE, json!({ "email": "new@example.org" })).await.status(), 429);
    let code = sandbox.code("new@example.org").await;
    assert_eq!(sandbox.finish(ALICE, &token, &code).await.status(), 200);
}
