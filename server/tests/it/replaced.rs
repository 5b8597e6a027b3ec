//! What a change takes away is read before it does, or nobody could be told.

use std::time::Duration;

use rstest::rstest;
use serde_json::json;

use crate::{
    audit::{self, lines, recorded},
    notice::{OLD, as_bob, change, notices, signed_in, without_breaker},
    person::{NEW, id},
    support::{Log, app_with, issuer},
};

#[tokio::test]
async fn an_address_that_could_not_be_read_when_the_code_was_asked_for_is_told_as_well() {
    let (_app, mut person) = signed_in(without_breaker).await;
    let flow = person.flow().await;
    // Three tries while the code is sent.
    person.fault(json!({ "call": "user", "fault": "status", "status": 500, "times": 3 })).await;
    let state = person.press("begin", &flow, &[("contact", NEW), ("replace_all", "true")]).await;
    let code = person.code().await;
    let flow = id(&state, "AwaitCode");
    id(&person.press("finish", &flow, &[("code", &code)]).await, "Done");
    let told = notices(&person).await;
    assert_eq!((told.len(), &told[0]["to"]), (1, &json!(OLD)));
}

#[rstest]
#[case::a_limit(429)]
#[case::trouble_until_reads_rest(503)]
#[tokio::test]
async fn a_code_is_not_entered_while_the_addresses_that_it_replaces_cannot_be_read(#[case] status: u16) {
    let (_app, mut person) =
        signed_in(async |issuer| app_with(issuer, &[("SERVICE__BREAKER_PAUSE", "1s")]).await).await;
    let flow = person.flow().await;
    person.fault(json!({ "call": "user", "fault": "status", "status": status })).await;
    let state = person.press("begin", &flow, &[("contact", NEW), ("replace_all", "true")]).await;
    for _ in 0..4 {
        person.page("/").await;
    }
    let (flow, code) = (id(&state, "AwaitCode"), person.code().await);
    let state = person.press("finish", &flow, &[("code", &code)]).await;
    assert!(state["AwaitCode"]["notice"]["NotChecked"]["reference"].is_string(), "{state}");
    assert_eq!(person.calls("finishes").await, 0, "the code is unspent");
    person.faults(json!([])).await;
    // The very same form serves once the service is well.
    while !person.press("finish", &flow, &[("code", &code)]).await["Done"].is_object() {
        tokio::time::sleep(Duration::from_millis(100)).await;
    }
    let told = notices(&person).await;
    assert_eq!((told.len(), &told[0]["to"]), (1, &json!(OLD)));
}

#[tokio::test]
async fn a_code_whose_time_is_over_is_told_as_such_though_nothing_can_be_read() {
    let (_app, mut person) = signed_in(without_breaker).await;
    let url = format!("{}/control/limits", issuer(&person.sandbox));
    let limits = json!({ "codeLifetimeSeconds": 1 });
    reqwest::Client::new().post(url).json(&limits).send().await.expect("an answer");
    let flow = person.flow().await;
    person.fault(json!({ "call": "user", "fault": "status", "status": 503 })).await;
    let state = person.press("begin", &flow, &[("contact", NEW), ("replace_all", "true")]).await;
    let (flow, code) = (id(&state, "AwaitCode"), person.code().await);
    tokio::time::sleep(Duration::from_millis(1100)).await;
    let state = person.press("finish", &flow, &[("code", &code)]).await;
    assert_eq!(state["Restart"]["reason"], "Expired", "{state}");
}

#[rstest]
#[case::with_these_credentials(401)]
#[case::without_the_right_to(403)]
#[case::at_another_path(404)]
#[tokio::test]
async fn when_the_replaced_addresses_cannot_be_read_at_all_the_numbers_are_told_and_so_is_the_operator(
    #[case] status: u16,
) {
    let log = Log::default();
    let _listening = log.listen();
    let (folder, app, mut person) = recorded(&[("POLICY__NOTIFY_PREVIOUS", "true")]).await;
    as_bob(&app, &mut person).await;
    person.fault(json!({ "call": "user", "fault": "status", "status": status })).await;
    change(&mut person, &[("replace_all", "true")]).await;
    assert_eq!(notices(&person).await[0]["to"], "+447700900101");
    assert!(log.text().contains("the previous contacts could not be read"), "{}", log.text());
    let unknown = ("notice_failed", "failed", "not_known");
    assert!(audit::told(&lines(&folder)).contains(&unknown), "or no alert is raised");
}
