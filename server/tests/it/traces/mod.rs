//! A request can be followed from server to server by those who watch, and nothing personal with it.

mod receiver;

use std::{fs, io::Read as _, time::Duration};

use opentelemetry_proto::tonic::trace::v1::span::SpanKind;
use reqwest::{Method, StatusCode};
use serde_json::{Value, json};
use server::{check::Verdict, config::Settings};
use tokio::{net::TcpSocket, time::sleep};

use crate::{
    check::{checked, finding},
    person::{NEW, Person, id, wrong},
    support::{app, issuer, program_telling, program_with, sandbox, variables_with},
};
pub(crate) use receiver::{Receiver, Span};

/// A trace and a span of somebody in front.
const THEIRS: [&str; 2] = ["4bf92f3577b34da6a3ce929d0e0e4736", "00f067aa0ba902b7"];

fn named<'all>(spans: &'all [Span], name: &str) -> Vec<&'all Span> {
    spans.iter().filter(|span| span.name == name).collect()
}

/// What was told with the calls of a name to the sandbox.
async fn told(person: &mut Person, call: &str) -> Vec<Value> {
    let calls = person.read("/calls.json").await;
    let calls = calls.as_array().expect("a list").iter().filter(|one| one["call"] == call);
    calls.map(|one| one["traceparent"].clone()).collect()
}

