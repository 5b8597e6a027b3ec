//! What a test can set, and what it can read afterwards.

use crate::support::{ALICE, BOB, Sandbox, addresses};
use serde_json::{Value, json};

#[tokio::test]
async fn a_reset_makes_everything_new_but_the_signing_keys() {
    let sandbox = Sandbox::new().await;
    let (ledger, people) = (sandbox.json("/ledger.json").await, sandbox.json("/control/people").await);
    let keys = sandbox.json("/openid/jwks").await;
    let token = sandbox.begun(ALICE, json!({ "email": "new@example.org", "primary": true })).await;
    sandbox.finish(ALICE, &token, &sandbox.code("new@example.org").await).await;
    let open = sandbox.begun(ALICE, json!({ "email": "open@example.org" })).await;
    let code = sandbox.code("open@example.org").await;
    sandbox.control("limits", json!({ "perUser": 1 })).await;
    sandbox.control("clock", json!({ "advanceSeconds": 500_000 })).await;
    sandbox.switch(json!({ "call": "user", "fault": "html" })).await;
    assert_ne!(sandbox.json("/control/people").await, people);

    sandbox.control("reset", json!({})).await;
    assert_eq!(sandbox.json("/control/people").await, people);
    assert_eq!(sandbox.json("/ledger.json").await, ledger);
    assert_eq!(sandbox.json("/outbox.json").await, json!([]));
    assert_eq!(sandbox.json("/control/faults").await, json!({ "faults": [] }));
    assert_eq!(sandbox.json("/control/limits").await["perUser"], 10);
    let now: jiff::Timestamp = sandbox.json("/control/clock").await["now"].as_str().unwrap().parse().unwrap();
    assert!(now <= jiff::Timestamp::now());
    assert_eq!(sandbox.json("/openid/jwks").await, keys);
    assert_eq!(sandbox.finish(ALICE, &open, &code).await.status(), 404);
}

#[tokio::test]
async fn a_test_can_learn_of_everything_that_is_secret() {
    let sandbox = Sandbox::new().await;
    let token = sandbox.begun(ALICE, json!({ "email": "new@example.org" })).await;
    let code = sandbox.code("new@example.org").await;
    let secrets = sandbox.json("/control/secrets").await;
    assert_eq!((&secrets["codes"], &secrets["verificationTokens"]), (&json!([code]), &json!([token])));
    assert_eq!(secrets["accessTokens"], json!([]));
}

#[tokio::test]
async fn the_ledger_tells_what_happened_without_any_token_or_code() {
    let sandbox = Sandbox::new().await;
    let token = sandbox.begun(BOB, json!({ "mobile": "+447700900999", "primary": true })).await;
    let code = sandbox.code("+447700900999").await;
    sandbox.finish(BOB, &token, &code).await;
    let text = sandbox.get("/ledger.json").await.text().await.unwrap();
    assert!(!text.contains(&token));
    assert!(!text.contains(&format!("\"{code}\"")));

    let mut ledger: Value = serde_json::from_str(&text).unwrap();
    let correlation = ledger["begins"][0]["verification"].clone();
    assert_eq!(correlation.as_str().unwrap().len(), 12);
    for list in ["begins", "finishes", "messages", "changes"] {
        let entry = &mut ledger[list][0];
        assert_eq!(entry["verification"].take(), correlation);
        assert!(entry["at"].take().as_str().unwrap().parse::<jiff::Timestamp>().is_ok());
    }
    let before = ["+447700900101", "+447700900102", "+447700900103"];
    let after = ["+447700900999", "+447700900101", "+447700900102", "+447700900103"];
    assert_eq!(
        ledger,
        json!({
            "begins": [{
                "at": null, "user": BOB, "caller": "client:contact-change-api", "kind": "mobile",
                "contact": "+447700900999", "primary": true, "replaceAll": false,
                "outcome": "sent", "status": 200, "verification": null, "fault": null,
            }],
            "finishes": [{
                "at": null, "user": BOB, "caller": "client:contact-change-api", "kind": "mobile",
                "contact": "+447700900999",
                "outcome": "changed", "status": 200, "verification": null, "fault": null,
            }],
            "messages": [{
                "at": null, "user": BOB, "cause": "begin", "channel": "sms", "to": "+447700900999",
                "outcome": "sent", "status": null, "verification": null, "fault": null,
            }],
            "changes": [{
                "at": null, "user": BOB, "kind": "mobile", "contact": "+447700900999",
                "primary": true, "replaceAll": false, "before": before, "after": after, "verification": null,
            }],
        })
    );
}

#[tokio::test]
async fn the_people_cover_the_cases() {
    let sandbox = Sandbox::new().await;
    let people = sandbox.json("/control/people").await;
    let people = people["people"].as_array().unwrap();
    let count = |person: &Value, list: &str| person[list].as_array().unwrap().len();
    assert_eq!(people[0]["name"], "Alice Archer");
    assert_eq!((count(&people[0], "emails"), count(&people[0], "mobiles")), (1, 0));
    assert!(people.iter().any(|person| count(person, "emails") > 2 && count(person, "mobiles") > 2));
    assert!(people.iter().any(|person| count(person, "emails") == 0 && count(person, "mobiles") == 1));
    for language in ["en", "fi", "sv", "ar"] {
        assert!(people.iter().any(|person| person["preferredLanguage"] == language), "{language}");
    }
    for person in people {
        let id = person["id"].as_str().unwrap();
        assert_eq!(id.len(), 24);
        assert_eq!(addresses(&sandbox.user(id).await), addresses(person));
    }
}

#[tokio::test]
async fn a_control_that_makes_no_sense_says_what_is_wrong() {
    let sandbox = Sandbox::new().await;
    for (path, body) in [
        ("faults", json!({ "faults": [{ "call": "begin", "fault": "boredom" }] })),
        ("faults", json!({ "faults": [{ "call": "begin", "fault": "taken" }] })),
        ("faults", json!({ "faults": [{ "call": "begin", "fault": "status", "status": 99 }] })),
        ("limits", json!({ "perPlanet": 1 })),
        ("clock", json!({ "advanceSeconds": -1 })),
    ] {
        let url = sandbox.url(&format!("/control/{path}"));
        let answer = sandbox.http.post(url).json(&body).send().await.unwrap();
        assert_eq!(answer.status(), 400, "{body}");
        assert!(answer.json::<Value>().await.unwrap()["error"].is_string());
    }
}

#[tokio::test]
async fn localhost_reaches_the_sandbox_by_either_address() {
    let sandbox = Sandbox::new().await;
    let port = sandbox.running.url().port().unwrap();
    for host in ["localhost", "127.0.0.1"] {
        let answer = sandbox.http.get(format!("http://{host}:{port}/")).send().await.unwrap();
        assert_eq!(answer.status(), 200, "{host}");
    }
}
