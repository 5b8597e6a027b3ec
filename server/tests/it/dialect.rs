//! A service that calls things otherwise is made to work by configuration alone, by the examples in the repository.

use std::{collections::BTreeMap, fs, path::Path};

use reqwest::Method;
use rstest::rstest;
use sandbox::Running;
use serde_json::Value;

use crate::support::{App, Browser, Log, between, issuer, serve_with, variables};

const EXAMPLES: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/../examples/dialect");

async fn service() -> Running {
    let text = fs::read_to_string(format!("{EXAMPLES}/service.toml")).expect("an example");
    let dialect = sandbox::Dialect::parse(&text).expect("a dialect");
    sandbox::start(sandbox::Settings { dialect, ..sandbox::Settings::default() }).await.expect("a sandbox")
}

/// A server with the example's configuration; the sandbox has a port of its own.
async fn app(sandbox: &Running) -> App {
    let issuer = ("CONTACT_CHANGE_PROVIDER__ISSUER".to_owned(), issuer(sandbox));
    serve_with(Some(&Path::new(EXAMPLES).join("contact-change.toml")), BTreeMap::from([issuer])).await
}

/// Posts what a page's form posts, and gives the step that is answered.
async fn press(app: &App, browser: &mut Browser, kind: &str, function: &str, field: (&str, &str)) -> Value {
    let page = browser.get(&format!("{}/{kind}", app.url)).await.text().await.expect("a page");
    let flow = between(&page, "name=\"flow\" value=\"", "\"").to_owned();
    let form = [("kind", kind), ("flow", &flow), ("primary", "true"), field];
    let request = browser
        .request(Method::POST, &format!("{}/api/{function}", app.url))
        .header("sec-fetch-site", "same-origin")
        .header("accept", "application/json")
        .form(&form);
    let answer: Value = request.send().await.expect("an answer").json().await.expect("JSON");
    answer["Step"]["flow"].clone()
}

async fn read(sandbox: &Running, path: &str) -> Value {
    reqwest::get(format!("{}{path}", issuer(sandbox))).await.expect("an answer").json().await.expect("JSON")
}

#[rstest]
#[case::an_address("email", "emails", "new@example.org", "alice@example.org")]
#[case::a_number("mobile", "mobiles", "+447700900155", "alice@example.org")]
#[tokio::test]
async fn a_whole_change_works_by_configuration_alone(
    #[case] kind: &str,
    #[case] list: &str,
    #[case] contact: &str,
    #[case] before: &str,
) {
    let sandbox = service().await;
    let app = app(&sandbox).await;
    let mut browser = Browser::new();
    browser.sign_in(&app, "/sign-in").await;
    let contacts = browser.get(&app.url).await.text().await.expect("a page");
    assert!(contacts.contains(before), "{contacts}");

    let state = press(&app, &mut browser, kind, "begin", ("contact", contact)).await;
    assert!(state["AwaitCode"].is_object(), "{state}");
    let outbox = read(&sandbox, "/outbox.json").await;
    let code = outbox[0]["code"].as_str().expect("a code");
    let state = press(&app, &mut browser, kind, "finish", ("code", code)).await;
    let shown = state["Done"]["contacts"][list][0]["value"].as_str().expect("a contact");
    assert_eq!(shown.replace('\u{a0}', ""), contact, "{state}");
    assert_eq!(state["Done"]["contacts"][list][0]["verified"], true, "{state}");
    assert_eq!(read(&sandbox, "/ledger.json").await["changes"][0]["contact"], contact);
}

#[tokio::test]
async fn what_the_service_refuses_is_told_by_configuration_alone() {
    let sandbox = service().await;
    let app = app(&sandbox).await;
    let mut browser = Browser::new();
    browser.sign_in(&app, "/sign-in").await;
    let control = format!("{}/control/limits", issuer(&sandbox));
    let none = reqwest::Client::new().post(control).json(&serde_json::json!({"perAddress": 1}));
    none.send().await.expect("an answer");
    press(&app, &mut browser, "email", "begin", ("contact", "new@example.org")).await;
    let wrong = press(&app, &mut browser, "email", "finish", ("code", "000000")).await;
    assert!(wrong["Restart"].is_object(), "{wrong}");
    let limited = press(&app, &mut browser, "email", "resend", ("code", "")).await;
    assert!(
        limited.to_string().contains("LimitReached") || limited.to_string().contains("until"),
        "{limited}"
    );
}

/// Each word of the example that is left out is named to the operator.
#[rstest]
#[case::nothing("", "the path of dialect.begin is another one")]
#[case::the_statuses("path", "answered 422, which has no meaning in dialect.begin.answers")]
#[case::the_good_status("path email", "answered 201, which has no meaning in dialect.begin.answers")]
#[case::the_token("path email answers", "no readable verification token (dialect.begin.verification_token)")]
#[case::the_life(
    "path email answers verification_token",
    "dialect.begin.expires_in, dialect.begin.expires_at"
)]
#[tokio::test]
async fn a_word_that_is_missing_is_named_to_the_operator(#[case] known: &str, #[case] told: &str) {
    let log = Log::default();
    let _guard = log.listen();
    let sandbox = service().await;
    let text = fs::read_to_string(format!("{EXAMPLES}/contact-change.toml")).expect("an example");
    let table: toml::Table = text.parse().expect("TOML");
    let begin = table["service"]["dialect"]["begin"].as_table().expect("a part");
    let mut settings = variables(&issuer(&sandbox));
    for (name, value) in begin.iter().filter(|(name, _)| known.split(' ').any(|known| known == *name)) {
        for (end, value) in flat(name, value) {
            settings.insert(format!("CONTACT_CHANGE_SERVICE__DIALECT__BEGIN__{end}"), value);
        }
    }
    let app = serve_with(None, settings).await;
    let mut browser = Browser::new();
    browser.sign_in(&app, "/sign-in").await;
    press(&app, &mut browser, "email", "begin", ("contact", "new@example.org")).await;
    let logged = log.text();
    assert!(logged.contains(told), "{logged}");
    assert!(logged.contains("the path of dialect.user is another one"), "{logged}");
    assert!(!logged.contains("new@example.org"), "{logged}");
}

/// Writes a value as a variable has it.
fn text(value: &toml::Value) -> String {
    serde_json::to_string(value).expect("a text")
}

/// The variables that say what a member of the example says.
fn flat(name: &str, value: &toml::Value) -> Vec<(String, String)> {
    match value {
        toml::Value::Table(inner) => inner
            .iter()
            .map(|(end, value)| (format!("{}__{}", name.to_uppercase(), end.to_uppercase()), text(value)))
            .collect(),
        value => vec![(name.to_uppercase(), text(value))],
    }
}
