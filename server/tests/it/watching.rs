//! What those who watch see: metrics of what happened, rules and a dashboard that ask for them, and a node that says how it is.

use std::{
    collections::{BTreeMap, BTreeSet},
    fs,
    io::Write as _,
    net::TcpListener,
    path::PathBuf,
    process::{Command, Stdio},
};

use reqwest::Method;
use serde_json::{Value, json};
use server::metrics::{CATALOGUE, Metric, MetricKind};

use crate::{
    person::{NEW, Person, id, wrong},
    reference::is_up_to_date,
    security_events::key_file,
    support::{ALICE, App, Browser, issuer, program_with, sandbox},
};

/// A program whose metrics can be read, and where.
pub(crate) fn watched(issuer: &str, more: &[(&str, &str)]) -> (App, String) {
    let free = TcpListener::bind("127.0.0.1:0").expect("a free port").local_addr().expect("an address");
    let address = free.to_string();
    let settings = [&[("METRICS__LISTEN", address.as_str())], more].concat();
    (program_with(issuer, &settings), format!("http://{address}/metrics"))
}

/// The name of a value, and its labels.
type Series = (String, BTreeMap<String, String>);

/// What was read.
#[derive(Debug)]
struct Scrape {
    text: String,
    values: BTreeMap<Series, String>,
}

impl Scrape {
    async fn of(url: &str) -> Self {
        let text = reqwest::get(url).await.expect("an answer").text().await.expect("a text");
        let samples = text.lines().filter(|line| !line.is_empty() && !line.starts_with('#'));
        let values = samples.map(|line| sample(line).unwrap_or_else(|| panic!("{line}"))).collect();
        Self { text, values }
    }

    /// The sum of all counts of this name with these labels.
    fn of_all(&self, name: &str, labels: &[(&str, &str)]) -> u64 {
        self.values(name, labels).map(|value| value.parse::<u64>().expect("a count")).sum()
    }

    /// The sum of all times of this name with these labels, in seconds.
    fn seconds(&self, name: &str, labels: &[(&str, &str)]) -> f64 {
        self.values(name, labels).map(|value| value.parse::<f64>().expect("a time")).sum()
    }

    fn values(&self, name: &str, labels: &[(&str, &str)]) -> impl Iterator<Item = &String> {
        let has = |known: &BTreeMap<String, String>| {
            labels.iter().all(|(label, value)| known.get(*label).is_some_and(|known| known == value))
        };
        let values = self.values.iter().filter(move |((known, labels), _)| known == name && has(labels));
        values.map(|(_, value)| value)
    }

    fn labels(&self, name: &str, label: &str) -> BTreeSet<&str> {
        let of_name = self.values.keys().filter(|(known, _)| known == name);
        of_name.filter_map(|(_, labels)| labels.get(label).map(String::as_str)).collect()
    }
}

/// Reads a line of the text format (Prometheus, exposition formats).
fn sample(line: &str) -> Option<(Series, String)> {
    let (series, value) = line.rsplit_once(' ')?;
    let (name, labels) = series.split_once('{').unwrap_or((series, "}"));
    let labels = labels.strip_suffix('}')?.trim_end_matches(',');
    let pair = |pair: &str| {
        let (label, value) = pair.split_once("=\"")?;
        Some((label.to_owned(), value.strip_suffix('"')?.to_owned()))
    };
    // No value of ours has a comma in it.
    let labels = labels.split(',').filter(|label| !label.is_empty()).map(pair).collect::<Option<_>>()?;
    value.parse::<f64>().ok()?;
    Some(((name.to_owned(), labels), value.to_owned()))
}

/// The metric of the catalogue that a name of a series belongs to.
fn metric(series: &str) -> Option<&'static Metric> {
    let is_it = |metric: &&Metric| match metric.kind {
        MetricKind::Histogram(_) => {
            ["_bucket", "_sum", "_count"].iter().any(|end| series.strip_suffix(end) == Some(metric.name))
        }
        MetricKind::Counter | MetricKind::Gauge => series == metric.name,
    };
    CATALOGUE.iter().find(is_it)
}

pub(crate) fn promtool(arguments: &[&str], input: &str) {
    let mut promtool = Command::new("promtool");
    promtool.args(arguments).stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::piped());
    let mut child = promtool.spawn().expect("promtool; install Prometheus with the packages of your system");
    child.stdin.take().expect("a pipe").write_all(input.as_bytes()).expect("to be read");
    let output = child.wait_with_output().expect("an end");
    let said = [output.stdout, output.stderr].concat();
    assert!(output.status.success(), "promtool {arguments:?}: {}", String::from_utf8_lossy(&said));
}

