//! The instance's own reference of the Management API (`OpenAPI` 3), compared with the words that the configuration has for it.
//! What differs is told with the lines that would mend it.

use std::collections::BTreeSet;

use http::{Request, header::ACCEPT};
use serde_json::Value;
use upstream::Upstream;

use super::{Finding, certificates};
use crate::{
    chain, clock,
    config::{Credentials, Service},
};

/// One call as the configuration has it.
struct Spoken<'words> {
    what: &'static str,
    /// The section of the configuration that its words are in.
    section: &'static str,
    method: &'static str,
    /// The key of its path, and the path.
    path: (&'static str, &'words str),
    /// The keys and names of what is asked for.
    asked: Vec<(&'static str, &'words str)>,
    /// The keys and names of what is answered; of each group one is enough.
    answered: Vec<Vec<(&'static str, &'words str)>>,
    /// The statuses of the good answer.
    good: (&'static str, &'words [u16]),
}

pub(super) async fn look(service: &Service, upstream: &Upstream, path: &str) -> Vec<Finding> {
    const WHAT: &str = "API reference";
    let address = format!("{}{path}", service.base_url.as_str().trim_end_matches('/'));
    let request = Request::builder().uri(&address).header(ACCEPT, "application/json").body(Vec::new());
    let Ok(request) = request else {
        return vec![Finding::failed(WHAT, format!("{address} is no address"), "give another --reference")];
    };
    let answer = match upstream.read(request).await {
        Ok(answer) => answer,
        Err(failure) => return vec![Finding::unknown(WHAT, chain(&failure))],
    };
    let certificate = certificates::shown("service's certificate", &answer, clock::now());
    let document = serde_json::from_slice::<Value>(answer.body()).ok();
    let document = document.filter(|_| answer.status().is_success());
    let Some(document) = document.filter(|document| document["paths"].is_object()) else {
        let detail = format!(
            "there is no OpenAPI document at {address}; compare its pages under /apidoc with [service.dialect] by eye, or \
             name another path with --reference"
        );
        return certificate.into_iter().chain([Finding::unknown(WHAT, detail)]).collect();
    };
    certificate.into_iter().chain(calls(service).iter().map(|call| compare(&document, call))).collect()
}

/// The calls that are made by the right that the configuration chooses: with a person's own token no notice is sent.
fn calls(service: &Service) -> Vec<Spoken<'_>> {
    let words = &service.dialect;
    let is_own_token = matches!(service.credentials, Credentials::UserToken { .. });
    let user_path = if is_own_token {
        ("profile_path", words.user.profile_path.as_str())
    } else {
        ("path", words.user.path.as_str())
    };
    let (begin, finish, user, notice) = (&words.begin, &words.finish, &words.user, &words.notice);
    let mut calls = vec![
        Spoken {
            what: "words of begin",
            section: "service.dialect.begin",
            method: "post",
            path: ("path", &begin.path),
            asked: vec![
                ("email", &begin.email),
                ("mobile", &begin.mobile),
                ("primary", &begin.primary),
                ("replace_all", &begin.replace_all),
            ],
            answered: vec![
                vec![("verification_token", &begin.verification_token)],
                vec![("expires_in", &begin.expires_in), ("expires_at", &begin.expires_at)],
            ],
            good: ("answers.sent", &begin.answers.sent),
        },
        Spoken {
            what: "words of finish",
            section: "service.dialect.finish",
            method: "post",
            path: ("path", &finish.path),
            asked: vec![("verification_token", &finish.verification_token), ("code", &finish.code)],
            answered: Vec::new(),
            good: ("answers.changed", &finish.answers.changed),
        },
        Spoken {
            what: "words of a person",
            section: "service.dialect.user",
            method: "get",
            path: user_path,
            asked: Vec::new(),
            answered: vec![
                vec![("emails", &user.emails), ("flat_email", &user.flat_email)],
                vec![("mobiles", &user.mobiles), ("flat_mobile", &user.flat_mobile)],
            ],
            good: ("answers.read", &user.answers.read),
        },
    ];
    if is_own_token {
        return calls;
    }
    calls.extend([
        Spoken {
            what: "words of an email",
            section: "service.dialect.notice",
            method: "post",
            path: ("email_path", &notice.email_path),
            asked: vec![("to", &notice.to), ("subject", &notice.subject), ("text", &notice.text)],
            answered: Vec::new(),
            good: ("answers.sent", &notice.answers.sent),
        },
        Spoken {
            what: "words of an SMS",
            section: "service.dialect.notice",
            method: "post",
            path: ("sms_path", &notice.sms_path),
            asked: vec![("to", &notice.to), ("text", &notice.text)],
            answered: Vec::new(),
            good: ("answers.sent", &notice.answers.sent),
        },
    ]);
    calls
}

fn compare(document: &Value, call: &Spoken<'_>) -> Finding {
    let Some(operation) = operation(document, call) else {
        let advice = other_paths(document, call);
        let detail = format!("{} {} is not in the reference", call.method.to_uppercase(), call.path.1);
        return Finding { advice, ..Finding::failed(call.what, detail, "") };
    };
    let mut advice = Vec::new();
    let content = &operation["requestBody"]["content"]["application/json"]["schema"];
    advice.extend(renamed(&members(document, content), call.asked.iter().map(|one| vec![*one])));
    advice.extend(other_statuses(operation, call));
    let answers = call.good.1.iter().map(|status| &operation["responses"][status.to_string().as_str()]);
    let answered: BTreeSet<String> = answers
        .chain(
            operation["responses"]
                .as_object()
                .into_iter()
                .flatten()
                .filter(|(status, _)| status.starts_with('2'))
                .map(|(_, answer)| answer),
        )
        .flat_map(|answer| members(document, &answer["content"]["application/json"]["schema"]))
        .collect();
    advice.extend(renamed(&answered, call.answered.iter().cloned()));
    if advice.is_empty() {
        return Finding::ok(call.what, "as in the reference");
    }
    advice.insert(0, format!("[{}]", call.section));
    Finding { advice, ..Finding::failed(call.what, "some are called otherwise in the reference", "") }
}

