//! The reference in the words of a dialect: paths, members and statuses as the service really has them.

use crate::dialect::{Dialect, Words};
use serde_json::{Map, Value, json};

/// Whose words a schema is in.
type Choose = fn(&Dialect) -> &Words;

const SCHEMAS: [(&str, Choose); 9] = [
    ("BeginBody", |dialect| &dialect.begin),
    ("BeginAnswer", |dialect| &dialect.begin),
    ("FinishBody", |dialect| &dialect.finish),
    ("SendBody", |dialect| &dialect.send),
    ("UserObject", |dialect| &dialect.user),
    ("ProfileObject", |dialect| &dialect.user),
    ("EmailObject", |dialect| &dialect.user),
    ("MobileObject", |dialect| &dialect.user),
    ("ProfileEmail", |dialect| &dialect.user),
];

/// Usual statuses, and the outcome that each stands for.
type Outcomes = &'static [(&'static str, &'static str)];

/// What the usual statuses of each call stand for.
const OUTCOMES: [(&str, Choose, Outcomes); 6] = [
    (
        "begin",
        |dialect| &dialect.begin,
        &[("200", "sent"), ("400", "invalid"), ("409", "already_yours"), ("429", "limit_address")],
    ),
    (
        "finish",
        |dialect| &dialect.finish,
        &[
            ("200", "changed"),
            ("400", "wrong_code"),
            ("404", "unknown"),
            ("409", "taken"),
            ("410", "expired"),
        ],
    ),
    ("user", |dialect| &dialect.user, &[("200", "read"), ("404", "no_such_user")]),
    ("profile", |dialect| &dialect.user, &[("200", "read"), ("404", "no_such_user")]),
    ("sendEmail", |dialect| &dialect.send, &[("204", "sent"), ("400", "invalid")]),
    ("sendSms", |dialect| &dialect.send, &[("204", "sent"), ("400", "invalid")]),
];

/// Says the reference in the words of a dialect.
pub(super) fn spoken(mut document: Value, dialect: &Dialect) -> Value {
    if let Some(paths) = document.get_mut("paths").and_then(Value::as_object_mut) {
        *paths = std::mem::take(paths).into_iter().map(|(path, item)| moved(path, item, dialect)).collect();
    }
    let schemas = document.pointer_mut("/components/schemas").and_then(Value::as_object_mut);
    if let Some(schemas) = schemas {
        for (name, words) in SCHEMAS {
            if let Some(schema) = schemas.get_mut(name).and_then(Value::as_object_mut) {
                if matches!(name, "UserObject" | "ProfileObject") && dialect.is_flat() {
                    flatten(schema);
                }
                rename(schema, words(dialect));
            }
        }
    }
    document
}

fn moved(path: String, mut item: Value, dialect: &Dialect) -> (String, Value) {
    let usual = crate::dialect::Paths::default();
    let place = usual.all().into_iter().position(|usual| *usual == path);
    let path =
        place.and_then(|place| dialect.paths.all().get(place).map(|path| (*path).clone())).unwrap_or(path);
    for operation in item.as_object_mut().into_iter().flat_map(Map::values_mut) {
        let id = operation.get("operationId").and_then(Value::as_str).unwrap_or_default();
        let known = OUTCOMES.iter().find(|(call, ..)| *call == id);
        if let (Some((_, words, outcomes)), Some(responses)) =
            (known, operation.get_mut("responses").and_then(Value::as_object_mut))
        {
            answered(responses, words(dialect), outcomes);
        }
    }
    (path, item)
}

fn answered(responses: &mut Map<String, Value>, words: &Words, outcomes: Outcomes) {
    let status = |usual: String| {
        let outcome = outcomes.iter().find(|(status, _)| *status == usual).map(|(_, outcome)| *outcome);
        outcome.and_then(|outcome| words.spoken_status(outcome)).map_or(usual, |status| status.to_string())
    };
    *responses =
        std::mem::take(responses).into_iter().map(|(usual, answer)| (status(usual), answer)).collect();
}

/// Puts one address and one number in the place of the lists.
fn flatten(schema: &mut Map<String, Value>) {
    let flat = ["email", "emailVerified", "mobile", "mobileVerified"];
    if let Some(properties) = schema.get_mut("properties").and_then(Value::as_object_mut) {
        properties.retain(|name, _| name != "emails" && name != "mobiles");
        properties.extend(flat.map(|name| {
            let kind = if name.ends_with("Verified") { "boolean" } else { "string" };
            (name.to_owned(), json!({ "type": kind }))
        }));
    }
    if let Some(required) = schema.get_mut("required").and_then(Value::as_array_mut) {
        required.retain(|name| name != "emails" && name != "mobiles");
    }
}

fn rename(schema: &mut Map<String, Value>, words: &Words) {
    if let Some(properties) = schema.get_mut("properties").and_then(Value::as_object_mut) {
        *properties = std::mem::take(properties)
            .into_iter()
            .map(|(name, kind)| (words.name(&name).to_owned(), kind))
            .collect();
    }
    for name in schema.get_mut("required").and_then(Value::as_array_mut).into_iter().flatten() {
        if let Some(usual) = name.as_str() {
            *name = words.name(usual).into();
        }
    }
}
