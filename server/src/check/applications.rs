//! The applications: people are led back by https, and what they are told of is signed with a key that they can find, and
//! reaches them. Nothing is sent that could be taken for an event.

use http::{Method, Request, Response, StatusCode, header::ACCEPT};
use serde_json::{Value, json};
use upstream::Upstream;

use super::{Finding, certificates};
use crate::{
    chain, clock,
    config::{Application, Events, Receiver, Settings},
    security_events,
};

pub(super) async fn look(settings: &Settings) -> Vec<Finding> {
    let is_secure = settings.web.public_url.is_secure();
    let mut findings: Vec<Finding> =
        settings.applications.iter().filter_map(|application| addresses(application, is_secure)).collect();
    let Some(events) = &settings.events else { return findings };
    let upstream = match security_events::upstream(events) {
        Ok(upstream) => upstream,
        Err(error) => {
            findings.push(Finding::failed("events.ca_file", chain(&error), "mend [events]"));
            return findings;
        }
    };
    let issuer = security_events::issuer(&settings.web.public_url);
    match own_keys(events) {
        Ok((keys, id)) => {
            findings.push(Finding::ok("events.key", format!("signs, as {id}")));
            findings.push(published(&upstream, &issuer, &keys).await);
        }
        Err(finding) => findings.push(finding),
    }
    for receiver in &events.receivers {
        findings.extend(reached(&upstream, receiver).await);
    }
    findings
}

/// Where people come back to, and who frames us; nothing if it is one that only listens.
fn addresses(application: &Application, is_secure: bool) -> Option<Finding> {
    if application.return_to.is_empty() {
        return None;
    }
    let what = format!("application {}", application.id);
    let all = || application.return_to.iter().chain(&application.embed);
    // The configuration takes plain http for this machine alone.
    match all().find(|address| is_secure && !address.starts_with("https://")) {
        Some(open) => Some(Finding::warning(
            what,
            format!("{open} is on the person's own machine, and public_url is for everybody"),
            "that is for trying it out: put the https address into its return_to or embed",
        )),
        None => Some(Finding::ok(what, format!("people come back to {}", application.return_to.join(" ")))),
    }
}

/// Gives the public keys as they will be published, and the name of the one that signs, which is seen to sign.
fn own_keys(events: &Events) -> Result<(Value, String), Finding> {
    let keys = events.keys.sign(&json!({})).and_then(|_| events.keys.public()).map_err(|problem| {
        let advice = "make one by `openssl genpkey -algorithm EC -pkeyopt ec_paramgen_curve:P-256`, and give it as key_file";
        Finding::failed("events.key", format!("a file of [events] {problem}"), advice)
    })?;
    let id = keys["keys"][0]["kid"].as_str().unwrap_or_default().to_owned();
    Ok((keys, id))
}

/// Whether our keys are where the tokens say that they are. Before a node serves there nobody can tell.
async fn published(upstream: &Upstream, issuer: &str, ours: &Value) -> Finding {
    const WHAT: &str = "published keys";
    let address = format!("{issuer}{}", security_events::KEYS);
    let answer = match ask(upstream, Method::GET, &address).await {
        Ok(answer) if answer.status().is_server_error() => {
            return Finding::unknown(WHAT, format!("{address} answered {}; is a node up?", answer.status()));
        }
        Ok(answer) => answer,
        Err(problem) => return Finding::unknown(WHAT, format!("{address}: {problem}; is a node up?")),
    };
    let theirs = serde_json::from_slice::<Value>(answer.body()).unwrap_or_default();
    let names = |keys: &Value| {
        let list = keys["keys"].as_array().cloned().unwrap_or_default();
        list.iter().filter_map(|key| Some(key["kid"].as_str()?.to_owned())).collect::<Vec<_>>()
    };
    let (ours, theirs) = (names(ours), names(&theirs));
    if answer.status() == StatusCode::OK && ours.iter().all(|name| theirs.contains(name)) {
        Finding::ok(WHAT, format!("at {address}, as tokens say"))
    } else if theirs.is_empty() {
        Finding::failed(
            WHAT,
            format!("{address} answered {} and no keys", answer.status()),
            "let the proxy pass on everything below public_url, and start the nodes anew: no event can be believed",
        )
    } else {
        Finding::failed(
            WHAT,
            format!("{address} has other keys"),
            "give all nodes the same [events]: what is signed with a key that is not there is not believed",
        )
    }
}

/// Whether an application can be reached: asked what can be done there (RFC 9110, section 9.3.7), which does nothing.
async fn reached(upstream: &Upstream, receiver: &Receiver) -> Vec<Finding> {
    let Receiver { id, address } = receiver;
    let what = format!("events for {id}");
    let answer = match ask(upstream, Method::OPTIONS, address).await {
        Ok(answer) => answer,
        Err(problem) => {
            let advice = format!(
                "is it up, and applications.{id}.events right? Name, port, firewall, certificate; events.ca_file names a \
                 private authority"
            );
            return vec![Finding::failed(what, problem, advice)];
        }
    };
    let status = answer.status();
    let finding = if status.is_redirection() {
        Finding::failed(
            what,
            format!("it answered {status}, and events follow no redirect"),
            format!(
                "write where it leads to as applications.{id}.events, and tell its makers: it is `aud` of the tokens"
            ),
        )
    } else if status.is_server_error() && status != StatusCode::NOT_IMPLEMENTED {
        Finding::warning(
            what,
            format!("it answered {status}"),
            "look into its log, or into that of its proxy",
        )
    } else if status == StatusCode::NOT_FOUND || status == StatusCode::GONE {
        Finding::unknown(
            what,
            format!("reached; it answered {status}, though it may know the address for events"),
        )
    } else {
        Finding::ok(what, "reached; nothing was sent")
    };
    let certificate = certificates::shown(format!("certificate of {id}"), &answer, clock::now());
    [Some(finding), certificate].into_iter().flatten().collect()
}

async fn ask(upstream: &Upstream, method: Method, address: &str) -> Result<Response<Vec<u8>>, String> {
    let request = Request::builder().method(method).uri(address).header(ACCEPT, "application/json");
    let request = request.body(Vec::new()).map_err(|_| format!("{address} is no address"))?;
    upstream.send(request).await.map_err(|failure| chain(&failure))
}
