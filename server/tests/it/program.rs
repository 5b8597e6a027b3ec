//! The program itself: what it prints, what it logs, and how it ends.

use std::{
    io::{BufRead, BufReader, Read},
    process::{Child, Command, Stdio},
};

use reqwest::StatusCode;
use rstest::rstest;

use crate::support::{Browser, between, issuer, sandbox, variables};

fn program(issuer: &str, listen: &str) -> Child {
    Command::new(env!("CARGO_BIN_EXE_contact-change"))
        .env_clear()
        .envs(variables(issuer))
        .env("CONTACT_CHANGE_LISTEN", listen)
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .expect("the program")
}

fn all_of(pipe: Option<impl Read>) -> String {
    let mut text = String::new();
    pipe.expect("a pipe").read_to_string(&mut text).expect("a text");
    text
}

#[cfg(unix)]
#[tokio::test]
async fn it_says_where_it_listens_logs_nothing_personal_and_ends_when_told() {
    let sandbox = sandbox().await;
    let mut child = program(&issuer(&sandbox), "127.0.0.1:0");
    let mut out = BufReader::new(child.stdout.take().expect("a pipe"));
    let mut line = String::new();
    out.read_line(&mut line).expect("a line");
    let url =
        line.trim_end().strip_prefix("contact-change listening on http://localhost:").expect("the one line");
    let url = format!("http://127.0.0.1:{url}");

    let mut browser = Browser::new();
    // The public address has port 3000, which is not the one that was free: the way back is walked by hand.
    let departure = browser.get(&format!("{url}/sign-in?return_to=/email")).await;
    let provider = crate::support::location(&departure);
    let page = browser.get(&provider).await.text().await.expect("a page");
    let request = between(&page, "name=\"request\" value=\"", "\"").replace("&amp;", "&");
    let form = [("request", request.as_str()), ("person", crate::support::ALICE)];
    let choice = format!("{}/openid/auth/sign-in", issuer(&sandbox));
    let back = browser.send(browser.request(reqwest::Method::POST, &choice).form(&form)).await;
    let callback = crate::support::location(&back).replace("http://localhost:3000", &url);
    let code = between(&callback, "code=", "&").to_owned();
    assert_eq!(browser.get(&callback).await.status(), StatusCode::SEE_OTHER);
    let session = browser.cookies["session"].clone();
    assert_eq!(browser.get(&format!("{url}/email")).await.status(), StatusCode::OK);
    assert_eq!(browser.get(&callback.replace("state=", "state=x")).await.status(), StatusCode::SEE_OTHER);

    let told = Command::new("kill").arg("-TERM").arg(child.id().to_string()).status().expect("kill");
    assert!(told.success());
    assert!(child.wait().expect("an end").success());
    assert_eq!(all_of(Some(out)), "", "one line on standard output");
    let log = all_of(child.stderr.take());
    assert!(log.contains("/sign-in/callback"), "{log}");
    for private in [code.as_str(), &session, "eyJ", "Alice", "alice@", "contact-change-secret", "return_to"] {
        assert!(!log.contains(private), "{private} in {log}");
    }
}

#[tokio::test]
async fn a_taken_port_is_one_sentence_that_says_what_to_do() {
    let taken = std::net::TcpListener::bind("127.0.0.1:0").expect("a port");
    let address = taken.local_addr().expect("an address");
    let mut child = program("http://localhost:9", &address.to_string());
    assert_eq!(child.wait().expect("an end").code(), Some(1));
    let log = all_of(child.stderr.take());
    let sentence = log.lines().last().expect("a line");
    assert!(sentence.starts_with(&format!("contact-change: port {} is taken; ", address.port())), "{log}");
    assert!(sentence.contains("CONTACT_CHANGE_LISTEN"), "{log}");
    assert_eq!(all_of(child.stdout.take()), "");
}

#[tokio::test]
async fn a_taken_port_of_the_metrics_is_one_sentence_that_says_what_to_do() {
    let taken = std::net::TcpListener::bind("127.0.0.1:0").expect("a port");
    let address = taken.local_addr().expect("an address").to_string();
    let log = refused_with("CONTACT_CHANGE_METRICS__LISTEN", &address);
    let sentence = log.lines().last().expect("a line");
    assert!(sentence.starts_with(&format!("contact-change: cannot listen on {address}; ")), "{log}");
    assert!(sentence.contains("`metrics.listen` (CONTACT_CHANGE_METRICS__LISTEN)"), "{log}");
}

