//! Whatever the service answers: nothing panics, and what comes out is within its bounds.

use std::sync::LazyLock;
use std::time::Duration;

use identity::{Begun, Client, Dialect, Finished};
use proptest::prelude::*;
use serde_json::{Map, Value, json};
use tokio::runtime::{Builder, Runtime};

use crate::support::{Service, begin, caller, finish};

static RUNTIME: LazyLock<Runtime> =
    LazyLock::new(|| Builder::new_multi_thread().worker_threads(1).enable_all().build().unwrap());

/// A service that answers whatever it is told, and its client: one for all cases of a test.
struct World {
    service: Service,
    client: Client,
}

impl World {
    fn new() -> Self {
        RUNTIME.block_on(async {
            let service = Service::answering(200, &[], "").await;
            Self { client: service.client(), service }
        })
    }
}

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

fn any_body() -> impl Strategy<Value = String> {
    prop_oneof![3 => any_json().prop_map(|json| json.to_string()), 1 => ".{0,200}"]
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(500))]

    #[test]
    fn whatever_is_answered_to_begin_the_life_of_a_code_is_within_a_day(
        body in any_body(),
        token in any::<bool>(),
        date in any_header(),
    ) {
        static WORLD: LazyLock<World> = LazyLock::new(World::new);
        let body = match (token, serde_json::from_str::<Value>(&body)) {
            (true, Ok(Value::Object(mut members))) => {
                members.insert("verificationToken".into(), "t".into());
                Value::Object(members).to_string()
            }
            _ => body,
        };
        WORLD.service.answers(200, &[("date", date.trim())], &body);
        if let Ok(Begun::Sent { lifetime, token }) = RUNTIME.block_on(begin(&WORLD.client)) {
            assert!(lifetime <= Duration::from_hours(24));
            assert!((1..=2048).contains(&token.expose().chars().count()));
        }
    }

    #[test]
    fn whatever_a_limit_says_it_ends_within_two_days(retry_after in any_header(), date in any_header()) {
        static WORLD: LazyLock<World> = LazyLock::new(World::new);
        WORLD.service.answers(429, &[("retry-after", retry_after.trim()), ("date", date.trim())], "");
        match RUNTIME.block_on(begin(&WORLD.client)) {
            Ok(Begun::LimitReached { retry_after }) => {
                assert!(retry_after.is_none_or(|wait| wait <= Duration::from_hours(48)));
            }
            other => panic!("{other:?}"),
        }
    }

    #[test]
    fn whatever_is_answered_for_a_person_at_most_200_contacts_of_a_kind_are_read(body in any_body()) {
        static WORLD: LazyLock<World> = LazyLock::new(World::new);
        WORLD.service.answers(200, &[], &body);
        if let Ok(user) = RUNTIME.block_on(WORLD.client.user(&caller())) {
            let contacts = user.contacts;
            for known in contacts.emails.iter().chain(&contacts.mobiles) {
                assert!(!known.value.is_empty());
            }
            assert!(contacts.emails.len() <= 200 && contacts.mobiles.len() <= 200);
        }
        if let Ok(finished) = RUNTIME.block_on(finish(&WORLD.client)) {
            assert!(matches!(finished, Finished::Changed(_)));
        }
    }

    #[test]
    fn whatever_dialect_is_given_it_is_read_or_refused(dialect in any_json()) {
        let _ = serde_json::from_value::<Dialect>(json!({ "begin": dialect }));
    }
}

#[test]
fn an_answer_without_end_is_not_kept() {
    let body = format!(r#"{{"verificationToken":"t","padding":"{}"}}"#, "x".repeat(300 * 1024));
    RUNTIME.block_on(async {
        let service = Service::answering(200, &[], &body).await;
        let fault = begin(&service.client()).await.unwrap_err();
        assert_eq!(fault.to_string(), "begin: the answer of the identity service is too large");
    });
}
