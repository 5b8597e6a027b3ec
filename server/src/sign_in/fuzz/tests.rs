//! What is nearly right, fed to the functions, some hundred times each.

use base64::{Engine, engine::general_purpose::URL_SAFE_NO_PAD};
use proptest::prelude::*;
use serde_json::{Value, json};

use super::*;

fn anything() -> impl Strategy<Value = Vec<u8>> {
    prop::collection::vec(any::<u8>(), 0..200)
}

fn like(pattern: &'static str) -> impl Strategy<Value = Vec<u8>> {
    prop_oneof![8 => pattern.prop_map(String::into_bytes), 1 => anything()]
}

fn leaf() -> impl Strategy<Value = Value> {
    prop_oneof![
        Just(Value::Null),
        Just(json!([])),
        Just(json!({})),
        any::<bool>().prop_map(Value::from),
        any::<f64>().prop_map(Value::from),
        any::<i64>().prop_map(Value::from),
        "\\PC{0,20}".prop_map(Value::from),
        "https?://[a-z.:/@%]{0,20}".prop_map(Value::from),
        prop::collection::vec(".{0,8}", 0..4).prop_map(Value::from),
    ]
}

/// A document with some of its members changed, and now and then cut off or something else altogether.
fn changed(document: Value) -> impl Strategy<Value = Vec<u8>> {
    let names: Vec<String> = document.as_object().into_iter().flat_map(|it| it.keys().cloned()).collect();
    let change = (prop::sample::select(names), leaf());
    let changes = prop::collection::vec(change, 0..4);
    let cut = prop_oneof![4 => Just(usize::MAX), 1 => 0..200_usize];
    let whole = (changes, cut).prop_map(move |(changes, cut)| {
        let mut document = document.clone();
        for (name, value) in changes {
            document[name] = value;
        }
        let mut text = document.to_string().into_bytes();
        text.truncate(cut);
        text
    });
    prop_oneof![8 => whole, 1 => anything()]
}

/// A token whose header and claims are changed, and which nobody signed.
fn unsigned(claims: &Value) -> impl Strategy<Value = String> + use<> {
    let header = json!({ "alg": "ES256", "kid": "own", "typ": "logout+jwt" });
    let alg = prop_oneof![Just("ES256"), Just("RS256"), Just("PS256"), Just("HS256"), Just("none")];
    let signature = prop::collection::vec(any::<u8>(), 0..80);
    (alg, changed(header), changed(claims.clone()), signature).prop_map(|(alg, header, claims, signature)| {
        let header = match serde_json::from_slice::<Value>(&header) {
            Ok(mut header @ Value::Object(_)) => {
                header["alg"] = json!(alg);
                header.to_string().into_bytes()
            }
            _ => header,
        };
        [header, claims, signature].map(|part| URL_SAFE_NO_PAD.encode(part)).join(".")
    })
}

fn claims() -> Value {
    json!({
        "iss": ISSUER, "aud": "contact-change", "sub": "5a", "nonce": "nonce", "iat": 1_800_000_000, "exp": 1_800_000_060,
        "events": { "http://schemas.openid.net/event/backchannel-logout": {} },
    })
}

proptest! {
    #[test]
    fn whatever_cookies_are_sent_none_is_a_sign_in_that_is_not_ours(
        data in like("((sign-in-[0-9a-f]{16}|session|[a-z_-]{0,12})=[!-~&&[^;]]{0,60}; ?){0,8}"),
    ) {
        cookies(&data);
    }

    #[test]
    fn whatever_an_address_says_it_leads_to_a_page_of_ours(
        data in like("[/\\\\.:@?#%a-z0-9\t\n ]{0,24}|/\\PC{0,24}|\\PC*"),
    ) {
        return_to(&data);
    }

    #[test]
    fn whatever_is_told_nothing_without_a_true_signature_is_a_logout_token(
        data in prop_oneof![
            4 => unsigned(&claims()).prop_map(String::into_bytes),
            1 => like("\\PC*|([A-Za-z0-9_-]*\\.){0,4}[A-Za-z0-9_-]*"),
        ],
    ) {
        logout_token(&data);
    }

    #[test]
    fn whatever_a_provider_says_of_itself_it_is_the_one_that_was_asked(
        data in changed(serde_json::from_str(CONFIGURATION).expect("JSON")),
    ) {
        discovery(&data);
    }

    #[test]
    fn whatever_keys_a_provider_has_nothing_is_signed_that_is_not(
        key in changed(serde_json::from_str::<Value>(KEYS).expect("JSON")["keys"][0].clone()),
    ) {
        jwks(&[b"{\"keys\":[".as_slice(), &key, b"]}"].concat());
    }

    #[test]
    fn whatever_a_provider_answers_to_a_code_nobody_is_signed_in_without_its_signature(
        id_token in unsigned(&claims()),
        answer in changed(json!({ "access_token": "a", "token_type": "Bearer", "expires_in": 60, "id_token": "" })),
    ) {
        let answer = match serde_json::from_slice::<Value>(&answer) {
            Ok(mut answer @ Value::Object(_)) if answer["id_token"] == "" => {
                answer["id_token"] = json!(id_token);
                answer.to_string().into_bytes()
            }
            _ => answer,
        };
        token(&answer);
    }

    #[test]
    fn whatever_a_provider_tells_of_a_person_it_is_that_person(
        data in changed(json!({ "sub": "5a", "name": "Ann", "locale": "en-GB", "zoneinfo": "Europe/London" })),
    ) {
        userinfo(&data);
    }
}

#[test]
fn what_is_right_is_not_refused_for_how_it_is_fed() {
    assert_eq!(METADATA.jwks().keys().len(), 1);
    let call = |_: HttpRequest| answered(br#"{"sub":"5a","name":"Ann"}"#);
    let request = CLIENT.user_info(AccessToken::new("token".into()), None).expect("a request");
    let claims: Result<CoreUserInfoClaims, _> = at_once(request.request_async(&call));
    assert!(claims.is_ok());
}

#[test]
fn cargo_fuzz_calls_the_same_functions() {
    for name in ["cookies", "return_to", "logout_token", "discovery", "jwks", "token", "userinfo"] {
        let file = format!("{}/../fuzz/fuzz_targets/{name}.rs", env!("CARGO_MANIFEST_DIR"));
        let text = std::fs::read_to_string(file).expect("a target");
        assert!(text.contains(&format!("server::fuzz::{name}(data)")), "{text}");
    }
}
