//! What can be set, written down for people and for editors: the tables of `docs/configure.md`, an example file, and a
//! JSON schema. All from the same keys that are read.

mod schema;

use std::fmt::Write as _;

use identity::{Dialect, MemberKind};
use serde_json::Value;

use super::{
    applications, audit, bounds, credentials, events,
    key::{Default, Form, Key, Kind, NUMBER, Section, TEXT},
    limits, metrics, policy, provider, service, session, store, telemetry, theme, traces, upstream, web,
};

pub use schema::schema;

/// A section of the file.
struct Part {
    /// What the file calls it; the first has no name.
    name: &'static str,
    /// What it is about.
    title: &'static str,
    /// Its own keys, in groups.
    own: &'static [&'static Section],
    /// Whether it has the keys of a server that is called, too.
    calls: bool,
}

impl Part {
    const fn new(name: &'static str, title: &'static str, own: &'static [&'static Section]) -> Self {
        Self { name, title, own, calls: false }
    }

    const fn with_calls(self) -> Self {
        Self { calls: true, ..self }
    }

    fn own(&self) -> impl Iterator<Item = Key> + use<> {
        self.own.iter().flat_map(|group| group.iter().map(|key| (*key).clone()))
    }

    fn keys(&self) -> impl Iterator<Item = Key> + use<> {
        let name = self.name;
        let calls = self.calls.then_some(upstream::SECTION).into_iter().flatten();
        let words = (name == DIALECT).then(words).into_iter().flatten();
        self.own().chain(calls.map(move |key| key.of(name))).chain(words)
    }
}

/// The part of `[service]` that renames what the wire says.
const DIALECT: &str = "service.dialect";

/// The table of the keys that several sections have.
const CALLS: &str = "<section>";

static PARTS: [Part; 14] = [
    Part::new("", "The server", &[&web::SECTION, &telemetry::SECTION, &bounds::SECTION]),
    Part::new("provider", "Who signs people in", &[&provider::SECTION]).with_calls(),
    Part::new(
        "service",
        "The identity service's Management API",
        &[&credentials::SECTION, &service::SECTION],
    )
    .with_calls(),
    Part::new(DIALECT, "Other words for what the wire says", &[]),
    Part::new("session", "How long people stay signed in", &[&session::SECTION]),
    Part::new("store", "Where all this is kept", &[&store::SECTION]),
    Part::new("policy", "Which choices a person has, and where codes are sent to", &[&policy::SECTION]),
    Part::new("limits", "How many codes may be asked for", &[&limits::SECTION]),
    Part::new("audit", "Where the record of what happens goes", &[&audit::SECTION]),
    Part::new("metrics", "What is counted, for Prometheus", &[&metrics::SECTION]),
    Part::new("traces", "How requests are followed, by OpenTelemetry", &[&traces::SECTION]),
    Part::new("theme", "Name, logo, colours and links", &[&theme::SECTION]),
    Part::new("applications.<id>", "Who may send people here", &[&applications::SECTION]),
    Part::new("events", "How applications are told of changes", &[&events::SECTION]),
];

/// The width of the example's comments, in characters.
const WIDTH: usize = 100;

/// Gives all settings in the order of the file.
pub fn keys() -> impl Iterator<Item = Key> {
    PARTS.iter().flat_map(Part::keys)
}

/// Gives the name of the setting that was likely meant by one that there is not: the same but for its sections, or one that
/// is nearly the same.
pub(super) fn meant(unknown: &str) -> Option<String> {
    const LIKE: f64 = 0.9;
    let less_sections = |name: &str| name.replace(['.', '_'], "");
    let wanted = less_sections(unknown);
    let file = |key: &Key| (key.kind.form == Form::Secret).then(|| key.file());
    let names =
        keys().filter(|key| !key.name.contains('<')).flat_map(|key| [file(&key), Some(key.name.into())]);
    let alike = names.flatten().map(|name| (strsim::jaro_winkler(&wanted, &less_sections(&name)), name));
    let nearest = alike.max_by(|(one, _), (other, _)| one.total_cmp(other));
    nearest.filter(|(likeness, _)| *likeness >= LIKE).map(|(_, name)| name)
}

/// Gives the names of the tables of the document; that of the first is empty.
pub fn tables() -> impl Iterator<Item = &'static str> {
    PARTS.iter().map(|part| part.name).chain([CALLS])
}

