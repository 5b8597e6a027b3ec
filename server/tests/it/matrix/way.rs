//! The ways to fail that have nothing to do with a single answer of another server.

use reqwest::{Method, Response};
use sandbox::Running;
use serde_json::json;

use super::act::Came;
use crate::{
    bounds::{exchange, head},
    liar::{Liar, Lie, Signed},
    nodes::{borrowed, shared},
    person::{NEW, Person, id},
    redis_server::RedisServer,
    support::{ALICE, App, Browser, Log, app, app_with, between, issuer, location},
};

/// A way to fail.
pub(super) enum Way {
    StoreIsDown,
    StoreIsFull,
    OwnLimit,
    NotAllowed,
    CredentialsRefused,
    TooManyCalls,
    OutcomeUnknown,
    PreviousUnread,
    ReadsRest,
    Shed,
    SlowForm,
    LargeForm,
    CrossSite,
    NoSuchPage,
    SignInDeclined,
    SignInForgotten,
    ForgedToken,
    NoAuthTime,
}

impl Way {
    /// Goes that way, and gives what came of it with the sandbox.
    pub(super) async fn come(&self, sandbox: Running, log: &Log) -> (Came, Running) {
        match self {
            Self::StoreIsDown | Self::StoreIsFull => self.without_a_store(sandbox, log).await,
            Self::ForgedToken => (by_liar("/sign-in", Signed::ByAnother, Lie::Honest, log).await, sandbox),
            Self::NoAuthTime => (
                by_liar("/sign-in?step_up=true", Signed::Well, Lie::Without("auth_time"), log).await,
                sandbox,
            ),
            _ => self.signed_in(sandbox, log).await,
        }
    }

    async fn without_a_store(&self, sandbox: Running, log: &Log) -> (Came, Running) {
        let mut redis = RedisServer::start();
        let app = app_with(&issuer(&sandbox), &borrowed(&shared(&redis))).await;
        let mut person = Person::signed_in(sandbox, &app).await;
        let answer = if matches!(self, Self::StoreIsDown) {
            redis.kill();
            person.browser.get(&app.url).await
        } else {
            let flow = person.flow().await;
            redis.command("CONFIG SET maxmemory 1");
            begin(&app, &mut person, &flow).await
        };
        (Came::of(answer, &app, &mut person.browser, log).await, person.sandbox)
    }

    async fn signed_in(&self, sandbox: Running, log: &Log) -> (Came, Running) {
        let app = app_with(&issuer(&sandbox), self.settings()).await;
        let mut person = Person::signed_in(sandbox, &app).await;
        let answer = match self {
            Self::OwnLimit => {
                let flow = person.begin().await;
                let form = [("kind", "email"), ("flow", flow.as_str())];
                person.browser.post(&app, "/api/resend", "/email", &form).await
            }
            Self::NotAllowed | Self::CredentialsRefused => {
                let flow = person.flow().await;
                begin(&app, &mut person, &flow).await
            }
            Self::TooManyCalls => {
                let flow = person.flow().await;
                let waiting = hanging(&app, &person).await;
                let answer = begin(&app, &mut person, &flow).await;
                waiting.abort();
                person.faults(json!([])).await;
                answer
            }
            Self::OutcomeUnknown => {
                let (flow, code) = (person.begin().await, person.code().await);
                let lost = json!([
                    { "call": "finish", "fault": "reset_after" },
                    { "call": "user", "fault": "status", "status": 500 },
                ]);
                person.faults(lost).await;
                let form = [("kind", "email"), ("flow", flow.as_str()), ("code", code.as_str())];
                person.browser.post(&app, "/api/finish", "/email", &form).await
            }
            Self::PreviousUnread => {
                let flow = person.flow().await;
                person.fault(json!({ "call": "user", "fault": "status", "status": 500 })).await;
                let fields = [("contact", NEW), ("replace_all", "true")];
                let flow = id(&person.press("begin", &flow, &fields).await, "AwaitCode");
                let code = person.code().await;
                let form = [("kind", "email"), ("flow", flow.as_str()), ("code", code.as_str())];
                person.browser.post(&app, "/api/finish", "/email", &form).await
            }
            Self::ReadsRest => {
                person.fault(json!({ "call": "user", "fault": "status", "status": 503 })).await;
                person.page("/").await;
                person.browser.get(&app.url).await
            }
            Self::Shed => {
                let waiting = hanging(&app, &person).await;
                let answer = person.browser.get(&app.url).await;
                waiting.abort();
                answer
            }
            Self::SlowForm => return (slow_form(&app, &person.browser, log).await, person.sandbox),
            Self::LargeForm => begin(&app, &mut person, &"x".repeat(64 * 1024)).await,
            Self::CrossSite => {
                let request = person.browser.request(Method::POST, &format!("{}/api/begin", app.url));
                let request = request.header("sec-fetch-site", "cross-site").header("accept", "text/html");
                person.browser.send(request).await
            }
            Self::NoSuchPage => person.browser.get(&format!("{}/nowhere", app.url)).await,
            Self::SignInDeclined => {
                let departure = person.browser.get(&format!("{}/sign-in", app.url)).await;
                let state = between(&location(&departure), "state=", "&").to_owned();
                let back = format!("{}/sign-in/callback?error=access_denied&state={state}", app.url);
                person.browser.get(&back).await
            }
            Self::SignInForgotten => {
                person.browser.cookies.remove("sandbox_session");
                let callback = person.browser.pick(&app, "/sign-in", ALICE).await;
                person.browser.cookies.clear();
                person.browser.get(&callback).await
            }
            Self::StoreIsDown | Self::StoreIsFull | Self::ForgedToken | Self::NoAuthTime => {
                unreachable!("not with a person")
            }
        };
        (Came::of(answer, &app, &mut person.browser, log).await, person.sandbox)
    }

