//! In which language people get their pages, and how they choose another one.

use reqwest::{Method, StatusCode};
use rstest::rstest;

use crate::support::{
    ALICE, Browser, app, app_with, between, header, issuer, location, sandbox, set_cookies, start,
};

#[tokio::test]
async fn a_language_that_was_chosen_stays_on_every_page_through_sign_in_and_sign_out() {
    let sandbox = sandbox().await;
    let app = app(&issuer(&sandbox)).await;
    let mut browser = Browser::new();
    let chosen = browser.get(&format!("{}/signed-out?ui_locales=fi", app.url)).await;
    assert!(chosen.text().await.expect("a page").contains("<html lang=\"fi\" dir=\"ltr\""));
    let departure = browser.get(&format!("{}/sign-in", app.url)).await;
    assert!(location(&departure).contains("ui_locales=fi"), "the provider is told");

    browser.sign_in(&app, "/sign-in").await;
    let page = browser.get(&format!("{}/email", app.url)).await.text().await.expect("a page");
    assert!(page.contains("Uusi sähköpostiosoite"), "not the language of her profile: {page}");
    browser.post(&app, "/sign-out", "/", &[]).await;
    let end = browser.get(&format!("{}/signed-out", app.url)).await.text().await.expect("a page");
    assert!(end.contains("Olet kirjautunut ulos"), "{end}");
}

#[rstest]
#[case("http", "language", &["HttpOnly", "Max-Age=31536000", "Path=/", "SameSite=Lax"])]
#[case("https", "__Host-language", &["HttpOnly", "Max-Age=31536000", "Path=/", "SameSite=Lax", "Secure"])]
#[tokio::test]
async fn the_choice_is_a_cookie_that_says_nothing_else(
    #[case] scheme: &str,
    #[case] name: &str,
    #[case] expected: &[&str],
) {
    let app = start("http://localhost:9", scheme, []).await;
    let mut browser = Browser::new();
    let answer = browser.get(&format!("{}/no-such-page?ui_locales=xx%20ar", app.url)).await;
    let [cookie] = &set_cookies(&answer)[..] else { panic!("one cookie") };
    let mut parts: Vec<&str> = cookie.split("; ").collect();
    assert_eq!(parts.remove(0), format!("{name}=ar"));
    parts.sort_unstable();
    assert_eq!(parts, expected);
    let nothing = browser.get(&format!("{}/signed-out?ui_locales=tlh", app.url)).await;
    assert!(set_cookies(&nothing).is_empty(), "a language that there is not is not remembered");
}

#[tokio::test]
async fn every_page_shows_the_languages_and_keeps_what_its_address_says() {
    let sandbox = sandbox().await;
    let app = app(&issuer(&sandbox)).await;
    let mut browser = Browser::new();
    for (path, status, here) in [
        ("/signed-out", StatusCode::OK, "/signed-out?"),
        ("/no-such-page?a=1&ui_locales=sv&b=2", StatusCode::NOT_FOUND, "/no-such-page?a=1&amp;b=2&amp;"),
        ("/sign-in/callback?code=secret&state=x", StatusCode::BAD_REQUEST, "/sign-in/callback?"),
        ("//evil.example/x", StatusCode::NOT_FOUND, "/?"),
    ] {
        let answer = browser.get(&format!("{}{path}", app.url)).await;
        assert_eq!(answer.status(), status, "{path}");
        let page = answer.text().await.expect("a page");
        for tag in ["en", "fi", "sv", "ar"] {
            assert!(page.contains(&format!("href=\"{here}ui_locales={tag}\"")), "{tag} in {page}");
        }
    }
    browser.sign_in(&app, "/sign-in").await;
    let page = browser.get(&format!("{}/email?done=1&ui_locales=sv", app.url)).await;
    let page = page.text().await.expect("a page");
    let link = between(&page, "ui_locales=sv\"", "</a>");
    assert!(link.contains("hreflang=\"sv\"") && link.contains("aria-current=\"true\""), "{link}");
    assert!(page.contains("href=\"/email?ui_locales=ar\""), "{page}");
    assert_eq!(page.matches("aria-current=\"true\"").count(), 1, "{page}");
}

