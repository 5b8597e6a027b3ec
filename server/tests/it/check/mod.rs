//! `contact-change check`: all is well beside a sandbox, and what is broken is told with what mends it.

mod applications;
mod paths;
mod tls;

use std::{collections::BTreeMap, process::Command};

use axum::{Json, Router, routing::get};
use rstest::rstest;
use sandbox::Running;
use serde_json::{Value, json};
use server::{
    check::{Finding, Options, Report, Verdict, run},
    config::Settings,
};
use tokio::net::TcpListener;

use crate::support::{ALICE, issuer, sandbox, variables};

const REFERENCE: &str = "/apidoc/openapi.json";
/// As the sandbox has it registered.
const PUBLIC_URL: (&str, &str) = ("PUBLIC_URL", "http://localhost:3000");

fn settings_of(issuer: &str, others: &[(&str, &str)]) -> BTreeMap<String, String> {
    let others = [PUBLIC_URL].iter().chain(others).map(|(name, value)| {
        let name = if name.starts_with('/') { (*name).to_owned() } else { format!("CONTACT_CHANGE_{name}") };
        (name, (*value).to_owned())
    });
    variables(issuer).into_iter().chain(others.collect::<Vec<_>>()).collect()
}

pub(crate) async fn checked(issuer: &str, others: &[(&str, &str)]) -> Report {
    let settings = Settings::load(None, settings_of(issuer, others)).expect("a configuration");
    run(&settings, &Options { user: None, reference: REFERENCE.to_owned() }).await
}

pub(crate) fn finding<'report>(report: &'report Report, what: &str) -> &'report Finding {
    report.0.iter().find(|finding| finding.what == what).unwrap_or_else(|| panic!("{what} in\n{report}"))
}

async fn control(sandbox: &Running, path: &str, body: &Value) {
    let url = format!("{}/control/{path}", issuer(sandbox));
    let answer = reqwest::Client::new().post(url).json(body).send().await.expect("an answer");
    assert!(answer.status().is_success(), "{answer:?}");
}

#[tokio::test]
async fn beside_a_sandbox_all_is_well() {
    let sandbox = sandbox().await;
    let settled = [
        ("SESSION__SECRET", "MDEyMzQ1Njc4OTAxMjM0NTY3ODkwMTIzNDU2Nzg5MDE="),
        ("LIMITS__SMS_PER_DAY", "1000"),
    ];
    let report = checked(&issuer(&sandbox), &settled).await;
    assert_eq!(report.exit_code(), 0, "{report}");
    assert!(report.0.iter().all(|finding| finding.verdict <= Verdict::Unknown), "{report}");
    for what in
        ["discovery", "issuer", "clocks", "endpoints", "scopes", "keys", "client secret", "redirect address"]
    {
        if what != "discovery" {
            assert_eq!(finding(&report, what).verdict, Verdict::Ok, "{what} in\n{report}");
        }
    }
    for what in
        ["words of begin", "words of finish", "words of a person", "words of an email", "words of an SMS"]
    {
        assert_eq!(finding(&report, what).verdict, Verdict::Ok, "{what} in\n{report}");
    }
    let ledger: Value = reqwest::get(format!("{}/ledger.json", issuer(&sandbox)))
        .await
        .expect("an answer")
        .json()
        .await
        .expect("JSON");
    for calls in ["begins", "finishes", "messages", "changes"] {
        assert_eq!(ledger[calls], json!([]), "it changes nothing and sends nothing");
    }
}

#[tokio::test]
async fn with_a_person_s_own_token_it_looks_at_what_such_a_token_is_used_for() {
    let sandbox = sandbox().await;
    let mut variables = settings_of(&issuer(&sandbox), &[("SERVICE__CREDENTIALS", "user_token")]);
    variables.retain(|name, _| !name.starts_with("CONTACT_CHANGE_SERVICE__CLIENT"));
    variables
        .insert("CONTACT_CHANGE_SERVICE__USER_SCOPES".to_owned(), "offline_access no.such.scope".to_owned());
    let settings = Settings::load(None, variables).expect("a configuration");
    let report = run(&settings, &Options { user: None, reference: REFERENCE.to_owned() }).await;
    let scopes = finding(&report, "scopes");
    assert!(scopes.detail.ends_with("does not name no.such.scope"), "{report}");
    assert_eq!(finding(&report, "words of a person").verdict, Verdict::Ok, "{report}");
    assert!(report.0.iter().all(|finding| finding.what != "words of an email"), "{report}");
}

#[rstest]
#[case::nobody_says_who_they_are(&[], Verdict::Warning)]
#[case::a_proxy_does(&[("TRUSTED_PROXIES", "127.0.0.1")], Verdict::Ok)]
#[tokio::test]
async fn a_limit_for_each_network_that_would_be_one_for_everybody_is_told(
    #[case] settings: &[(&str, &str)],
    #[case] verdict: Verdict,
) {
    let limited = [("LIMITS__NETWORK_PER_HOUR", "20"), ("PUBLIC_URL", "https://www.example.com")];
    let report = checked("http://127.0.0.1:1", &[&limited, settings].concat()).await;
    assert_eq!(finding(&report, "callers").verdict, verdict, "{report}");
}