#[cfg(unix)]
#[test]
fn a_variable_that_is_no_text_is_told_by_its_name_and_not_by_what_it_holds() {
    use std::{ffi::OsStr, os::unix::ffi::OsStrExt};
    for (variable, key) in [
        ("CONTACT_CHANGE_THEME__NAME", "theme.name"),
        ("CONTACT_CHANGE_PROVIDER__CLIENT_SECRET", "provider.client_secret"),
    ] {
        let log = refused_with(variable, OsStr::from_bytes(b"hidden-caf\xe9"));
        assert!(log.contains("one thing") && log.contains(&format!("{key} ({variable}): ")), "{log}");
        assert!(log.contains("UTF-8") && !log.contains("hidden"), "{log}");
    }
}

#[rstest]
#[case::one_underscore_for_two("SESSION_IDLE", "session.idle (CONTACT_CHANGE_SESSION__IDLE)")]
#[case::two_for_one("SERVICE__BASE__URL", "service.base_url (CONTACT_CHANGE_SERVICE__BASE_URL)")]
#[case::a_slip("PROVIDER__ISUER", "provider.issuer (CONTACT_CHANGE_PROVIDER__ISSUER)")]
#[case::the_file_of_a_secret(
    "SESSION_SECRET_FILE",
    "session.secret_file (CONTACT_CHANGE_SESSION__SECRET_FILE)"
)]
#[case::of_a_server_that_is_called("SERVICE_TIMEOUT", "service.timeout (CONTACT_CHANGE_SERVICE__TIMEOUT)")]
fn a_setting_that_is_none_is_told_with_the_one_that_was_likely_meant(
    #[case] variable: &str,
    #[case] meant: &str,
) {
    let log = refused_with(&format!("CONTACT_CHANGE_{variable}"), "x");
    assert!(log.contains(&format!("is not a setting; did you mean {meant}?")), "{log}");
}

#[test]
fn a_setting_that_is_like_no_other_is_told_with_where_they_all_are() {
    let log = refused_with("CONTACT_CHANGE_COFFEE__MILK", "x");
    assert!(log.contains("docs/configure.md") && !log.contains("did you mean"), "{log}");
}

/// What the program says that does not start for a variable.
fn refused_with(variable: &str, value: impl AsRef<std::ffi::OsStr>) -> String {
    let mut command = Command::new(env!("CARGO_BIN_EXE_contact-change"));
    command.env_clear().envs(variables("http://localhost:9")).env("CONTACT_CHANGE_LISTEN", "127.0.0.1:0");
    let output = command.env(variable, value).output().expect("the program");
    assert_eq!((output.status.code(), output.stdout.len()), (Some(1), 0));
    String::from_utf8(output.stderr).expect("a text")
}

#[test]
fn mistakes_in_the_configuration_end_it_before_it_listens() {
    let mut child = program("http://id.example.com", "nowhere");
    assert_eq!(child.wait().expect("an end").code(), Some(1));
    let log = all_of(child.stderr.take());
    assert!(log.contains("2 things") && log.contains("provider.issuer") && log.contains("listen ("), "{log}");
}

#[test]
fn it_prints_what_can_be_set() {
    for (what, part) in [("example", "\n[provider]\n"), ("schema", "\"additionalProperties\": false")] {
        let mut command = Command::new(env!("CARGO_BIN_EXE_contact-change"));
        let output = command.env_clear().args(["config", what]).output().expect("the program");
        assert!(output.status.success());
        assert!(String::from_utf8_lossy(&output.stdout).contains(part), "{what}");
    }
}

#[test]
fn it_says_of_which_version_and_commit_it_is() {
    let output =
        Command::new(env!("CARGO_BIN_EXE_contact-change")).arg("--version").output().expect("the program");
    let said = String::from_utf8_lossy(&output.stdout).into_owned();
    let commit = between(&said, concat!("contact-change ", env!("CARGO_PKG_VERSION"), " ("), ")");
    assert!(commit == "unknown" || commit.len() >= 7, "{said}");
}
