//! Reading a person from JSON. Tolerant: unknown members are ignored, missing ones are empty, of every age of service.

use contact::{Contacts, KnownContact};
use serde_json::{Map, Value};

use crate::User;
use crate::dialect::UserDialect;

/// The longest list of contacts that is read.
const MAX_CONTACTS: usize = 200;

/// Reads a person from a user or a profile object.
pub(crate) fn user(dialect: &UserDialect, object: &Map<String, Value>) -> User {
    let list = |list: &str, value: &str, flat: &str, flat_verified: &str| match object.get(list) {
        Some(Value::Array(elements)) => {
            let known = |element: &Value| known(element.get(value), element.get(&dialect.verified));
            elements.iter().filter_map(known).take(MAX_CONTACTS).collect()
        }
        _ => known(object.get(flat), object.get(flat_verified)).into_iter().collect(),
    };
    let d = dialect;
    User {
        contacts: Contacts {
            emails: list(&d.emails, &d.address, &d.flat_email, &d.flat_email_verified),
            mobiles: list(&d.mobiles, &d.number, &d.flat_mobile, &d.flat_mobile_verified),
        },
        names_contacts: [&d.emails, &d.mobiles, &d.flat_email, &d.flat_mobile]
            .into_iter()
            .any(|name| object.contains_key(name)),
        locale: d.locale.iter().find_map(|name| text(object.get(name))),
    }
}

/// Gives one contact, if there is one.
fn known(value: Option<&Value>, verified: Option<&Value>) -> Option<KnownContact> {
    let verified = verified.and_then(Value::as_bool).unwrap_or(false);
    text(value).map(|value| KnownContact { value, verified })
}

/// Gives a text that is not empty.
fn text(value: Option<&Value>) -> Option<String> {
    value.and_then(Value::as_str).filter(|text| !text.is_empty()).map(str::to_owned)
}
