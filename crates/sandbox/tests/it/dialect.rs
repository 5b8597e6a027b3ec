//! A service that calls things otherwise.

use crate::support::{ALICE, BOB, Sandbox};
use sandbox::{Dialect, Settings};
use serde_json::{Value, json};

/// The one that is in the repository, for people to try.
const EXAMPLE: &str = include_str!("../../../../examples/dialect/service.toml");

async fn speaking(dialect: &str) -> Sandbox {
    let dialect = Dialect::parse(dialect).unwrap();
    Sandbox::with(Settings { dialect, ..Settings::default() }).await
}

/// A call by the API client, to any path.
async fn post(sandbox: &Sandbox, path: &str, body: Value) -> (u16, Value) {
    let request = sandbox.http.post(sandbox.url(path)).json(&body);
    let request = request.basic_auth("contact-change-api", Some("contact-change-api-secret"));
    let answer = request.header("x-message-language", "fi").send().await.unwrap();
    (answer.status().as_u16(), answer.json().await.unwrap_or_default())
}

#[tokio::test]
async fn a_whole_change_in_other_words() {
    let sandbox = speaking(EXAMPLE).await;
    let person = format!("/directory/v2/people/{BOB}");
    let body = json!({"newMailAddress": "new@example.org", "asFirst": true, "insteadOfOthers": false});
    let (status, begun) = post(&sandbox, &format!("{person}/contact-verifications"), body).await;
    assert_eq!((status, &begun["validSeconds"]), (201, &json!(600)));
    assert_eq!(begun.as_object().unwrap().len(), 2, "nothing in the usual words: {begun}");
    let message = &sandbox.json("/outbox.json").await[0];
    assert_eq!(message["subject"], "Vahvistuskoodisi", "the header for the language has another name");

    let body = json!({"ticket": begun["ticket"], "digits": sandbox.code("new@example.org").await});
    let (status, person) = post(&sandbox, &format!("{person}/contact-verifications/answer"), body).await;
    assert_eq!(status, 203);
    let told =
        ["mailAddress", "mailAddressConfirmed", "phoneNumber", "culture"].map(|name| person[name].clone());
    assert_eq!(told, [json!("new@example.org"), json!(true), json!("+447700900101"), json!("en_GB")]);
    assert!(person.get("emails").is_none() && person.get("mailAddresses").is_none(), "{person}");
    assert_eq!(sandbox.ledger("finishes").await[0]["status"], 203);
}

#[tokio::test]
async fn what_is_said_in_the_usual_words_is_not_understood() {
    let sandbox = speaking(EXAMPLE).await;
    let usual = format!("/api/rest/v1/user/{ALICE}/change-contact/begin");
    assert_eq!(post(&sandbox, &usual, json!({"email": "new@example.org"})).await.0, 404);
    let path = format!("/directory/v2/people/{ALICE}/contact-verifications");
    assert_eq!(post(&sandbox, &path, json!({"email": "new@example.org"})).await.0, 422);
}

#[tokio::test]
async fn the_life_of_a_code_can_be_left_untold() {
    let sandbox = speaking("lifetime = \"untold\"").await;
    let answer: Value = sandbox.begin(ALICE, json!({"email": "new@example.org"})).await.json().await.unwrap();
    assert_eq!(answer.as_object().unwrap().keys().collect::<Vec<_>>(), ["verificationToken"]);
}

#[tokio::test]
async fn a_limit_ends_in_a_header_of_another_name() {
    let sandbox =
        speaking("[headers]\nretry_after = \"x-ends\"\n[begin.statuses]\nlimit_address = 420").await;
    sandbox.control("limits", json!({"perAddress": 0})).await;
    let answer = sandbox.begin(ALICE, json!({"email": "new@example.org"})).await;
    assert_eq!(answer.status(), 420);
    assert!(answer.headers().contains_key("x-ends") && !answer.headers().contains_key("retry-after"));
}

#[tokio::test]
async fn the_reference_speaks_the_same_words() {
    let sandbox = speaking(EXAMPLE).await;
    let document = sandbox.json("/apidoc/openapi.json").await;
    let begin = &document["paths"]["/directory/v2/people/{userId}/contact-verifications"]["post"];
    let statuses: Vec<_> = begin["responses"].as_object().unwrap().keys().cloned().collect();
    assert_eq!(statuses, ["201", "401", "403", "404", "412", "413", "415", "420", "422"]);
    let schemas = &document["components"]["schemas"];
    assert!(schemas["BeginAnswer"]["properties"]["ticket"].is_object());
    assert_eq!(schemas["BeginAnswer"]["required"], json!(["ticket"]));
    let person = &schemas["UserObject"]["properties"];
    assert!(person["mailAddress"].is_object() && person.get("emails").is_none(), "{person}");
    let page = sandbox.get("/apidoc").await.text().await.unwrap();
    assert!(page.contains("POST /directory/v2/people/{userId}/contact-verifications/answer"));
}

#[test]
fn a_dialect_that_says_nothing_is_told() {
    for (text, told) in [
        ("[paths]\nbegin = \"/begin\"", "must start with a slash and have {userId} in it"),
        ("[headers]\nlanguage = \"a b\"", "cannot be the name of a header"),
        ("[begin.statuses]\nsent = 99", "must be from 200 to 599"),
        ("[begins]", "unknown field"),
        ("shape = \"round\"", "unknown variant"),
    ] {
        let problem = Dialect::parse(text).unwrap_err();
        assert!(problem.contains(told), "{problem}");
    }
}
