//! Limits of our own and the operator's lists. The sandbox's ledger says what reached the service.

use futures_util::future::join_all;
use reqwest::Method;
use rstest::rstest;
use sandbox::Running;
use serde_json::{Value, json};

use crate::support::{App, Browser, app_with, between, issuer, sandbox};

const NEW: &str = "new@example.org";
const OTHER: &str = "other@example.org";
const NUMBER: &str = "+447700900155";
const OTHER_NUMBER: &str = "+447700900156";

/// A sandbox, and a server with limits.
struct Town {
    sandbox: Running,
    app: App,
}

impl Town {
    async fn with(settings: &[(&str, &str)]) -> Self {
        let sandbox = sandbox().await;
        let app = app_with(&issuer(&sandbox), settings).await;
        Self { sandbox, app }
    }

    /// Signs in one of the sandbox's people, by their place in its list.
    async fn person(&self, place: usize) -> Person<'_> {
        let mut browser = Browser::new();
        let callback = browser.pick(&self.app, "/sign-in", &format!("5a{place:022}")).await;
        browser.get(&callback).await;
        Person { app: &self.app, browser, hops: None }
    }

    async fn begins(&self) -> usize {
        let url = format!("{}/ledger.json", issuer(&self.sandbox));
        let ledger: Value = reqwest::get(url).await.expect("an answer").json().await.expect("JSON");
        ledger["begins"].as_array().expect("calls").len()
    }

    async fn fault(&self, fault: &Value) {
        let url = format!("{}/control/faults", issuer(&self.sandbox));
        let request = reqwest::Client::new().post(url).json(&json!({ "faults": [fault] }));
        assert!(request.send().await.expect("an answer").status().is_success());
    }
}

/// Somebody who is signed in.
struct Person<'town> {
    app: &'town App,
    browser: Browser,
    hops: Option<&'static str>,
}

impl Person<'_> {
    async fn page(&mut self, kind: &str) -> String {
        let page = self.browser.get(&format!("{}/{kind}", self.app.url)).await;
        page.text().await.expect("a page")
    }

    async fn form(&mut self, kind: &str) -> String {
        between(&self.page(kind).await, "name=\"flow\" value=\"", "\"").to_owned()
    }

    /// Presses once, as a script does, and gives the step that is answered.
    async fn press(&self, kind: &str, function: &str, flow: &str, contact: &str) -> Value {
        self.post(kind, function, flow, contact).await["Step"].take()
    }

    /// What the server reads in a field, before anything is sent.
    async fn read(&self, kind: &str, typed: &str) -> Value {
        self.post(kind, "read", "", typed).await
    }

    async fn post(&self, kind: &str, function: &str, flow: &str, contact: &str) -> Value {
        let form = [("kind", kind), ("flow", flow), ("contact", contact)];
        let request = self
            .browser
            .request(Method::POST, &format!("{}/api/{function}", self.app.url))
            .header("sec-fetch-site", "same-origin")
            .header("accept", "application/json")
            .form(&form);
        let request = match self.hops {
            Some(hops) => request.header("x-forwarded-for", hops),
            None => request,
        };
        request.send().await.expect("an answer").json().await.expect("JSON")
    }

    async fn begin(&mut self, kind: &str, contact: &str) -> Value {
        let flow = self.form(kind).await;
        self.press(kind, "begin", &flow, contact).await
    }

    async fn resend(&mut self, kind: &str) -> Value {
        let flow = self.form(kind).await;
        self.press(kind, "resend", &flow, "").await
    }
}

/// Tells whether a step waits for a code.
fn is_sent(step: &Value) -> bool {
    step["flow"]["AwaitCode"]["notice"].is_null() && !step["flow"]["AwaitCode"].is_null()
}

/// Tells what a limit of ours stops, as the step says, which then says until when, too.
fn stopped(step: &Value) -> &str {
    assert!(step["limit_ends_at"].is_string(), "{step}");
    let notice = &step["flow"]["AwaitCode"]["notice"]["NotResent"];
    let refusal = if notice.is_null() { &step["flow"]["Enter"]["refusal"] } else { notice };
    refusal["OwnLimit"]["stops"].as_str().unwrap_or_else(|| panic!("a limit in {step}"))
}

#[tokio::test]
async fn two_people_cannot_flood_one_address() {
    let town = Town::with(&[("LIMITS__DESTINATION_PER_DAY", "1")]).await;
    let (mut one, mut two) = (town.person(1).await, town.person(2).await);
    assert!(is_sent(&one.begin("email", NEW).await));
    assert_eq!(stopped(&two.begin("email", &NEW.to_uppercase()).await), "Contact");
    assert!(two.page("email").await.contains("You can use a different address or number now."));
    assert!(is_sent(&two.begin("email", OTHER).await));
    assert_eq!(town.begins().await, 2);
}

