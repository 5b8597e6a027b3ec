//! Several nodes on one store are as one: whoever presses where, each press is one call and every answer the truth.

use futures_util::future::join_all;
use rstest::rstest;
use serde_json::{Value, json};

use crate::{
    person::{NEW, Person, id, wrong},
    redis_server::RedisServer,
    support::{App, app_with, between, issuer, sandbox},
};

/// What all nodes have in common.
pub(crate) fn shared(redis: &RedisServer) -> [(&'static str, String); 3] {
    let secret = "b25lIHNlY3JldCB0aGF0IGFsbCBub2RlcyBoYXZlIGluIGNvbW1vbg==";
    [("STORE__KIND", "redis".to_owned()), ("STORE__URL", redis.url()), ("SESSION__SECRET", secret.to_owned())]
}

/// Borrows the values.
pub(crate) fn borrowed<'a>(settings: &'a [(&'static str, String)]) -> Vec<(&'a str, &'a str)> {
    settings.iter().map(|(name, value)| (*name, value.as_str())).collect()
}

struct Town {
    redis: RedisServer,
    nodes: [App; 2],
}

/// Two nodes, and somebody who is signed in at the first.
async fn town(more: &[(&str, &str)]) -> (Town, Person) {
    let (sandbox, redis) = (sandbox().await, RedisServer::start());
    let shared = shared(&redis);
    let settings = [borrowed(&shared), more.to_vec()].concat();
    let nodes = [app_with(&issuer(&sandbox), &settings).await, app_with(&issuer(&sandbox), &settings).await];
    let person = Person::signed_in(sandbox, &nodes[0]).await;
    (Town { redis, nodes }, person)
}

/// Presses the same fifty times at once, at both nodes in turn, and gives the one answer.
async fn fifty(
    town: &Town,
    person: &mut Person,
    function: &str,
    flow: &str,
    fields: &[(&str, &str)],
) -> Value {
    let mut requests = Vec::new();
    for number in 0..50 {
        person.go_to(&town.nodes[number % 2]);
        requests.push(person.request(function, flow, fields));
    }
    let answers = join_all(requests.into_iter().map(|request| async {
        let answer: Value = request.send().await.expect("an answer").json().await.expect("JSON");
        answer["Step"]["flow"].clone()
    }))
    .await;
    assert!(answers.iter().all(|answer| *answer == answers[0]), "{answers:?}");
    answers[0].clone()
}

#[tokio::test]
async fn fifty_presses_of_one_form_at_two_nodes_send_one_message_and_have_one_answer() {
    let (town, mut person) = town(&[]).await;
    let flow = person.flow().await;
    let answer = fifty(&town, &mut person, "begin", &flow, &[("contact", NEW)]).await;
    id(&answer, "AwaitCode");
    assert_eq!((person.calls("begins").await, person.calls("messages").await), (1, 1));
}

#[rstest]
#[case::the_right_code(true, "Done")]
#[case::a_wrong_code(false, "Restart")]
#[tokio::test]
async fn fifty_entries_of_one_code_at_two_nodes_are_one_call_and_have_one_answer(
    #[case] is_right: bool,
    #[case] state: &str,
) {
    let (town, mut person) = town(&[]).await;
    let flow = person.begin().await;
    let right = person.code().await;
    let code = if is_right { right } else { wrong(&right) };
    let answer = fifty(&town, &mut person, "finish", &flow, &[("code", &code)]).await;
    id(&answer, state);
    assert_eq!(person.calls("finishes").await, 1);
}

#[tokio::test]
async fn a_press_at_another_node_waits_for_the_first_and_has_its_answer() {
    let (town, mut person) = town(&[]).await;
    let flow = person.begin().await;
    person.fault(json!({ "call": "finish", "fault": "slow", "milliseconds": 500 })).await;
    let code = person.code().await;
    let first = person.request("finish", &flow, &[("code", &code)]).send();
    let first = tokio::spawn(first);
    while person.calls("finishes").await == 0 {}
    person.go_to(&town.nodes[1]);
    let second = person.press("finish", &flow, &[("code", &code)]).await;
    let first: Value = first.await.unwrap().expect("an answer").json().await.expect("JSON");
    assert_eq!(first["Step"]["flow"], second);
    id(&second, "Done");
    assert_eq!(person.calls("finishes").await, 1);
}

#[tokio::test]
async fn a_change_goes_on_wherever_the_next_press_arrives() {
    let (town, mut person) = town(&[]).await;
    let flow = person.flow().await;
    person.go_to(&town.nodes[1]);
    let awaiting = person.press("begin", &flow, &[("contact", NEW)]).await;
    person.go_to(&town.nodes[0]);
    assert_eq!(person.flow().await, id(&awaiting, "AwaitCode"));
    let code = person.code().await;
    person.go_to(&town.nodes[1]);
    id(&person.press("finish", &id(&awaiting, "AwaitCode"), &[("code", &code)]).await, "Done");
    person.go_to(&town.nodes[0]);
    let (_, page) = person.page("/").await;
    assert!(page.contains(NEW), "{page}");
    assert_eq!((person.calls("begins").await, person.calls("finishes").await), (1, 1));
}

#[tokio::test]
async fn whoever_signs_out_at_one_node_is_signed_out_at_the_other() {
    let (town, mut person) = town(&[]).await;
    let session = person.browser.cookies["session"].clone();
    person.go_to(&town.nodes[1]);
    assert!(person.page("/").await.0.is_success());
    person.browser.post(&town.nodes[0], "/sign-out", "/", &[]).await;
    person.browser.cookies.insert("session".to_owned(), session);
    assert!(person.page("/").await.0.is_redirection());
}

#[tokio::test]
async fn what_may_be_sent_is_counted_for_all_nodes_together() {
    let (town, mut person) = town(&[("LIMITS__DESTINATION_PER_HOUR", "2")]).await;
    let first = person.begin().await;
    person.go_to(&town.nodes[1]);
    let second = id(&person.press("resend", &first, &[]).await, "AwaitCode");
    person.go_to(&town.nodes[0]);
    let refused = person.press("resend", &second, &[]).await;
    assert_eq!(refused["AwaitCode"]["notice"]["NotResent"]["OwnLimit"]["stops"], "Contact", "{refused}");
    assert_eq!(person.calls("begins").await, 2);
    let code = person.code().await;
    let flow = id(&refused, "AwaitCode");
    id(&person.press("finish", &flow, &[("code", &code)]).await, "Done");
}

#[tokio::test]
async fn the_page_of_one_node_knows_the_answer_of_another_for_the_same_person_s() {
    let (town, mut person) = town(&[]).await;
    let mut marks = Vec::new();
    for node in &town.nodes {
        person.go_to(node);
        let url = format!("{}/api/look?kind=email", person.node);
        let step: Value = person.browser.get(&url).await.json().await.expect("JSON");
        marks.push(step["person"].clone());
    }
    assert_eq!(marks[0], marks[1], "or the page would be loaded anew at every press");
}

#[tokio::test]
async fn the_store_is_asked_once_for_the_session_once_for_the_change_and_once_for_the_limits() {
    let (town, mut person) = town(&[]).await;
    person.flow().await;
    let asked = || {
        let figures = town.redis.command("INFO commandstats");
        between(&figures, "cmdstat_evalsha:calls=", ",").parse::<u32>().expect("a number")
    };
    let before = asked();
    person.look().await;
    assert_eq!(asked() - before, 3);
}
