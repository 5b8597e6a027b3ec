//! Signing in and out.

use reqwest::{Method, StatusCode};
use rstest::rstest;

use crate::support::{
    ALICE, Browser, app, app_with, between, header, issuer, location, sandbox, set_cookies,
};

#[tokio::test]
async fn whoever_signs_in_comes_to_the_page_they_wanted() {
    let sandbox = sandbox().await;
    let app = app(&issuer(&sandbox)).await;
    let mut browser = Browser::new();

    let page = browser.get(&format!("{}/email", app.url)).await;
    assert_eq!(page.status(), StatusCode::SEE_OTHER);
    let sign_in = location(&page);
    assert_eq!(sign_in, "/sign-in?return_to=%2Femail");

    let arrival = browser.sign_in(&app, &sign_in).await;
    assert_eq!(arrival.status(), StatusCode::SEE_OTHER);
    assert_eq!(location(&arrival), "/email");
    let page = browser.get(&format!("{}/email", app.url)).await;
    assert_eq!(page.status(), StatusCode::OK);
    let page = page.text().await.expect("a page");
    assert!(page.contains("New email address"), "{page}");
    assert!(page.contains("Alice"), "the name comes from the provider");
}

#[tokio::test]
async fn the_languages_that_were_asked_for_go_to_the_provider_and_come_back() {
    let sandbox = sandbox().await;
    let app = app(&issuer(&sandbox)).await;
    let mut browser = Browser::new();
    let sign_in = location(&browser.get(&format!("{}/mobile?ui_locales=fi", app.url)).await);
    let departure = browser.get(&format!("{}{sign_in}", app.url)).await;
    assert!(location(&departure).contains("ui_locales=fi"), "{departure:?}");
    let arrival = browser.sign_in(&app, &sign_in).await;
    assert_eq!(location(&arrival), "/mobile?ui_locales=fi");
}

/// Goes to the sign-in by a name of the machine, and gives where that leads.
async fn led_to(public_url: &str, host: &str) -> String {
    let browser = Browser::new();
    let address = format!("{public_url}/sign-in?return_to=%2Femail&ui_locales=fi");
    location(&browser.ask(browser.request(Method::GET, &address).header("host", host)).await)
}

#[rstest]
#[case::at_the_root("")]
#[case::below_a_path("/account")]
#[tokio::test]
async fn whoever_comes_by_another_name_of_this_machine_is_led_to_the_one_that_the_sign_in_comes_back_to(
    #[case] base: &str,
) {
    let sandbox = sandbox().await;
    let app = app_with(&issuer(&sandbox), &[("PUBLIC_URL", base)]).await;
    let (public_url, (_, port)) = (format!("{}{base}", app.url), app.url.rsplit_once(':').expect("a port"));
    for other in ["localhost", "[::1]", "127.0.0.2"] {
        let there = led_to(&public_url, &format!("{other}:{port}")).await;
        assert_eq!(there, format!("{public_url}/sign-in?return_to=%2Femail&ui_locales=fi"));
    }
    // Anybody else goes to the provider: where the name leads is not ours to know.
    let [own, elsewhere] = ["127.0.0.1", "www.example.com"].map(|name| format!("{name}:{port}"));
    for host in [own.as_str(), "localhost:1", "localhost", elsewhere.as_str(), "a b"] {
        let there = led_to(&public_url, host).await;
        assert!(there.starts_with(&format!("{}/openid/auth?", issuer(&sandbox))), "{host}: {there}");
    }
}

#[tokio::test]
async fn nobody_is_led_anywhere_where_people_come_from_other_machines() {
    let sandbox = sandbox().await;
    let app = app_with(&issuer(&sandbox), &[("PUBLIC_URL", "http://www.example.com")]).await;
    assert!(led_to(&app.url, "localhost").await.contains("/openid/auth?"));
}

