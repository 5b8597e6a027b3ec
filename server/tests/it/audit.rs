//! The record of what happens: a whole case can be followed in it, and nobody be known by it.

use std::{
    collections::BTreeSet,
    fmt::Write as _,
    fs,
    io::Read as _,
    path::Path,
    process::{Command, Output},
    time::Duration,
};

use reqwest::StatusCode;
use serde_json::{Value, json};
use server::events::{ALL, Words};
use tempfile::TempDir;
use tokio::time::sleep;

use crate::{
    person::{NEW, Person, id, wrong},
    reference::is_up_to_date,
    support::{ALICE, App, app_with, issuer, program_telling, sandbox, variables_with},
};

const SECRET: (&str, &str) = ("AUDIT__SECRET", "b25lIHNlY3JldCB0aGF0IGFsbCBub2RlcyBoYXZlIGluIGNvbW1vbg==");

/// A server that writes into a file, and somebody who is signed in there.
pub(crate) async fn recorded(more: &[(&str, &str)]) -> (TempDir, App, Person) {
    let folder = tempfile::tempdir().expect("a folder");
    let (sandbox, file) = (sandbox().await, folder.path().join("audit.jsonl"));
    let file = ("AUDIT__FILE", file.to_str().expect("a text"));
    let settings = [&[file, SECRET, ("POLICY__NOTIFY_PREVIOUS", "false")], more].concat();
    let app = app_with(&issuer(&sandbox), &settings).await;
    let person = Person::signed_in(sandbox, &app).await;
    (folder, app, person)
}

fn read(file: &Path) -> Vec<Value> {
    let text = fs::read_to_string(file).expect("a file");
    text.lines().map(|line| serde_json::from_str(line).expect("an object a line")).collect()
}

pub(crate) fn lines(folder: &TempDir) -> Vec<Value> {
    read(&folder.path().join("audit.jsonl"))
}

/// What happened, in the words of the record.
pub(crate) fn told(lines: &[Value]) -> Vec<(&'static str, &'static str, &'static str)> {
    let words = |line: &Value| {
        let word = |name: &str| line[name].as_str().unwrap_or_default().to_owned();
        (word("event"), word("outcome"), word("reason"))
    };
    let known = |(event, outcome, reason): (String, String, String)| {
        let found = ALL
            .iter()
            .find(|words| (words.event, words.outcome, words.reason) == (&event, &outcome, &reason));
        let words = found.unwrap_or_else(|| panic!("{event} {outcome} {reason} is not in the document"));
        (words.event, words.outcome, words.reason)
    };
    lines.iter().map(words).map(known).collect()
}

/// Asks the program for a name.
fn audit_hash(settings: &[(&str, &str)], arguments: &[&str]) -> Output {
    let mut program = Command::new(env!("CARGO_BIN_EXE_contact-change"));
    program.env_clear().envs(variables_with("http://127.0.0.1:9", settings));
    program.arg("audit-hash").args(arguments).output().expect("the program")
}

fn name(arguments: &[&str]) -> String {
    let output = audit_hash(&[SECRET], arguments);
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    String::from_utf8(output.stdout).expect("a text").trim_end().to_owned()
}

/// Makes a slip, asks for a code, enters a wrong one, asks for another, and enters that.
async fn whole_case(person: &mut Person) -> Vec<String> {
    let flow = person.flow().await;
    person.press("begin", &flow, &[("contact", "nobody")]).await;
    let mut codes = Vec::new();
    let flow = id(&person.press("begin", &flow, &[("contact", NEW)]).await, "AwaitCode");
    codes.push(person.code().await);
    let flow = id(&person.press("finish", &flow, &[("code", &wrong(&codes[0]))]).await, "Restart");
    let flow = id(&person.press("resend", &flow, &[]).await, "AwaitCode");
    codes.push(person.code().await);
    id(&person.press("finish", &flow, &[("code", &codes[1])]).await, "Done");
    codes
}

