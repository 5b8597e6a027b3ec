//! The identity service: reached, and this server known there with what it needs.

use identity::{Caller, Client, Subject};

use super::Finding;
use crate::{
    chain,
    config::{Credentials, Settings},
};

/// Whom it is asked for if nobody is named: nobody has this id.
const NOBODY: &str = "contact-change-check";

pub(super) async fn look(settings: &Settings, client: &Client, user: Option<&Subject>) -> Vec<Finding> {
    if matches!(settings.service.credentials, Credentials::UserToken { .. }) {
        let detail = "calls are made with the token of whoever is signed in, so nothing can be told before somebody is";
        return vec![Finding::unknown("API client", detail), notices_by_nobody(settings)];
    }
    vec![
        reading(client, user).await,
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

async fn reading(client: &Client, user: Option<&Subject>) -> Finding {
    const WHAT: &str = "API client";
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
        Some(_) if !fault.is_unreachable() && user.is_none() => {
            Finding::ok(WHAT, "known, and may view accounts; with --user and an id it reads a person")
        }
        Some(_) if !fault.is_unreachable() => Finding::failed(
            WHAT,
            chain(&fault),
            "there is no such person, or they are in a namespace that it may not see",
        ),
        _ => Finding::failed(
            WHAT,
            chain(&fault),
            "check service.base_url, and that this machine reaches it; service.ca_file names a private authority",
        ),
    }
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
