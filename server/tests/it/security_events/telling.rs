//! What is told, when, and how often.

use std::{
    io::{BufRead as _, BufReader},
    path::Path,
    process::{Child, Command, Stdio},
    time::Duration,
};

use rstest::rstest;
use serde_json::{Value, json};
use tempfile::TempDir;

use super::{
    GIVEN_UP, GONE, NOT_TAKEN, SEALED, TAKEN_AGAIN, key_file,
    receiver::{Answer, Receiver, read},
};
use crate::{
    documents::reader::{Document, is_alike},
    nodes::{borrowed, shared},
    notice::change,
    person::{NEW, Person, id},
    redis_server::RedisServer,
    secrets::NEW_SECRET,
    support::{ALICE, App, Log, app_with, issuer, program_telling, program_with, sandbox},
};

const CHANGED: &str = "https://schemas.openid.net/secevent/risc/event-type/identifier-changed";
const OLD: &str = "alice@example.org";

/// A server that tells an application, somebody who is signed in there, and the folder of its key.
async fn telling(address: &str, more: &[(&str, &str)]) -> (TempDir, App, Person) {
    let (sandbox, folder) = (sandbox().await, tempfile::tempdir().expect("a folder"));
    let key = key_file(&folder);
    let settings = [&[("EVENTS__KEY_FILE", key.as_str()), ("APPLICATIONS__CRM__EVENTS", address)], more];
    let app = app_with(&issuer(&sandbox), &settings.concat()).await;
    let person = Person::signed_in(sandbox, &app).await;
    (folder, app, person)
}

/// The name of an event, which is the same in each attempt.
async fn name(token: &str, app: &App) -> Value {
    read(token, &app.url).await.1["jti"].clone()
}

/// Waits until something is in the log.
async fn until_logged(log: &Log, sentence: &str) {
    while !log.text().contains(sentence) {
        tokio::time::sleep(Duration::from_millis(20)).await;
    }
}

#[rstest]
#[case::an_address_that_was_added(&[], false, false)]
#[case::one_that_took_the_place_of_the_others(&[("primary", "true"), ("replace_all", "true")], true, true)]
#[tokio::test]
async fn an_application_learns_whose_contact_was_changed_and_neither_the_old_nor_the_new_one(
    #[case] choices: &[(&str, &str)],
    #[case] primary: bool,
    #[case] replaced_all: bool,
) {
    let receiver = Receiver::answering([]).await;
    let (_folder, app, mut person) = telling(&receiver.address, &[]).await;
    change(&mut person, choices).await;
    let (headers, token) = receiver.sent(1).await.remove(0);
    assert_eq!(headers["content-type"], "application/secevent+jwt");
    let (header, claims) = read(&token, &app.url).await;
    assert_eq!((&header["typ"], &header["alg"]), (&json!("secevent+jwt"), &json!("ES256")));
    let subject = json!({ "format": "iss_sub", "iss": issuer(&person.sandbox), "sub": ALICE });
    let said = json!({ CHANGED: { "kind": "email", "primary": primary, "replaced_all": replaced_all } });
    assert_eq!((&claims["iss"], &claims["aud"]), (&json!(app.url), &json!(receiver.address)));
    assert_eq!((&claims["sub_id"], &claims["events"]), (&subject, &said));
    assert!(claims["jti"].is_string() && claims["iat"].is_u64() && claims["txn"].is_string(), "{claims}");
    assert!(claims["sub"].is_null() && claims["exp"].is_null(), "{claims}");
    let shown = Document::of("docs/integrate.md").data().remove(0);
    assert!(is_alike(&shown, &claims), "the guide shows {shown}\n{claims}");
    for personal in [OLD, NEW, "Alice"] {
        assert!(!claims.to_string().contains(personal), "{claims}");
    }
}

