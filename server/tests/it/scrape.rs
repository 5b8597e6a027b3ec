//! A real Prometheus reads the metrics, and answers what the dashboard asks.

use std::{
    fs,
    net::TcpListener,
    process::{Child, Command, Stdio},
    time::Duration,
};

use serde_json::{Value, json};
use tempfile::TempDir;
use tokio::time::sleep;

use crate::{
    person::{Person, id},
    support::{issuer, sandbox},
    watching::{deployed, plain, queries, watched},
};

/// A Prometheus that ends with the test.
struct Prometheus {
    url: String,
    child: Child,
    _folder: TempDir,
}

impl Prometheus {
    /// Starts one that reads a target, with our alert rules.
    fn reading(target: &str) -> Self {
        let folder = tempfile::tempdir().expect("a folder");
        let free = TcpListener::bind("127.0.0.1:0").expect("a free port").local_addr().expect("an address");
        let job = json!({ "job_name": "contact-change", "static_configs": [{ "targets": [target] }] });
        let settings = json!({
            "global": { "scrape_interval": "1s", "scrape_timeout": "1s", "evaluation_interval": "1s" },
            "rule_files": [deployed("prometheus/alerts.yml").0],
            "scrape_configs": [job],
        });
        let file = folder.path().join("prometheus.yml");
        fs::write(&file, settings.to_string()).expect("a file");
        let child = Command::new("prometheus")
            .arg(format!("--config.file={}", file.display()))
            .arg(format!("--storage.tsdb.path={}", folder.path().join("data").display()))
            .arg(format!("--web.listen-address={free}"))
            .stderr(Stdio::null())
            .spawn()
            .expect("prometheus; install it with the packages of your system");
        Self { url: format!("http://{free}"), child, _folder: folder }
    }

    /// Tells whether a query is answered with anything, be it later: it takes time to start, and two readings to see growth.
    async fn comes_to_answer(&self, query: &str) -> bool {
        for _ in 0..900 {
            if !self.ask(query).await.is_empty() {
                return true;
            }
            sleep(Duration::from_millis(100)).await;
        }
        false
    }

    /// What a query is answered with: a list of series with their values; an empty one as long as it does not run.
    async fn ask(&self, query: &str) -> Vec<Value> {
        let url = format!("{}/api/v1/query", self.url);
        let Ok(answer) = reqwest::Client::new().get(url).query(&[("query", query)]).send().await else {
            return Vec::new();
        };
        let answer: Value = answer.json().await.unwrap_or_default();
        answer["data"]["result"].as_array().cloned().unwrap_or_default()
    }
}

impl Drop for Prometheus {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

#[tokio::test]
async fn prometheus_reads_a_whole_journey_and_the_dashboard_has_an_answer_to_every_question() {
    let sandbox = sandbox().await;
    let (app, url) = watched(&issuer(&sandbox), &[]);
    let target = url.trim_start_matches("http://").trim_end_matches("/metrics");
    let prometheus = Prometheus::reading(target);
    let mut person = Person::signed_in(sandbox, &app).await;
    let flow = person.begin().await;
    let code = person.code().await;
    id(&person.press("finish", &flow, &[("code", &code)]).await, "Done");

    let changed = "contact_change_events_total{event=\"changed\", kind=\"email\"} == 1";
    assert!(prometheus.comes_to_answer(changed).await);
    let (_, dashboard) = deployed("grafana/contact-change.json");
    for query in queries(&serde_json::from_str(&dashboard).expect("JSON")) {
        assert!(prometheus.comes_to_answer(&plain(query)).await, "{query}");
    }
    assert!(prometheus.ask("ALERTS{alertstate=\"firing\"}").await.is_empty());
}
