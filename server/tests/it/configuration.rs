//! What operators set, and what they are told when it is wrong.

use std::{fs, num::NonZeroU32, path::PathBuf};

use contact::{Country, Destinations};
use rstest::rstest;
use server::config::{Credentials, Settings, Store};

use crate::support::variables;

const ISSUER: &str = "https://id.example.com";

fn load(more: &[(&str, &str)]) -> Result<Settings, Vec<String>> {
    let mut variables = variables(ISSUER);
    variables
        .extend(more.iter().map(|(name, value)| (format!("CONTACT_CHANGE_{name}"), (*value).to_owned())));
    Settings::load(None, variables).map_err(|mistakes| mistakes.iter().map(ToString::to_string).collect())
}

fn file(name: &str, content: &str) -> PathBuf {
    let path = PathBuf::from(env!("CARGO_TARGET_TMPDIR")).join(name);
    fs::write(&path, content).expect("a file");
    path
}

#[test]
fn what_is_not_set_is_as_documented() {
    // Neither is a setting of the server: the file's own name, and the folder in which `cargo xtask` keeps its tools.
    let settings = load(&[("CONFIG", "x"), ("CACHE", "x")]).expect("a configuration");
    assert_eq!(settings.web.listen.to_string(), "127.0.0.1:3000");
    assert_eq!(settings.web.public_url.origin().to_string(), "http://localhost:3000");
    assert_eq!(settings.provider.scopes, ["openid", "profile", "email", "phone"]);
    assert_eq!(settings.service.base_url.as_str(), "https://id.example.com/");
    assert_eq!(settings.session.idle.as_secs(), 30 * 60);
    assert_eq!(settings.session.absolute.as_secs(), 12 * 60 * 60);
    assert!(settings.session.secret.is_none());
    assert!(matches!(settings.store, Store::Memory { capacity } if capacity.get() == 100_000));
    let limits = settings.limits;
    let numbers = [limits.destination, limits.account, limits.network, limits.email, limits.sms]
        .map(|rate| [rate.per_hour, rate.per_day].map(|number| number.map_or(0, NonZeroU32::get)));
    assert_eq!(numbers, [[30, 60], [60, 120], [0, 0], [0, 0], [0, 0]]);
    assert_eq!((settings.policy.destinations, settings.policy.region), (Destinations::default(), None));
}

#[test]
fn a_limit_can_be_turned_off_and_lists_can_be_long() {
    let path = file(
        "limits.toml",
        "[limits]\ndestination_per_hour = 0\nsms_per_day = 5000\n[policy]\ncountries_allow = \"FI SE ax\"\nregion = \"FI\"\n",
    );
    let settings = Settings::load(Some(&path), variables(ISSUER)).expect("a configuration");
    assert_eq!(
        (settings.limits.destination.per_hour, settings.limits.sms.per_day),
        (None, NonZeroU32::new(5000))
    );
    assert_eq!(settings.policy.destinations.countries.allow.len(), 3);
    assert_eq!(settings.policy.region, Country::parse("FI"));
}

#[test]
fn every_mistake_is_told_at_once() {
    let none: [(String, String); 0] = [];
    let mistakes = Settings::load(None, none).expect_err("nothing is set").to_string();
    for key in ["provider.issuer", "provider.client_id", "provider.client_secret", "service.client_id"] {
        assert!(mistakes.contains(&format!("{key} (CONTACT_CHANGE_")), "{key} in {mistakes}");
    }
    assert!(
        mistakes.contains("provider.issuer (CONTACT_CHANGE_PROVIDER__ISSUER): is missing; give"),
        "{mistakes}"
    );
}

