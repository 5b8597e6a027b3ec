//! A node dies, or stands still, at each step of a journey, and the store with it or without: the person goes on at the
//! other node, and what they are told is what the service's ledger says.
//!
//! The nodes are programs of their own, ended by SIGKILL.

use std::time::Duration;

use reqwest::StatusCode;
use rstest::rstest;
use serde_json::{Value, json};
use tokio::{task::JoinHandle, time::sleep};

use crate::{
    nodes::{borrowed, shared},
    notice::{OLD, notices},
    person::{NEW, Person, id},
    redis_server::RedisServer,
    support::{App, issuer, program_with, sandbox},
};

struct Town {
    redis: RedisServer,
    one: App,
    other: App,
}

/// Two nodes, and somebody who is signed in at the first.
async fn town(redis: RedisServer) -> (Town, Person) {
    let sandbox = sandbox().await;
    let shared = shared(&redis);
    let node = || program_with(&issuer(&sandbox), &borrowed(&shared));
    let (one, other) = (node(), node());
    let person = Person::signed_in(sandbox, &one).await;
    (Town { redis, one, other }, person)
}

/// Presses, and returns once the call is on its way to the service.
async fn under_way(
    person: &Person,
    calls: &str,
    function: &str,
    flow: &str,
    fields: &[(&str, &str)],
) -> JoinHandle<reqwest::Result<reqwest::Response>> {
    let before = person.calls(calls).await;
    let press = tokio::spawn(person.request(function, flow, fields).send());
    while person.calls(calls).await == before {
        assert!(!press.is_finished(), "answered without a call");
    }
    press
}

/// Asks for a new code and enters it, and sees that all is well.
async fn ends_well(person: &mut Person, flow: &str) {
    let flow = id(&person.press("resend", flow, &[]).await, "AwaitCode");
    enters_the_code(person, &flow).await;
}

async fn enters_the_code(person: &mut Person, flow: &str) {
    let code = person.code().await;
    id(&person.press("finish", flow, &[("code", &code)]).await, "Done");
    assert!(has_changed(person).await);
    assert!(person.page("/").await.1.contains(NEW));
}

/// Tells whether the service changed the account, once.
async fn has_changed(person: &Person) -> bool {
    let changes = person.calls("changes").await;
    assert!(changes <= 1, "changed {changes} times");
    changes == 1
}

#[tokio::test]
async fn a_node_dies_before_a_code_is_asked_for() {
    let (mut town, mut person) = town(RedisServer::start()).await;
    let flow = person.flow().await;
    town.one.signal("KILL");
    person.go_to(&town.other);
    let flow = id(&person.press("begin", &flow, &[("contact", NEW)]).await, "AwaitCode");
    enters_the_code(&mut person, &flow).await;
    assert_eq!((person.calls("begins").await, person.calls("finishes").await), (1, 1));
}

#[rstest]
#[case::before_the_service_sends_it(false)]
#[case::after_the_service_sent_it(true)]
#[tokio::test]
async fn a_node_dies_while_a_code_is_asked_for(#[case] acts: bool) {
    let (mut town, mut person) = town(RedisServer::start()).await;
    let flow = person.flow().await;
    person.fault(json!({ "call": "begin", "fault": "hang", "acts": acts, "times": 1 })).await;
    let fields = [("contact", NEW)];
    let press = under_way(&person, "begins", "begin", &flow, &fields).await;
    town.one.signal("KILL");
    assert!(press.await.expect("a press").is_err());

    person.go_to(&town.other);
    let told = person.press("begin", &flow, &fields).await;
    assert_eq!(told["Restart"]["reason"], "BeginLost", "the same press is not made twice");
    assert_eq!(person.calls("begins").await, 1);
    ends_well(&mut person, &id(&told, "Restart")).await;
    assert_eq!((person.calls("begins").await, person.calls("finishes").await), (2, 1));
}

#[tokio::test]
async fn a_node_dies_while_a_code_is_on_its_way() {
    let (mut town, mut person) = town(RedisServer::start()).await;
    let flow = person.begin().await;
    town.one.signal("KILL");
    person.go_to(&town.other);
    assert_eq!(person.flow().await, flow);
    enters_the_code(&mut person, &flow).await;
    assert_eq!((person.calls("begins").await, person.calls("finishes").await), (1, 1));
}

#[rstest]
#[case::before_the_service_changes_the_account(false)]
#[case::after_the_service_changed_the_account(true)]
#[tokio::test]
async fn a_node_dies_while_the_code_is_entered(#[case] acts: bool) {
    let (mut town, mut person) = town(RedisServer::start()).await;
    let flow = person.begin().await;
    person.fault(json!({ "call": "finish", "fault": "hang", "acts": acts, "times": 1 })).await;
    let code = person.code().await;
    let press = under_way(&person, "finishes", "finish", &flow, &[("code", &code)]).await;
    town.one.signal("KILL");
    assert!(press.await.expect("a press").is_err());

    person.go_to(&town.other);
    assert_eq!(person.page("/email").await.0, StatusCode::OK);
    let told = person.look().await;
    assert_eq!(person.calls("finishes").await, 1, "a code is entered once");
    assert_eq!(has_changed(&person).await, acts);
    if acts {
        assert_eq!(told["Done"]["contacts"]["emails"][1]["value"], NEW, "{told}");
        assert!(person.page("/").await.1.contains(NEW));
    } else {
        assert_eq!(told["Restart"]["reason"], "NotChanged", "{told}");
        ends_well(&mut person, &id(&told, "Restart")).await;
        assert_eq!(person.calls("finishes").await, 2);
    }
}