#[tokio::test]
async fn an_answer_with_another_state_signs_nobody_in() {
    let sandbox = sandbox().await;
    let app = app(&issuer(&sandbox)).await;
    let mut browser = Browser::new();
    let callback = browser.pick(&app, "/sign-in", ALICE).await;
    let state = between(&callback, "state=", "&");
    let forged = browser.get(&callback.replace(state, "another-state")).await;
    assert_eq!(forged.status(), StatusCode::BAD_REQUEST);
    assert!(!browser.cookies.contains_key("session"));
    let reference = header(&forged, "x-request-id");
    let page = forged.text().await.expect("a page");
    assert!(page.contains(&reference), "the page tells the reference: {page}");
    assert!(page.contains("href=\"/\""), "the page shows the way on: {page}");

    let true_one = browser.get(&callback).await;
    assert_eq!(true_one.status(), StatusCode::SEE_OTHER, "what others send spends nobody's sign-in");
}

#[rstest]
#[case::two_states("/sign-in/callback?state=one&state=other")]
#[case::neither_yes_nor_no("/sign-in?step_up=1")]
#[tokio::test]
async fn an_address_that_cannot_be_read_is_answered_with_a_page_that_shows_the_way_on(#[case] address: &str) {
    let app = app("http://localhost:9").await;
    let answer = Browser::new().get(&format!("{}{address}", app.url)).await;
    assert_eq!(answer.status(), StatusCode::BAD_REQUEST);
    let reference = header(&answer, "x-request-id");
    let page = answer.text().await.expect("a page");
    assert!(page.contains(&reference) && page.contains("href=\"/\""), "{page}");
}

#[tokio::test]
async fn a_sign_in_is_good_for_one_answer() {
    let sandbox = sandbox().await;
    let app = app(&issuer(&sandbox)).await;
    let mut browser = Browser::new();
    let callback = browser.pick(&app, "/sign-in", ALICE).await;
    let refused = format!("{}&error=access_denied", callback.replace("code=", "not="));
    assert_eq!(browser.get(&refused).await.status(), StatusCode::FORBIDDEN);
    assert_eq!(browser.get(&callback).await.status(), StatusCode::BAD_REQUEST);
    assert!(!browser.cookies.contains_key("session"));
}

#[tokio::test]
async fn two_tabs_sign_in_at_the_same_time_and_each_comes_to_its_own_page() {
    let sandbox = sandbox().await;
    let app = app(&issuer(&sandbox)).await;
    let mut browser = Browser::new();
    let first = browser.pick(&app, "/sign-in?return_to=%2Femail", ALICE).await;
    browser.cookies.remove("sandbox_session");
    let second = browser.pick(&app, "/sign-in?return_to=%2Fmobile", ALICE).await;
    assert_eq!(location(&browser.get(&first).await), "/email");
    assert_eq!(location(&browser.get(&second).await), "/mobile");
    let left = browser.cookies.keys().filter(|name| name.starts_with("sign-in"));
    assert_eq!(left.count(), 0, "what is done leaves no cookie");
}

#[tokio::test]
async fn a_browser_that_begins_many_sign_ins_keeps_the_latest_four() {
    let sandbox = sandbox().await;
    let app = app(&issuer(&sandbox)).await;
    let mut browser = Browser::new();
    let first = browser.pick(&app, "/sign-in", ALICE).await;
    let mut last = first.clone();
    for _ in 0..4 {
        browser.cookies.remove("sandbox_session");
        last = browser.pick(&app, "/sign-in", ALICE).await;
    }
    let kept = browser.cookies.keys().filter(|name| name.starts_with("sign-in"));
    assert_eq!(kept.count(), 4);
    assert_eq!(browser.get(&first).await.status(), StatusCode::BAD_REQUEST);
    assert_eq!(browser.get(&last).await.status(), StatusCode::SEE_OTHER);
}

#[tokio::test]
async fn an_answer_of_another_provider_signs_nobody_in() {
    let sandbox = sandbox().await;
    let app = app(&issuer(&sandbox)).await;
    let mut browser = Browser::new();
    let callback = browser.pick(&app, "/sign-in", ALICE).await;
    let answer = browser.get(&callback.replace("iss=http", "iss=other")).await;
    assert_eq!(answer.status(), StatusCode::BAD_REQUEST);
    assert!(!browser.cookies.contains_key("session"));
}

#[tokio::test]
async fn an_answer_in_another_browser_signs_nobody_in() {
    let sandbox = sandbox().await;
    let app = app(&issuer(&sandbox)).await;
    let callback = Browser::new().pick(&app, "/sign-in", ALICE).await;
    let mut other = Browser::new();
    let answer = other.get(&callback).await;
    assert_eq!(answer.status(), StatusCode::BAD_REQUEST);
    assert!(!other.cookies.contains_key("session"));
}