/// Finds a call by its method and path, whatever the parameter in it is called.
fn operation<'document>(document: &'document Value, call: &Spoken<'_>) -> Option<&'document Value> {
    let wanted = shape(call.path.1);
    let (_, item) = document["paths"].as_object()?.iter().find(|(path, _)| shape(path) == wanted)?;
    item.get(call.method)
}

fn shape(path: &str) -> String {
    path.split('/').map(|part| if part.starts_with('{') { "{}" } else { part }).collect::<Vec<_>>().join("/")
}

/// The paths that it may be instead, the most alike first.
fn other_paths(document: &Value, call: &Spoken<'_>) -> Vec<String> {
    let paths = document["paths"].as_object().into_iter().flatten();
    let mut alike: Vec<(f64, String)> = paths
        .filter(|(path, item)| item[call.method].is_object() && path.contains('{'))
        .map(|(path, _)| {
            let path = path.split('/').map(|part| if part.starts_with('{') { "{userId}" } else { part });
            let path = path.collect::<Vec<_>>().join("/");
            (strsim::jaro_winkler(&path, call.path.1), path)
        })
        .collect();
    alike.sort_by(|one, other| other.0.total_cmp(&one.0));
    let lines = alike.iter().take(3).map(|(_, path)| format!("{} = \"{path}\"   ?", call.path.0));
    std::iter::once(format!("[{}]", call.section)).chain(lines).collect()
}

/// Gives a line for each group of which the reference has no name: with the names that nothing else is called by, the most
/// alike first.
fn renamed<'words>(
    known: &BTreeSet<String>,
    groups: impl Iterator<Item = Vec<(&'static str, &'words str)>> + Clone,
) -> Vec<String> {
    let ours: BTreeSet<&str> = groups.clone().flatten().map(|(_, name)| name).collect();
    let free: Vec<&String> = known.iter().filter(|name| !ours.contains(name.as_str())).collect();
    groups
        .filter(|group| !group.iter().any(|(_, name)| known.contains(*name)))
        .filter_map(|group| group.first().copied())
        .map(|(key, name)| {
            let mut alike: Vec<(f64, &str)> =
                free.iter().map(|other| (likeness(key, name, other), other.as_str())).collect();
            alike.sort_by(|one, other| other.0.total_cmp(&one.0));
            match alike.split_first() {
                None => format!("{key} = \"…\"   (the reference has no \"{name}\", and nothing else either)"),
                Some(((_, best), [])) => format!("{key} = \"{best}\""),
                Some(((_, best), others)) => {
                    let others: Vec<&str> = others.iter().take(4).map(|(_, name)| *name).collect();
                    format!("{key} = \"{best}\"   (or {})", others.join(", "))
                }
            }
        })
        .collect()
}

/// How alike two names are: as letters, or because one says a part of the other.
fn likeness(key: &str, name: &str, other: &str) -> f64 {
    let other = other.to_lowercase();
    let says = |part: &str| other.contains(&part.to_lowercase());
    let synonyms: &[&str] = match key {
        "email" | "emails" => &["mail"],
        "mobile" | "mobiles" => &["phone", "mobile", "msisdn", "number"],
        "primary" => &["first", "main", "default"],
        "replace_all" => &["replace", "remove", "instead", "others"],
        "verification_token" => &["token", "ticket", "verification"],
        "code" => &["code", "digits", "pin", "otp"],
        "expires_in" => &["seconds", "valid", "expire", "lifetime"],
        _ => &[],
    };
    let meaning = f64::from(u8::from(says(name) || synonyms.iter().any(|word| says(word))));
    meaning + strsim::jaro_winkler(&name.to_lowercase(), &other)
}

fn other_statuses(operation: &Value, call: &Spoken<'_>) -> Option<String> {
    let known = operation["responses"].as_object()?;
    let (key, good) = call.good;
    if good.iter().any(|status| known.contains_key(&status.to_string())) || known.contains_key("default") {
        return None;
    }
    let theirs: Vec<&str> =
        known.keys().map(String::as_str).filter(|status| status.starts_with('2')).collect();
    Some(format!("{key} = [{}]", theirs.join(", ")))
}

/// Gives the names of an object's members, wherever its parts are written down.
fn members(document: &Value, schema: &Value) -> BTreeSet<String> {
    members_within(document, schema, 8)
}

fn members_within(document: &Value, schema: &Value, depth: u8) -> BTreeSet<String> {
    let Some(depth) = depth.checked_sub(1) else { return BTreeSet::new() };
    let pointed = schema["$ref"].as_str().and_then(|address| document.pointer(address.strip_prefix('#')?));
    let parts = ["allOf", "oneOf", "anyOf"].into_iter().filter_map(|kind| schema[kind].as_array()).flatten();
    let own = schema["properties"].as_object().into_iter().flat_map(|properties| properties.keys().cloned());
    pointed
        .into_iter()
        .chain(parts)
        .flat_map(|part| members_within(document, part, depth))
        .chain(own)
        .collect()
}