#[tokio::test]
async fn notices_that_say_neither_whose_they_are_nor_where_there_is_help_are_told() {
    let report = checked("http://127.0.0.1:1", &[("THEME__NAME", "Example")]).await;
    let notices = finding(&report, "notices");
    assert_eq!(
        (notices.verdict, &*notices.advice),
        (Verdict::Unknown, &["set theme.support_url".to_owned()][..])
    );
}

#[rstest]
#[case::by_default(&[], Verdict::Unknown, "UTC, unless", &["set time_zone to where most of your people are"])]
#[case::that_was_set(&[("TIME_ZONE", "Europe/Helsinki")], Verdict::Ok, "Europe/Helsinki", &[])]
#[tokio::test]
async fn the_zone_of_clock_times_is_told(
    #[case] settings: &[(&str, &str)],
    #[case] verdict: Verdict,
    #[case] detail: &str,
    #[case] advice: &[&str],
) {
    let report = checked("http://127.0.0.1:1", settings).await;
    let zone = finding(&report, "time zone");
    assert_eq!(zone.verdict, verdict, "{report}");
    assert_eq!(zone.advice, advice, "{report}");
    assert!(zone.detail.starts_with(detail), "{report}");
}

#[tokio::test]
async fn somebody_who_is_named_is_read() {
    let sandbox = sandbox().await;
    let settings = Settings::load(None, settings_of(&issuer(&sandbox), &[])).expect("a configuration");
    let user = Some(identity::Subject::parse(ALICE).expect("a subject"));
    let report = run(&settings, &Options { user, reference: REFERENCE.to_owned() }).await;
    let seen = &finding(&report, "API client").detail;
    assert_eq!(seen, "reads the person: 1 email addresses, 0 mobile numbers");
}

/// Starts a provider whose tokens come from an address without TLS, on another machine.
async fn provider_in_the_open() -> String {
    let listener = TcpListener::bind("127.0.0.1:0").await.expect("a free port");
    let issuer = format!("http://{}", listener.local_addr().expect("an address"));
    let configuration = json!({
        "issuer": issuer,
        "authorization_endpoint": format!("{issuer}/auth"),
        "token_endpoint": "http://192.0.2.1/token",
        "jwks_uri": format!("{issuer}/jwks"),
        "end_session_endpoint": format!("{issuer}/end"),
        "userinfo_endpoint": format!("{issuer}/userinfo"),
    });
    let router =
        Router::new().route("/.well-known/openid-configuration", get(async move || Json(configuration)));
    // Ends with the runtime of the test.
    tokio::spawn(async move { axum::serve(listener, router).await.expect("a server") });
    issuer
}

#[tokio::test]
async fn an_endpoint_to_which_secrets_would_go_unencrypted_is_told_and_none_is_sent() {
    let report = checked(&provider_in_the_open().await, &[]).await;
    let endpoints = finding(&report, "endpoints");
    assert_eq!((endpoints.verdict, &*endpoints.detail), (Verdict::Failed, "plain http: token_endpoint"));
    let secret = finding(&report, "client secret");
    assert!(secret.verdict != Verdict::Ok && secret.detail.contains("plain http"), "{report}");
}

#[rstest]
#[case::a_wrong_secret_of_sign_in(
    &[("PROVIDER__CLIENT_SECRET", "wrong-secret")], "client secret", "provider.client_secret")]
#[case::an_unknown_client(&[("PROVIDER__CLIENT_ID", "nobody")], "client secret", "provider.client_id")]
#[case::a_wrong_secret_of_the_api(
    &[("SERVICE__CLIENT_SECRET", "wrong-secret")], "API client", "service.client_secret")]
#[case::a_missing_permission(
    &[("SERVICE__CLIENT_ID", "no-permission"), ("SERVICE__CLIENT_SECRET", "no-permission-secret")],
    "API client", "permission to view accounts")]
#[case::an_address_that_is_not_registered(
    &[("PUBLIC_URL", "https://elsewhere.example.com")], "redirect address",
    "register https://elsewhere.example.com/sign-in/callback")]
#[case::a_service_that_is_not_there(
    &[("SERVICE__BASE_URL", "http://127.0.0.1:1")], "API client", "service.base_url")]
#[case::a_record_that_cannot_be_written(
    &[("AUDIT__FILE", "/no/such/folder/audit.jsonl")], "audit.file", "make its folder")]
#[case::a_store_that_is_down(
    &[("STORE__KIND", "redis"), ("STORE__URL", "redis://127.0.0.1:1"),
      ("SESSION__SECRET", "MDEyMzQ1Njc4OTAxMjM0NTY3ODkwMTIzNDU2Nzg5MDE=")], "store", "store.url")]
