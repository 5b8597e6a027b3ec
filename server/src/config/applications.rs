//! `[applications.<id>]`: which applications may send people here, and where people are sent back to.

use std::{borrow::Cow, collections::BTreeSet, sync::Arc};

use upstream::is_loopback;
use url::Url;

use super::{
    Key, Names, Origin, Raw, Receiver, address,
    key::{ADDRESS, Kind, Section, TEXT},
    theme,
};

static NAME: Key = Key::optional(
    "applications.<id>.name",
    TEXT.such_as("the name that people call the application by"),
    "required, but with `events` alone",
    "what people call it, as in “Back to Example shop”; or one for each language",
);
static NAME_IN: Key = Key::optional(
    "applications.<id>.name.<language>",
    TEXT,
    "`applications.<id>.name`",
    "the same in one language, as `theme.name.<language>`",
);
static RETURN_TO: Key = Key::optional(
    "applications.<id>.return_to",
    Kind::text(
        "addresses, spaces between",
        "the addresses to return to with spaces between, such as https://shop.example/account",
    ),
    "required, but with `events` alone",
    "where people may be sent back to, exactly these: `https` (or on this machine), percent-encoded where a character is not \
     ASCII, no fragment, no `outcome`, `reason` or `state` in the query, at most 512 characters. An address belongs to one application",
);
static EMBED: Key = Key::optional(
    "applications.<id>.embed",
    Kind::text(
        "origins, spaces between",
        "origins with spaces between, each https (or on this machine), such as https://shop.example",
    ),
    "none",
    "whose pages may show the change in a frame",
);

static EVENTS: Key = Key::optional(
    "applications.<id>.events",
    ADDRESS,
    "it is not told",
    "where it is told of every change that was made (docs/integrate.md): `https` (or on this machine). `[events]` says how",
);

/// The keys of this section.
pub(super) static SECTION: Section = &[&NAME, &NAME_IN, &RETURN_TO, &EMBED, &EVENTS];

/// The longest address to return to, in characters: with the rest of what is remembered it has to fit into a cookie while
/// somebody signs in.
const LONGEST_ADDRESS: usize = 512;

/// What an address to return to gets from us; it cannot bring the same itself.
const OURS: [&str; 3] = ["outcome", "reason", "state"];

/// The applications that may send people here. Cheap to clone.
#[derive(Clone, Debug, Default)]
pub struct Applications(Arc<[Arc<Application>]>);

/// An application.
#[derive(Debug)]
pub struct Application {
    /// By what the operator calls it.
    pub id: String,
    /// `name`: what people call it.
    pub names: Names,
    /// `return_to`: where people are sent back to, exactly these (RFC 9700, section 2.1).
    pub return_to: Vec<String>,
    /// `embed`: the origins of its pages that may show ours in a frame, as browsers write them.
    pub embed: Vec<String>,
    /// `events`: where it is told of changes, if it is.
    pub events: Option<String>,
}

impl Applications {
    /// Takes the sections. What cannot be used is left out, and noted.
    pub(super) fn read(raw: &mut Raw) -> Self {
        let mut known = BTreeSet::new();
        let ids = raw.names_below("applications");
        Self(ids.into_iter().map(|id| Arc::new(Application::read(raw, id, &mut known))).collect())
    }

    /// Gives the application that has an address on its list.
    pub fn of(&self, return_to: &str) -> Option<Arc<Application>> {
        self.0
            .iter()
            .find(|application| application.return_to.iter().any(|known| known == return_to))
            .cloned()
    }

    /// Gives all of them, in the order of their ids.
    pub(crate) fn iter(&self) -> impl Iterator<Item = &Application> {
        self.0.iter().map(AsRef::as_ref)
    }

    /// Gives those that are told of changes.
    pub(super) fn receivers(&self) -> impl Iterator<Item = Receiver> {
        self.0.iter().filter_map(|application| {
            let address = application.events.clone()?;
            Some(Receiver { id: application.id.clone(), address })
        })
    }

