//! Makes a call go wrong, and says what came of it: the page that a browser without script ends on, the lines of the log
//! that belong to the request, and how often the call arrived.

use axum::{Json, Router, routing::get};
use identity::{Caller, Client, Credentials, Notice, Subject};
use reqwest::{Response, StatusCode};
use sandbox::Running;
use serde_json::{Value, json};
use tokio::net::TcpListener;

use super::table::{Call, Wrong};
use crate::{
    person::{NEW, Person},
    scan::{self, Mark, Piece, Place, Search},
    support::{ALICE, App, Browser, Log, app_with, header, issuer, location},
};

/// What came of it.
pub(super) struct Came {
    pub(super) status: StatusCode,
    /// The page that the person comes to, if there is one.
    page: Option<String>,
    /// The id of the request.
    reference: String,
    /// The lines of the log that belong to it, but for the one that every request has and the record of what happened.
    lines: Vec<String>,
    /// All that was written and sent.
    pieces: Vec<Piece>,
    /// The sessions that the browser was given.
    sessions: Vec<(Mark, String)>,
    /// What was found where it may not be.
    leaks: Vec<String>,
    /// How often the call arrived.
    calls: usize,
}

impl Came {
    /// Reads what the answer to a request came to, followed to the page that it leads to.
    pub(super) async fn of(answer: Response, app: &App, browser: &mut Browser, log: &Log) -> Self {
        let (status, reference) = (answer.status(), header(&answer, "x-request-id"));
        let page = if status.is_redirection() {
            browser.get(&format!("{}{}", app.url, location(&answer))).await
        } else {
            answer
        };
        let mut came = Self::told(status, Some(page.text().await.expect("a page")), reference, log);
        for heard in browser.heard().iter().filter(|heard| heard.is_of(&app.url)) {
            came.pieces.extend(heard.pieces(&app.provider));
            came.sessions.extend(heard.cookies().map(|value| (Mark::Session, value)));
        }
        came
    }

    /// Takes what is known already.
    pub(super) fn told(status: StatusCode, page: Option<String>, reference: String, log: &Log) -> Self {
        let log = log.text();
        let is_usual = |line: &str| line.contains("answered status=") || line.contains(" audit: event=");
        let is_told = |line: &str| matches!(line.split_whitespace().nth(1), Some("INFO" | "WARN" | "ERROR"));
        let is_of_it = |line: &&str| line.contains(&reference) && is_told(line) && !is_usual(line);
        let lines = log.lines().filter(is_of_it).map(str::to_owned).collect();
        let pieces = vec![Piece { place: Place::Log, what: log.into_bytes() }];
        Self { status, page, reference, lines, pieces, sessions: Vec::new(), leaks: Vec::new(), calls: 0 }
    }

    /// Searches all that was written and sent for what belongs to everybody, and for what the service has issued.
    pub(super) fn searched(mut self, issued: Vec<(Mark, String)>) -> Self {
        let marks = scan::of_everybody().into_iter().chain(issued).chain(self.sessions.drain(..));
        self.leaks = Search::new(marks).find(&self.pieces);
        self
    }

    /// Compares with what a table says; gives what is not so.
    pub(super) fn compare(
        &self,
        sees: Option<&str>,
        logs: &[&str],
        calls: Option<usize>,
    ) -> Result<(), String> {
        let page = self.page.as_deref().unwrap_or_default();
        if self.page.is_some() != sees.is_some() || !page.contains(sees.unwrap_or_default()) {
            return Err(format!("the person does not see {sees:?}: {page}"));
        }
        if page.contains("quote reference") && !page.contains(&self.reference) {
            return Err(format!("the page has another reference than {}: {page}", self.reference));
        }
        let is_as_told = logs.len() == self.lines.len()
            && logs.iter().zip(&self.lines).all(|(words, line)| line.contains(words));
        if !is_as_told {
            return Err(format!(
                "the log does not have these lines and no other, {logs:?}: {:#?}",
                self.lines
            ));
        }
        if !self.leaks.is_empty() {
            return Err(format!("there is what may not be: {:#?}", self.leaks));
        }
        match calls {
            Some(calls) if calls != self.calls => Err(format!("called {} times", self.calls)),
            _ => Ok(()),
        }
    }
}

