//! What is ours: the store, the address, secrets, limits. That the configuration can be read, that colours are seen and that
//! every language has every sentence has been seen before: the program would not have come here.

use std::{fs::OpenOptions, io::ErrorKind, path::Path};

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
        notices(settings),
    ]
    .into_iter()
    .chain(callers(settings))
    .chain(audit_file(settings))
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

/// What the contacts from before are told is signed with the operator's name, and says where there is help.
fn notices(settings: &Settings) -> Finding {
    const WHAT: &str = "notices";
    let theme = &settings.theme;
    let lacking: Vec<&str> =
        [("theme.name", theme.names.is_empty()), ("theme.support_url", theme.links.support.is_none())]
            .into_iter()
            .filter_map(|(key, is_lacking)| is_lacking.then_some(key))
            .collect();
    if !settings.policy.notify_previous {
        Finding::ok(WHAT, "none: policy.notify_previous is off")
    } else if lacking.is_empty() {
        Finding::ok(WHAT, "say whose they are, and where there is help")
    } else {
        Finding {
            advice: vec![format!("set {}", lacking.join(" and "))],
            ..Finding::unknown(WHAT, "do not say whose they are, or where there is help")
        }
    }
}

/// Whether everybody counts as one caller; nothing where callers are not counted.
fn callers(settings: &Settings) -> Option<Finding> {
    const WHAT: &str = "callers";
    let network = settings.limits.network;
    (network.per_hour.is_some() || network.per_day.is_some()).then(|| {
        if settings.web.public_url.is_secure() && settings.web.trusted_proxies.is_empty() {
            Finding::warning(
                WHAT,
                "all are one: people come by https, and no proxy is trusted to say who they are",
                "set trusted_proxies to the address that your proxy calls from: limits.network_per_hour and \
                 limits.network_per_day are for everybody together otherwise",
            )
        } else {
            Finding::ok(WHAT, "told apart by their networks")
        }
    })
}

/// Whether lines can be added to the audit's own file; nothing if there is none. It is not made here.
fn audit_file(settings: &Settings) -> Option<Finding> {
    const WHAT: &str = "audit.file";
    let path = settings.audit.file.as_deref()?;
    let open = OpenOptions::new().append(true).open(path).map(drop);
    let is_to_come = open.as_ref().is_err_and(|error| error.kind() == ErrorKind::NotFound);
    let folder = path.parent().filter(|folder| !folder.as_os_str().is_empty()).unwrap_or(Path::new("."));
    let shown = path.display();
    Some(match open {
        Ok(()) => Finding::ok(WHAT, format!("{shown} can be written")),
        Err(_) if is_to_come && folder.is_dir() => Finding::ok(WHAT, format!("{shown} is yet to be made")),
        Err(error) => Finding::failed(
            WHAT,
            format!("{shown} cannot be written: {error}"),
            "make its folder, and let the program write there: it does not start otherwise",
        ),
    })
}
