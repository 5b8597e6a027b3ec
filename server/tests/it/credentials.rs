//! By what right the service is called, and secrets that are replaced while the server runs.

use std::{fs, time::Duration};

use reqwest::{Method, StatusCode};
use sandbox::Running;
use serde_json::{Value, json};
use server::config::Settings;
use tempfile::TempDir;

use crate::{
    notice::{OLD, notices},
    person::{Person, id},
    support::{App, Browser, between, issuer, location, sandbox, serve_with, variables},
};

const NEW: &str = "new@example.org";

/// Longer than between two looks at a file.
const A_WHILE: Duration = Duration::from_secs(6);

async fn app(sandbox: &Running, settings: &[(&str, &str)]) -> App {
    let mut variables = variables(&issuer(sandbox));
    for (name, value) in settings {
        let name = format!("CONTACT_CHANGE_{name}");
        variables.remove(name.trim_end_matches("_FILE"));
        variables.insert(name, (*value).to_owned());
    }
    serve_with(None, variables).await
}

/// Asks for a code as the page's form does, and gives the state that is answered.
async fn begin(app: &App, browser: &mut Browser) -> Value {
    let page = browser.get(&format!("{}/email", app.url)).await.text().await.expect("a page");
    let flow = between(&page, "name=\"flow\" value=\"", "\"").to_owned();
    let form = [("kind", "email"), ("flow", &flow), ("contact", NEW)];
    let request = browser
        .request(Method::POST, &format!("{}/api/begin", app.url))
        .header("sec-fetch-site", "same-origin")
        .header("accept", "application/json")
        .form(&form);
    let answer: Value = request.send().await.expect("an answer").json().await.expect("JSON");
    answer["Step"]["flow"].clone()
}

async fn read(sandbox: &Running, path: &str) -> Value {
    reqwest::get(format!("{}{path}", issuer(sandbox))).await.expect("an answer").json().await.expect("JSON")
}

/// Moves our clock, and only while nothing waits for a socket.
async fn later(by: Duration) {
    tokio::time::pause();
    tokio::time::advance(by).await;
    tokio::time::resume();
}

#[tokio::test]
async fn the_service_can_be_called_with_a_token_of_the_api_client() {
    let sandbox = sandbox().await;
    let app = app(&sandbox, &[("SERVICE__CREDENTIALS", "client_credentials")]).await;
    let mut browser = Browser::new();
    browser.sign_in(&app, "/sign-in").await;
    let state = begin(&app, &mut browser).await;
    assert!(state["AwaitCode"].is_object(), "{state}");
    let begins = read(&sandbox, "/ledger.json").await["begins"].take();
    assert_eq!(begins[0]["caller"], "client:contact-change-api");
    let arrivals = read(&sandbox, "/calls.json").await;
    let calls = |call: &str| {
        arrivals.as_array().expect("calls").iter().filter(|arrival| arrival["call"] == call).count()
    };
    assert_eq!(calls("token"), 2, "one for the person, one for the API client");
}

#[tokio::test]
async fn secrets_in_files_are_replaced_without_a_restart() {
    let folder = TempDir::new().expect("a folder");
    let file = |name: &str, content: &str| {
        let path = folder.path().join(name);
        fs::write(&path, content).expect("a file");
        path.to_str().expect("a path").to_owned()
    };
    let (provider, service) = (file("provider", "old"), file("service", "old"));
    let sandbox = sandbox().await;
    let app = app(
        &sandbox,
        &[("PROVIDER__CLIENT_SECRET_FILE", &provider), ("SERVICE__CLIENT_SECRET_FILE", &service)],
    )
    .await;
    let refused = Browser::new().sign_in(&app, "/sign-in").await;
    assert_eq!(refused.status(), StatusCode::BAD_GATEWAY);

    file("provider", "contact-change-secret\n");
    later(A_WHILE).await;
    let mut browser = Browser::new();
    assert_eq!(location(&browser.sign_in(&app, "/sign-in").await), "/");
    let state = begin(&app, &mut browser).await;
    assert!(state.to_string().contains("Unavailable"), "{state}");

    file("service", "contact-change-api-secret\n");
    later(A_WHILE).await;
    let state = begin(&app, &mut browser).await;
    assert!(state["AwaitCode"].is_object(), "{state}");
}

#[tokio::test]
async fn a_code_is_unspent_where_the_credentials_are_accepted_for_nothing() {
    let sandbox = sandbox().await;
    let app = app(&sandbox, &[]).await;
    let mut person = Person::signed_in(sandbox, &app).await;
    let flow = person.flow().await;
    let refused = |call: &str| json!({ "call": call, "fault": "status", "status": 401 });
    person.fault(refused("user")).await;
    let state = person.press("begin", &flow, &[("contact", NEW), ("replace_all", "true")]).await;
    let (flow, code) = (id(&state, "AwaitCode"), person.code().await);
    person.faults(json!([refused("user"), refused("finish")])).await;
    let state = person.press("finish", &flow, &[("code", &code)]).await;
    assert!(state["AwaitCode"]["notice"]["NotChecked"]["reference"].is_string(), "{state}");
    person.faults(json!([])).await;
    let flow = id(&state, "AwaitCode");
    id(&person.press("finish", &flow, &[("code", &code)]).await, "Done");
    assert_eq!(notices(&person).await[0]["to"], OLD, "what it took away was read in time");
}

#[test]
fn credentials_that_are_left_empty_in_the_file_are_missing() {
    let folder = tempfile::tempdir().expect("a folder");
    let path = folder.path().join("contact-change.toml");
    let empty = "time_zone = \"\"\n[provider]\nissuer = \"https://id.example.com\"\nclient_id = \"\"\nclient_secret = \"\"\n\
                 [service]\nclient_id = \"\"\nclient_secret = \"\"\n";
    fs::write(&path, empty).expect("a file");
    let none: [(String, String); 0] = [];
    let mistakes = Settings::load(Some(&path), none).expect_err("nothing to sign in with");
    let keys: Vec<&str> = mistakes.iter().map(|mistake| mistake.key.as_str()).collect();
    let credentials =
        ["provider.client_id", "provider.client_secret", "service.client_id", "service.client_secret"];
    assert_eq!(keys, credentials, "{mistakes}");
    assert!(mistakes.iter().all(|mistake| mistake.problem.starts_with("is missing; give")), "{mistakes}");
}
