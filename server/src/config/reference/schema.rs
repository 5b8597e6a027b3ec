//! The JSON schema of the configuration file.

use serde_json::{Map, Value, json};

use super::{Default, Form, Key, PARTS, keys};

/// Gives the JSON schema of the file (draft 2020-12), for editors. What has to be given may be given by a variable, so
/// nothing is required of the file.
pub fn schema() -> Value {
    let mut whole = object("Settings of contact-change");
    for part in PARTS.iter().filter(|part| !part.name.is_empty()) {
        put(&mut whole, part.name, object(part.title));
    }
    for key in keys() {
        let value = value_schema(&key);
        if key.kind.form == Form::Secret {
            put(
                &mut whole,
                &key.file(),
                json!({ "type": "string", "description": "The file that holds it." }),
            );
        }
        put(&mut whole, &key.name, value);
    }
    if let Some(whole) = whole.as_object_mut() {
        whole.insert("$schema".to_owned(), "https://json-schema.org/draft/2020-12/schema".into());
    }
    whole
}

fn object(description: &str) -> Value {
    json!({ "type": "object", "description": description, "properties": {}, "additionalProperties": false })
}

fn value_schema(key: &Key) -> Value {
    let mut schema = match key.kind.form {
        Form::Text | Form::Secret => json!({ "type": "string" }),
        Form::OneOf(words) => json!({ "type": "string", "enum": words }),
        Form::Number => json!({ "type": "integer", "minimum": 0 }),
        Form::Flag => json!({ "type": "boolean" }),
        Form::Numbers => json!({ "type": "array", "items": { "type": "integer", "minimum": 0 } }),
        Form::Texts => json!({ "type": "array", "items": { "type": "string" } }),
    };
    if let Some(schema) = schema.as_object_mut() {
        schema.insert("description".to_owned(), key.meaning.as_ref().into());
        if let Default::Value(value) = &key.default {
            schema.insert("default".to_owned(), typed(key, value));
        }
    }
    schema
}

/// Puts a schema where its path says. A part in angle brackets stands for any name. Where there is a value and a table
/// of the same name, either will do.
fn put(whole: &mut Value, path: &str, schema: Value) {
    let (part, rest) = path.split_once('.').unwrap_or((path, ""));
    let Some(whole) = whole.as_object_mut() else { return };
    if part.starts_with('<') {
        if rest.is_empty() {
            whole.insert("additionalProperties".to_owned(), schema);
        } else if let Some(any) = whole.get_mut("additionalProperties").filter(|any| any.is_object()) {
            put(any, rest, schema);
        } else {
            whole.insert("additionalProperties".to_owned(), nested(rest, schema));
        }
        return;
    }
    let properties = whole.entry("properties").or_insert_with(|| Map::new().into());
    let Some(properties) = properties.as_object_mut() else { return };
    if rest.is_empty() {
        properties.insert(part.to_owned(), schema);
        return;
    }
    let inner = properties.entry(part).or_insert_with(|| object(""));
    if inner["type"] == "object" {
        put(inner, rest, schema);
    } else {
        let value = inner.take();
        *inner = json!({ "anyOf": [value, nested(rest, schema)] });
    }
}

fn nested(path: &str, schema: Value) -> Value {
    let mut whole = object("");
    put(&mut whole, path, schema);
    whole
}

fn typed(key: &Key, value: &str) -> Value {
    match key.kind.form {
        Form::Text | Form::Secret | Form::OneOf(_) => value.into(),
        // Numbers, booleans and flat lists of them are the same in TOML and JSON.
        Form::Number | Form::Flag | Form::Numbers | Form::Texts => {
            serde_json::from_str(value).unwrap_or(Value::Null)
        }
    }
}
