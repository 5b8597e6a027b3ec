//! A running sandbox and what its users do with it.

use base64::{Engine as _, engine::general_purpose::URL_SAFE_NO_PAD};
use reqwest::{Client, RequestBuilder, Response, redirect::Policy};
use sandbox::{Running, Settings, start};
use serde_json::{Value, json};
use sha2::{Digest, Sha256};
use std::collections::HashMap;
use url::Url;

pub(crate) const ALICE: &str = "5a0000000000000000000001";
pub(crate) const BOB: &str = "5a0000000000000000000002";
pub(crate) const CAROL: &str = "5a0000000000000000000003";
pub(crate) const DAAVID: &str = "5a0000000000000000000004";
pub(crate) const EVA: &str = "5a0000000000000000000005";
pub(crate) const CALLBACK: &str = "http://localhost:3000/sign-in/callback";
pub(crate) const VERIFIER: &str = "a-verifier-that-is-long-enough-to-be-one-0123456789";
pub(crate) const SCOPE: &str = "https://oneportal.trivore.com/scope/";

/// A sandbox that ends with the test, and a client that follows no redirects and keeps no cookies.
pub(crate) struct Sandbox {
    pub(crate) running: Running,
    pub(crate) http: Client,
}

/// What the token endpoint gave.
pub(crate) struct Tokens(pub(crate) Value);

impl Tokens {
    pub(crate) fn text(&self, name: &str) -> &str {
        self.0[name].as_str().unwrap_or_else(|| panic!("no {name} in {}", self.0))
    }
}

impl Sandbox {
    pub(crate) async fn new() -> Self {
        Self::with(Settings::default()).await
    }

    pub(crate) async fn with(settings: Settings) -> Self {
        let http = Client::builder().redirect(Policy::none()).build().unwrap();
        Self { running: start(settings).await.unwrap(), http }
    }

    pub(crate) fn url(&self, path: &str) -> Url {
        self.running.url().join(path).unwrap()
    }

    pub(crate) async fn get(&self, path: &str) -> Response {
        self.http.get(self.url(path)).send().await.unwrap()
    }

    pub(crate) async fn json(&self, path: &str) -> Value {
        self.get(path).await.json().await.unwrap()
    }

    /// Posts to a control and asserts that it was understood.
    pub(crate) async fn control(&self, path: &str, body: Value) -> Response {
        let answer = self.http.post(self.url(&format!("/control/{path}"))).json(&body).send().await.unwrap();
        assert!(answer.status().is_success(), "{path}: {}", answer.text().await.unwrap());
        answer
    }

    pub(crate) async fn switch(&self, fault: Value) {
        self.control("faults", json!({ "faults": [fault] })).await;
    }

    /// A call by the API client that may do everything.
    pub(crate) fn call(&self, user: &str, call: &str, body: &Value) -> RequestBuilder {
        let path = format!("/api/rest/v1/user/{user}/{call}");
        let request = self.http.post(self.url(&path)).json(body);
        request.basic_auth("contact-change-api", Some("contact-change-api-secret"))
    }

    pub(crate) async fn begin(&self, user: &str, body: Value) -> Response {
        self.call(user, "change-contact/begin", &body).send().await.unwrap()
    }

    /// Begins a change and returns its verification token.
    pub(crate) async fn begun(&self, user: &str, body: Value) -> String {
        let answer = self.begin(user, body).await;
        assert_eq!(answer.status(), 200);
        let answer: Value = answer.json().await.unwrap();
        answer["verificationToken"].as_str().unwrap().to_owned()
    }

    pub(crate) async fn finish(&self, user: &str, token: &str, code: &str) -> Response {
        let body = json!({ "verificationToken": token, "code": code });
        self.call(user, "change-contact/finish", &body).send().await.unwrap()
    }

    /// The newest code that was sent to a contact.
    pub(crate) async fn code(&self, to: &str) -> String {
        let mut url = self.url("/outbox.json");
        url.query_pairs_mut().append_pair("to", to);
        let messages: Value = self.http.get(url).send().await.unwrap().json().await.unwrap();
        messages[0]["code"].as_str().unwrap().to_owned()
    }

    pub(crate) async fn user(&self, user: &str) -> Value {
        let request = self.http.get(self.url(&format!("/api/rest/v1/user/{user}")));
        let request = request.basic_auth("contact-change-api", Some("contact-change-api-secret"));
        request.send().await.unwrap().json().await.unwrap()
    }

    /// The ledger's entries of one list.
    pub(crate) async fn ledger(&self, list: &str) -> Vec<Value> {
        self.json("/ledger.json").await[list].as_array().unwrap().clone()
    }

    /// The query of an authorization request; `more` adds to it or replaces.
    pub(crate) fn request(more: &[(&str, &str)]) -> String {
        let challenge = URL_SAFE_NO_PAD.encode(Sha256::digest(VERIFIER));
        let mut all = vec![
            ("client_id", "contact-change"),
            ("response_type", "code"),
            ("scope", "openid profile email phone"),
            ("redirect_uri", CALLBACK),
            ("state", "a state"),
            ("nonce", "a nonce"),
            ("code_challenge", &challenge),
            ("code_challenge_method", "S256"),
        ];
        all.retain(|(name, _)| more.iter().all(|(other, _)| other != name));
        all.extend_from_slice(more);
        url::form_urlencoded::Serializer::new(String::new()).extend_pairs(all).finish()
    }

    /// Presses a person's button on the sign-in page.
    pub(crate) async fn press(&self, person: &str, request: &str) -> Response {
        let form = [("request", request), ("person", person)];
        self.http.post(self.url("/openid/auth/sign-in")).form(&form).send().await.unwrap()
    }

    /// Redeems a code.
    pub(crate) async fn redeem(&self, code: &str, verifier: &str) -> Response {
        let form = [
            ("grant_type", "authorization_code"),
            ("code", code),
            ("redirect_uri", CALLBACK),
            ("code_verifier", verifier),
        ];
        self.token(&form).await
    }

    pub(crate) async fn token(&self, form: &[(&str, &str)]) -> Response {
        let request = self.http.post(self.url("/openid/token")).form(form);
        request.basic_auth("contact-change", Some("contact-change-secret")).send().await.unwrap()
    }

    /// Signs a person in with these scopes.
    pub(crate) async fn signed_in(&self, person: &str, scope: &str) -> Tokens {
        let answer = self.press(person, &Self::request(&[("scope", scope)])).await;
        let answer = self.redeem(&sent_back(&answer)["code"], VERIFIER).await;
        assert_eq!(answer.status(), 200);
        Tokens(answer.json().await.unwrap())
    }
}

/// The parameters with which the browser is sent back to the application.
pub(crate) fn sent_back(answer: &Response) -> HashMap<String, String> {
    assert_eq!(answer.status(), 303);
    let location = Url::parse(answer.headers()["location"].to_str().unwrap()).unwrap();
    assert!(location.as_str().starts_with(CALLBACK), "{location}");
    location.query_pairs().into_owned().collect()
}

/// The browser's session cookie that an answer sets.
pub(crate) fn cookie(answer: &Response) -> String {
    answer.headers()["set-cookie"].to_str().unwrap().split(';').next().unwrap().to_owned()
}

/// The addresses in a list of a user object.
pub(crate) fn addresses(user: &Value) -> Vec<&str> {
    user["emails"].as_array().unwrap().iter().map(|one| one["address"].as_str().unwrap()).collect()
}
