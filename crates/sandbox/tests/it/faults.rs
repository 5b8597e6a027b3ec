//! Every kind of fault can be seen by a client, and the ledger says whether the service acted.

use crate::support::{ALICE, Sandbox};
use rstest::rstest;
use serde_json::{Value, json};
use std::time::Duration;

/// Begins with a fault switched on; what the client saw, and the ledger's entry.
async fn begin_with(sandbox: &Sandbox, fault: Value) -> (reqwest::Result<reqwest::Response>, Value) {
    sandbox.switch(fault).await;
    let call = sandbox.call(ALICE, "change-contact/begin", &json!({ "email": "new@example.org" }));
    let seen = call.timeout(Duration::from_secs(10)).send().await;
    (seen, sandbox.ledger("begins").await[0].clone())
}

#[rstest]
#[case("reset_before", "fault:reset_before", 0)]
#[case("reset_after", "sent", 1)]
#[tokio::test]
async fn a_reset_leaves_no_answer(#[case] fault: &str, #[case] outcome: &str, #[case] sent: usize) {
    let sandbox = Sandbox::new().await;
    let (seen, entry) = begin_with(&sandbox, json!({ "call": "begin", "fault": fault })).await;
    let error = seen.unwrap_err();
    assert!(error.is_request() && !error.is_timeout(), "{error:?}");
    assert_eq!(entry["outcome"], outcome);
    assert_eq!(entry["status"], Value::Null);
    assert_eq!(entry["fault"], fault);
    assert_eq!(sandbox.json("/outbox.json").await.as_array().unwrap().len(), sent);
}

#[rstest]
#[case(json!({ "call": "begin", "fault": "hang" }), "fault:hang")]
#[case(json!({ "call": "begin", "fault": "hang", "acts": true }), "sent")]
#[tokio::test]
async fn a_call_that_hangs_is_never_answered(#[case] fault: Value, #[case] outcome: &str) {
    let sandbox = Sandbox::new().await;
    sandbox.switch(fault).await;
    let call = sandbox.call(ALICE, "change-contact/begin", &json!({ "email": "new@example.org" }));
    let seen = call.timeout(Duration::from_millis(300)).send().await;
    assert!(seen.unwrap_err().is_timeout());
    let entry = &sandbox.ledger("begins").await[0];
    assert_eq!(entry["outcome"], outcome);
    assert_eq!(entry["status"], Value::Null);
}

#[tokio::test]
async fn a_slow_call_acts_at_once_and_answers_later() {
    let sandbox = Sandbox::new().await;
    sandbox.switch(json!({ "call": "begin", "fault": "slow", "milliseconds": 60_000, "times": 1 })).await;
    let call = sandbox.call(ALICE, "change-contact/begin", &json!({ "email": "new@example.org" }));
    assert!(call.timeout(Duration::from_millis(300)).send().await.unwrap_err().is_timeout());
    assert_eq!(sandbox.ledger("begins").await[0]["outcome"], "sent");
    sandbox.switch(json!({ "call": "begin", "fault": "slow", "milliseconds": 1 })).await;
    let answer = sandbox.begin(ALICE, json!({ "email": "new@example.org" })).await;
    assert_eq!(answer.status(), 200);
    assert!(answer.json::<Value>().await.unwrap()["verificationToken"].is_string());
}

#[tokio::test]
async fn a_status_can_be_asked_for_with_a_time_to_wait() {
    let sandbox = Sandbox::new().await;
    let fault = json!({ "call": "begin", "fault": "status", "status": 429, "retryAfter": 30 });
    let (seen, entry) = begin_with(&sandbox, fault).await;
    let answer = seen.unwrap();
    assert_eq!(answer.status(), 429);
    assert_eq!(answer.headers()["retry-after"], "30");
    assert_eq!(answer.json::<Value>().await.unwrap()["statusCode"], 429);
    assert_eq!(entry["outcome"], "fault:status");
    assert_eq!(entry["status"], 429);
    assert_eq!(entry["contact"], "new@example.org");
}

