//! Nothing before the right code tells whether another account has a contact.

use serde_json::Value;

use crate::{
    person::{NEW, Person},
    support::{app, issuer, sandbox},
};

/// The address of another account.
const TAKEN: &str = "bob@example.org";

/// What comes of asking for a code at an address: the answer, less what is random or a time, and the calls that were made.
async fn asked(contact: &str) -> (Value, Vec<Value>) {
    let sandbox = sandbox().await;
    let app = app(&issuer(&sandbox)).await;
    let mut person = Person::signed_in(sandbox, &app).await;
    let flow = person.flow().await;
    let before = person.read("/calls.json").await.as_array().expect("calls").len();
    let state = person.press("begin", &flow, &[("contact", contact)]).await;
    let calls = person.read("/calls.json").await.as_array().expect("calls")[before..].to_vec();

    let mut state: Value = serde_json::from_str(&state.to_string().replace(contact, "-")).expect("JSON");
    let waiting = state["AwaitCode"].as_object_mut().unwrap_or_else(|| panic!("{contact}"));
    assert!(waiting.remove("id").is_some() && waiting.remove("expires_at").is_some());
    (state, calls.into_iter().map(|mut call| call["call"].take()).collect())
}

#[tokio::test]
async fn asking_for_a_code_is_answered_alike_and_by_the_same_calls_whoever_has_the_address() {
    let (free, taken) = (asked(NEW).await, asked(TAKEN).await);
    assert_eq!(free, taken);
    assert!(free.1.contains(&Value::from("begin")), "{free:?}");
}
