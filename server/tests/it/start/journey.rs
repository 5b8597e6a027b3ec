//! From an application and back to it.

use reqwest::{Method, StatusCode};
use serde_json::json;

use super::{
    BANK, NEW, SHOP, WISH, app_of, arrive, code, page_of, post, press, read, start_in, told, ways_back,
};
use crate::support::{Browser, between, header, location, sandbox};

#[tokio::test]
async fn somebody_makes_a_change_for_an_application_and_gets_back_to_it() {
    let sandbox = sandbox().await;
    let app = app_of(&sandbox, &[]).await;
    let mut browser = Browser::new();
    let page = arrive(&mut browser, &app, &WISH).await;
    assert!(page.starts_with("/email?start="), "{page}");
    assert!(!page.contains("shop"), "the address tells nobody where from: {page}");
    let html = read(&mut browser, &app, &page).await;
    assert!(html.contains(">Back to Example shop</a>"), "{html}");
    assert_eq!(told(&html), "outcome=cancelled");

    let page = press(&mut browser, &app, &page, "begin", &[("contact", NEW)]).await;
    let html = read(&mut browser, &app, &page).await;
    assert_eq!(told(&html), "outcome=cancelled", "waiting for the code");
    let page = press(&mut browser, &app, &page, "finish", &[("code", &code(&sandbox).await)]).await;
    let html = read(&mut browser, &app, &page).await;
    assert!(html.contains("Your email address is verified"), "{html}");
    assert_eq!(told(&html), "outcome=changed");
    let main = between(&html, "<p class=\"ways\"><a", "</a>");
    assert!(
        main.contains("class=\"button\"") && main.contains("Back to Example shop"),
        "the main way on: {main}"
    );

    // Whatever the person looks at before they leave, it stays changed.
    for place in ["/", "/email"] {
        let html = read(&mut browser, &app, &format!("{place}?start={}", start_in(&page))).await;
        assert_eq!(told(&html), "outcome=changed", "{place}");
    }
    let html = read(&mut browser, &app, "/email").await;
    assert!(
        ways_back(&html, "https://shop.example").is_empty(),
        "a page that was opened otherwise leads nowhere"
    );
}

#[tokio::test]
async fn somebody_who_cancels_is_taken_back_at_once_with_script_and_without() {
    let sandbox = sandbox().await;
    let app = app_of(&sandbox, &[]).await;
    let mut browser = Browser::new();
    let page = arrive(&mut browser, &app, &WISH).await;
    let expected = format!("{SHOP}&state=s+1&outcome=cancelled");
    for has_script in [false, true] {
        let page = press(&mut browser, &app, &page, "begin", &[("contact", NEW)]).await;
        let answer = browser.get(&format!("{}{page}", app.url)).await;
        let policy = header(&answer, "content-security-policy");
        assert!(
            policy.contains("form-action 'self' https://shop.example "),
            "the form may lead there: {policy}"
        );
        assert!(policy.contains("frame-ancestors 'none'"), "{policy}");
        let html = answer.text().await.expect("a page");
        if has_script {
            let flow = between(&html, "name=\"flow\" value=\"", "\"");
            let request = browser
                .request(Method::POST, &format!("{}/api/cancel?start={}", app.url, start_in(&page)))
                .header("sec-fetch-site", "same-origin")
                .header("accept", "application/json")
                .form(&[("kind", "email"), ("flow", flow)]);
            let answer: serde_json::Value = browser.send(request).await.json().await.expect("JSON");
            assert_eq!(answer, json!({ "Leave": expected }));
        } else {
            let answer = post(&mut browser, &app, &page, &html, "cancel", &[]).await;
            assert_eq!((answer.status(), location(&answer)), (StatusCode::SEE_OTHER, expected.clone()));
        }
    }
}

/// How an ending is reached, from the page of the first step.