#[tokio::test(flavor = "multi_thread")]
async fn a_whole_journey_can_be_followed_to_the_service_and_back() {
    let (sandbox, receiver) = (sandbox().await, Receiver::start());
    let mut app = program_with(&issuer(&sandbox), &[("TRACES__ENDPOINT", &receiver.endpoint)]);
    let mut person = Person::signed_in(sandbox, &app).await;
    let flow = person.begin().await;
    let code = person.code().await;
    let flow = id(&person.press("finish", &flow, &[("code", &wrong(&code))]).await, "Restart");
    let flow = id(&person.press("resend", &flow, &[]).await, "AwaitCode");
    let code = person.code().await;
    id(&person.press("finish", &flow, &[("code", &code)]).await, "Done");
    for probe in ["/healthz", "/readyz"] {
        person.page(probe).await;
    }
    // Whoever is told to end sends what it has.
    app.signal("TERM");
    assert!(app.ended().success());
    let spans = receiver.spans();

    let begins = named(&spans, "service begin");
    let finishes = named(&spans, "service finish");
    assert_eq!((begins.len(), finishes.len()), (2, 2), "{spans:#?}");
    for (call, calls) in [("begin", &begins), ("finish", &finishes)] {
        // The service was told of the very spans that were written.
        let expected = calls.iter().map(|span| Value::from(format!("00-{}-{}-01", span.trace, span.id)));
        assert_eq!(told(&mut person, call).await, expected.collect::<Vec<_>>());
        for span in calls {
            assert_eq!(span.kind, SpanKind::Client);
            assert_eq!(span.attributes["http.request.method"], "POST");
            let request = spans.iter().find(|one| one.id == span.parent);
            let request = request.unwrap_or_else(|| panic!("the request of {span:#?} in {spans:#?}"));
            assert_eq!((request.name.as_str(), request.kind), ("POST /api/{*function}", SpanKind::Server));
            assert_eq!((&request.trace, request.parent.as_str()), (&span.trace, ""));
            assert_eq!(request.attributes["http.response.status_code"], "200");
            assert_eq!(request.attributes["contact_change.request_id"].len(), 32);
        }
    }
    // People are refused for what they do: that is no failure of anybody.
    assert_eq!(finishes[0].attributes["http.response.status_code"], "400");
    assert!(spans.iter().all(|span| !span.has_failed), "{spans:#?}");

    // The notice is sent beside the answer, so it may be sent before the request is over, or after.
    let happened = spans.iter().flat_map(|span| &span.events).map(|(name, _)| name.as_str());
    let happened: Vec<_> = happened.filter(|name| *name != "notice_sent").collect();
    let expected =
        ["signed_in", "begun", "sent", "entered", "not_changed", "begun", "sent", "entered", "changed"];
    assert_eq!(happened, expected);
    let (_, wrong_code) =
        spans.iter().flat_map(|span| &span.events).find(|(name, _)| name == "not_changed").expect("an event");
    assert_eq!(
        (wrong_code["kind"].as_str(), wrong_code["reason"].as_str()),
        ("email", "wrong_code"),
        "{wrong_code:?}"
    );
    for there in
        ["provider discovery", "provider token", "service user", "store hold", "GET /sign-in/callback"]
    {
        assert!(!named(&spans, there).is_empty(), "{there}");
    }
    assert!(spans.iter().all(|span| span.resource["service.name"] == "contact-change"));
    // Who asks how the process is, asks all day long; and nothing has a span that no request asked for.
    let mut roots = spans.iter().filter(|span| span.parent.is_empty());
    assert!(roots.all(|span| span.kind == SpanKind::Server && !span.name.ends_with('z')), "{spans:#?}");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_trace_goes_on_that_a_trusted_proxy_began_and_no_other() {
    for (trusted, traceparent, expected) in [
        ("127.0.0.1", "01", Some(THEIRS[0])),
        // Most proxies say nothing of traces.
        ("127.0.0.1", "", Some("")),
        // It was decided there that this one is not written down.
        ("127.0.0.1", "00", None),
        ("192.0.2.1", "01", Some("")),
    ] {
        let (sandbox, receiver) = (sandbox().await, Receiver::start());
        let settings = [("TRACES__ENDPOINT", receiver.endpoint.as_str()), ("TRUSTED_PROXIES", trusted)];
        let mut app = program_with(&issuer(&sandbox), &settings);
        let person = Person::signed_in(sandbox, &app).await;
        let request = person.browser.request(Method::GET, &format!("{}/email", app.url));
        let [trace, span] = THEIRS;
        let request = match traceparent {
            "" => request,
            flags => request.header("traceparent", format!("00-{trace}-{span}-{flags}")),
        };
        let answer = request.send().await;
        assert!(answer.expect("an answer").status().is_success());
        app.signal("TERM");
        assert!(app.ended().success());
        let spans = receiver.spans();
        let page = named(&spans, "GET /email");
        match expected {
            None => assert!(page.is_empty(), "{page:?}"),
            Some("") => assert_eq!((page.len(), page[0].parent.as_str()), (1, "")),
            Some(trace) => {
                assert_eq!((page[0].trace.as_str(), page[0].parent.as_str()), (trace, span));
                let user = named(&spans, "service user");
                assert!(user.iter().any(|span| span.trace == trace && span.parent == page[0].id));
            }
        }
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_call_that_fails_is_written_down_as_one_that_failed() {
    let (sandbox, receiver) = (sandbox().await, Receiver::start());
    let settings = [("TRACES__ENDPOINT", receiver.endpoint.as_str()), ("SERVICE__READ_DEADLINE", "3s")];
    let mut app = program_with(&issuer(&sandbox), &settings);
    let mut person = Person::signed_in(sandbox, &app).await;
    person.fault(json!({ "call": "begin", "fault": "status", "status": 503, "times": 1 })).await;
    let flow = person.flow().await;
    person.press("begin", &flow, &[("contact", NEW)]).await;
    person.fault(json!({ "call": "user", "fault": "hang", "times": 1 })).await;
    person.page("/").await;
    app.signal("TERM");
    assert!(app.ended().success());
    let spans = receiver.spans();
    let begin = named(&spans, "service begin")[0];
    assert!(begin.has_failed);
    assert_eq!(begin.attributes["error.type"], "503");
    let users = named(&spans, "service user");
    let unanswered: Vec<_> = users.into_iter().filter(|span| span.has_failed).collect();
    assert_eq!(unanswered.len(), 1, "{spans:#?}");
    assert_eq!(unanswered[0].attributes["error.type"], "timed_out");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_call_for_which_nobody_waits_any_more_is_written_down_as_given_up() {
    let (sandbox, receiver) = (sandbox().await, Receiver::start());
    let mut app = program_with(&issuer(&sandbox), &[("TRACES__ENDPOINT", &receiver.endpoint)]);
    let mut person = Person::signed_in(sandbox, &app).await;
    person.fault(json!({ "call": "user", "fault": "hang", "times": 1 })).await;
    let before = told(&mut person, "user").await.len();
    let page = tokio::spawn(person.browser.request(Method::GET, &format!("{}/", app.url)).send());
    while told(&mut person, "user").await.len() == before {
        sleep(Duration::from_millis(10)).await;
    }
    // They close the tab.
    page.abort();
    app.signal("TERM");
    assert!(app.ended().success());
    let spans = receiver.spans();
    let users = named(&spans, "service user");
    let given_up: Vec<_> = users.into_iter().filter(|span| span.has_failed).collect();
    assert_eq!(given_up.len(), 1, "{spans:#?}");
    assert_eq!(given_up[0].attributes["error.type"], "given_up");
}

#[tokio::test(flavor = "multi_thread")]
async fn nobody_waits_for_a_receiver_that_is_not_there_and_the_log_says_so_once() {
    let (sandbox, folder) = (sandbox().await, tempfile::tempdir().expect("a folder"));
    let header = folder.path().join("header");
    fs::write(&header, "Authorization: Bearer a-token-of-the-receiver\n").expect("a file");
    // It is kept, and nobody listens there.
    let port = TcpSocket::new_v4().expect("a socket");
    port.bind(([127, 0, 0, 1], 0).into()).expect("a free port");
    let address = port.local_addr().expect("an address");
    let endpoint = format!("http://{address}/v1/traces");
    let settings =
        [("TRACES__ENDPOINT", endpoint.as_str()), ("TRACES__HEADER_FILE", header.to_str().expect("a path"))];
    let (mut app, mut log) = program_telling(&issuer(&sandbox), &settings);
    let mut person = Person::signed_in(sandbox, &app).await;
    let mut told = String::new();
    let mut chunk = [0; 4096];
    while !told.contains("spans are not taken") {
        assert_eq!(person.page("/email").await.0, StatusCode::OK);
        sleep(Duration::from_millis(50)).await;
        let length = log.read(&mut chunk).expect("a log");
        told.push_str(&String::from_utf8_lossy(&chunk[..length]));
    }
    let report = checked(&issuer(&person.sandbox), &settings).await;
    assert_eq!(finding(&report, "traces").verdict, Verdict::Warning, "{report}");
    let receiver = Receiver::start_at(port.listen(64).expect("a listener"));
    while !told.contains("spans are taken again") {
        assert_eq!(person.page("/email").await.0, StatusCode::OK);
        sleep(Duration::from_millis(50)).await;
        let length = log.read(&mut chunk).expect("a log");
        told.push_str(&String::from_utf8_lossy(&chunk[..length]));
    }
    app.signal("TERM");
    assert!(app.ended().success());
    log.read_to_string(&mut told).expect("a log");
    assert_eq!(told.matches("spans are not taken").count(), 1, "{told}");
    assert!(!told.contains("a-token-of-the-receiver"), "{told}");
    let (headers, _) = &receiver.heard()[0];
    assert_eq!(headers["authorization"], "Bearer a-token-of-the-receiver");
    assert_eq!(headers.get("traceparent"), None);
    assert!(receiver.spans().iter().all(|span| !span.name.starts_with("collector")));
    let report = checked(&issuer(&person.sandbox), &settings).await;
    assert_eq!(finding(&report, "traces").verdict, Verdict::Ok, "{report}");
    let elsewhere = endpoint.replace("/v1/traces", "/");
    let report = checked(&issuer(&person.sandbox), &[("TRACES__ENDPOINT", &elsewhere)]).await;
    assert!(finding(&report, "traces").advice[0].contains("/v1/traces"), "{report}");
}

#[tokio::test]
async fn without_a_receiver_nobody_is_told_of_spans() {
    let sandbox = sandbox().await;
    let app = app(&issuer(&sandbox)).await;
    let mut person = Person::signed_in(sandbox, &app).await;
    person.begin().await;
    assert_eq!(told(&mut person, "begin").await, [Value::Null]);
}

#[test]
fn the_share_is_a_number_in_the_file_as_the_example_has_it() {
    let folder = tempfile::tempdir().expect("a folder");
    let path = folder.path().join("traces.toml");
    fs::write(&path, "[traces]\nendpoint = \"http://127.0.0.1:4318/v1/traces\"\nshare = 10\n")
        .expect("a file");
    let settings =
        Settings::load(Some(&path), variables_with("http://127.0.0.1:9", &[])).expect("no mistake");
    let share = settings.traces.expect("traces").share;
    assert!((share - 0.1).abs() < f64::EPSILON, "{share}");
}

#[test]
fn a_mistake_in_the_section_is_told_with_what_would_be_right() {
    let mistakes = |settings: &[(&str, &str)]| {
        let read = Settings::load(None, variables_with("http://127.0.0.1:9", settings));
        read.expect_err("mistakes").to_string()
    };
    let endpoint = ("TRACES__ENDPOINT", "http://127.0.0.1:4318/v1/traces");
    for (settings, key, right) in [
        (&[("TRACES__ENDPOINT", "127.0.0.1:4318")][..], "traces.endpoint", "http://127.0.0.1:4318/v1/traces"),
        (&[("TRACES__ENDPOINT", "http://127.0.0.1/?key=hidden")], "traces.endpoint", "traces.header"),
        (&[("TRACES__ENDPOINT", "http://me:hidden@127.0.0.1/")], "traces.endpoint", "traces.header"),
        (&[endpoint, ("TRACES__SHARE", "101")], "traces.share", "from 0 to 100"),
        (&[endpoint, ("TRACES__HEADER", "Bearer")], "traces.header", "a name and a value"),
        (
            &[("TRACES__ENDPOINT", "http://collector.example/"), ("TRACES__HEADER", "Authorization: hidden")],
            "traces.header",
            "https",
        ),
        (&[("TRACES__SHARE", "10")], "traces.share", "take it away"),
    ] {
        let told = mistakes(settings);
        assert!(told.contains(key) && told.contains(right), "{told}");
        assert!(!told.contains("“Bearer”") && !told.contains("hidden"), "{told}");
    }
}