#[tokio::test]
async fn arabic_runs_from_right_to_left_and_keeps_an_address_in_one_piece() {
    let sandbox = sandbox().await;
    let app = app(&issuer(&sandbox)).await;
    let mut browser = Browser::new();
    browser.sign_in(&app, "/sign-in").await;
    let page = browser.get(&format!("{}/mobile?ui_locales=ar", app.url)).await.text().await.expect("a page");
    assert!(page.contains("<html lang=\"ar\" dir=\"rtl\""), "{page}");
    let flow = between(&page, "name=\"flow\" value=\"", "\"");
    let form = [("kind", "mobile"), ("flow", flow), ("contact", "+44 7700 900999")];
    browser.post(&app, "/api/begin", "/mobile", &form).await;
    let page = browser.get(&format!("{}/mobile", app.url)).await.text().await.expect("a page");
    assert!(
        page.contains("إلى \u{2068}\u{2066}+44\u{a0}7700\u{a0}900999\u{2069} (المملكة المتحدة)\u{2069}"),
        "{page}"
    );
}

#[rstest]
#[case("fi", "Vahvistuskoodisi")]
#[case("sv", "Din verifieringskod")]
#[case("ar", "Your verification code")]
#[tokio::test]
async fn the_message_comes_in_the_language_of_the_page_if_the_service_has_it(
    #[case] language: &str,
    #[case] subject: &str,
) {
    let sandbox = sandbox().await;
    let app = app(&issuer(&sandbox)).await;
    let mut browser = Browser::new();
    browser.sign_in(&app, "/sign-in").await;
    let address = format!("{}/email?ui_locales={language}", app.url);
    let page = browser.get(&address).await.text().await.expect("a page");
    let flow = between(&page, "name=\"flow\" value=\"", "\"");
    let form = [("kind", "email"), ("flow", flow), ("contact", "new@example.org")];
    browser.post(&app, "/api/begin", "/email", &form).await;
    let outbox = browser.request(Method::GET, &format!("{}/outbox.json", issuer(&sandbox)));
    let outbox: serde_json::Value = browser.send(outbox).await.json().await.expect("JSON");
    assert_eq!(outbox[0]["subject"], subject);
}

/// Of the sandbox's people the one whose time zone is not known.
const HENRY: &str = "5a0000000000000000000008";

#[rstest]
#[case::where_it_is_not_known(HENRY, &[], Some("UTC"))]
#[case::where_the_operator_set_one(HENRY, &[("TIME_ZONE", "Europe/Helsinki")], Some("Europe/Helsinki"))]
#[case::but_not_for_whom_it_is_their_own(ALICE, &[], None)]
#[tokio::test]
async fn a_clock_time_has_the_name_of_its_zone(
    #[case] person: &str,
    #[case] settings: &[(&str, &str)],
    #[case] zone: Option<&str>,
) {
    let sandbox = sandbox().await;
    let app = app_with(&issuer(&sandbox), settings).await;
    let mut browser = Browser::new();
    let callback = browser.pick(&app, "/sign-in", person).await;
    browser.get(&callback).await;
    let address = format!("{}/email?ui_locales=en", app.url);
    let page = browser.get(&address).await.text().await.expect("a page");
    let flow = between(&page, "name=\"flow\" value=\"", "\"");
    let form = [("kind", "email"), ("flow", flow), ("contact", "new@example.org")];
    browser.post(&app, "/api/begin", "/email", &form).await;
    let page = browser.get(&address).await.text().await.expect("a page");
    let end = between(&page, "The code works until ", "<");
    let named = end.split_once(" (").map(|(_, name)| name.trim_end_matches(')'));
    assert_eq!(named, zone, "{end}");
}

#[tokio::test]
async fn without_the_client_a_page_is_marked_as_plain() {
    let app = app("http://localhost:9").await;
    let answer = Browser::new().get(&format!("{}/signed-out", app.url)).await;
    assert!(!header(&answer, "content-security-policy").contains("script-src"), "no script belongs to it");
    assert!(answer.text().await.expect("a page").contains("data-plain"));
}