#[rstest]
#[case("LISTEN", "3000", "listen")]
#[case("PUBLIC_URL", "https://example.com/app?a", "public_url")]
#[case("PUBLIC_URL", "https://example.com/app/../b", "public_url")]
#[case("DEFAULT_LOCALE", "tlh", "default_locale")]
#[case("TIME_ZONE", "Helsinki", "time_zone")]
#[case("LOG", "info,server=loud", "log")]
#[case("LOG", "verbose", "log")]
#[case("LOG_FORMAT", "xml", "log_format")]
#[case("PROVIDER__ISSUER", "http://id.example.com", "provider.issuer")]
#[case("PROVIDER__ISSUER", "id.example.com", "provider.issuer")]
#[case("PROVIDER__SCOPES", "profile", "provider.scopes")]
#[case("PROVIDER__TIMEOUT", "10", "provider.timeout")]
#[case("PROVIDER__TIMEOUT", "0s", "provider.timeout")]
#[case("PROVIDER__ALLOW_INSECURE", "maybe", "provider.allow_insecure")]
#[case("SERVICE__BASE_URL", "http://id.example.com", "service.base_url")]
#[case("SERVICE__CREDENTIALS", "password", "service.credentials")]
#[case("SERVICE__USER_SCOPES", "a b", "service.user_scopes")]
#[case("SERVICE__TOKEN_URL", "https://id.example.com/token", "service.token_url")]
#[case("SERVICE__TOKEN_SCOPES", "a b", "service.token_scopes")]
#[case("SERVICE__READ_DEADLINE", "0s", "service.read_deadline")]
#[case("SERVICE__CONNECT_TIMEOUT", "11s", "service.connect_timeout")]
#[case("SERVICE__CONCURRENT_CALLS", "many", "service.concurrent_calls")]
#[case("SERVICE__MAX_BODY", "0", "service.max_body")]
#[case("SERVICE__CA_FILE", "/no/such/file", "service.ca_file")]
#[case("PROVIDER__CA_FILE", "/proc/self/comm", "provider.ca_file")]
#[case("PROVIDER__BREAKER_PAUSE", "soon", "provider.breaker_pause")]
#[case("SESSION__IDLE", "half an hour", "session.idle")]
#[case("SESSION__IDLE", "13h", "session.idle")]
#[case("SESSION__SECRET", "c2hvcnQ=", "session.secret")]
#[case("SESSION__SECRET_FILE", "/no/such/file", "session.secret_file")]
#[case("PROVIDER__CLIENT_SECRET_FILE", "/no/such/file", "provider.client_secret_file")]
#[case("POLICY__PRIMARY", "maybe", "policy.primary")]
#[case("POLICY__REPLACE_ALL", "true", "policy.replace_all")]
#[case("POLICY__REGION", "Finland", "policy.region")]
#[case("POLICY__COUNTRIES_ALLOW", "FI SWE", "policy.countries_allow")]
#[case("POLICY__COUNTRIES_DENY", "46", "policy.countries_deny")]
#[case("POLICY__DOMAINS_ALLOW", "*.example.com", "policy.domains_allow")]
#[case("POLICY__DOMAINS_DENY", "someone@example.com", "policy.domains_deny")]
#[case("LIMITS__DESTINATION_PER_HOUR", "-1", "limits.destination_per_hour")]
#[case("LIMITS__ACCOUNT_PER_DAY", "many", "limits.account_per_day")]
#[case("LIMITS__SMS_PER_DAY", "1.5", "limits.sms_per_day")]
#[case("LIMITS__SMS_PER_HOUR", "5", "limits.sms_per_hour")]
#[case(
    "SESSION__NEXT_SECRET",
    "aGlkZGVuLXNlY3JldC1oaWRkZW4tc2VjcmV0LWhpZGRlbi1zZWNyZXQ=",
    "session.next_secret"
)]
#[case(
    "SESSION__PREVIOUS_SECRET",
    "aGlkZGVuLXNlY3JldC1oaWRkZW4tc2VjcmV0LWhpZGRlbi1zZWNyZXQ=",
    "session.previous_secret"
)]
#[case("STORE__KIND", "disk", "store.kind")]
#[case("STORE__CAPACITY", "0", "store.capacity")]
#[case("STORE__URL", "redis://localhost", "store.url")]
#[case("STORE__NAMESPACE", "mine", "store.namespace")]
#[case("STORE__CA_FILE", "ca.pem", "store.ca_file")]
#[case("STORE__TIMEOUT", "1s", "store.timeout")]
#[case("TRUSTED_PROXIES", "10.0.0.0/33", "trusted_proxies")]
#[case("TRUSTED_PROXIES", "proxy.example.com", "trusted_proxies")]
#[case("PROVIDER__CLIENT", "x", "provider.client")]
#[case("LISTENN", "x", "listenn")]
fn a_mistake_is_told_with_its_key(#[case] variable: &str, #[case] value: &str, #[case] key: &str) {
    let mistakes = load(&[(variable, value)]).expect_err("a mistake");
    assert_eq!(mistakes.len(), 1, "{mistakes:?}");
    assert!(mistakes[0].starts_with(&format!("{key} (CONTACT_CHANGE_{variable}): ")), "{mistakes:?}");
}