#[tokio::test]
async fn a_code_works_once_and_going_back_after_sign_in_leads_on() {
    let sandbox = sandbox().await;
    let app = app(&issuer(&sandbox)).await;
    let mut browser = Browser::new();
    let callback = browser.pick(&app, "/sign-in", ALICE).await;
    browser.get(&callback).await;
    let back = browser.get(&callback).await;
    assert_eq!((back.status(), location(&back).as_str()), (StatusCode::SEE_OTHER, "/"));
}

#[tokio::test]
async fn whoever_says_no_at_the_provider_gets_a_way_on() {
    let sandbox = sandbox().await;
    let app = app(&issuer(&sandbox)).await;
    let mut browser = Browser::new();
    let callback = browser.pick(&app, "/sign-in", ALICE).await;
    let state = between(&callback, "state=", "&");
    let url =
        format!("{}/sign-in/callback?error=access_denied&error_description=secret&state={state}", app.url);
    let answer = browser.get(&url).await;
    assert_eq!(answer.status(), StatusCode::FORBIDDEN);
    let page = answer.text().await.expect("a page");
    assert!(page.contains("href=\"/\"") && !page.contains("secret"), "{page}");
}

#[rstest]
#[case::another_site("https://evil.example/")]
#[case::without_scheme("//evil.example/")]
#[case::backslash("/\\evil.example/")]
#[case::round_in_circles("/sign-in")]
#[tokio::test]
async fn nobody_is_led_elsewhere_after_sign_in(#[case] return_to: &str) {
    let sandbox = sandbox().await;
    let app = app(&issuer(&sandbox)).await;
    let mut browser = Browser::new();
    let query: String = url::form_urlencoded::byte_serialize(return_to.as_bytes()).collect();
    let arrival = browser.sign_in(&app, &format!("/sign-in?return_to={query}")).await;
    assert_eq!(location(&arrival), "/");
}

#[tokio::test]
async fn a_session_known_before_sign_in_is_worth_nothing_after_it() {
    let sandbox = sandbox().await;
    let app = app(&issuer(&sandbox)).await;
    let mut browser = Browser::new();
    browser.sign_in(&app, "/sign-in").await;
    let first = browser.cookies["session"].clone();
    browser.cookies.remove("sandbox_session");
    browser.sign_in(&app, "/sign-in").await;
    assert_ne!(browser.cookies["session"], first);

    browser.cookies.insert("session".to_owned(), first);
    let page = browser.get(&format!("{}/email", app.url)).await;
    assert_eq!(page.status(), StatusCode::SEE_OTHER);
}

#[tokio::test]
async fn signing_out_ends_the_session_here_and_at_the_provider() {
    let sandbox = sandbox().await;
    let app = app(&issuer(&sandbox)).await;
    let mut browser = Browser::new();
    browser.sign_in(&app, "/sign-in").await;
    let session = browser.cookies["session"].clone();

    let answer = browser.post(&app, "/sign-out", "/", &[]).await;
    assert_eq!(answer.status(), StatusCode::SEE_OTHER);
    assert!(!browser.cookies.contains_key("session"));
    let provider = browser.get(&location(&answer)).await;
    assert_eq!(location(&provider), format!("{}/signed-out", app.url));
    let page = browser.get(&location(&provider)).await;
    assert_eq!(page.status(), StatusCode::OK);
    assert!(set_cookies(&page).is_empty());

    let mut thief = Browser::new();
    thief.cookies.insert("session".to_owned(), session);
    assert_eq!(thief.get(&app.url).await.status(), StatusCode::SEE_OTHER, "the session is over here");
    let sign_in = browser.get(&format!("{}/sign-in", app.url)).await;
    let provider = browser.get(&location(&sign_in)).await;
    assert_eq!(provider.status(), StatusCode::OK, "the provider asks who it is");
}

#[tokio::test]
async fn signing_out_takes_a_press_of_a_button() {
    let sandbox = sandbox().await;
    let app = app(&issuer(&sandbox)).await;
    let mut browser = Browser::new();
    let answer = browser.send(browser.request(Method::GET, &format!("{}/sign-out", app.url))).await;
    assert_eq!(answer.status(), StatusCode::METHOD_NOT_ALLOWED);
}