#[tokio::test]
async fn an_operator_follows_a_whole_case_without_reading_an_address() {
    let (folder, app, mut person) = recorded(&[]).await;
    let codes = whole_case(&mut person).await;
    let session = person.browser.cookies["session"].clone();
    assert_eq!(person.browser.post(&app, "/sign-out", "/email", &[]).await.status(), StatusCode::SEE_OTHER);

    let lines = lines(&folder);
    let case = [
        ("signed_in", "done", ""),
        ("refused", "refused", "malformed"),
        ("begun", "done", ""),
        ("sent", "done", ""),
        ("entered", "done", ""),
        ("not_changed", "refused", "wrong_code"),
        ("begun", "done", ""),
        ("sent", "done", ""),
        ("entered", "done", ""),
        ("changed", "done", ""),
        ("signed_out", "done", ""),
    ];
    assert_eq!(told(&lines), case);
    let named =
        |what: &str| -> BTreeSet<&str> { lines.iter().filter_map(|line| line[what].as_str()).collect() };
    assert_eq!(named("contact"), [name(&["NEW@example.org"]).as_str()].into());
    assert_eq!(named("subject"), [name(&["--subject", ALICE]).as_str()].into());
    assert_eq!((named("network").len(), named("request").len()), (1, 7), "a line names its request");
    let text = fs::read_to_string(folder.path().join("audit.jsonl")).expect("a file");
    for private in [NEW, ALICE, "Alice", "127.0.0", "nobody", &codes[0], &codes[1], &session] {
        assert!(!text.contains(private), "{private} in {text}");
    }
}

#[tokio::test]
async fn what_is_refused_given_up_or_lost_says_why() {
    let (folder, _app, mut person) =
        recorded(&[("LIMITS__ACCOUNT_PER_HOUR", "2"), ("POLICY__DOMAINS_DENY", "example.net")]).await;
    let flow = person.flow().await;
    let state = person.press("begin", &flow, &[("contact", "x@example.net")]).await;
    person.fault(json!({ "call": "begin", "fault": "reset_after", "times": 1 })).await;
    let state = person.press("begin", &id(&state, "Enter"), &[("contact", NEW)]).await;
    person.press("cancel", &id(&state, "Restart"), &[]).await;
    let flow = person.flow().await;
    let state = person.press("begin", &flow, &[("contact", NEW)]).await;
    let state = person.press("resend", &id(&state, "AwaitCode"), &[]).await;
    person.fault(json!({ "call": "finish", "fault": "reset_after", "times": 1 })).await;
    let code = person.code().await;
    id(&person.press("finish", &id(&state, "AwaitCode"), &[("code", &code)]).await, "Done");
    let told = told(&lines(&folder)).split_off(1);
    let right = [
        ("refused", "refused", "not_allowed"),
        ("begun", "done", ""),
        ("not_sent", "unknown", "lost"),
        ("cancelled", "done", ""),
        ("begun", "done", ""),
        ("sent", "done", ""),
        ("refused", "refused", "limit_account"),
        ("entered", "done", ""),
        ("changed", "done", ""),
    ];
    assert_eq!(told, right);
}

#[tokio::test]
async fn whoever_fails_to_sign_in_is_recorded_and_whoever_did_not_begin_to_leaves_no_line() {
    let (folder, app, mut person) = recorded(&[]).await;
    person.browser.cookies.clear();
    let callback = person.browser.pick(&app, "/sign-in", ALICE).await;
    person.browser.get(&callback.replace("code=", "error=access_denied&x=")).await;
    person.browser.cookies.clear();
    for forged in [callback.as_str(), &format!("{}/sign-in/callback?state=x", app.url)] {
        assert_eq!(person.browser.get(forged).await.status(), StatusCode::BAD_REQUEST);
    }
    assert_eq!(told(&lines(&folder)).split_off(1), [("sign_in_failed", "refused", "by_provider")]);
}

#[tokio::test]
async fn whoever_is_told_of_a_change_is_in_the_record_by_name() {
    let (folder, _app, mut person) = recorded(&[("POLICY__NOTIFY_PREVIOUS", "true")]).await;
    let flow = person.begin().await;
    let code = person.code().await;
    id(&person.press("finish", &flow, &[("code", &code)]).await, "Done");
    // Nobody waits for a notice.
    while told(&lines(&folder)).last() != Some(&("notice_sent", "done", "")) {
        sleep(Duration::from_millis(20)).await;
    }
    let lines = lines(&folder);
    let notice = lines.last().expect("a line");
    assert_eq!(notice["contact"], name(&["alice@example.org"]), "the address that they had before");
}

#[tokio::test]
async fn whose_sessions_the_provider_ended_is_recorded() {
    let (folder, app, person) = recorded(&[]).await;
    let (http, url) = (reqwest::Client::new(), issuer(&person.sandbox));
    let address = format!("{}/back-channel-logout", app.url);
    let control = [
        ("back-channel", json!({ "client": "contact-change", "backchannelLogoutUri": address })),
        ("sign-out", json!({ "sub": ALICE })),
    ];
    for (path, body) in control {
        http.post(format!("{url}/control/{path}")).json(&body).send().await.expect("an answer");
    }
    let lines = lines(&folder);
    assert_eq!(told(&lines), [("signed_in", "done", ""), ("ended_by_provider", "done", "")]);
    assert_eq!(lines[0]["subject"], lines[1]["subject"]);
    assert_eq!(lines[1]["network"], Value::Null, "it was the provider who called");
}

