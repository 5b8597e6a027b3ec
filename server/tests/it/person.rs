//! Somebody who is signed in and presses buttons, as a page with script does; and what the sandbox says of it.

use reqwest::{Method, RequestBuilder, StatusCode};
use sandbox::Running;
use serde_json::{Value, json};

use crate::support::{ALICE, App, Browser, between, issuer};

pub(crate) const NEW: &str = "new@example.org";

/// Somebody who is signed in, at one of the nodes.
pub(crate) struct Person {
    pub(crate) sandbox: Running,
    pub(crate) node: String,
    pub(crate) browser: Browser,
}

impl Person {
    /// Signs in at a node.
    pub(crate) async fn signed_in(sandbox: Running, app: &App) -> Self {
        let mut person = Self { sandbox, node: app.url.clone(), browser: Browser::new() };
        let answer = person.sign_in(app).await;
        assert_eq!(answer, StatusCode::SEE_OTHER);
        person
    }

    /// Goes to the provider, where nobody knows them any more, and comes back.
    pub(crate) async fn sign_in(&mut self, app: &App) -> StatusCode {
        self.browser.cookies.remove("sandbox_session");
        let callback = self.browser.pick(app, "/sign-in", ALICE).await;
        self.browser.get(&callback).await.status()
    }

    /// Goes on at another node.
    pub(crate) fn go_to(&mut self, app: &App) {
        self.node.clone_from(&app.url);
    }

    /// Loads a page.
    pub(crate) async fn page(&mut self, path: &str) -> (StatusCode, String) {
        let page = self.browser.get(&format!("{}{path}", self.node)).await;
        (page.status(), page.text().await.expect("a page"))
    }

    /// The id in the forms of the page.
    pub(crate) async fn flow(&mut self) -> String {
        let (_, page) = self.page("/email").await;
        between(&page, "name=\"flow\" value=\"", "\"").to_owned()
    }

    /// A press of a form that was made for a state.
    pub(crate) fn request(&self, function: &str, flow: &str, fields: &[(&str, &str)]) -> RequestBuilder {
        let form: Vec<_> = [("kind", "email"), ("flow", flow)].iter().chain(fields).copied().collect();
        self.browser
            .request(Method::POST, &format!("{}/api/{function}", self.node))
            .header("sec-fetch-site", "same-origin")
            .header("accept", "application/json")
            .form(&form)
    }

    /// Presses once, and gives the state that is answered.
    pub(crate) async fn press(&self, function: &str, flow: &str, fields: &[(&str, &str)]) -> Value {
        let answer = self.browser.ask(self.request(function, flow, fields)).await;
        let answer: Value = answer.json().await.expect("JSON");
        answer["Step"]["flow"].clone()
    }

    /// Begins a change, and gives the id of the state in which its code is awaited.
    pub(crate) async fn begin(&mut self) -> String {
        let flow = self.flow().await;
        let state = self.press("begin", &flow, &[("contact", NEW)]).await;
        id(&state, "AwaitCode")
    }

    /// The state as the server has it now.
    pub(crate) async fn look(&mut self) -> Value {
        let url = format!("{}/api/look?kind=email", self.node);
        let step: Value = self.browser.get(&url).await.json().await.expect("JSON");
        step["flow"].clone()
    }

    /// The newest code.
    pub(crate) async fn code(&self) -> String {
        self.code_at(NEW).await
    }

    /// The newest code at an address.
    pub(crate) async fn code_at(&self, address: &str) -> String {
        let outbox = self.read(&format!("/outbox.json?to={address}")).await;
        outbox[0]["code"].as_str().expect("a code").to_owned()
    }

    /// How many calls of a kind reached the service.
    pub(crate) async fn calls(&self, calls: &str) -> usize {
        self.ledger(calls).await.len()
    }

    /// The calls of a kind that reached the service.
    pub(crate) async fn ledger(&self, calls: &str) -> Vec<Value> {
        self.read("/ledger.json").await[calls].as_array().expect("calls").clone()
    }

    /// What the sandbox says at a path.
    pub(crate) async fn read(&self, path: &str) -> Value {
        let url = format!("{}{path}", issuer(&self.sandbox));
        reqwest::get(url).await.expect("an answer").json().await.expect("JSON")
    }

    /// Switches a fault on, and all others off.
    pub(crate) async fn fault(&self, fault: Value) {
        self.faults(json!([fault])).await;
    }

    /// Switches these faults on, and all others off.
    pub(crate) async fn faults(&self, faults: Value) {
        let url = format!("{}/control/faults", issuer(&self.sandbox));
        let request = reqwest::Client::new().post(url).json(&json!({ "faults": faults }));
        assert!(request.send().await.expect("an answer").status().is_success());
    }
}

/// The id of a state, which has this name.
pub(crate) fn id(state: &Value, name: &str) -> String {
    state[name]["id"].as_str().unwrap_or_else(|| panic!("{name} in {state}")).to_owned()
}

/// A code that is surely another one.
pub(crate) fn wrong(code: &str) -> String {
    let last = if code.ends_with('1') { '2' } else { '1' };
    format!("{}{last}", &code[..5])
}