#[tokio::test]
async fn a_call_can_act_and_still_answer_with_an_error() {
    let sandbox = Sandbox::new().await;
    let fault = json!({ "call": "begin", "fault": "status", "status": 500, "acts": true });
    let (seen, entry) = begin_with(&sandbox, fault).await;
    assert_eq!(seen.unwrap().status(), 500);
    assert_eq!(entry["outcome"], "sent");
    assert_eq!(entry["status"], 500);
    assert_eq!(sandbox.json("/outbox.json").await.as_array().unwrap().len(), 1);
}

#[rstest]
#[case("html", 502, "text/html; charset=utf-8", "fault:html")]
#[case("malformed", 200, "application/json", "sent")]
#[case("wrong_type", 200, "text/plain; charset=utf-8", "sent")]
#[tokio::test]
async fn an_answer_can_be_unreadable(
    #[case] fault: &str,
    #[case] status: u16,
    #[case] media: &str,
    #[case] outcome: &str,
) {
    let sandbox = Sandbox::new().await;
    let (seen, entry) = begin_with(&sandbox, json!({ "call": "begin", "fault": fault })).await;
    let answer = seen.unwrap();
    assert_eq!(answer.status(), status);
    assert_eq!(answer.headers()["content-type"], media);
    assert!(answer.json::<Value>().await.is_err());
    assert_eq!(entry["outcome"], outcome);
}

#[tokio::test]
async fn an_answer_can_be_ten_megabytes() {
    let sandbox = Sandbox::new().await;
    let (seen, _) = begin_with(&sandbox, json!({ "call": "begin", "fault": "huge" })).await;
    assert_eq!(seen.unwrap().bytes().await.unwrap().len(), 10 * 1024 * 1024);
}

#[tokio::test]
async fn an_answer_can_come_in_drops() {
    let sandbox = Sandbox::new().await;
    let (seen, entry) = begin_with(&sandbox, json!({ "call": "begin", "fault": "trickle" })).await;
    let mut answer = seen.unwrap();
    assert_eq!(answer.status(), 200);
    assert_eq!(answer.chunk().await.unwrap().unwrap().len(), 1);
    assert_eq!(entry["status"], 200);
}

#[tokio::test]
async fn an_answer_can_be_a_redirect() {
    let sandbox = Sandbox::new().await;
    let (seen, entry) = begin_with(&sandbox, json!({ "call": "begin", "fault": "redirect" })).await;
    let answer = seen.unwrap();
    assert_eq!(answer.status(), 307);
    assert!(answer.headers().contains_key("location"));
    assert_eq!(entry["outcome"], "fault:redirect");
}

#[rstest]
#[case("expired", 410)]
#[case("taken", 409)]
#[tokio::test]
async fn a_right_code_can_come_too_late(#[case] fault: &str, #[case] status: u16) {
    let sandbox = Sandbox::new().await;
    let token = sandbox.begun(ALICE, json!({ "email": "new@example.org" })).await;
    sandbox.switch(json!({ "call": "finish", "fault": fault })).await;
    let answer = sandbox.finish(ALICE, &token, &sandbox.code("new@example.org").await).await;
    assert_eq!(answer.status(), status);
    let entry = &sandbox.ledger("finishes").await[0];
    assert_eq!(entry["outcome"], fault);
    assert_eq!(entry["fault"], fault);
    assert!(sandbox.ledger("changes").await.is_empty());
}

#[tokio::test]
async fn that_a_contact_is_taken_is_not_told_to_a_wrong_code() {
    let sandbox = Sandbox::new().await;
    let token = sandbox.begun(ALICE, json!({ "email": "new@example.org" })).await;
    sandbox.switch(json!({ "call": "finish", "fault": "taken" })).await;
    assert_eq!(sandbox.finish(ALICE, &token, "not it").await.status(), 400);
}

