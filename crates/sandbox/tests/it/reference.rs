//! The reference of the Management API.

use crate::support::Sandbox;
use serde_json::{Value, json};

#[tokio::test]
async fn the_reference_names_every_call_and_every_member() {
    let sandbox = Sandbox::new().await;
    let document = sandbox.json("/apidoc/openapi.json").await;
    assert_eq!(document["openapi"], "3.1.0");
    let user = "/api/rest/v1/user/{userId}";
    let mut calls: Vec<String> = document["paths"]
        .as_object()
        .unwrap()
        .iter()
        .flat_map(|(path, item)| {
            item.as_object().unwrap().keys().map(move |method| format!("{method} {path}"))
        })
        .collect();
    calls.sort();
    assert_eq!(
        calls,
        [
            format!("get {user}"),
            format!("get {user}/profile"),
            format!("post {user}/change-contact/begin"),
            format!("post {user}/change-contact/finish"),
            format!("post {user}/email/send"),
            format!("post {user}/sms/send"),
        ]
    );
    let members = |schema: &str| {
        let properties = &document["components"]["schemas"][schema]["properties"];
        let mut names: Vec<String> = properties.as_object().unwrap().keys().cloned().collect();
        names.sort();
        names
    };
    assert_eq!(members("BeginBody"), ["email", "mobile", "primary", "replaceAll"]);
    assert_eq!(members("BeginAnswer"), ["expiresAt", "expiresIn", "verificationToken"]);
    assert_eq!(members("FinishBody"), ["code", "verificationToken"]);
    assert_eq!(members("ErrorBody"), ["errorMessage", "statusCode"]);
    assert_eq!(members("NameObject"), ["familyName", "givenName", "middleName"]);
    assert_eq!(members("EmailObject"), ["address", "name", "tags", "verified"]);
    assert_eq!(members("MetaObject"), ["created", "lastModified", "location"]);
    let schemes = &document["components"]["securitySchemes"];
    assert_eq!(schemes["apiClient"], json!({ "type": "http", "scheme": "basic" }));
    assert_eq!(schemes["accessToken"], json!({ "type": "http", "scheme": "bearer" }));
}

#[tokio::test]
async fn every_reference_within_the_document_leads_somewhere() {
    fn references(value: &Value, found: &mut Vec<String>) {
        match value {
            Value::Object(map) => {
                found.extend(map.get("$ref").and_then(Value::as_str).map(ToOwned::to_owned));
                map.values().for_each(|value| references(value, found));
            }
            Value::Array(list) => list.iter().for_each(|value| references(value, found)),
            _ => {}
        }
    }
    let document = Sandbox::new().await.json("/apidoc/openapi.json").await;
    let mut found = Vec::new();
    references(&document, &mut found);
    assert!(!found.is_empty());
    for reference in found {
        assert!(document.pointer(reference.strip_prefix('#').unwrap()).is_some(), "{reference}");
    }
}

#[tokio::test]
async fn the_reference_can_be_read_as_a_page() {
    let sandbox = Sandbox::new().await;
    let page = sandbox.get("/apidoc").await.text().await.unwrap();
    assert!(page.contains("POST /api/rest/v1/user/{userId}/change-contact/begin"));
    assert!(page.contains("Begins a change"));
}