    fn settings(&self) -> &'static [(&'static str, &'static str)] {
        match self {
            Self::OwnLimit => &[("LIMITS__ACCOUNT_PER_HOUR", "1")],
            Self::NotAllowed => &[("POLICY__DOMAINS_DENY", "example.org")],
            Self::CredentialsRefused => {
                &[("SERVICE__CLIENT_ID", "no-permission"), ("SERVICE__CLIENT_SECRET", "no-permission-secret")]
            }
            Self::TooManyCalls => &[("SERVICE__CONCURRENT_CALLS", "1"), ("SERVICE__CONCURRENT_WAIT", "50ms")],
            Self::ReadsRest => &[("SERVICE__BREAKER_FAILURES", "1"), ("SERVICE__BREAKER_PAUSE", "1h")],
            Self::Shed => &[("MAX_REQUESTS", "1")],
            Self::SlowForm => &[("BODY_TIMEOUT", "200ms")],
            _ => &[],
        }
    }
}

async fn begin(app: &App, person: &mut Person, flow: &str) -> Response {
    let form = [("kind", "email"), ("flow", flow), ("contact", NEW)];
    person.browser.post(app, "/api/begin", "/email", &form).await
}

/// Asks for a page that waits for the service, and returns once the service has been asked.
async fn hanging(app: &App, person: &Person) -> tokio::task::JoinHandle<reqwest::Result<Response>> {
    person.fault(json!({ "call": "user", "fault": "hang" })).await;
    let page = tokio::spawn(person.browser.request(Method::GET, &app.url).send());
    while person
        .read("/calls.json")
        .await
        .as_array()
        .expect("calls")
        .iter()
        .all(|call| call["fault"].is_null())
    {
        tokio::task::yield_now().await;
    }
    page
}

/// Sends the beginning of a form, and no more.
async fn slow_form(app: &App, browser: &Browser, log: &Log) -> Came {
    let answer = exchange(app, format!("{}kind=email&", head(app, browser, 100)).as_bytes()).await;
    let status = between(&answer, "HTTP/1.1 ", " ").parse().expect("a status");
    let reference = between(&answer, "x-request-id: ", "\r\n").to_owned();
    Came::told(status, Some(answer), reference, log)
}

/// Comes back with a token that is not as it should be, somebody who was signed in well before.
async fn by_liar(address: &str, signed: Signed, lie: Lie, log: &Log) -> Came {
    let liar = Liar::start().await;
    let app = app(&liar.issuer).await;
    let mut browser = Browser::new();
    assert_eq!(liar.sign_in(&app, &mut browser, Signed::Well, Lie::Honest).await, 303);
    let answer = liar.sign_in_at(&app, address, &mut browser, signed, lie).await;
    Came::of(answer, &app, &mut browser, log).await
}