#[test]
fn a_secret_is_changed_when_the_change_before_has_come_to_its_end() {
    let secret = "aGlkZGVuLXNlY3JldC1oaWRkZW4tc2VjcmV0LWhpZGRlbi1zZWNyZXQ=";
    let all = ["SECRET", "NEXT_SECRET", "PREVIOUS_SECRET"].map(|name| format!("SESSION__{name}"));
    let [now, next, previous] = all.each_ref().map(|name| (name.as_str(), secret));
    assert!(load(&[now, next]).is_ok() && load(&[now, previous]).is_ok());
    let mistakes = load(&[now, next, previous]).map(|_| ()).expect_err("a mistake");
    assert!(mistakes.len() == 1 && mistakes[0].starts_with("session.next_secret"), "{mistakes:?}");
}

#[rstest]
#[case("SESSION__SECRET", "", "session.secret")]
#[case("STORE__URL", "", "store.url")]
#[case("STORE__URL", "http://hidden:hidden@localhost", "store.url")]
#[case("STORE__NAMESPACE", "a b", "store.namespace")]
#[case("STORE__CA_FILE", "/no/such/file", "store.ca_file")]
#[case("STORE__TIMEOUT", "0s", "store.timeout")]
#[case("STORE__CONNECT_TIMEOUT", "fast", "store.connect_timeout")]
#[case("STORE__CAPACITY", "5", "store.capacity")]
fn a_mistake_about_a_shared_store_is_told_with_its_key(
    #[case] variable: &str,
    #[case] value: &str,
    #[case] key: &str,
) {
    let secret = "aGlkZGVuLXNlY3JldC1oaWRkZW4tc2VjcmV0LWhpZGRlbi1zZWNyZXQ=";
    let right =
        [("STORE__KIND", "redis"), ("STORE__URL", "rediss://redis.example.com"), ("SESSION__SECRET", secret)];
    assert!(matches!(load(&right).expect("a configuration").store, Store::Redis(_)));
    let mistakes = load(&[&right[..], &[(variable, value)]].concat()).expect_err("a mistake");
    assert_eq!(mistakes.len(), 1, "{mistakes:?}");
    assert!(mistakes[0].starts_with(&format!("{key} (CONTACT_CHANGE_{variable}): ")), "{mistakes:?}");
    assert!(!mistakes[0].contains("hidden"), "{mistakes:?}");
}

#[test]
fn a_certificate_without_its_key_is_told_and_so_is_a_key_without_its_certificate() {
    let told = |name| load(&[(name, "/some/file")]).expect_err("a mistake").remove(0);
    let key = told("SERVICE__CLIENT_CERTIFICATE_FILE");
    assert!(key.starts_with("service.client_key_file (") && key.contains("is missing"), "{key}");
    let certificate = told("PROVIDER__CLIENT_KEY_FILE");
    assert!(certificate.starts_with("provider.client_certificate_file ("), "{certificate}");
}

#[test]
fn each_way_to_call_the_service_has_keys_of_its_own() {
    let ways = [
        ("client_credentials", "TOKEN_URL", "https://id.example.com/token", None),
        ("client_credentials", "TOKEN_URL", "http://id.example.com/token", Some("service.token_url")),
        ("client_credentials", "USER_SCOPES", "a", Some("service.user_scopes")),
        ("user_token", "TOKEN_SCOPES", "a", Some("service.client_id")),
    ];
    for (way, key, value, wrong) in ways {
        let told = load(&[("SERVICE__CREDENTIALS", way), (&format!("SERVICE__{key}"), value)]);
        match wrong {
            None => assert!(matches!(
                told.expect("a configuration").service.credentials,
                Credentials::ClientCredentials { token_url: Some(_), .. }
            )),
            Some(wrong) => {
                let mistakes = told.expect_err("a mistake");
                assert!(mistakes[0].starts_with(wrong), "{mistakes:?}");
            }
        }
    }
}