pub(crate) fn deployed(path: &str) -> (String, String) {
    let path = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("../deploy").join(path);
    (path.to_str().expect("a text").to_owned(), fs::read_to_string(&path).expect("a file"))
}

#[tokio::test]
async fn a_whole_journey_can_be_read_back_and_nothing_personal_with_it() {
    let (sandbox, folder) = (sandbox().await, tempfile::tempdir().expect("a folder"));
    let key = key_file(&folder);
    // Nobody is there to take an event, so it waits.
    let told = [("EVENTS__KEY_FILE", key.as_str()), ("APPLICATIONS__CRM__EVENTS", "http://127.0.0.1:9/")];
    let (app, url) = watched(&issuer(&sandbox), &told);
    let mut person = Person::signed_in(sandbox, &app).await;
    let flow = person.begin().await;
    let code = person.code().await;
    let flow = id(&person.press("finish", &flow, &[("code", &wrong(&code))]).await, "Restart");
    let flow = id(&person.press("resend", &flow, &[]).await, "AwaitCode");
    let code = person.code().await;
    id(&person.press("finish", &flow, &[("code", &code)]).await, "Done");
    let session = person.browser.cookies["session"].clone();
    person.browser.post(&app, "/sign-out", "/email", &[]).await;

    let scrape = Scrape::of(&url).await;
    promtool(&["check", "metrics"], &scrape.text);
    let events = "contact_change_events_total";
    let happened = |event, kind| scrape.of_all(events, &[("event", event), ("kind", kind)]);
    assert_eq!([happened("signed_in", ""), happened("signed_out", "")], [1, 1]);
    assert_eq!(
        [happened("sent", "email"), happened("changed", "email"), happened("sent", "mobile")],
        [2, 1, 0]
    );
    assert_eq!(scrape.of_all(events, &[("reason", "wrong_code"), ("outcome", "refused")]), 1);
    assert_eq!(scrape.of_all("contact_change_code_entry_seconds_count", &[("kind", "email")]), 1);
    let calls = |call, outcome| {
        let labels = [("call", call), ("outcome", outcome)];
        scrape.of_all("contact_change_upstream_call_seconds_count", &labels)
    };
    assert_eq!([calls("begin", "2xx"), calls("finish", "2xx"), calls("finish", "4xx")], [2, 1, 1]);
    // Whoever signs in while the program still reads it asks as well.
    assert!([2, 4].contains(&calls("discovery", "2xx")));
    assert_eq!(calls("token", "2xx"), 1);
    let route = [("route", "/api/{*function}"), ("method", "POST"), ("status", "200")];
    assert_eq!(scrape.of_all("contact_change_http_request_seconds_count", &route), 4);
    // What the service takes is not ours, although a press goes on when its browser is gone.
    let of_presses = &route[..1];
    assert_eq!(scrape.of_all("contact_change_own_seconds_count", of_presses), 4);
    let [whole, own] = ["http_request", "own"]
        .map(|name| scrape.seconds(&format!("contact_change_{name}_seconds_sum"), of_presses));
    assert!(own < whole, "{own} of {whole}");
    assert!(scrape.of_all("contact_change_store_call_seconds_count", &[("outcome", "ok")]) > 10);

    let mut seen = BTreeSet::new();
    for (series, labels) in scrape.values.keys() {
        let metric = metric(series).unwrap_or_else(|| panic!("{series} is not in the catalogue"));
        let known: BTreeSet<&str> = metric.labels.iter().map(|(label, _)| *label).collect();
        let has: BTreeSet<&str> = labels.keys().map(String::as_str).filter(|label| *label != "le").collect();
        assert_eq!(has, known, "{series}");
        seen.insert(metric.name);
    }
    if cfg!(target_os = "linux") {
        let all: BTreeSet<&str> = CATALOGUE.iter().map(|metric| metric.name).collect();
        assert_eq!(seen, all, "what is in the catalogue is there");
    }
    for private in [NEW, ALICE, "Alice", &code, &session] {
        assert!(!scrape.text.contains(private), "{private}");
    }
}

