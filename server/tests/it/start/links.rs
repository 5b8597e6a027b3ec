//! Links that are wrong, and ways back that were tampered with.

use reqwest::StatusCode;
use rstest::rstest;

use super::{APPLICATIONS, BANK, SHOP, WISH, app_of, arrive, guide, link, page_of, read};
use crate::support::{Browser, app_with, between, header, location, sandbox};

#[rstest]
#[case::no_kind(&[("return_to", SHOP)], 1)]
#[case::another_kind(&[("kind", "fax"), ("return_to", SHOP)], 1)]
#[case::no_address(&[("kind", "email")], 2)]
#[case::an_empty_address(&[("kind", "email"), ("return_to", "")], 2)]
#[case::another_site(&[("kind", "email"), ("return_to", "https://evil.example/")], 3)]
#[case::no_site(&[("kind", "email"), ("return_to", "javascript:alert(1)")], 3)]
#[case::another_case(&[("kind", "email"), ("return_to", "https://shop.example/Account?tab=me")], 3)]
#[case::a_path_below(&[("kind", "email"), ("return_to", "https://shop.example/account?tab=me/../x")], 3)]
#[case::a_longer_host(&[("kind", "email"), ("return_to", "https://shop.example.evil.example/account?tab=me")], 3)]
#[case::with_a_user(&[("kind", "email"), ("return_to", "https://shop.example@evil.example/account?tab=me")], 3)]
#[case::characters(&[("kind", "email"), ("return_to", SHOP), ("state", "ä")], 4)]
#[case::line_end(&[("kind", "email"), ("return_to", SHOP), ("state", "a\r\nb")], 4)]
#[case::another_frame(&[("kind", "email"), ("return_to", SHOP), ("embed", "https://evil.example")], 5)]
#[case::the_frame_of_another(&[("kind", "email"), ("return_to", BANK), ("embed", "https://shop.example")], 5)]
#[case::twice(&[("kind", "email"), ("return_to", SHOP), ("return_to", BANK)], 6)]
#[tokio::test]
async fn a_link_that_is_wrong_is_told_by_number_and_leads_nowhere(
    #[case] parameters: &[(&str, &str)],
    #[case] number: u8,
) {
    let app = app_with("http://localhost:9", &APPLICATIONS).await;
    assert!(guide().contains(&format!("\n| {number} | ")), "the guide says what to do");
    for (language, sentence) in [
        ("en", format!("Error {number} in the start link")),
        ("fi", format!("Virhe {number} aloituslinkissä")),
        ("sv", format!("Fel {number} i startlänken")),
        ("ar", format!("الخطأ \u{2068}{number}\u{2069} في رابط البداية")),
    ] {
        let parameters = [parameters, &[("ui_locales", language)]].concat();
        let answer = Browser::new().get(&link(&app, &parameters)).await;
        assert_eq!(answer.status(), StatusCode::BAD_REQUEST);
        assert!(!answer.headers().contains_key("location"));
        let reference = header(&answer, "x-request-id");
        let html = answer.text().await.expect("a page");
        assert!(html.contains(&sentence) && html.contains(&reference), "{html}");
        assert!(!html.contains("href=\"http") && !html.contains("href=\"java"), "{html}");
    }
}

#[tokio::test]
async fn the_link_of_the_guide_works() {
    let listed = ("APPLICATIONS__SHOP__RETURN_TO", "https://shop.example/account");
    let app = app_with("http://localhost:9", &[&APPLICATIONS[..], &[listed]].concat()).await;
    let guide = guide();
    let query = between(&guide, "https://<contact-change>/start?", "\n");
    let answer = Browser::new().get(&format!("{}/start?{query}", app.url)).await;
    assert_eq!(answer.status(), StatusCode::SEE_OTHER);
    assert!(location(&answer).starts_with("/email?start="), "{answer:?}");
}

