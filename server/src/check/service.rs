//! The identity service: reached, and this server known there with what it needs.

use http::{Request, header::ACCEPT};
use identity::{Caller, Client, Subject};

use super::Finding;
use crate::{
    chain,
    config::{Credentials, Service, Settings},
};

/// What is looked at.
const WHAT: &str = "API client";

/// Whom it is asked for if nobody is named: nobody has this id.
const NOBODY: &str = "contact-change-check";

pub(super) async fn look(settings: &Settings, client: &Client, user: Option<&Subject>) -> Vec<Finding> {
    if matches!(settings.service.credentials, Credentials::UserToken { .. }) {
        let detail = "calls are made with the token of whoever is signed in, so nothing can be told before somebody is";
        return vec![Finding::unknown("API client", detail), notices_by_nobody(settings)];
    }
    vec![
        reading(&settings.service, client, user).await,
        Finding::unknown(
            "change permission",
            "cannot be told without sending a message: the API client must be allowed to change contacts",
        ),
        Finding::unknown(
            "message permission",
            "cannot be told without sending a message: for notices the API client must be allowed to send them",
        ),
    ]
}

async fn reading(service: &Service, client: &Client, user: Option<&Subject>) -> Finding {
    let nobody = Subject::parse(NOBODY).ok();
    let Some(subject) = user.cloned().or(nobody) else { return Finding::unknown(WHAT, "nobody to ask for") };
    let fault = match client.user(&Caller { subject, access_token: None, renewal: None }).await {
        Ok(user) => {
            let [emails, mobiles] = [user.contacts.emails.len(), user.contacts.mobiles.len()];
            return Finding::ok(
                WHAT,
                format!("reads the person: {emails} email addresses, {mobiles} mobile numbers"),
            );
        }
        Err(fault) => fault,
    };
    match fault.status() {
        Some(401) => Finding::failed(
            WHAT,
            "the service does not know it with this secret",
            "compare service.client_id and service.client_secret with the Management API client",
        ),
        Some(403) => Finding::failed(
            WHAT,
            "it may not view accounts",
            "give it the permission to view accounts, in the namespaces of your people",
        ),
        _ if fault.is_refused() => {
            Finding::failed(WHAT, chain(&fault), "mend the credentials in [service], or its permissions")
        }
        Some(status) if status == 404 || service.dialect.user.answers.no_such_user.contains(&status) => {
            nobody_there(service, client, status, user.is_some()).await
        }
        Some(status @ (300..=399 | 405 | 410)) => no_such_call(service, status),
        Some(_) => Finding::failed(
            WHAT,
            chain(&fault),
            "look into the log over there; a status that means something belongs into service.dialect.user.answers",
        ),
        None if fault.is_without_token() && !fault.is_unreachable() => Finding::failed(
            WHAT,
            chain(&fault),
            "compare service.token_url, or without it provider.issuer, with where the instance gives tokens to API clients",
        ),
        None => Finding::failed(
            WHAT,
            chain(&fault),
            "check service.base_url, and that this machine reaches it; service.ca_file names a private authority",
        ),
    }
}

/// The service answered that there is no such person, or no such call, which can be the same answer: whoever asks without
/// credentials is asked for them where there is a call.
async fn nobody_there(service: &Service, client: &Client, status: u16, is_named: bool) -> Finding {
    let path = service.dialect.user.path.replace("{userId}", NOBODY);
    let here = asks_for_credentials(service, client, &path).await;
    let nowhere = asks_for_credentials(service, client, &format!("{path}/{NOBODY}")).await;
    match (here, nowhere) {
        (Some(false), _) => no_such_call(service, status),
        _ if is_named => Finding::failed(
            WHAT,
            format!("the service answers {status}: there is no such person, or no such call"),
            "compare the id of --user; the person may be in a namespace that it may not see; or compare \
             service.dialect.user.path with the API reference",
        ),
        (Some(true), Some(false)) => {
            Finding::ok(WHAT, "known, and may view accounts; with --user and an id it reads a person")
        }
        _ => Finding {
            advice: vec!["name somebody by --user and their id: whoever is read is there".to_owned()],
            ..Finding::unknown(
                WHAT,
                format!(
                    "the service answers {status} for somebody who is not there, and would do so at a wrong \
                     service.dialect.user.path as well"
                ),
            )
        },
    }
}

async fn asks_for_credentials(service: &Service, client: &Client, path: &str) -> Option<bool> {
    let address = format!("{}{path}", service.base_url.as_str().trim_end_matches('/'));
    let request = Request::get(address).header(ACCEPT, "application/json").body(Vec::new()).ok()?;
    let answer = client.upstream().read(request).await.ok()?;
    Some(matches!(answer.status().as_u16(), 401 | 403))
}

fn no_such_call(service: &Service, status: u16) -> Finding {
    let (base_url, path) = (service.base_url.as_str().trim_end_matches('/'), &service.dialect.user.path);
    Finding::failed(
        WHAT,
        format!("there is no such call: GET {base_url}{path} answers {status}"),
        "compare service.base_url and service.dialect.user.path with the API reference of your instance",
    )
}

fn notices_by_nobody(settings: &Settings) -> Finding {
    const WHAT: &str = "notices";
    if settings.policy.notify_previous {
        Finding::warning(
            WHAT,
            "with people's own tokens the service sends no notices to their previous contacts",
            "use an API client, or set policy.notify_previous = false to say that this is known",
        )
    } else {
        Finding::ok(WHAT, "none are wanted")
    }
}
