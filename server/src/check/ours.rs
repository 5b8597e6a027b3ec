//! What is ours: the store, the address, secrets, limits. That the configuration can be read, that colours are seen and that
//! every language has every sentence has been seen before: the program would not have come here.

use super::{Finding, certificates};
use crate::{chain, clock, config::Settings, site};

pub(super) async fn look(settings: &Settings) -> Vec<Finding> {
    [
        Finding::ok("configuration", "read; every language is complete, and the colours can be seen"),
        store(settings).await,
        public_address(settings),
        time_zone(settings),
        secret(settings),
        text_messages(settings),
    ]
    .into_iter()
    .chain(client_certificates(settings))
    .collect()
}

fn client_certificates(settings: &Settings) -> impl Iterator<Item = Finding> {
    let now = clock::now();
    let ours = [
        ("certificate for the provider", &settings.provider.line.tls),
        ("certificate for the service", &settings.service.line.tls),
    ];
    ours.into_iter().filter_map(move |(what, tls)| certificates::ours(what, tls, now))
}

async fn store(settings: &Settings) -> Finding {
    const WHAT: &str = "store";
    let ready = match site::open(&settings.store) {
        Ok(store) => store.ready().await,
        Err(fault) => Err(fault),
    };
    match ready {
        Ok(()) if settings.store.is_in_the_open() => Finding::warning(
            WHAT,
            "can be written, by plain redis to another machine",
            "use rediss:// in store.url: whoever is on the way can change what is kept",
        ),
        Ok(()) => Finding::ok(WHAT, "can be written"),
        Err(fault) => Finding::failed(
            WHAT,
            chain(&fault),
            "start it, or mend store.url, its user and its password: while it is down nothing is sent",
        ),
    }
}

fn public_address(settings: &Settings) -> Finding {
    const WHAT: &str = "public address";
    let public_url = &settings.web.public_url;
    let url = public_url.at("/");
    if public_url.is_secure() {
        Finding::ok(WHAT, format!("{url}; cookies are bound to it and to TLS (__Host-)"))
    } else if public_url.origin().is_loopback() {
        Finding::ok(WHAT, format!("{url}; plain http, for this machine alone"))
    } else {
        Finding::warning(
            WHAT,
            format!("{url} is plain http"),
            "give public_url with https://: whoever is on the way can read and change everything",
        )
    }
}

/// Whether the provider tells where people are is seen when one of them signs in.
fn time_zone(settings: &Settings) -> Finding {
    const WHAT: &str = "time zone";
    let advice = "set time_zone to where most of your people are";
    match settings.web.time_zone.iana_name() {
        Some(name) if name != "UTC" => Finding::ok(WHAT, name),
        _ => Finding {
            advice: vec![advice.to_owned()],
            ..Finding::unknown(WHAT, "UTC, unless the provider says where the person is (zoneinfo)")
        },
    }
}

fn secret(settings: &Settings) -> Finding {
    const WHAT: &str = "session.secret";
    if settings.session.secret.is_some() {
        Finding::ok(WHAT, "set")
    } else {
        Finding::warning(
            WHAT,
            "not set: a random one is used until the server ends",
            "make one by `openssl rand -base64 32`, so that a restart ends nothing that is under way",
        )
    }
}

fn text_messages(settings: &Settings) -> Finding {
    const WHAT: &str = "text messages";
    match settings.limits.sms.per_day {
        Some(most) => Finding::ok(WHAT, format!("at most {most} a day")),
        None => Finding::warning(
            WHAT,
            "as many a day as are asked for, and each costs money",
            "set limits.sms_per_day to what may be spent, and policy.countries_allow to where your people are",
        ),
    }
}