#[rstest]
#[case(512, StatusCode::SEE_OTHER)]
#[case(513, StatusCode::BAD_REQUEST)]
#[tokio::test]
async fn a_state_can_be_long_but_not_endless(#[case] length: usize, #[case] status: StatusCode) {
    let sandbox = sandbox().await;
    let app = app_of(&sandbox, &[]).await;
    let mut browser = Browser::new();
    let state = "~".repeat(length);
    let wish = [("kind", "mobile"), ("return_to", SHOP), ("state", &state)];
    assert_eq!(browser.get(&link(&app, &wish)).await.status(), status);
    if status == StatusCode::SEE_OTHER {
        let page = arrive(&mut browser, &app, &wish).await;
        assert!(page.starts_with("/mobile?start="), "it fits into the cookie of a sign-in: {page}");
    }
}

#[tokio::test]
async fn a_way_back_that_was_changed_or_made_elsewhere_is_none() {
    let sandbox = sandbox().await;
    let [app, other] = [app_of(&sandbox, &[]).await, app_of(&sandbox, &[]).await];
    let mut browser = Browser::new();
    let page = arrive(&mut browser, &app, &WISH).await;
    let middle = page.len() / 2;
    let changed = if &page[middle..=middle] == "A" { "B" } else { "A" };
    let changed = format!("{}{changed}{}", &page[..middle], &page[middle + 1..]);
    let foreign = page_of(&mut browser, &other, &WISH).await;
    for address in [changed, foreign, "/email?start=".to_owned(), "/email?start=%FF!".to_owned()] {
        let html = read(&mut browser, &app, &address).await;
        assert!(html.contains("New email address"), "the page works all the same: {html}");
        assert!(!html.contains("shop.example") && !html.contains("Back to Example"), "{html}");
    }
}

#[tokio::test]
async fn the_way_back_is_known_by_the_secret_before_the_new_one() {
    let sandbox = sandbox().await;
    let old = "b2xkLXNlY3JldC1vbGQtc2VjcmV0LW9sZC1zZWNyZXQtb2xkLXNlY3JldA==";
    let new = "bmV3LXNlY3JldC1uZXctc2VjcmV0LW5ldy1zZWNyZXQtbmV3LXNlY3JldA==";
    let before = app_of(&sandbox, &[("SESSION__SECRET", old)]).await;
    let page = page_of(&mut Browser::new(), &before, &WISH).await;
    for (previous, is_there) in [(Some(old), true), (None, false)] {
        let secrets = [("SESSION__SECRET", new), ("SESSION__PREVIOUS_SECRET", previous.unwrap_or_default())];
        let app = app_of(&sandbox, &secrets).await;
        let mut browser = Browser::new();
        browser.sign_in(&app, "/sign-in").await;
        let html = read(&mut browser, &app, &page).await;
        assert_eq!(html.contains("Back to Example shop"), is_there, "{html}");
    }
}

#[tokio::test]
async fn with_a_secret_the_way_back_survives_a_restart_and_leads_only_to_what_is_listed_then() {
    let sandbox = sandbox().await;
    let secret = ("SESSION__SECRET", "c2l4dHktZm91ciBieXRlcyBhcmUgbW9yZSB0aGFuIGVub3VnaCBmb3IgYSBrZXk=");
    let before = app_of(&sandbox, &[secret]).await;
    let page = page_of(&mut Browser::new(), &before, &WISH).await;
    drop(before);
    for (listed, is_there) in [(APPLICATIONS[2].1, true), ("https://shop.example/other", false)] {
        let list = ("APPLICATIONS__SHOP__RETURN_TO", listed);
        let app = app_of(&sandbox, &[secret, list]).await;
        let mut browser = Browser::new();
        browser.sign_in(&app, "/sign-in").await;
        let html = read(&mut browser, &app, &page).await;
        assert_eq!(html.contains("Back to Example shop"), is_there, "{html}");
    }
}