#[tokio::test]
async fn a_file_that_is_moved_away_is_begun_anew_and_loses_nothing() {
    let (folder, _app, mut person) = recorded(&[]).await;
    let moved = folder.path().join("audit.1");
    fs::rename(folder.path().join("audit.jsonl"), &moved).expect("a move");
    person.begin().await;
    assert_eq!(told(&read(&moved)), [("signed_in", "done", "")]);
    assert_eq!(told(&lines(&folder)), [("begun", "done", ""), ("sent", "done", "")]);
}

#[test]
fn a_file_that_cannot_be_written_is_told_at_the_start() {
    let mut program = Command::new(env!("CARGO_BIN_EXE_contact-change"));
    let settings = [("LISTEN", "127.0.0.1:0"), ("AUDIT__FILE", "/nowhere/audit.jsonl"), SECRET];
    program.env_clear().envs(variables_with("http://127.0.0.1:9", &settings));
    let output = program.output().expect("the program");
    assert_eq!(output.status.code(), Some(1));
    assert!(
        String::from_utf8_lossy(&output.stderr)
            .contains("CONTACT_CHANGE_AUDIT__FILE) cannot be written: No such file")
    );
}

#[test]
fn whoever_has_a_number_finds_it_in_any_writing_and_is_told_what_is_none() {
    assert_eq!(name(&["+44 7700 900155"]), name(&["00447700900155"]));
    assert_ne!(name(&["+447700900155"]), name(&["+447700900156"]));
    let without = audit_hash(&[], &[NEW]);
    assert!(!without.status.success());
    assert!(String::from_utf8_lossy(&without.stderr).contains("audit.secret"));
    assert!(!audit_hash(&[SECRET], &["nobody"]).status.success());
}

#[tokio::test]
async fn every_line_of_the_log_has_its_request_and_none_is_personal() {
    let sandbox = sandbox().await;
    let settings = [("LOG", "trace"), ("LOG_FORMAT", "json"), SECRET];
    let (mut app, mut log) = program_telling(&issuer(&sandbox), &settings);
    let mut person = Person::signed_in(sandbox, &app).await;
    person.fault(json!({ "call": "begin", "fault": "status", "status": 500, "times": 1 })).await;
    let flow = person.flow().await;
    person.press("begin", &flow, &[("contact", NEW)]).await;
    let codes = whole_case(&mut person).await;
    let session = person.browser.cookies["session"].clone();
    app.signal("TERM");
    assert!(app.ended().success());
    let mut text = String::new();
    log.read_to_string(&mut text).expect("a text");

    let mut failures = 0;
    for line in text.lines() {
        let line: Value = serde_json::from_str(line).unwrap_or_else(|error| panic!("{error}: {line}"));
        let target = line["target"].as_str().expect("a target");
        let ours = ["server", "app", "identity", "upstream", "session", "audit"];
        let is_ours = ours.contains(&target.split("::").next().unwrap_or_default());
        let is_of_the_program = ["told to end", "is not set", "not built"];
        let message = line["message"].as_str().unwrap_or_default();
        if is_ours && !is_of_the_program.iter().any(|part| message.contains(part)) {
            let request = line["spans"][0]["id"].as_str().unwrap_or_else(|| panic!("no request: {line}"));
            assert!(request.len() == 32 && (target != "audit" || line["request"] == request), "{line}");
        }
        failures += usize::from(line["level"] == "ERROR");
    }
    assert_eq!(failures, 1, "a failure is logged once: {text}");
    for private in [NEW, ALICE, "Alice", "alice@", "contact-change-secret", &codes[0], &codes[1], &session] {
        assert!(!text.contains(private), "{private} in the log");
    }
}

#[test]
fn the_document_lists_everything_that_happens() {
    let mut table = "| `event` | `outcome` | `reason` | meaning |\n| --- | --- | --- | --- |\n".to_owned();
    for words in ALL {
        let reason = if words.reason.is_empty() { String::new() } else { format!("`{}`", words.reason) };
        let Words { event, outcome, meaning, .. } = words;
        writeln!(table, "| `{event}` | `{outcome}` | {reason} | {meaning} |").expect("room");
    }
    is_up_to_date("audit.md", "events", &table);
}