#[tokio::test]
async fn an_application_that_refuses_is_told_again_by_the_same_name_and_the_operator_once() {
    let log = Log::default();
    let _listening = log.listen();
    let refuses = Answer::Status(400, r#"{ "err": "invalid_key", "description": "hidden words" }"#);
    let receiver = Receiver::answering([refuses, Answer::Status(200, "")]).await;
    let (_folder, app, mut person) = telling(&receiver.address, &[]).await;
    change(&mut person, &[]).await;
    let sent = receiver.sent(3).await;
    let mut names = Vec::new();
    for (_, token) in &sent {
        names.push(name(token, &app).await);
    }
    assert!(names.iter().all(|name| *name == names[0]), "{names:?}");
    until_logged(&log, TAKEN_AGAIN).await;
    let text = log.text();
    assert_eq!(text.matches(NOT_TAKEN).count(), 1, "{text}");
    assert!(text.contains("it answered 400, invalid_key"), "{text}");
    for private in ["hidden words", OLD, NEW, ALICE, sent[0].1.as_str()] {
        assert!(!text.contains(private), "{private} in {text}");
    }
}

#[tokio::test]
async fn an_event_that_is_not_taken_for_too_long_is_given_up_and_stands_in_the_audit() {
    let log = Log::default();
    let _listening = log.listen();
    let receiver = Receiver::answering(vec![Answer::Status(503, ""); 100]).await;
    let settings = [("EVENTS__RETRY_FOR", "1s"), ("POLICY__NOTIFY_PREVIOUS", "false")];
    let (_folder, _app, mut person) = telling(&receiver.address, &settings).await;
    change(&mut person, &[]).await;
    until_logged(&log, "application_not_told").await;
    let text = log.text();
    assert!(text.contains(GIVEN_UP) && text.contains("given_up"), "{text}");
    assert!(text.contains("it answered 503, not 202"), "{text}");
}

#[tokio::test]
async fn what_a_node_was_telling_when_it_was_killed_is_told_by_another_one_by_the_same_name() {
    let (sandbox, redis) = (sandbox().await, RedisServer::durable());
    let folder = tempfile::tempdir().expect("a folder");
    let receiver = Receiver::answering([Answer::Nothing]).await;
    let (shared, key) = (shared(&redis), key_file(&folder));
    let ours = [
        ("EVENTS__KEY_FILE", key.as_str()),
        ("EVENTS__TIMEOUT", "2s"),
        ("APPLICATIONS__CRM__EVENTS", receiver.address.as_str()),
    ];
    let settings = [borrowed(&shared), ours.to_vec()].concat();
    let mut one = program_with(&issuer(&sandbox), &settings);
    let mut person = Person::signed_in(sandbox, &one).await;
    change(&mut person, &[]).await;
    receiver.sent(1).await;
    one.signal("KILL");
    let other = program_with(&issuer(&person.sandbox), &settings);
    let sent = receiver.sent(2).await;
    assert_eq!(name(&sent[0].1, &other).await, name(&sent[1].1, &other).await);
}

#[tokio::test]
async fn what_only_another_node_has_the_secret_for_is_left_to_it() {
    let (sandbox, redis) = (sandbox().await, RedisServer::start());
    let folder = tempfile::tempdir().expect("a folder");
    let receiver = Receiver::answering(vec![Answer::Status(503, ""); 100]).await;
    let (shared, key) = (shared(&redis), key_file(&folder));
    let ours = [("EVENTS__KEY_FILE", key.as_str()), ("APPLICATIONS__CRM__EVENTS", receiver.address.as_str())];
    let old = [borrowed(&shared), ours.to_vec()].concat();
    let secrets = [("SESSION__SECRET", NEW_SECRET), ("SESSION__PREVIOUS_SECRET", &shared[2].1)];
    let new = [&borrowed(&shared)[..2], &secrets, &ours].concat();

    let mut after = program_with(&issuer(&sandbox), &new);
    let mut person = Person::signed_in(sandbox, &after).await;
    change(&mut person, &[]).await;
    receiver.sent(1).await;
    after.signal("KILL");
    let (mut before, log) = program_telling(&issuer(&person.sandbox), &old);
    let mut lines = BufReader::new(log).lines();
    assert!(lines.any(|line| line.expect("a line").contains(SEALED)));
    before.signal("KILL");
    let sent = receiver.sent(1).await.len();
    let _after = program_with(&issuer(&person.sandbox), &new);
    receiver.sent(sent + 1).await;
}

#[tokio::test]
async fn what_nobody_has_the_secret_for_any_more_is_given_up() {
    let (sandbox, redis) = (sandbox().await, RedisServer::start());
    let log = Log::default();
    let _listening = log.listen();
    let folder = tempfile::tempdir().expect("a folder");
    let receiver = Receiver::answering(vec![Answer::Status(503, ""); 100]).await;
    let (shared, key) = (shared(&redis), key_file(&folder));
    let ours = [
        ("EVENTS__KEY_FILE", key.as_str()),
        ("EVENTS__TIMEOUT", "2s"),
        ("APPLICATIONS__CRM__EVENTS", receiver.address.as_str()),
    ];
    let mut before = program_with(&issuer(&sandbox), &[&borrowed(&shared)[..], &ours].concat());
    let mut person = Person::signed_in(sandbox, &before).await;
    change(&mut person, &[]).await;
    receiver.sent(1).await;
    before.signal("KILL");
    let hasty = [("SESSION__SECRET", NEW_SECRET), ("EVENTS__RETRY_FOR", "1s")];
    let new = [&borrowed(&shared)[..2], &hasty, &ours].concat();
    let _after = app_with(&issuer(&person.sandbox), &new).await;
    until_logged(&log, GONE).await;
    assert_eq!(log.text().matches(SEALED).count(), 1, "{}", log.text());
}

#[tokio::test]
async fn a_change_that_shows_on_a_later_visit_only_is_told_as_well_and_once() {
    let receiver = Receiver::answering([]).await;
    let (_folder, _app, mut person) = telling(&receiver.address, &[]).await;
    let flow = person.begin().await;
    let code = person.code().await;
    let lost = json!({ "call": "finish", "fault": "reset_after", "times": 1 });
    person.faults(json!([lost, { "call": "user", "fault": "status", "status": 500, "times": 4 }])).await;
    person.press("finish", &flow, &[("code", &code)]).await;
    person.faults(json!([])).await;
    person.page("/email").await;
    receiver.sent(1).await;
    let flow = person.flow().await;
    let other = "other@example.org";
    let state = person.press("begin", &flow, &[("contact", other)]).await;
    let outbox = person.read(&format!("/outbox.json?to={other}")).await;
    let code = outbox[0]["code"].as_str().expect("a code").to_owned();
    let flow = id(&state, "AwaitCode");
    id(&person.press("finish", &flow, &[("code", &code)]).await, "Done");
    assert_eq!(receiver.sent(2).await.len(), 2, "one for each change");
}

#[tokio::test]
async fn a_code_that_was_wrong_is_told_to_nobody() {
    let receiver = Receiver::answering([]).await;
    let (_folder, _app, mut person) = telling(&receiver.address, &[]).await;
    let flow = person.begin().await;
    let wrong = crate::person::wrong(&person.code().await);
    person.press("finish", &flow, &[("code", &wrong)]).await;
    change(&mut person, &[]).await;
    assert_eq!(receiver.sent(1).await.len(), 1);
}

/// A program of the examples that ends with the test, and what it prints.
struct Example(Child, BufReader<std::process::ChildStdout>);

impl Example {
    fn line(&mut self) -> String {
        let mut line = String::new();
        self.1.read_line(&mut line).expect("a line");
        line.trim_end().to_owned()
    }
}

impl Drop for Example {
    fn drop(&mut self) {
        let _ = self.0.kill();
        let _ = self.0.wait();
    }
}

fn example(issuer: &str, address: &str) -> Example {
    let file = Path::new(env!("CARGO_MANIFEST_DIR")).join("../examples/applications/receiver.mjs");
    let mut command = Command::new("node");
    command.arg(file).env("ISSUER", issuer).env("ADDRESS", address).stdout(Stdio::piped());
    let mut child = command.spawn().expect("node, of the system's packages");
    let out = BufReader::new(child.stdout.take().expect("a pipe"));
    let mut example = Example(child, out);
    assert_eq!(example.line(), format!("listening on {address}"));
    example
}

#[tokio::test]
async fn the_example_takes_what_holds_and_says_why_it_does_not_take_anything_else() {
    let free = std::net::TcpListener::bind("127.0.0.1:0").expect("a free port");
    let address = format!("http://{}/events", free.local_addr().expect("an address"));
    drop(free);
    let receiver = Receiver::answering([]).await;
    let bank = ("APPLICATIONS__BANK__EVENTS", receiver.address.as_str());
    let (_folder, app, mut person) = telling(&address, &[bank]).await;
    let mut example = example(&app.url, &address);
    change(&mut person, &[("primary", "true")]).await;
    let line = tokio::task::spawn_blocking(move || (example.line(), example)).await.expect("a line");
    let (line, _example) = line;
    assert_eq!(line, format!("{ALICE}: email, primary"));

    let (_, of_the_bank) = receiver.sent(1).await.remove(0);
    let (signed, signature) = of_the_bank.rsplit_once('.').expect("a signature");
    let forged = format!("{signed}.{}", signature.chars().rev().collect::<String>());
    for (token, reason) in [
        (of_the_bank.as_str(), "invalid_audience"),
        (&forged, "authentication_failed"),
        ("x", "invalid_request"),
    ] {
        let answer = reqwest::Client::new().post(&address).body(token.to_owned()).send().await.expect("one");
        assert_eq!(answer.status(), 400);
        let refusal: Value = answer.json().await.expect("JSON");
        assert_eq!(refusal["err"], reason);
    }
}