#[tokio::test]
async fn two_applications_in_two_tabs_each_get_their_own_back() {
    let sandbox = sandbox().await;
    let app = app_of(&sandbox, &[]).await;
    let mut browser = Browser::new();
    let shop = arrive(&mut browser, &app, &WISH).await;
    let bank = page_of(&mut browser, &app, &[("kind", "email"), ("return_to", BANK)]).await;
    for _ in 0..2 {
        let html = read(&mut browser, &app, &bank).await;
        assert!(html.contains("Back to Bank &amp; Söhne"), "{html}");
        assert!(ways_back(&html, "https://shop.example").is_empty(), "{html}");
        assert_eq!(ways_back(&html, BANK), ["https://bank.example/back?outcome=cancelled"]);
        let html = read(&mut browser, &app, &shop).await;
        assert_eq!(told(&html), "outcome=cancelled");
        assert!(ways_back(&html, BANK).is_empty(), "{html}");
    }
}

#[tokio::test]
async fn a_change_of_the_other_kind_is_not_told_as_the_one_that_was_asked_for() {
    let sandbox = sandbox().await;
    let app = app_of(&sandbox, &[]).await;
    let mut browser = Browser::new();
    let page = arrive(&mut browser, &app, &WISH).await.replace("/email", "/mobile");
    let page = press(&mut browser, &app, &page, "begin", &[("contact", "+447700900999")]).await;
    let page = press(&mut browser, &app, &page, "finish", &[("code", &code(&sandbox).await)]).await;
    let html = read(&mut browser, &app, &page).await;
    assert!(html.contains("Your mobile number is verified"), "{html}");
    assert_eq!(told(&html), "outcome=cancelled");
}

#[tokio::test]
async fn what_was_changed_is_told_from_wherever_somebody_goes_back_and_whatever_they_try_since() {
    let sandbox = sandbox().await;
    let app = app_of(&sandbox, &[]).await;
    let mut browser = Browser::new();
    let first = arrive(&mut browser, &app, &WISH).await;
    let page = press(&mut browser, &app, &first, "begin", &[("contact", NEW)]).await;
    press(&mut browser, &app, &page, "finish", &[("code", &code(&sandbox).await)]).await;
    let again = press(&mut browser, &app, &first, "begin", &[("contact", "nobody")]).await;
    let waiting = press(&mut browser, &app, &first, "begin", &[("contact", "alice.2@example.org")]).await;
    for place in [&again, &waiting, &first.replace("/email", "/"), &first.replace("/email", "/mobile")] {
        assert_eq!(told(&read(&mut browser, &app, place).await), "outcome=changed", "{place}");
    }
    let html = read(&mut browser, &app, &waiting).await;
    let answer = post(&mut browser, &app, &waiting, &html, "cancel", &[]).await;
    assert_eq!(location(&answer), format!("{SHOP}&state=s+1&outcome=changed"));
}

#[tokio::test]
async fn a_change_that_was_made_before_the_application_asked_is_no_news_to_it() {
    let sandbox = sandbox().await;
    let app = app_of(&sandbox, &[]).await;
    let mut browser = Browser::new();
    browser.sign_in(&app, "/sign-in").await;
    let page = press(&mut browser, &app, "/email", "begin", &[("contact", NEW)]).await;
    press(&mut browser, &app, &page, "finish", &[("code", &code(&sandbox).await)]).await;
    let page = page_of(&mut browser, &app, &WISH).await;
    for place in [page.clone(), page.replace("/email", "/")] {
        assert_eq!(told(&read(&mut browser, &app, &place).await), "outcome=cancelled", "{place}");
    }
}

#[tokio::test]
async fn the_languages_that_the_application_asks_for_are_those_of_the_pages() {
    let sandbox = sandbox().await;
    let app = app_of(&sandbox, &[]).await;
    let mut browser = Browser::new();
    let wish = [&WISH[..], &[("ui_locales", "xx fi"), ("unknown", "x")]].concat();
    let page = arrive(&mut browser, &app, &wish).await;
    let html = read(&mut browser, &app, &page).await;
    assert!(html.contains("Takaisin palveluun Esimerkkikauppa"), "{html}");
    let html = read(&mut browser, &app, &page.replace("=xx+fi", "=sv")).await;
    assert!(html.contains("Tillbaka till Example shop"), "without a name of its own: {html}");
}
