//! Everything that is counted, as data: from here come what Prometheus is told, `docs/metrics.md`, and what alert rules and
//! dashboards are held against.

use std::fmt::Write as _;

/// One metric.
#[derive(Debug)]
pub struct Metric {
    /// Its name.
    pub name: &'static str,
    /// What kind of metric it is.
    pub kind: Kind,
    /// Its labels, and what their values can be. All of them come from the program and its
    /// configuration, none from what anybody sends.
    pub labels: &'static [(&'static str, &'static str)],
    /// What it measures, in Markdown.
    pub meaning: &'static str,
}

/// What kind of metric it is.
#[derive(Clone, Copy, Debug)]
pub enum Kind {
    /// Only grows, until the program ends.
    Counter,
    /// Goes up and down.
    Gauge,
    /// Sorted by size, into what is at most so large (in seconds).
    Histogram(&'static [f64]),
}

pub(super) const EVENTS: &str = "contact_change_events_total";
pub(super) const CODE_ENTRY_SECONDS: &str = "contact_change_code_entry_seconds";
pub(super) const REQUEST_SECONDS: &str = "contact_change_http_request_seconds";
pub(super) const OWN_SECONDS: &str = "contact_change_own_seconds";
pub(super) const REQUESTS: &str = "contact_change_http_requests_under_way";
pub(super) const CONNECTIONS: &str = "contact_change_http_connections";
pub(super) const PROBLEMS: &str = "contact_change_problems_total";
pub(super) const STORE_SECONDS: &str = "contact_change_store_call_seconds";
pub(super) const AUDIT_LINES_LOST: &str = "contact_change_audit_lines_lost_total";
pub(super) const WAITING: &str = "contact_change_application_events_waiting";
pub(super) const BUILD: &str = "contact_change_build_info";

/// From a code in the clipboard to the end of most codes.
const ENTRY: Kind = Kind::Histogram(&[5.0, 10.0, 20.0, 30.0, 60.0, 120.0, 300.0, 600.0]);
/// From an answer of the same machine to the time-out of a call.
const CALL: Kind = Kind::Histogram(&[0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1.0, 2.5, 5.0, 10.0]);
/// From what a page takes that is made of memory alone to what somebody notices.
const OWN: Kind = Kind::Histogram(&[
    0.0001, 0.0002, 0.0003, 0.0005, 0.0007, 0.001, 0.0015, 0.002, 0.003, 0.005, 0.01, 0.025, 0.1, 1.0,
]);
/// What a store in the same room takes, to what nobody waits for.
const STORE: Kind = Kind::Histogram(&[0.0005, 0.001, 0.0025, 0.005, 0.01, 0.025, 0.1, 0.5, 2.0]);

const fn metric(
    name: &'static str,
    kind: Kind,
    labels: &'static [(&'static str, &'static str)],
    meaning: &'static str,
) -> Metric {
    Metric { name, kind, labels, meaning }
}

/// Every metric there is.
pub static CATALOGUE: &[Metric] = &[
    metric(
        EVENTS,
        Kind::Counter,
        &[
            ("event", "what happened"),
            ("kind", "`email`, `mobile`; empty where it is about no contact"),
            ("outcome", "`done`, `refused`, `failed`, `unknown`"),
            ("reason", "why it did not come out as wished"),
        ],
        "What happened to people, with the words of docs/audit.md: sign-ins, codes, changes, limits, notices",
    ),
    metric(
        CODE_ENTRY_SECONDS,
        ENTRY,
        &[("kind", "`email`, `mobile`")],
        "The time from the sending of a code to its right entry: how long messages take, and people",
    ),
    metric(
        upstream::CALL_SECONDS,
        CALL,
        &[
            ("upstream", "`service`, `provider`, `application`, `collector`"),
            (
                "call",
                "`begin`, `finish`, `user`, `notice`; `discovery`, `token`, `userinfo`; `event`; `spans`; `probe`, `other`",
            ),
            (
                "outcome",
                "`2xx`, `4xx`, `429`, `5xx`, `other`; without an answer `no_connection`, `timed_out`, `broken`, \
                 `too_large`; without a call `busy`, `resting`, `not_sent`",
            ),
        ],
        "Each attempt of a call to another server. A `4xx` of `begin` or `finish` is the person's, mostly",
    ),
    metric(
        upstream::RESTING,
        Kind::Gauge,
        &[("upstream", "`service`, `provider`")],
        "1 from when reads rest, since the server failed again and again, until one succeeds; else 0",
    ),
    metric(
        REQUEST_SECONDS,
        CALL,
        &[
            ("route", "as the program has it; `-` for any other address"),
            ("method", "`GET`, `HEAD`, `POST`, `other`"),
            ("status", "the status of the answer"),
        ],
        "Requests, by how long they took",
    ),
    metric(
        OWN_SECONDS,
        OWN,
        &[("route", "as above")],
        "What of that time was ours: no call to another server was under way. The store's is a part of it, and so is waiting for a \
         browser that sends slowly, and for another press of the same person",
    ),
    metric(REQUESTS, Kind::Gauge, &[], "Requests that are being answered"),
    metric(CONNECTIONS, Kind::Gauge, &[], "Connections that are open"),
    metric(
        PROBLEMS,
        Kind::Counter,
        &[(
            "problem",
            "`shed` (more under way than this process takes on), `store`, `busy`, `sign_in`, `cross_site`, `start_link`, `slow_form`, \
             `large_form`, `bad_form`, `too_slow`, `panicked`, `no_page`",
        )],
        "Requests that did not come to what they were made for; the log says why",
    ),
    metric(
        STORE_SECONDS,
        STORE,
        &[("call", "what the store was asked"), ("outcome", "`ok`, `failed`")],
        "Calls to the store",
    ),
    metric(
        WAITING,
        Kind::Gauge,
        &[("application", "as the operator calls it")],
        "Events that an application is still to be told, on all nodes together if they share a store",
    ),
    metric(AUDIT_LINES_LOST, Kind::Counter, &[], "Lines that could not be added to `audit.file`"),
    metric(BUILD, Kind::Gauge, &[("version", "of the program"), ("commit", "that it was built from")], "1"),
    metric("process_cpu_seconds_total", Kind::Counter, &[], "Processor time of the process, in seconds"),
    metric("process_open_fds", Kind::Gauge, &[], "Files and connections that the process has open"),
    metric("process_max_fds", Kind::Gauge, &[], "How many it may have open"),
    metric(
        "process_resident_memory_bytes",
        Kind::Gauge,
        &[],
        "Memory of the process that is in use, in bytes",
    ),
    metric(
        "process_virtual_memory_bytes",
        Kind::Gauge,
        &[],
        "Memory that the process has asked for, in bytes",
    ),
    metric("process_virtual_memory_max_bytes", Kind::Gauge, &[], "How much it may ask for, in bytes"),
    metric("process_start_time_seconds", Kind::Gauge, &[], "When the process began, in seconds since 1970"),
    metric("process_threads", Kind::Gauge, &[], "Threads of the process"),
];

/// Gives the table of all metrics, in Markdown.
pub fn table() -> String {
    let mut table = "| metric | kind | labels | meaning |\n| --- | --- | --- | --- |\n".to_owned();
    for Metric { name, kind, labels, meaning } in CATALOGUE {
        let kind = match kind {
            Kind::Counter => "counter",
            Kind::Gauge => "gauge",
            Kind::Histogram(_) => "histogram",
        };
        let labels: Vec<String> =
            labels.iter().map(|(label, values)| format!("`{label}`: {values}")).collect();
        let labels = labels.join("<br>");
        // Writing to a text cannot fail.
        let _ = writeln!(table, "| `{name}` | {kind} | {labels} | {meaning} |");
    }
    table
}
