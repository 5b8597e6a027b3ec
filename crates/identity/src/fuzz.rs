//! What the service answers, as anything at all: for `cargo fuzz` and for the tests. Each function takes octets, and panics if
//! what it says does not hold.
//!
//! The octets are the status (one octet that chooses among those with a meaning), then three lines, `Retry-After`, `Date` and
//! the body, each of which may be missing.
#![expect(clippy::missing_panics_doc, reason = "to panic is how each of them says that something is wrong")]

use std::{sync::LazyLock, time::Duration};

use http::{HeaderValue, Response, header};
use url::Url;

use crate::{Begun, Client, Credentials, Finished, Settings, transport::Answer};

const DAY: Duration = Duration::from_hours(24);

#[expect(clippy::expect_used, reason = "there is nothing to call, so every setting is in order")]
static CLIENT: LazyLock<Client> = LazyLock::new(|| {
    let nobody = Url::parse("http://localhost:9").expect("an address");
    Client::new(Settings::new(nobody, Credentials::UserToken)).expect("a client")
});

/// A code that was sent works for a day at the most, and its token is one that is kept; a limit lasts two days at the most.
pub fn begin(data: &[u8]) {
    match CLIENT.begun(&answer(data)) {
        Ok(Begun::Sent { token, lifetime }) => {
            assert!(lifetime <= DAY);
            assert!((1..=2048).contains(&token.expose().chars().count()));
        }
        Ok(Begun::LimitReached { retry_after }) => assert!(retry_after.is_none_or(|wait| wait <= 2 * DAY)),
        Ok(Begun::NotAcceptable | Begun::AlreadyYours) | Err(_) => {}
    }
}

/// Who has changed a contact has one.
pub fn finish(data: &[u8]) {
    if let Ok(Finished::Changed(user)) = CLIENT.finished(&answer(data)) {
        assert!(!(user.contacts.emails.is_empty() && user.contacts.mobiles.is_empty()));
    }
}

/// At most 200 contacts of a kind are read, and none that is empty.
pub fn user(data: &[u8]) {
    if let Ok(user) = CLIENT.read(&answer(data)) {
        for contacts in [user.contacts.emails, user.contacts.mobiles] {
            assert!(contacts.len() <= 200);
            assert!(contacts.iter().all(|known| !known.value.is_empty()));
        }
    }
}

fn answer(data: &[u8]) -> Answer {
    const STATUS: [u16; 8] = [200, 200, 200, 429, 400, 404, 409, 500];
    let (status, rest) = data.split_first().unwrap_or((&0, data));
    let mut lines = rest.splitn(3, |octet| *octet == b'\n');
    let mut response = Response::new(Vec::new());
    let number = STATUS[usize::from(*status) % STATUS.len()];
    *response.status_mut() = number.try_into().unwrap_or_default();
    for name in [header::RETRY_AFTER, header::DATE] {
        if let Ok(value) = HeaderValue::from_bytes(lines.next().unwrap_or_default()) {
            response.headers_mut().insert(name, value);
        }
    }
    *response.body_mut() = lines.next().unwrap_or_default().to_vec();
    Answer::made_up(response)
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;
    use serde_json::{Map, Value, json};

    use super::*;
    use crate::Dialect;

    /// JSON of any shape, with the words of the service in it more often than chance would have them.
    fn any_json() -> impl Strategy<Value = Value> {
        let text = prop_oneof![
            ".{0,20}",
            Just("2994-11-06T08:54:37Z".to_owned()),
            Just("-009999-01-01T00:00:00Z".to_owned()),
            Just("ann@example.com".to_owned()),
            "[0-9eE.+-]{1,12}",
        ];
        let leaf = prop_oneof![
            Just(Value::Null),
            any::<bool>().prop_map(Value::from),
            any::<f64>().prop_map(Value::from),
            any::<i64>().prop_map(Value::from),
            text.prop_map(Value::from),
        ];
        leaf.prop_recursive(4, 64, 8, |inner| {
            let name = prop_oneof![4 => any_word(), 1 => ".{0,8}"];
            prop_oneof![
                prop::collection::vec(inner.clone(), 0..8).prop_map(Value::from),
                prop::collection::vec((name, inner), 0..8)
                    .prop_map(|members| Value::Object(members.into_iter().collect::<Map<_, _>>())),
            ]
        })
    }

    /// A name that the default dialect gives a meaning.
    fn any_word() -> impl Strategy<Value = String> {
        let words: Vec<String> = Dialect::members()
            .into_iter()
            .filter_map(|member| serde_json::from_str::<String>(&member.default).ok())
            .collect();
        prop::sample::select(words)
    }

    /// A header's value of visible characters, or one that is nearly right.
    fn any_header() -> impl Strategy<Value = String> {
        prop_oneof![
            "[ -~]{0,40}",
            "[0-9]{1,25}",
            "-[0-9]{1,5}",
            "(Mon|Sun), [0-9]{1,2} Nov [0-9]{1,6} [0-9]{2}:[0-9]{2}:[0-9]{2} (GMT|\\+0200)",
        ]
    }

    /// An answer as the functions take it; now and then one with a token, and now and then anything at all.
    fn any_answer() -> impl Strategy<Value = Vec<u8>> {
        let whole = |(status, retry_after, date, mut body, has_token): (u8, String, String, Value, bool)| {
            if let (true, Value::Object(members)) = (has_token, &mut body) {
                members.insert("verificationToken".into(), "t".into());
            }
            [&[status], format!("{retry_after}\n{date}\n{body}").as_bytes()].concat()
        };
        prop_oneof![
            8 => (any::<u8>(), any_header(), any_header(), any_json(), any::<bool>()).prop_map(whole),
            1 => prop::collection::vec(any::<u8>(), 0..300),
        ]
    }

    proptest! {
        #[test]
        fn whatever_is_answered_to_begin_a_code_works_for_a_day_and_a_limit_lasts_for_two(data in any_answer()) {
            begin(&data);
        }

        #[test]
        fn whatever_is_answered_to_finish_whoever_changed_a_contact_has_one(data in any_answer()) {
            finish(&data);
        }

        #[test]
        fn whatever_is_answered_for_a_person_at_most_200_contacts_of_a_kind_are_read(data in any_answer()) {
            user(&data);
        }

        #[test]
        fn whatever_dialect_is_given_it_is_read_or_refused(dialect in any_json()) {
            let _ = serde_json::from_value::<Dialect>(json!({ "begin": dialect }));
        }
    }

    #[test]
    fn what_is_right_is_not_refused_for_how_it_is_fed() {
        let sent =
            answer(b"\0\nSun, 06 Nov 1994 08:49:37 GMT\n{\"verificationToken\":\"t\",\"expiresIn\":60}");
        assert!(matches!(CLIENT.begun(&sent), Ok(Begun::Sent { .. })));
    }

    #[test]
    fn cargo_fuzz_calls_the_same_functions() {
        for name in ["begin", "finish", "user"] {
            let file = format!("{}/../../fuzz/fuzz_targets/{name}.rs", env!("CARGO_MANIFEST_DIR"));
            let text = std::fs::read_to_string(file).expect("a target");
            assert!(text.contains(&format!("identity::fuzz::{name}(data)")), "{text}");
        }
    }
}