fn keys_of_table(table: &str) -> Vec<Key> {
    match PARTS.iter().find(|part| part.name == table) {
        Some(part) if part.name == DIALECT => part.keys().collect(),
        Some(part) => part.own().collect(),
        None => upstream::SECTION.iter().map(|key| (*key).clone()).collect(),
    }
}

/// Gives the words of the service as keys.
fn words() -> Vec<Key> {
    let kind = |kind| match kind {
        MemberKind::Text => TEXT,
        MemberKind::Number => NUMBER,
        MemberKind::Texts => Kind { unit: "texts", right: "a list of texts", form: Form::Texts },
        MemberKind::Numbers => {
            Kind { unit: "numbers", right: "a list of whole numbers", form: Form::Numbers }
        }
    };
    let members = Dialect::members().into_iter();
    members
        .map(|member| Key {
            name: format!("{DIALECT}.{}", member.path).into(),
            kind: kind(member.kind),
            default: Default::Value(match member.kind {
                MemberKind::Text => member.default.trim_matches('"').to_owned().into(),
                _ => member.default.into(),
            }),
            meaning: member.meaning.into(),
        })
        .collect()
}

/// Gives the table of a section, in Markdown.
pub fn table(section: &str) -> String {
    let mut table =
        "| key | variable | unit | default | meaning |\n| --- | --- | --- | --- | --- |\n".to_owned();
    for key in keys_of_table(section) {
        let file = if key.kind.form == Form::Secret { " (`…_FILE`)" } else { "" };
        let default = match &key.default {
            Default::Required => "required".to_owned(),
            Default::Value(value) => format!("`{value}`"),
            Default::Unset(meaning) => (*meaning).to_owned(),
        };
        let (name, variable) = (within(section, &key), key.variable());
        let (unit, meaning) = (key.kind.unit, &key.meaning);
        // Writing to a text cannot fail.
        let _ = writeln!(table, "| `{name}` | `{variable}`{file} | {unit} | {default} | {meaning} |");
    }
    table
}

/// Gives a file in which everything stands, and only what has to be given is switched on.
pub fn example() -> String {
    let mut file =
        "# Everything that can be set, each with its default. docs/configure.md says more.\n".to_owned();
    for part in &PARTS {
        let (section, title) = (part.name, part.title);
        let _ = write!(file, "\n# {title}\n");
        // A section that is there once for each of something has to be named first.
        let off = if section.contains('<') { "# " } else { "" };
        if !section.is_empty() {
            let _ = writeln!(file, "{off}[{section}]");
        }
        for key in part.keys() {
            let _ = write!(file, "\n{}", commented(&plain(&key.meaning)));
            let name = within(section, &key);
            match &key.default {
                Default::Required if key.kind.form == Form::Secret => {
                    let _ = writeln!(file, "{off}{name}_file = \"/run/secrets/{name}\"");
                }
                Default::Required => {
                    let _ = writeln!(file, "{off}{name} = \"…\"");
                }
                Default::Value(value) => {
                    let _ = writeln!(file, "# {name} = {}", written(&key, value));
                }
                Default::Unset(meaning) => {
                    let _ =
                        writeln!(file, "# Left out: {}\n# {name} = {}", plain(meaning), written(&key, "…"));
                }
            }
        }
    }
    file
}

/// Gives the name of a key within its section.
fn within(section: &str, key: &Key) -> String {
    let name = key.name.strip_prefix(section).unwrap_or(&key.name);
    name.trim_start_matches('.').to_owned()
}

/// Writes a value as TOML does.
fn written(key: &Key, value: &str) -> String {
    match key.kind.form {
        // JSON's texts are TOML's as well.
        Form::Text | Form::Secret | Form::OneOf(_) => Value::from(value).to_string(),
        Form::Number | Form::Flag | Form::Numbers | Form::Texts => value.to_owned(),
    }
}

/// Puts what Markdown marks as code in quotation marks.
fn plain(text: &str) -> String {
    text.replace('`', "'")
}

/// Writes a text as lines of comments.
fn commented(text: &str) -> String {
    let mut lines = String::new();
    let mut line = "#".to_owned();
    for word in text.split_whitespace() {
        if line.chars().count() + 1 + word.chars().count() > WIDTH {
            lines.push_str(&line);
            lines.push('\n');
            "#".clone_into(&mut line);
        }
        line.push(' ');
        line.push_str(word);
    }
    lines + &line + "\n"
}