#[tokio::test]
async fn whatever_anybody_sends_makes_no_new_label() {
    let sandbox = sandbox().await;
    let (app, url) = watched(&issuer(&sandbox), &[]);
    let browser = Browser::new();
    let odd = [
        "/nowhere",
        "/email/new@example.org",
        "/pkg/odd.js",
        "/api/odd",
        "/theme/odd",
        "/%00",
        "/?route=odd",
    ];
    for (number, path) in odd.iter().enumerate() {
        for method in ["GET", "BREW", "PROPFIND"] {
            let method =
                Method::from_bytes(format!("{method}{}", "X".repeat(number)).as_bytes()).expect("a method");
            let request = browser.request(method, &format!("{}{path}", app.url));
            request.header("host", "odd.example.org").send().await.expect("an answer");
        }
    }
    let scrape = Scrape::of(&url).await;
    let name = "contact_change_http_request_seconds_count";
    let routes: BTreeSet<&str> = ["-", "/", "/api/{*function}", "/pkg/{file}"].into();
    assert_eq!(scrape.labels(name, "route"), routes);
    assert!(scrape.labels(name, "method").is_subset(&["GET", "other"].into()), "{scrape:?}");
    assert!(!scrape.text.contains("odd") && !scrape.text.contains("example.org"), "{}", scrape.text);
}

#[tokio::test]
async fn what_goes_wrong_is_counted_by_what_it_was() {
    let sandbox = sandbox().await;
    let (app, url) = watched(&issuer(&sandbox), &[("MAX_REQUESTS", "1"), ("LIMITS__EMAIL_PER_DAY", "1")]);
    let mut person = Person::signed_in(sandbox, &app).await;
    person.begin().await;
    let flow = id(&person.look().await, "AwaitCode");
    person.press("resend", &flow, &[]).await;
    person.fault(json!({ "call": "user", "fault": "slow", "milliseconds": 500 })).await;
    let pages = (0..5).map(|_| person.browser.request(Method::GET, &format!("{}/email", app.url)).send());
    futures_util::future::join_all(pages).await;
    let scrape = Scrape::of(&url).await;
    let reached = [("event", "refused"), ("reason", "limit_budget"), ("kind", "email")];
    assert_eq!(scrape.of_all("contact_change_events_total", &reached), 1);
    assert!(scrape.of_all("contact_change_problems_total", &[("problem", "shed")]) >= 1, "{}", scrape.text);
}

/// What a node says of itself.
#[test]
fn the_catalogue_in_the_document_is_that_of_the_program() {
    is_up_to_date("metrics.md", "metrics", &server::metrics::table());
}

#[test]
fn the_alert_rules_do_what_they_say() {
    let (rules, text) = deployed("prometheus/alerts.yml");
    promtool(&["check", "rules", &rules], "");
    promtool(&["test", "rules", &deployed("prometheus/alerts_test.yml").0], "");
    let (_, tests) = deployed("prometheus/alerts_test.yml");
    for alert in text.lines().filter_map(|line| line.trim().strip_prefix("- alert: ")) {
        assert!(tests.contains(&format!("alertname: {alert}")), "{alert} has no test");
    }
}

/// What a dashboard asks.
pub(crate) fn queries(dashboard: &Value) -> impl Iterator<Item = &str> {
    let panels = dashboard["panels"].as_array().into_iter().flatten();
    let targets = panels.flat_map(|panel| panel["targets"].as_array().into_iter().flatten());
    targets.map(|target| target["expr"].as_str().expect("a query"))
}

/// A query with the dashboard's variables filled in.
pub(crate) fn plain(query: &str) -> String {
    query.replace("$__range", "1h").replace("$__rate_interval", "5m").replace("$instance", ".*")
}

#[test]
fn rules_and_dashboard_ask_for_what_there_is() {
    let (_, dashboard) = deployed("grafana/contact-change.json");
    let dashboard: Value = serde_json::from_str(&dashboard).expect("JSON");
    let queries: Vec<&str> = queries(&dashboard).collect();
    assert!(queries.len() > 15, "{queries:?}");
    let numbered = queries.iter().enumerate();
    let read =
        numbered.map(|(number, query)| json!({ "record": format!("query:{number}"), "expr": plain(query) }));
    let group = json!({ "groups": [{ "name": "dashboard", "rules": read.collect::<Vec<_>>() }] });
    let file = tempfile::NamedTempFile::new().expect("a file");
    fs::write(file.path(), group.to_string()).expect("a file");
    promtool(&["check", "rules", file.path().to_str().expect("a text")], "");
    let rules = deployed("prometheus/alerts.yml").1;
    for query in queries.into_iter().chain(rules.lines()) {
        let words = query.split(|character: char| !character.is_ascii_alphanumeric() && character != '_');
        for word in words.filter(|word| word.starts_with("contact_change_") || word.starts_with("process_")) {
            assert!(metric(word).is_some(), "{word} is not in the catalogue: {query}");
        }
    }
}