#[tokio::test]
async fn a_person_who_had_all_their_codes_is_told_until_when_and_keeps_the_last_one() {
    let town = Town::with(&[("LIMITS__ACCOUNT_PER_HOUR", "2")]).await;
    let mut person = town.person(1).await;
    assert!(is_sent(&person.begin("email", NEW).await));
    let second = person.resend("email").await;
    assert!(is_sent(&second));
    let flow = second["flow"]["AwaitCode"]["id"].as_str().expect("an id");
    let third = person.press("email", "resend", flow, "").await;
    assert_eq!(stopped(&third), "Kind");
    assert_eq!(third["flow"]["AwaitCode"]["expires_at"], second["flow"]["AwaitCode"]["expires_at"]);
    assert_eq!(stopped(&person.begin("mobile", NUMBER).await), "Kind");
    assert!(person.page("mobile").await.contains("We cannot send you any more codes until "));
    assert_eq!(town.begins().await, 2);
}

#[rstest]
#[case::behind_our_proxy("127.0.0.1", "203.0.113.9, 198.51.100.7", "198.51.100.8", true)]
#[case::without_a_proxy("", "198.51.100.8", "198.51.100.9", false)]
#[tokio::test]
async fn a_network_has_its_codes_whatever_addresses_it_forges(
    #[case] proxies: &str,
    #[case] forged: &'static str,
    #[case] elsewhere: &'static str,
    #[case] is_elsewhere_believed: bool,
) {
    let town = Town::with(&[("LIMITS__NETWORK_PER_HOUR", "1"), ("TRUSTED_PROXIES", proxies)]).await;
    let mut person = Person { hops: Some("198.51.100.7"), ..town.person(1).await };
    assert!(is_sent(&person.begin("email", NEW).await));
    let mut person = Person { hops: Some(forged), ..town.person(2).await };
    assert_eq!(stopped(&person.begin("email", OTHER).await), "Kind");
    let mut person = Person { hops: Some(elsewhere), ..town.person(3).await };
    assert_eq!(is_sent(&person.begin("email", OTHER).await), is_elsewhere_believed);
    assert_eq!(town.begins().await, 1 + usize::from(is_elsewhere_believed));
}

#[tokio::test]
async fn text_messages_cost_no_more_than_their_budget() {
    let town = Town::with(&[("LIMITS__SMS_PER_DAY", "1")]).await;
    let (mut one, mut two) = (town.person(1).await, town.person(2).await);
    assert!(is_sent(&one.begin("mobile", NUMBER).await));
    assert_eq!(stopped(&two.begin("mobile", OTHER_NUMBER).await), "Kind");
    assert!(is_sent(&two.begin("email", NEW).await));
    assert_eq!(town.begins().await, 2);
}

#[tokio::test]
async fn of_fifty_presses_at_once_no_more_reach_the_service_than_the_limit_allows() {
    let town = Town::with(&[("LIMITS__NETWORK_PER_HOUR", "3")]).await;
    let mut people = join_all((1..=8).map(|place| town.person(place))).await;
    let mut forms = Vec::new();
    for (place, person) in people.iter_mut().enumerate() {
        forms.push((place, "email", person.form("email").await, format!("new{place}@example.org")));
        forms.push((place, "mobile", person.form("mobile").await, format!("+44770090016{place}")));
    }
    let presses = forms.iter().cycle().take(50);
    let answers = join_all(
        presses.map(|(place, kind, flow, contact)| people[*place].press(kind, "begin", flow, contact)),
    )
    .await;
    assert_eq!(town.begins().await, 3);
    assert!(answers.iter().all(|step| is_sent(step) || stopped(step) == "Kind"));
}

#[rstest]
#[case::refused(json!({ "call": "begin", "fault": "status", "status": 403, "times": 1 }), true)]
#[case::a_limit_of_the_service(json!({ "call": "begin", "fault": "status", "status": 429, "times": 1 }), true)]
#[case::lost(json!({ "call": "begin", "fault": "reset_after", "times": 1 }), false)]
#[tokio::test]
async fn only_what_was_surely_not_sent_gives_its_place_back(
    #[case] fault: Value,
    #[case] is_given_back: bool,
) {
    let town = Town::with(&[("LIMITS__ACCOUNT_PER_DAY", "1")]).await;
    let mut person = town.person(1).await;
    town.fault(&fault).await;
    assert!(!is_sent(&person.begin("email", NEW).await));
    let again = if is_given_back { person.begin("email", NEW).await } else { person.resend("email").await };
    assert_eq!(is_sent(&again), is_given_back, "{again}");
}

