//! Reading a person, of every age of service.

use contact::KnownContact;
use rstest::rstest;
use serde_json::{Value, json};

use crate::support::{Service, caller};

async fn read(body: &Value) -> identity::User {
    let service = Service::answering(200, &[], &body.to_string()).await;
    service.client().user(&caller()).await.unwrap()
}

fn known(value: &str, verified: bool) -> KnownContact {
    KnownContact { value: value.to_owned(), verified }
}

#[tokio::test]
async fn the_order_of_the_service_is_kept_and_what_is_unknown_is_ignored() {
    let user = read(&json!({
        "id": "5a0000000000000000000001", "username": "ann", "name": {"givenName": "Ann"}, "new": [{}],
        "emails": [
            {"address": "ann@example.com", "name": "Home", "verified": true, "tags": ["a"], "more": 1},
            {"address": "old@example.com", "verified": false},
            {"address": "bare@example.com"},
        ],
        "mobiles": [{"number": "+358501234567", "verified": true}],
        "locale": "en_GB",
    }))
    .await;
    let emails =
        [known("ann@example.com", true), known("old@example.com", false), known("bare@example.com", false)];
    assert_eq!(user.contacts.emails, emails);
    assert_eq!(user.contacts.mobiles, [known("+358501234567", true)]);
    assert_eq!(user.locale.as_deref(), Some("en_GB"));
}

#[tokio::test]
async fn an_old_service_with_one_address_and_one_number_is_read() {
    let user = read(&json!({
        "email": "ann@example.com", "emailVerified": true, "mobile": "+358501234567", "preferredLanguage": "fi",
    }))
    .await;
    assert_eq!(user.contacts.emails, [known("ann@example.com", true)]);
    assert_eq!(user.contacts.mobiles, [known("+358501234567", false)]);
    assert_eq!(user.locale.as_deref(), Some("fi"));
}

#[rstest]
#[case::nothing(json!({}))]
#[case::nulls(json!({"emails": null, "mobiles": null, "locale": null, "email": null}))]
#[case::empty(json!({"emails": [], "mobiles": [], "locale": "", "email": "", "mobile": ""}))]
#[case::of_other_types(json!({"emails": [7, null, "a", {"address": 7}, {"verified": true}], "mobiles": {}, "locale": 7}))]
#[tokio::test]
async fn what_is_missing_or_unreadable_is_empty(#[case] body: Value) {
    let user = read(&body).await;
    assert!(user.contacts.emails.is_empty() && user.contacts.mobiles.is_empty());
    assert_eq!(user.locale, None);
}

#[rstest]
#[case::nothing(json!({"id": "5a0000000000000000000001"}), false)]
#[case::an_empty_list(json!({"emails": []}), true)]
#[case::a_member_of_another_age(json!({"mobile": null}), true)]
#[tokio::test]
async fn an_answer_without_a_word_of_contacts_is_told_from_a_person_without_any(
    #[case] body: Value,
    #[case] names_contacts: bool,
) {
    assert_eq!(read(&body).await.names_contacts, names_contacts);
}

#[tokio::test]
async fn a_list_is_not_read_without_end() {
    let emails: Vec<_> = (0..1000).map(|n| json!({"address": format!("ann{n}@example.com")})).collect();
    let user = read(&json!({"emails": emails})).await;
    assert_eq!(user.contacts.emails.len(), 200);
    assert_eq!(user.contacts.emails[0].value, "ann0@example.com");
}
