//! What the service calls things: by default as its guide and this repository's assumptions have it; in a dialect, which is
//! a file, otherwise. So a client can be tried against a service whose wire names are not the assumed ones.

use axum::http::{HeaderName, StatusCode};
use serde::Deserialize;
use serde_json::{Map, Value};
use std::collections::BTreeMap;

/// What the service calls things. Names and statuses that are left out are as usual.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Dialect {
    /// What a user object looks like.
    shape: Shape,
    /// How `begin` says how long the code works.
    pub(crate) lifetime: Lifetime,
    /// Where calls are found.
    pub(crate) paths: Paths,
    /// Names of headers.
    pub(crate) headers: Headers,
    /// Reading a user or a profile.
    pub(crate) user: Words,
    /// Beginning a change.
    pub(crate) begin: Words,
    /// Finishing one.
    pub(crate) finish: Words,
    /// Messages that a client asks for.
    pub(crate) send: Words,
}

/// What a user object looks like.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "lowercase")]
enum Shape {
    /// Lists of addresses and numbers.
    #[default]
    Lists,
    /// One address and one number, as services of 2018 had it.
    Flat,
}

/// How `begin` says how long the code works (the service's guide does not say which).
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "lowercase")]
pub(crate) enum Lifetime {
    /// `expiresAt`: a time in ISO 8601, UTC.
    #[default]
    At,
    /// `expiresIn`: whole seconds from now.
    In,
    /// Not at all.
    Untold,
}

/// Where calls are found. `{userId}` stands for the user.
#[derive(Clone, Debug, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub(crate) struct Paths {
    pub(crate) user: String,
    pub(crate) profile: String,
    pub(crate) begin: String,
    pub(crate) finish: String,
    pub(crate) email_send: String,
    pub(crate) sms_send: String,
}

/// Names of headers.
#[derive(Clone, Debug, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub(crate) struct Headers {
    /// In which language a message is wished for.
    pub(crate) language: String,
    /// When a limit ends.
    pub(crate) retry_after: String,
}

/// The words of one call.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub(crate) struct Words {
    /// Members: the usual name, and the one that is spoken.
    names: BTreeMap<String, String>,
    /// Statuses: the outcome as the ledger has it, and the status that it gets.
    statuses: BTreeMap<String, u16>,
}

impl Default for Paths {
    fn default() -> Self {
        let path = |end: &str| format!("/api/rest/v1/user/{{userId}}{end}");
        Self {
            user: path(""),
            profile: path("/profile"),
            begin: path("/change-contact/begin"),
            finish: path("/change-contact/finish"),
            email_send: path("/email/send"),
            sms_send: path("/sms/send"),
        }
    }
}

impl Default for Headers {
    fn default() -> Self {
        Self { language: "accept-language".into(), retry_after: "retry-after".into() }
    }
}

impl Paths {
    /// All of them, in the order of [`Paths::default`].
    pub(crate) fn all(&self) -> [&String; 6] {
        [&self.user, &self.profile, &self.begin, &self.finish, &self.email_send, &self.sms_send]
    }
}

impl Dialect {
    /// Reads a dialect from TOML.
    ///
    /// # Errors
    /// A sentence that says what is wrong with it.
    pub fn parse(text: &str) -> Result<Self, String> {
        let dialect: Self = toml::from_str(text).map_err(|error| error.to_string())?;
        let bad = |path: &&String| !path.starts_with('/') || path.matches("{userId}").count() != 1;
        if let Some(path) = dialect.paths.all().into_iter().find(bad) {
            return Err(format!("the path {path} must start with a slash and have {{userId}} in it, once"));
        }
        let headers = [&dialect.headers.language, &dialect.headers.retry_after];
        if let Some(name) = headers.into_iter().find(|name| HeaderName::try_from(name.as_str()).is_err()) {
            return Err(format!("{name} cannot be the name of a header"));
        }
        let words = [&dialect.user, &dialect.begin, &dialect.finish, &dialect.send];
        let statuses = words.into_iter().flat_map(|words| words.statuses.values());
        if let Some(status) = statuses.into_iter().find(|status| !(200..=599).contains(*status)) {
            return Err(format!("the status {status} must be from 200 to 599"));
        }
        Ok(dialect)
    }

    /// Whether a user has one address and one number in place of lists.
    pub(crate) fn is_flat(&self) -> bool {
        self.shape == Shape::Flat
    }

    /// Says a user or a profile object in these words.
    pub(crate) fn person(&self, mut object: Value) -> Value {
        if let (true, Some(members)) = (self.is_flat(), object.as_object_mut()) {
            flatten(members, "emails", "address", ["email", "emailVerified"]);
            flatten(members, "mobiles", "number", ["mobile", "mobileVerified"]);
        }
        self.user.say(object)
    }
}

/// Puts the first of a list in its place.
fn flatten(members: &mut Map<String, Value>, list: &str, value: &str, [flat, verified]: [&str; 2]) {
    let Some(Value::Array(list)) = members.remove(list) else { return };
    let Some(first) = list.first() else { return };
    for (name, from) in [(flat, value), (verified, "verified")] {
        members.insert(name.to_owned(), first.get(from).cloned().unwrap_or_default());
    }
}

impl Words {
    /// The name that is spoken for a usual one.
    pub(crate) fn name<'a>(&'a self, usual: &'a str) -> &'a str {
        self.names.get(usual).map_or(usual, String::as_str)
    }

    /// The status of an outcome.
    pub(crate) fn status(&self, outcome: &str, usual: StatusCode) -> StatusCode {
        self.spoken_status(outcome).and_then(|status| StatusCode::from_u16(status).ok()).unwrap_or(usual)
    }

    /// The status of an outcome, if it is another one than usual.
    pub(crate) fn spoken_status(&self, outcome: &str) -> Option<u16> {
        self.statuses.get(outcome).copied()
    }

    /// Says something in these words, at every depth.
    pub(crate) fn say(&self, value: Value) -> Value {
        match value {
            Value::Object(members) => members
                .into_iter()
                .map(|(name, value)| (self.name(&name).to_owned(), self.say(value)))
                .collect(),
            Value::Array(values) => values.into_iter().map(|value| self.say(value)).collect(),
            other => other,
        }
    }

    /// Understands what was said in these words. A usual name that is not spoken here means nothing.
    pub(crate) fn understand(&self, members: Map<String, Value>) -> Map<String, Value> {
        let usual = |spoken: String| match self.names.iter().find(|(_, name)| **name == spoken) {
            Some((usual, _)) => Some(usual.clone()),
            None => (!self.names.contains_key(&spoken)).then_some(spoken),
        };
        members.into_iter().filter_map(|(name, value)| Some((usual(name)?, value))).collect()
    }
}