    /// Gives the application that has an address at an origin on its list.
    pub fn at(&self, origin: &url::Origin) -> Option<&Application> {
        let is_there = |known: &String| Url::parse(known).is_ok_and(|known| known.origin() == *origin);
        self.iter().find(|application| application.return_to.iter().any(is_there))
    }
}

impl Application {
    /// `known`: the addresses of the applications before.
    fn read(raw: &mut Raw, id: String, known: &mut BTreeSet<String>) -> Self {
        if !is_id(&id) {
            raw.mistake(
                &format!("applications.{id}"),
                "is no id; give one of the characters a-z, 0-9, - and _",
            );
        }
        let (name, return_to_key) = (NAME.of(&id), RETURN_TO.of(&id));
        let events = events(raw, &EVENTS.of(&id));
        // Nobody is sent here by it, and nobody back to it.
        let only_listens = events.is_some() && !raw.has(&return_to_key);
        let names = theme::names(raw, &name, &NAME_IN.of(&id));
        if names.is_empty() && !only_listens {
            raw.missing(&name);
        }
        let return_to = if only_listens {
            raw.refuse([&EMBED.of(&id)], "an application without return_to");
            Vec::new()
        } else {
            return_to(raw, &return_to_key, known)
        };
        let origins = |text: &str| text.split_whitespace().map(origin).collect::<Option<_>>();
        let embed = raw.parsed(&EMBED.of(&id), origins).unwrap_or_default();
        Self { id, names, return_to, embed, events }
    }
}

/// Takes the address as it is written: what is signed names it so.
fn events(raw: &mut Raw, key: &Key) -> Option<String> {
    let text = raw.text(key)?;
    address::read(raw, key, &text, false).map(|_| text)
}

fn return_to(raw: &mut Raw, key: &Key, known: &mut BTreeSet<String>) -> Vec<String> {
    let text = raw.required(key).unwrap_or_default();
    let addresses: Vec<String> = text.split_whitespace().map(str::to_owned).collect();
    if addresses.is_empty() && !text.is_empty() {
        raw.missing(key);
    }
    for address in &addresses {
        if let Some(problem) = problem_of(address) {
            raw.mistake(&key.name, format!("“{address}” cannot be used: {problem}"));
        } else if !known.insert(address.clone()) {
            raw.mistake(
                &key.name,
                format!("“{address}” is there twice; each address belongs to one application"),
            );
        }
    }
    addresses
}

/// Says why nobody can be sent back to an address; nothing if they can.
fn problem_of(text: &str) -> Option<Cow<'static, str>> {
    let Ok(url) = Url::parse(text) else { return Some("it is no address".into()) };
    // A redirect has no room for others (RFC 9110, section 5.5).
    if !text.chars().all(|each| each.is_ascii_graphic()) {
        return Some(format!("it has characters that no redirect can have; give it as {url}").into());
    }
    let is_ours = |(name, _): (Cow<'_, str>, _)| OURS.contains(&name.as_ref());
    let problem = if !is_safe(&url) {
        Some("it must begin with https:// (or lead to this machine)")
    } else if !url.username().is_empty() || url.password().is_some() {
        Some("it has a user in it")
    } else if text.contains('#') {
        Some("it has a fragment (#), which the outcome would disappear in")
    } else if url.query_pairs().any(is_ours) {
        Some("its query has outcome, reason or state, which are added to it")
    } else if text.len() > LONGEST_ADDRESS {
        Some("it has more than 512 characters")
    } else {
        None
    };
    problem.map(Cow::Borrowed)
}

fn is_safe(url: &Url) -> bool {
    url.scheme() == "https" || (url.scheme() == "http" && is_loopback(url))
}

fn origin(text: &str) -> Option<String> {
    let origin = Origin::parse(text)?;
    (origin.is_secure() || origin.is_loopback()).then(|| origin.to_string())
}

fn is_id(text: &str) -> bool {
    text.chars().all(|each| each.is_ascii_lowercase() || each.is_ascii_digit() || "-_".contains(each))
}