#[tokio::test]
async fn faults_happen_in_their_order_and_so_often_as_they_should() {
    let sandbox = Sandbox::new().await;
    let faults = json!({ "faults": [
        { "call": "user", "fault": "status", "status": 503, "times": 1 },
        { "call": "user", "fault": "html", "times": 1 },
    ] });
    sandbox.control("faults", faults.clone()).await;
    assert_eq!(sandbox.json("/control/faults").await, faults);
    let path = format!("/api/rest/v1/user/{ALICE}");
    let mut statuses = Vec::new();
    for _ in 0..3 {
        let request = sandbox.http.get(sandbox.url(&path));
        let request = request.basic_auth("contact-change-api", Some("contact-change-api-secret"));
        statuses.push(request.send().await.unwrap().status().as_u16());
    }
    assert_eq!(statuses, [503, 502, 200]);
    assert_eq!(sandbox.json("/control/faults").await, json!({ "faults": [] }));
}

#[rstest]
#[case("discovery", "/.well-known/openid-configuration")]
#[case("jwks", "/openid/jwks")]
#[case("userinfo", "/openid/userinfo")]
#[case("user", "/api/rest/v1/user/5a0000000000000000000001/profile")]
#[tokio::test]
async fn any_call_can_fail(#[case] call: &str, #[case] path: &str) {
    let sandbox = Sandbox::new().await;
    sandbox.switch(json!({ "call": call, "fault": "status", "status": 503 })).await;
    assert_eq!(sandbox.get(path).await.status(), 503);
    sandbox.control("faults", json!({ "faults": [] })).await;
    assert_ne!(sandbox.get(path).await.status(), 503);
}

#[tokio::test]
async fn the_token_endpoint_and_messages_can_fail() {
    let sandbox = Sandbox::new().await;
    let faults = json!({ "faults": [
        { "call": "token", "fault": "status", "status": 500 },
        { "call": "send", "fault": "status", "status": 500 },
    ] });
    sandbox.control("faults", faults).await;
    assert_eq!(sandbox.token(&[("grant_type", "refresh_token")]).await.status(), 500);
    let sent = sandbox.call(ALICE, "email/send", &json!({ "text": "Changed." })).send().await.unwrap();
    assert_eq!(sent.status(), 500);
    assert_eq!(sandbox.ledger("messages").await[0]["outcome"], "fault:status");
    assert_eq!(sandbox.json("/outbox.json").await, json!([]));
}

#[tokio::test]
async fn every_call_that_arrives_is_counted_whatever_became_of_it() {
    let sandbox = Sandbox::new().await;
    sandbox.switch(json!({ "call": "jwks", "fault": "status", "status": 503, "times": 1 })).await;
    sandbox.get("/openid/jwks").await;
    sandbox.get("/openid/jwks").await;
    sandbox.get("/.well-known/openid-configuration").await;
    let calls = sandbox.json("/calls.json").await;
    let told: Vec<_> = calls
        .as_array()
        .unwrap()
        .iter()
        .map(|call| (call["call"].as_str(), call["fault"].as_str()))
        .collect();
    assert_eq!(told, [(Some("jwks"), Some("status")), (Some("jwks"), None), (Some("discovery"), None)]);
}

/// Who of thirty callers met a fault that happens to every other one, by chance.
async fn met_by_chance(seed: u64) -> Vec<bool> {
    let sandbox = Sandbox::new().await;
    let fault = json!({ "call": "jwks", "fault": "status", "status": 503, "probability": 0.5 });
    sandbox.control("faults", json!({ "faults": [fault], "seed": seed })).await;
    let mut met = Vec::new();
    for _ in 0..30 {
        met.push(sandbox.get("/openid/jwks").await.status() == 503);
    }
    met
}

#[tokio::test]
async fn chance_is_the_same_for_the_same_seed() {
    let met = met_by_chance(7).await;
    assert!(met.contains(&true) && met.contains(&false), "{met:?}");
    assert_eq!(met, met_by_chance(7).await);
    assert_ne!(met, met_by_chance(8).await);
}

#[tokio::test]
async fn a_chance_that_is_none_is_refused() {
    let sandbox = Sandbox::new().await;
    let fault = json!({ "call": "jwks", "fault": "hang", "probability": 1.5 });
    let request = sandbox.http.post(sandbox.url("/control/faults")).json(&json!({ "faults": [fault] }));
    assert_eq!(request.send().await.unwrap().status(), 400);
}