/// Makes a call go wrong, and gives what came of it with what is left of the sandbox.
pub(super) async fn act(call: Call, wrong: Wrong, sandbox: Running, log: &Log) -> (Came, Option<Running>) {
    // Only what waits for the end of a time has a short one, so that nothing else depends on how busy the machine is.
    let short = [("TIMEOUT", "2s"), ("CONNECT_TIMEOUT", "2s"), ("READ_DEADLINE", "3s")];
    let times: Vec<_> = ["PROVIDER", "SERVICE"]
        .iter()
        .flat_map(|section| short.map(|(key, time)| (format!("{section}__{key}"), time)))
        .collect();
    // A connection that is kept would hide that nobody listens any more.
    let mut settings = vec![("SERVICE__POOL_SIZE", "0"), ("PROVIDER__POOL_SIZE", "0")];
    if wrong.is_slow() {
        settings.extend(times.iter().map(|(key, time)| (key.as_str(), *time)));
    }
    match call {
        Call::Begin => {
            let app = app_with(&issuer(&sandbox), &settings).await;
            let mut person = Person::signed_in(sandbox, &app).await;
            let flow = person.flow().await;
            let form = [("kind", "email"), ("flow", flow.as_str()), ("contact", NEW)];
            let Person { sandbox, mut browser, .. } = person;
            let sky = Sky::over(sandbox, call, wrong).await;
            let answer = browser.post(&app, "/api/begin", "/email", &form).await;
            sky.count(Came::of(answer, &app, &mut browser, log).await).await
        }
        Call::User => {
            let app = app_with(&issuer(&sandbox), &settings).await;
            let Person { sandbox, mut browser, .. } = Person::signed_in(sandbox, &app).await;
            let sky = Sky::over(sandbox, call, wrong).await;
            let answer = browser.get(&app.url).await;
            sky.count(Came::of(answer, &app, &mut browser, log).await).await
        }
        Call::Token => {
            let app = app_with(&issuer(&sandbox), &settings).await;
            let mut browser = Browser::new();
            let callback = browser.pick(&app, "/sign-in", ALICE).await;
            let sky = Sky::over(sandbox, call, wrong).await;
            let answer = browser.get(&callback).await;
            sky.count(Came::of(answer, &app, &mut browser, log).await).await
        }
        Call::Discovery | Call::Jwks => {
            let own = issuer(&sandbox);
            let sky = Sky::over(sandbox, call, wrong).await;
            let is_without_keys = call == Call::Jwks && wrong == Wrong::Refused;
            let issuer = if is_without_keys { provider_without_keys(&own).await } else { own };
            let app = app_with(&issuer, &settings).await;
            let mut browser = Browser::new();
            let answer = browser.get(&format!("{}/sign-in", app.url)).await;
            sky.count(Came::of(answer, &app, &mut browser, log).await).await
        }
        // No change comes to its end where nobody listens: what is left is the client.
        Call::Send if wrong == Wrong::Refused => {
            let service = sandbox.url().clone();
            let sky = Sky::over(sandbox, call, wrong).await;
            sky.count(notify(service, log).await).await
        }
        Call::Finish | Call::Send => {
            let app = app_with(&issuer(&sandbox), &settings).await;
            let mut person = Person::signed_in(sandbox, &app).await;
            let (flow, code) = (person.begin().await, person.code().await);
            let form = [("kind", "email"), ("flow", flow.as_str()), ("code", code.as_str())];
            let Person { sandbox, mut browser, .. } = person;
            let mut sky = Sky::over(sandbox, call, wrong).await;
            let answer = browser.post(&app, "/api/finish", "/email", &form).await;
            // Nobody waits for a notice but the record.
            while call == Call::Send && !log.text().contains(" audit: event=\"notice_") {
                tokio::time::sleep(std::time::Duration::from_millis(20)).await;
            }
            // The next page sends what is still due.
            sky.look().await;
            sky.count(Came::of(answer, &app, &mut browser, log).await).await
        }
    }
}