#[tokio::test]
async fn what_is_broken_is_told_with_what_mends_it(
    #[case] settings: &[(&str, &str)],
    #[case] what: &str,
    #[case] advice: &str,
) {
    let sandbox = sandbox().await;
    let report = checked(&issuer(&sandbox), settings).await;
    let finding = finding(&report, what);
    assert_eq!(finding.verdict, Verdict::Failed, "{report}");
    assert!(finding.advice.iter().any(|line| line.contains(advice)), "{advice} in\n{report}");
    assert_eq!(report.exit_code(), 1);
    for text in [report.to_string(), report.json()] {
        for secret in ["wrong-secret", "contact-change-secret", "contact-change-api-secret", "MDEyMzQ1"] {
            assert!(!text.contains(secret), "{secret} in\n{text}");
        }
    }
}

#[tokio::test]
async fn a_provider_that_is_down_or_is_none_is_told() {
    let report = checked("http://127.0.0.1:1", &[]).await;
    let down = finding(&report, "discovery");
    assert!(down.verdict == Verdict::Failed && down.advice[0].contains("provider.issuer"), "{report}");
    let sandbox = sandbox().await;
    let report = checked(&format!("{}/outbox", issuer(&sandbox)), &[]).await;
    assert_eq!(finding(&report, "discovery").verdict, Verdict::Failed, "{report}");
}

#[tokio::test]
async fn a_provider_that_calls_itself_otherwise_is_told_with_the_line_that_mends_it() {
    let sandbox = sandbox().await;
    let other = issuer(&sandbox).replace("localhost", "127.0.0.1");
    let report = checked(&other, &[]).await;
    let wrong = finding(&report, "issuer");
    assert_eq!(wrong.verdict, Verdict::Failed, "{report}");
    assert!(wrong.advice[0].contains(&format!("issuer = \"{}\"", issuer(&sandbox))), "{report}");
}

#[tokio::test]
async fn a_clock_that_is_an_hour_off_is_told() {
    let sandbox = sandbox().await;
    control(&sandbox, "clock", &json!({ "advanceSeconds": 3600 })).await;
    let report = checked(&issuer(&sandbox), &[]).await;
    let clocks = finding(&report, "clocks");
    assert_eq!(clocks.verdict, Verdict::Failed, "{report}");
    assert!(clocks.detail.starts_with('3') && clocks.advice[0].contains("NTP"), "{report}");
}

#[tokio::test]
async fn other_words_are_told_with_the_lines_that_mend_them() {
    let file = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("../examples/dialect/service.toml");
    let text = std::fs::read_to_string(file).expect("the other dialect");
    let dialect = sandbox::Dialect::parse(&text).expect("a dialect");
    let sandbox =
        sandbox::start(sandbox::Settings { dialect, ..Default::default() }).await.expect("a sandbox");

    let report = checked(&issuer(&sandbox), &[]).await;
    let begin = finding(&report, "words of begin");
    assert_eq!(begin.verdict, Verdict::Failed, "{report}");
    assert!(
        begin
            .advice
            .iter()
            .any(|line| line.contains("path = \"/directory/v2/people/{userId}/contact-verifications\"")),
        "{report}"
    );

    // With the right path, the members are compared one by one.
    let path = ("SERVICE__DIALECT__BEGIN__PATH", "/directory/v2/people/{userId}/contact-verifications");
    let report = checked(&issuer(&sandbox), &[path]).await;
    let begin = finding(&report, "words of begin");
    for line in [
        "email = \"newMailAddress\"",
        "mobile = \"newPhoneNumber\"",
        "verification_token = \"ticket\"",
        "answers.sent = [201]",
    ] {
        assert!(begin.advice.iter().any(|advice| advice.starts_with(line)), "{line} in\n{report}");
    }
}

#[tokio::test]
async fn the_program_prints_a_table_for_people_and_json_for_machines() {
    let sandbox = sandbox().await;
    let settings = settings_of(&issuer(&sandbox), &[("PROVIDER__CLIENT_SECRET", "wrong-secret")]);
    let run = |arguments: &'static [&'static str]| {
        let mut command = Command::new(env!("CARGO_BIN_EXE_contact-change"));
        command.env_clear().envs(settings.clone()).arg("check").args(arguments);
        tokio::task::spawn_blocking(move || command.output().expect("the program"))
    };
    let people = run(&[]).await.expect("an answer");
    assert_eq!(people.status.code(), Some(1));
    let table = String::from_utf8(people.stdout).expect("a text");
    assert!(table.contains("FAILED   client secret"), "{table}");
    let machines = run(&["--json"]).await.expect("an answer");
    let list: Vec<Value> = serde_json::from_slice(&machines.stdout).expect("JSON");
    assert!(
        list.iter().any(|finding| finding["what"] == "client secret" && finding["verdict"] == "failed"),
        "{list:?}"
    );
}
