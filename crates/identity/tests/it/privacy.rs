//! No contact, code, token or secret shows itself.

use std::error::Error;
use std::io;
use std::sync::{Arc, Mutex};

use identity::{Caller, ClientCredentials, Credentials, Fault, Settings, TokenEndpoint};
use tracing_subscriber::fmt::MakeWriter;
use upstream::{Bodies, Limits, Tls, Upstream};

use crate::support::{
    ACCESS_TOKEN, ADDRESS, CODE, SECRET, SUBJECT, Service, TOKEN, begin, caller, finish, token,
};

/// What must never be seen, and the id of the person in an address.
const HIDDEN: [&str; 7] = [SECRET, ACCESS_TOKEN, TOKEN, ADDRESS, CODE, "dGhlLWNsaWVud", "Archer"];

fn assert_hidden(text: &str) {
    for hidden in HIDDEN {
        assert!(!text.contains(hidden), "{hidden} is in {text}");
    }
}

fn whole(fault: &Fault) -> String {
    let mut text = format!("{fault} {fault:?}");
    let mut cause = fault.source();
    while let Some(error) = cause {
        text = format!("{text} {error} {error:?}");
        cause = error.source();
    }
    text
}

#[tokio::test]
async fn settings_client_caller_and_token_hide_their_secrets() {
    let service = Service::answering(200, &[], "").await;
    let caller = Caller { access_token: Some(ACCESS_TOKEN.into()), ..caller() };
    assert_hidden(&format!("{:?} {:?} {caller:?} {:?}", service.settings(), service.client(), token()));
}

#[tokio::test]
async fn a_fault_does_not_repeat_what_the_service_says_of_the_person() {
    let said = format!(r#"{{"errorMessage":"{ADDRESS} of Archer, code {CODE}","verificationToken":7}}"#);
    for status in [200, 401, 403, 404, 500, 503] {
        let service = Service::answering(status, &[], &said).await;
        for fault in [begin(&service.client()).await.err(), finish(&service.client()).await.err()] {
            fault.iter().map(whole).for_each(|text| assert_hidden(&text));
        }
    }
}

#[tokio::test]
async fn a_fault_of_the_connection_does_not_name_the_person() {
    let service = Service::answering(200, &[], "").await;
    let mut settings = service.settings();
    settings.base_url.set_port(Some(1)).unwrap();
    let text = whole(&begin(&identity::Client::new(settings).unwrap()).await.unwrap_err());
    assert_hidden(&text);
    assert!(!text.contains(SUBJECT), "{text}");
}

/// Keeps all that is logged.
#[derive(Clone, Default)]
struct Log(Arc<Mutex<Vec<u8>>>);

impl io::Write for Log {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.0.lock().unwrap().extend_from_slice(bytes);
        Ok(bytes.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}

impl<'a> MakeWriter<'a> for Log {
    type Writer = Self;

    fn make_writer(&'a self) -> Self {
        self.clone()
    }
}

/// Keeps all that is logged until the guard is dropped.
fn listen() -> (Log, tracing::subscriber::DefaultGuard) {
    let log = Log::default();
    let talkative = tracing_subscriber::fmt().with_ansi(false).with_max_level(tracing::Level::TRACE);
    let guard = tracing::subscriber::set_default(talkative.with_writer(log.clone()).finish());
    (log, guard)
}

fn logged(log: &Log) -> String {
    String::from_utf8(log.0.lock().unwrap().clone()).unwrap()
}

#[tokio::test]
async fn the_token_of_an_api_client_and_its_secret_are_neither_logged_nor_shown() {
    let (log, guard) = listen();
    let body = format!(r#"{{"access_token":"{ACCESS_TOKEN}","token_type":"Bearer","emails":[]}}"#);
    let service = Service::answering(200, &[("content-type", "application/json")], &body).await;
    let credentials = Credentials::ClientCredentials(ClientCredentials {
        id: "the-client".into(),
        secret: SECRET.into(),
        scopes: Vec::new(),
        endpoint: TokenEndpoint::At(service.settings().base_url),
        provider: Upstream::new("provider", Limits::default(), Bodies::OfAny, &Tls::default()).unwrap(),
    });
    let client = identity::Client::new(Settings { credentials, ..service.settings() }).unwrap();
    client.user(&caller()).await.unwrap();
    drop(guard);

    let asked = service.requests().last().unwrap().headers["authorization"].clone();
    assert_eq!(asked, format!("Bearer {ACCESS_TOKEN}"));
    assert_hidden(&format!("{} {client:?}", logged(&log)));
}

#[tokio::test]
async fn even_the_most_talkative_log_holds_nothing_personal_and_says_what_was_assumed() {
    let (log, guard) = listen();
    let body = format!(r#"{{"verificationToken":"{TOKEN}","emails":[{{"address":"{ADDRESS}"}}]}}"#);
    let service = Service::answering(200, &[], &body).await;
    begin(&service.client()).await.unwrap();
    finish(&service.client()).await.unwrap();
    let settings = Settings { credentials: Credentials::UserToken, ..service.settings() };
    let caller = Caller { access_token: Some(ACCESS_TOKEN.into()), ..caller() };
    identity::Client::new(settings).unwrap().user(&caller).await.unwrap();
    drop(guard);

    let logged = logged(&log);
    assert_hidden(&logged);
    assert!(logged.contains("the answer to begin does not tell how long the code works"), "{logged}");
    assert!(logged.contains(r#"identity{call="finish"}"#), "{logged}");
}