#[test]
fn the_environment_wins_over_the_file() {
    let path = file(
        "whole.toml",
        r#"
        listen = "127.0.0.1:4000"
        public_url = "http://localhost:4000"
        [provider]
        issuer = "https://file.example.com"
        client_id = "file"
        client_secret = "file"
        [service]
        credentials = "user_token"
        [service.dialect.begin]
        replace_all = "onlyThis"
        [session]
        idle = "5m"
        [policy]
        primary = "always"
        "#,
    );
    let variable = ("CONTACT_CHANGE_PROVIDER__ISSUER".to_owned(), ISSUER.to_owned());
    let settings = Settings::load(Some(&path), [variable]).expect("a configuration");
    assert_eq!(settings.provider.issuer, ISSUER);
    assert_eq!(settings.provider.client_id, "file");
    assert_eq!(settings.web.listen.port(), 4000);
    assert_eq!(settings.service.dialect.begin.replace_all, "onlyThis");
    let Credentials::UserToken { scopes } = settings.service.credentials else {
        panic!("the person's own token")
    };
    assert!(scopes.iter().any(|scope| scope.ends_with("/email.update")), "{scopes:?}");
}

#[test]
fn the_words_of_the_service_can_be_variables() {
    let settings = load(&[
        ("SERVICE__DIALECT__BEGIN__REPLACE_ALL", "onlyThis"),
        ("SERVICE__DIALECT__BEGIN__DEFAULT_LIFETIME", "300"),
        ("SERVICE__DIALECT__BEGIN__ANSWERS__SENT", "[200, 202]"),
    ]);
    let begin = settings.expect("a configuration").service.dialect.begin;
    assert_eq!((begin.replace_all.as_str(), begin.default_lifetime), ("onlyThis", 300));
    assert_eq!(begin.answers.sent, [200, 202]);

    let mistakes = load(&[("SERVICE__DIALECT__BEGIN__NO_SUCH", "x")]).expect_err("a mistake");
    assert!(mistakes[0].starts_with("service.dialect (") && mistakes[0].contains("no_such"), "{mistakes:?}");
}

#[test]
fn a_file_that_is_no_toml_is_told_by_its_line_and_not_by_its_content() {
    let path = file("broken.toml", "listen = \"127.0.0.1:1\"\n[provider]\nclient_secret = hidden-secret\n");
    let none: [(String, String); 0] = [];
    let mistakes = Settings::load(Some(&path), none).expect_err("a mistake").to_string();
    assert!(mistakes.contains("line 3") && !mistakes.contains("hidden-secret"), "{mistakes}");
    let missing = Settings::load(Some(&path.with_file_name("missing.toml")), variables(ISSUER));
    assert!(missing.expect_err("a mistake").to_string().contains("cannot be read"));
    assert_eq!(
        mistakes.matches("CONTACT_CHANGE_").count(),
        0,
        "what is missing with it is no mistake: {mistakes}"
    );
}

#[test]
fn a_secret_can_be_a_file_and_is_never_shown() {
    let path = file("secret", "hidden-secret\n");
    let path = path.to_str().expect("a path");
    let mut variables = variables(ISSUER);
    variables.remove("CONTACT_CHANGE_PROVIDER__CLIENT_SECRET");
    variables.insert("CONTACT_CHANGE_PROVIDER__CLIENT_SECRET_FILE".to_owned(), path.to_owned());
    let key = "aGlkZGVuLXNlY3JldC1oaWRkZW4tc2VjcmV0LWhpZGRlbi1zZWNyZXQ=";
    variables.insert("CONTACT_CHANGE_SESSION__SECRET".to_owned(), key.to_owned());
    variables.insert("CONTACT_CHANGE_SERVICE__CLIENT_SECRET".to_owned(), "hidden-secret".to_owned());
    let settings = Settings::load(None, variables).expect("a configuration");
    let shown = format!("{settings:?}");
    assert!(
        !shown.contains("hidden-secret") && !shown.contains(key) && !shown.contains("104, 105"),
        "{shown}"
    );

    let both = load(&[("PROVIDER__CLIENT_SECRET_FILE", path)]).expect_err("a mistake");
    assert!(both[0].contains("give one of them"), "{both:?}");
}
