//! What operators set, and what they are told when it is wrong.

use rstest::rstest;
use server::config::Settings;

use super::key_file;
use crate::support::{app, app_with, issuer, sandbox, variables};

#[tokio::test]
async fn nothing_is_published_unless_there_is_a_key_and_both_keys_are_if_there_are_two() {
    let (sandbox, folder) = (sandbox().await, tempfile::tempdir().expect("a folder"));
    let without = app(&issuer(&sandbox)).await;
    let keys = |url: &str| format!("{url}/.well-known/jwks.json");
    assert_eq!(reqwest::get(keys(&without.url)).await.expect("an answer").status(), 404);

    let next = tempfile::tempdir().expect("a folder");
    let settings = [("EVENTS__KEY_FILE", &*key_file(&folder)), ("EVENTS__OTHER_KEY_FILE", &*key_file(&next))];
    let app = app_with(&issuer(&sandbox), &settings).await;
    let answer = reqwest::get(keys(&app.url)).await.expect("an answer");
    assert_eq!(answer.headers()["content-type"], "application/jwk-set+json");
    let published: serde_json::Value = answer.json().await.expect("JSON");
    let names: Vec<&str> = published["keys"]
        .as_array()
        .expect("keys")
        .iter()
        .map(|key| key["kid"].as_str().expect("a name"))
        .collect();
    assert!(names.len() == 2 && names[0] != names[1], "{published}");
    assert!(!published.to_string().contains("\"d\""), "the private part is nobody's");
}

#[rstest]
#[case::no_key(&[("APPLICATIONS__CRM__EVENTS", "https://crm.example/events")], "events.key")]
#[case::no_address(&[("APPLICATIONS__CRM__EVENTS", "crm.example")], "applications.crm.events")]
#[case::in_the_open(&[("APPLICATIONS__CRM__EVENTS", "http://crm.example/")], "applications.crm.events")]
#[case::no_key_in_it(&[("EVENTS__KEY", "-----BEGIN PRIVATE KEY-----")], "events.key")]
#[case::without_a_key(&[("EVENTS__RETRY_FOR", "1d")], "events.retry_for")]
fn a_mistake_is_told_with_its_key(#[case] given: &[(&str, &str)], #[case] key: &str) {
    let mut variables = variables("https://id.example.com");
    let given = given.iter().map(|(name, value)| (format!("CONTACT_CHANGE_{name}"), (*value).to_owned()));
    variables.extend(given);
    let mistakes = Settings::load(None, variables).expect_err("a mistake");
    let keys: Vec<&str> = mistakes.iter().map(|mistake| mistake.key.as_str()).collect();
    assert!(keys.contains(&key), "{mistakes}");
}