#[rstest]
#[case::and_it_was_surely_not_sent(json!({ "call": "send", "fault": "status", "status": 429, "times": 2 }))]
#[case::and_it_is_on_its_way(json!({ "call": "send", "fault": "hang", "times": 1 }))]
#[tokio::test]
async fn a_node_dies_before_the_previous_address_is_told_of_the_change(#[case] fault: Value) {
    let (mut town, mut person) = town(RedisServer::start()).await;
    let flow = person.begin().await;
    let code = person.code().await;
    person.fault(fault).await;
    id(&person.press("finish", &flow, &[("code", &code)]).await, "Done");
    // Nothing arrives for six seconds: it is tried again after one, and then after five.
    notices(&person).await;
    town.one.signal("KILL");

    person.go_to(&town.other);
    person.page("/").await;
    while sent(&person).await.is_empty() {
        sleep(Duration::from_millis(100)).await;
    }
    assert_eq!(sent(&person).await[0]["to"], OLD);
    // Nothing is due any more, for the other one tells what it has told.
    for page in ["/", "/email", "/"] {
        person.page(page).await;
    }
    sleep(Duration::from_secs(1)).await;
    assert_eq!(sent(&person).await.len(), 1);
}

/// The notices that were sent, of those that arrived.
async fn sent(person: &Person) -> Vec<Value> {
    notices(person).await.into_iter().filter(|notice| notice["outcome"] == "sent").collect()
}

#[tokio::test]
async fn a_node_dies_when_all_is_done() {
    let (mut town, mut person) = town(RedisServer::start()).await;
    let flow = person.begin().await;
    let code = person.code().await;
    let done = id(&person.press("finish", &flow, &[("code", &code)]).await, "Done");
    town.one.signal("KILL");
    person.go_to(&town.other);
    assert!(person.page(&format!("/email?done={done}")).await.1.contains(NEW));
    assert_eq!(id(&person.press("finish", &flow, &[("code", &code)]).await, "Done"), done);
    assert_eq!(person.calls("finishes").await, 1);
}

#[tokio::test]
async fn a_node_that_stood_still_cannot_write_over_what_happened_meanwhile() {
    let (mut town, mut person) = town(RedisServer::start()).await;
    let flow = person.flow().await;
    person.fault(json!({ "call": "begin", "fault": "slow", "milliseconds": 3000, "times": 1 })).await;
    let press = under_way(&person, "begins", "begin", &flow, &[("contact", NEW)]).await;
    town.one.signal("STOP");

    person.go_to(&town.other);
    let told = person.press("begin", &flow, &[("contact", NEW)]).await;
    assert_eq!(told["Restart"]["reason"], "BeginLost");
    let newer = id(&person.press("resend", &id(&told, "Restart"), &[]).await, "AwaitCode");
    town.one.signal("CONT");
    let late: Value = press.await.expect("a press").expect("an answer").json().await.expect("JSON");
    assert_eq!(late["Step"]["flow"]["Restart"]["reason"], "BeginLost", "its code does not work: {late}");
    assert_eq!(person.flow().await, newer);
    enters_the_code(&mut person, &newer).await;
    assert_eq!(person.calls("begins").await, 2);
}

#[tokio::test]
async fn a_store_that_dies_and_comes_back_with_its_data_loses_nothing() {
    let (mut town, mut person) = town(RedisServer::durable()).await;
    let flow = person.begin().await;
    town.redis.restart();
    person.go_to(&town.other);
    assert_eq!(person.flow().await, flow, "still signed in, and the change still waits");
    town.redis.restart();
    enters_the_code(&mut person, &flow).await;
    assert_eq!((person.calls("begins").await, person.calls("finishes").await), (1, 1));
}

#[tokio::test]
async fn a_store_that_dies_while_a_code_is_asked_for_has_the_outcome_when_it_is_back() {
    let (mut town, mut person) = town(RedisServer::durable()).await;
    let flow = person.flow().await;
    person.fault(json!({ "call": "begin", "fault": "slow", "milliseconds": 3000, "times": 1 })).await;
    let press = under_way(&person, "begins", "begin", &flow, &[("contact", NEW)]).await;
    town.redis.restart();
    let answer: Value = press.await.expect("a press").expect("an answer").json().await.expect("JSON");
    let flow = id(&answer["Step"]["flow"], "AwaitCode");
    person.go_to(&town.other);
    enters_the_code(&mut person, &flow).await;
    assert_eq!(person.calls("begins").await, 1);
}

#[tokio::test]
async fn a_store_that_loses_its_data_makes_people_begin_again_and_sends_nothing_twice() {
    let (mut town, mut person) = town(RedisServer::start()).await;
    let flow = person.begin().await;
    let code = person.code().await;
    town.redis.restart();
    let answer = person.request("finish", &flow, &[("code", &code)]).send().await.expect("an answer");
    assert_eq!(answer.status(), StatusCode::UNAUTHORIZED, "the session is gone as well");
    assert_eq!(person.sign_in(&town.one).await, StatusCode::SEE_OTHER);
    let told = person.press("finish", &flow, &[("code", &code)]).await;
    assert_eq!(told["Enter"]["refusal"], "OlderForm", "they are told: {told}");
    assert_eq!((person.calls("begins").await, person.calls("finishes").await), (1, 0));
    let flow = id(&told, "Enter");
    let flow = id(&person.press("begin", &flow, &[("contact", NEW)]).await, "AwaitCode");
    enters_the_code(&mut person, &flow).await;
}