/// The weather at the service. It has gone where nobody must listen.
struct Sky {
    sandbox: Option<Running>,
    call: Call,
    before: usize,
    /// How many calls had arrived when it was looked for.
    seen: Option<usize>,
    /// What the service had issued until then.
    issued: Vec<(Mark, String)>,
}

impl Sky {
    async fn over(sandbox: Running, call: Call, wrong: Wrong) -> Self {
        let issued = scan::issued(&sandbox).await;
        let Some(fault) = wrong.fault(call) else {
            sandbox.shutdown().await;
            return Self { sandbox: None, call, before: 0, seen: None, issued };
        };
        let url = format!("{}/control/faults", issuer(&sandbox));
        let request = reqwest::Client::new().post(url).json(&json!({ "faults": [fault] }));
        assert!(request.send().await.expect("an answer").status().is_success());
        let before = arrived(&sandbox, call).await;
        Self { sandbox: Some(sandbox), call, before, seen: None, issued }
    }

    /// Counts the calls that have arrived by now; those that come later do not count.
    async fn look(&mut self) {
        if let Some(sandbox) = &self.sandbox {
            self.seen = Some(arrived(sandbox, self.call).await - self.before);
        }
    }

    /// Counts the calls that have arrived, and gives back what is left of the sandbox.
    async fn count(mut self, came: Came) -> (Came, Option<Running>) {
        if self.seen.is_none() {
            self.look().await;
        }
        let issued = match &self.sandbox {
            Some(sandbox) => scan::issued(sandbox).await,
            None => self.issued,
        };
        let calls = self.seen.unwrap_or_default();
        (Came { calls, ..came.searched(issued) }, self.sandbox)
    }
}

async fn arrived(sandbox: &Running, call: Call) -> usize {
    let url = format!("{}/calls.json", issuer(sandbox));
    let calls: Value = reqwest::get(url).await.expect("an answer").json().await.expect("JSON");
    calls.as_array().expect("calls").iter().filter(|arrival| arrival["call"] == call.name()).count()
}

/// A provider with the endpoints of another one, and an address for keys at which nobody listens.
async fn provider_without_keys(endpoints: &str) -> String {
    let nobody = TcpListener::bind("127.0.0.1:0").await.expect("a free port");
    let listener = TcpListener::bind("127.0.0.1:0").await.expect("a free port");
    let issuer = format!("http://{}", listener.local_addr().expect("an address"));
    let configuration = json!({
        "issuer": issuer,
        "authorization_endpoint": format!("{endpoints}/openid/auth"),
        "token_endpoint": format!("{endpoints}/openid/token"),
        "jwks_uri": format!("http://{}/jwks", nobody.local_addr().expect("an address")),
        "response_types_supported": ["code"],
        "subject_types_supported": ["public"],
        "id_token_signing_alg_values_supported": ["RS256"],
    });
    let router =
        Router::new().route("/.well-known/openid-configuration", get(async move || Json(configuration)));
    // Ends with the runtime of the case.
    tokio::spawn(async move { axum::serve(listener, router).await.expect("a server") });
    issuer
}

/// Has a notice sent by the client alone.
async fn notify(service: url::Url, log: &Log) -> Came {
    let credentials = Credentials::ApiClient {
        id: "contact-change-api".into(),
        secret: "contact-change-api-secret".into(),
    };
    let client = Client::new(identity::Settings::new(service, credentials)).expect("a client");
    let subject = Subject::parse(ALICE).expect("a subject");
    let caller = Caller { subject, access_token: None, renewal: None };
    let notice = Notice::Sms { to: "+447700900123".to_owned(), text: "Your number was changed.".to_owned() };
    if let Err(fault) = client.notify(&caller, &notice).await {
        tracing::error!(reference = "a-notice", %fault, "a call to the identity service failed");
    }
    Came::told(StatusCode::OK, None, "a-notice".to_owned(), log)
}
