//! Pages of ours in a frame of an application's page.

use reqwest::{Method, Response, StatusCode};
use rstest::rstest;

use super::{APPLICATIONS, SHOP, WISH, app_of, arrive, link, page_of, read, told, ways_back};
use crate::support::{Browser, between, header, issuer, location, sandbox, serve, set_cookies, variables};

const EMBEDDED: [(&str, &str); 4] =
    [("kind", "email"), ("return_to", SHOP), ("state", "s 1"), ("embed", "https://shop.example")];
const FRAMEABLE: (&str, &str) = ("PROVIDER__CAN_BE_FRAMED", "true");

fn ancestors(answer: &Response) -> String {
    let policy = header(answer, "content-security-policy");
    between(&policy, "frame-ancestors ", ";").to_owned()
}

#[tokio::test]
async fn only_the_page_that_was_listed_may_show_ours_in_a_frame_and_only_on_this_way() {
    let sandbox = sandbox().await;
    let app = app_of(&sandbox, &[FRAMEABLE]).await;
    let mut browser = Browser::new();
    let page = arrive(&mut browser, &app, &EMBEDDED).await;
    for address in [page.clone(), page.replace("/email", "/"), page.replace("/email", "/no-such-page")] {
        let answer = browser.get(&format!("{}{address}", app.url)).await;
        assert_eq!(ancestors(&answer), "https://shop.example", "{address}");
        let html = answer.text().await.expect("a page");
        assert!(!html.contains("action=\"/sign-out\""), "whose page is around signs people out: {html}");
    }
    for address in ["/", "/email", "/signed-out", "/start"] {
        let answer = browser.get(&format!("{}{address}", app.url)).await;
        assert_eq!(ancestors(&answer), "'none'", "{address}");
    }
    let page = page_of(&mut browser, &app, &WISH).await;
    assert_eq!(ancestors(&browser.get(&format!("{}{page}", app.url)).await), "'none'");
}

#[tokio::test]
async fn cookies_are_partitioned_in_a_frame_and_nowhere_else() {
    let sandbox = sandbox().await;
    let mut variables = variables(&issuer(&sandbox));
    for (name, value) in APPLICATIONS.iter().chain([&FRAMEABLE]) {
        variables.insert(format!("CONTACT_CHANGE_{name}"), (*value).to_owned());
    }
    let app = serve(variables, "https", []).await;
    for (wish, in_frame) in [(&EMBEDDED[..], true), (&WISH[..], false)] {
        let mut browser = Browser::new();
        let begin = browser.get(&link(&app, wish)).await;
        let page = location(&begin);
        let sign_in = location(&browser.get(&format!("{}{page}", app.url)).await);
        let departure = browser.get(&format!("{}{sign_in}", app.url)).await;
        let arrival = browser.sign_in(&app, &sign_in).await;
        let language = browser.get(&format!("{}{page}&ui_locales=sv", app.url)).await;
        let mut names = Vec::new();
        for cookie in [&begin, &departure, &arrival, &language].into_iter().flat_map(set_cookies) {
            names.push(cookie.split('=').next().unwrap_or_default().to_owned());
            let is_partitioned = cookie.contains("; Partitioned") && cookie.contains("; SameSite=None");
            assert_eq!(is_partitioned, in_frame, "{cookie}");
            assert_eq!(cookie.contains("; SameSite=Lax"), !in_frame, "{cookie}");
            assert!(cookie.contains("; Secure") && cookie.contains("; HttpOnly"), "{cookie}");
        }
        for name in ["__Host-sign-in", "__Host-session", "__Host-language"] {
            assert!(names.iter().any(|known| known.starts_with(name)), "{name} in {names:?}");
        }
    }
}

#[tokio::test]
async fn a_link_for_a_frame_that_is_opened_by_itself_leads_to_pages_by_themselves() {
    let sandbox = sandbox().await;
    let app = app_of(&sandbox, &[FRAMEABLE]).await;
    let mut browser = Browser::new();
    let request = browser.request(Method::GET, &link(&app, &EMBEDDED)).header("sec-fetch-dest", "document");
    let begin = browser.send(request).await;
    let sign_in = location(&browser.get(&format!("{}{}", app.url, location(&begin))).await);
    let arrival = browser.sign_in(&app, &sign_in).await;
    for cookie in [&begin, &arrival].into_iter().flat_map(set_cookies) {
        assert!(cookie.contains("; SameSite=Lax") && !cookie.contains("; Partitioned"), "{cookie}");
    }
    let page = browser.get(&format!("{}{}", app.url, location(&arrival))).await;
    assert_eq!(ancestors(&page), "'none'");
    assert!(!ways_back(&page.text().await.expect("a page"), SHOP).is_empty(), "and back all the same");
}

