//! Whatever is pasted into the field, the service hears six digits or nothing. A service that writes down what it hears
//! stands in for the sandbox here, which keeps no code.

use std::{
    cell::{Cell, RefCell},
    sync::{Arc, Mutex, MutexGuard},
};

use axum::{Json, Router, extract::State, http::StatusCode, routing::post};
use contact::VerificationCode;
use proptest::{prelude::*, test_runner::Config};
use reqwest::Method;
use serde_json::{Value, json};
use tokio::{net::TcpListener, runtime::Runtime, task::JoinHandle};

use crate::support::{App, Browser, app_with, between, issuer, sandbox};

/// The codes that the service was given.
type Heard = Arc<Mutex<Vec<String>>>;

/// A service that sends no message and takes no code, and writes down each that it hears.
struct Service {
    url: String,
    heard: Heard,
    task: JoinHandle<()>,
}

impl Service {
    async fn start() -> Self {
        let heard = Heard::default();
        let change = "/api/rest/v1/user/{user}/change-contact";
        let begun = || async { Json(json!({ "verificationToken": "token", "expiresIn": 600 })) };
        let router = Router::new()
            .route(&format!("{change}/begin"), post(begun))
            .route(&format!("{change}/finish"), post(hear))
            .with_state(Arc::clone(&heard));
        let listener = TcpListener::bind("127.0.0.1:0").await.expect("a free port");
        let url = format!("http://{}", listener.local_addr().expect("an address"));
        let task = tokio::spawn(async move { axum::serve(listener, router).await.expect("a server") });
        Self { url, heard, task }
    }

    fn heard(&self) -> MutexGuard<'_, Vec<String>> {
        self.heard.lock().expect("what was heard")
    }
}

impl Drop for Service {
    fn drop(&mut self) {
        self.task.abort();
    }
}

async fn hear(State(heard): State<Heard>, Json(body): Json<Value>) -> StatusCode {
    heard.lock().expect("what was heard").push(body["code"].as_str().expect("a code").to_owned());
    StatusCode::BAD_REQUEST
}

/// Somebody who is signed in, at whatever state the last press has left.
struct Person {
    app: App,
    browser: Browser,
    state: RefCell<String>,
}

impl Person {
    async fn signed_in(issuer: &str, service: &Service) -> Self {
        let limits = ["DESTINATION_PER_HOUR", "DESTINATION_PER_DAY", "ACCOUNT_PER_HOUR", "ACCOUNT_PER_DAY"]
            .map(|limit| format!("LIMITS__{limit}"));
        let mut settings: Vec<_> = limits.iter().map(|limit| (limit.as_str(), "0")).collect();
        settings.push(("SERVICE__BASE_URL", &service.url));
        let app = app_with(issuer, &settings).await;
        let mut browser = Browser::new();
        browser.sign_in(&app, "/sign-in").await;
        let page = browser.get(&format!("{}/email", app.url)).await.text().await.expect("a page");
        let state = between(&page, "name=\"flow\" value=\"", "\"").to_owned();
        Self { app, browser, state: RefCell::new(state) }
    }

    /// Presses a button as a script does.
    async fn press(&self, function: &str, field: (&str, &str)) {
        let state = self.state.borrow().clone();
        let request = self
            .browser
            .request(Method::POST, &format!("{}/api/{function}", self.app.url))
            .header("sec-fetch-site", "same-origin")
            .header("accept", "application/json")
            .form(&[("kind", "email"), ("flow", &state), field]);
        let answer: Value = request.send().await.expect("an answer").json().await.expect("JSON");
        let flow = answer["Step"]["flow"].as_object().and_then(|flow| flow.values().next());
        let id = flow.and_then(|state| state["id"].as_str()).expect("a state");
        id.clone_into(&mut self.state.borrow_mut());
    }
}

fn typed() -> impl Strategy<Value = String> {
    prop_oneof![
        any::<String>(),
        "[0-9٠-٩०-९０-９ .@#\u{200B}\r\na-c-]{0,24}",
        "[A-Za-zåäö :]{0,20}[0-9]{3}[ -]?[0-9]{3}[ .][A-Za-zåäö ]{0,20}(\n\n@localhost #[0-9]{6})?",
    ]
}

#[test]
fn whatever_is_pasted_the_service_hears_six_digits_or_nothing() {
    let runtime = Runtime::new().expect("a runtime");
    let (service, _sandbox, person) = runtime.block_on(async {
        let service = Service::start().await;
        let sandbox = sandbox().await;
        let person = Person::signed_in(&issuer(&sandbox), &service).await;
        person.press("begin", ("contact", "new@example.org")).await;
        (service, sandbox, person)
    });
    let unheard = Cell::new(0);
    proptest!(Config::with_cases(200), |(typed in typed())| {
        service.heard().clear();
        runtime.block_on(person.press("finish", ("code", &typed)));
        let heard = service.heard().clone();
        prop_assert!(heard.len() <= 1, "{:?}", heard);
        prop_assert!(heard.iter().all(|code| code.len() == 6 && code.bytes().all(|digit| digit.is_ascii_digit())));
        let meant = VerificationCode::parse(&typed).ok();
        prop_assert_eq!(heard.first().map(String::as_str), meant.as_ref().map(VerificationCode::as_str));
        if heard.is_empty() {
            unheard.set(unheard.get() + 1);
        } else {
            runtime.block_on(person.press("resend", ("contact", "")));
        }
    });
    assert!((1..200).contains(&unheard.get()), "both were tried: {} were not sent", unheard.get());
}