#[rstest]
#[case::a_denied_domain("POLICY__DOMAINS_DENY", "example.org", "email", NEW, OTHER)]
#[case::not_an_allowed_domain("POLICY__DOMAINS_ALLOW", "example.com", "email", NEW, OTHER)]
#[case::a_denied_country("POLICY__COUNTRIES_DENY", "GB", "mobile", NUMBER, OTHER_NUMBER)]
#[case::not_an_allowed_country("POLICY__COUNTRIES_ALLOW", "FI SE", "mobile", NUMBER, OTHER_NUMBER)]
#[tokio::test]
async fn nothing_is_sent_where_the_operator_sends_nothing(
    #[case] list: &str,
    #[case] items: &str,
    #[case] kind: &str,
    #[case] contact: &str,
    #[case] another: &str,
) {
    let town = Town::with(&[(list, items), ("LIMITS__ACCOUNT_PER_DAY", "1")]).await;
    let mut person = town.person(1).await;
    for contact in [contact, another] {
        let step = person.begin(kind, contact).await;
        assert_eq!(step["flow"]["Enter"]["refusal"], "NotAllowed", "{step}");
        assert_eq!(step["flow"]["Enter"]["typed"], contact, "it can be corrected");
        let left = step["allowance"]["Left"].to_string();
        assert!(left.contains("1 more code in the next 24 hours"), "and costs nothing: {step}");
    }
    assert!(person.page(kind).await.contains("that we do not send codes to, so nothing was sent."));
    assert_eq!(town.begins().await, 0);
}

#[tokio::test]
async fn what_is_left_is_told_before_it_is_spent_and_the_button_goes_when_nothing_is() {
    let town = Town::with(&[("LIMITS__DESTINATION_PER_HOUR", "3"), ("LIMITS__ACCOUNT_PER_HOUR", "5")]).await;
    let mut person = town.person(1).await;
    assert!(person.page("email").await.contains("You can ask for 5 more codes in the next hour."));
    person.begin("email", NEW).await;
    assert!(
        person.page("email").await.contains("You can ask for 2 more codes to this address in the next hour.")
    );
    person.resend("email").await;
    let page = person.page("email").await;
    assert!(page.contains("You can ask for 1 more code to this address in the next hour."), "{page}");
    assert!(page.contains("/api/resend"));
    let last = person.resend("email").await;
    assert!(is_sent(&last) && last["allowance"]["Reached"].is_string(), "{last}");
    let page = person.page("email").await;
    assert!(page.contains("You can ask for the next code at "), "{page}");
    assert!(!page.contains("/api/resend") && page.contains("/api/edit") && page.contains("/api/finish"));
}

#[rstest]
#[case::as_at_home_in_finland(4, "050 123 4599", "+358501234599", "+358\u{a0}50\u{a0}1234599 (Suomi)")]
#[case::as_at_home_in_britain(1, "07700 900155", NUMBER, "+44\u{a0}7700\u{a0}900155 (United Kingdom)")]
#[case::from_abroad(4, "+44 7700 900155", NUMBER, "+44\u{a0}7700\u{a0}900155 (Iso-Britannia)")]
#[tokio::test]
async fn a_number_can_be_written_as_at_home_and_is_shown_back_with_its_country_before_anything_is_sent(
    #[case] person: usize,
    #[case] typed: &str,
    #[case] number: &str,
    #[case] shown: &str,
) {
    let town = Town::with(&[]).await;
    let mut person = town.person(person).await;
    assert_eq!(person.read("mobile", typed).await, json!({ "contact": shown, "meant": null }));
    assert_eq!(town.begins().await, 0);
    let step = person.begin("mobile", typed).await;
    assert_eq!(step["flow"]["AwaitCode"]["contact"]["mobile"], number, "{step}");
    assert!(person.page("mobile").await.contains(shown));
}

#[tokio::test]
async fn an_address_is_read_as_it_will_be_shown_with_what_was_likely_meant_and_what_is_none_is_not_shown() {
    let town = Town::with(&[]).await;
    let person = town.person(1).await;
    let read = |typed| person.read("email", typed);
    let shown = |contact: &str| json!({ "contact": contact, "meant": null });
    assert_eq!(read("Ann <ann@Bücher.example>").await, shown("ann@bücher.example"));
    let slip = json!({ "contact": "ann@gmil.com", "meant": "ann@gmail.com" });
    assert_eq!(read("ann@gmil.com").await, slip);
    assert_eq!(read("ann@").await, json!({ "contact": null, "meant": null }));
    assert_eq!(town.begins().await, 0);
}

#[rstest]
#[case::of_a_locale(4, "voi jättää pois, jos numero on tästä maasta: Suomi")]
#[case::of_another(1, "the country code for a number of this country: United Kingdom")]
#[tokio::test]
async fn the_country_of_a_number_that_does_not_say_so_is_told_without_script_too(
    #[case] person: usize,
    #[case] sentence: &str,
) {
    let town = Town::with(&[]).await;
    let mut person = town.person(person).await;
    assert!(person.page("mobile").await.contains(sentence));
    assert!(!person.page("email").await.contains(sentence));
}