#[rstest]
#[case::the_provider_cannot_be_framed(&[], true)]
#[case::the_browser_keeps_no_cookies(&[FRAMEABLE], false)]
#[tokio::test]
async fn where_nobody_can_sign_in_in_the_frame_it_says_so_and_opens_by_itself(
    #[case] settings: &[(&str, &str)],
    #[case] keeps_cookies: bool,
) {
    let sandbox = sandbox().await;
    let app = app_of(&sandbox, settings).await;
    let mut browser = Browser::new();
    let page = page_of(&mut browser, &app, &EMBEDDED).await;
    if !keeps_cookies {
        browser.cookies.clear();
    }
    let sign_in = location(&browser.get(&format!("{}{page}", app.url)).await);
    let answer = browser.get(&format!("{}{sign_in}", app.url)).await;
    assert_eq!((answer.status(), ancestors(&answer).as_str()), (StatusCode::OK, "https://shop.example"));
    let html = answer.text().await.expect("a page");
    assert!(html.contains("Open this in a tab of its own"), "{html}");
    let link = between(&html, "href=\"/start?", "\"").replace("&amp;", "&");
    assert!(html.contains("target=\"_blank\""), "{html}");
    assert!(!link.contains("embed"), "{link}");

    let page = location(&browser.get(&format!("{}/start?{link}", app.url)).await);
    let sign_in = location(&browser.get(&format!("{}{page}", app.url)).await);
    browser.sign_in(&app, &sign_in).await;
    let answer = browser.get(&format!("{}{page}", app.url)).await;
    assert_eq!(ancestors(&answer), "'none'");
    assert_eq!(told(&answer.text().await.expect("a page")), "outcome=cancelled");
}

#[tokio::test]
async fn whoever_opens_it_by_itself_finds_the_language_of_the_frame() {
    let sandbox = sandbox().await;
    let app = app_of(&sandbox, &[]).await;
    let mut browser = Browser::new();
    let wish = [&EMBEDDED[..], &[("ui_locales", "sv")]].concat();
    let page = page_of(&mut browser, &app, &wish).await;
    let sign_in = location(&browser.get(&format!("{}{page}", app.url)).await);
    let html = read(&mut browser, &app, &sign_in).await;
    assert!(html.contains("<html lang=\"sv\""), "{html}");
    let link = between(&html, "href=\"/start?", "\"").replace("&amp;", "&");

    // Elsewhere nothing is remembered of the frame.
    let mut tab = Browser::new();
    let page = location(&tab.get(&format!("{}/start?{link}", app.url)).await);
    let sign_in = location(&tab.get(&format!("{}{page}", app.url)).await);
    let arrival = tab.sign_in(&app, &sign_in).await;
    let html = read(&mut tab, &app, &location(&arrival)).await;
    assert!(html.contains("<html lang=\"sv\""), "{html}");
}

#[tokio::test]
async fn at_the_end_the_page_around_is_told_and_no_other() {
    let sandbox = sandbox().await;
    let app = app_of(&sandbox, &[FRAMEABLE]).await;
    let mut browser = Browser::new();
    let page = arrive(&mut browser, &app, &EMBEDDED).await;
    let html = read(&mut browser, &app, &page).await;
    let end = ways_back(&html, "/return").pop().expect("a way back");
    assert!(end.ends_with("&outcome=cancelled"), "{end}");

    let failed = end.replace("outcome=cancelled", "outcome=failed&reason=taken");
    let answer = browser.get(&format!("{}{failed}", app.url)).await;
    assert_eq!(ancestors(&answer), "https://shop.example");
    let policy = header(&answer, "content-security-policy");
    let html = answer.text().await.expect("a page");
    let nonce = between(&policy, "'nonce-", "'");
    let script = between(&html, "<script", "</script>");
    for part in [
        format!("nonce=\"{nonce}\""),
        "data-to=\"https://shop.example\"".to_owned(),
        "data-outcome=\"failed\"".to_owned(),
        "data-reason=\"taken\"".to_owned(),
        "data-state=\"s 1\"".to_owned(),
    ] {
        assert!(script.contains(&part), "{part} in {script}");
    }
    assert_eq!(told(&html), "outcome=failed&reason=taken", "without script there is a link");
    assert!(html.contains("target=\"_top\""), "{html}");

    for nonsense in [end.replace("cancelled", "won"), page.replace("/email", "/return")] {
        let answer = browser.get(&format!("{}{nonsense}", app.url)).await;
        assert_eq!(answer.status(), StatusCode::NOT_FOUND, "{nonsense}");
    }
}
