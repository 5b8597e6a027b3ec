//! What every answer carries.

use reqwest::{Method, StatusCode};
use rstest::rstest;

use crate::{
    assets::files,
    support::{Browser, app, between, header, issuer, sandbox, start},
};

#[tokio::test]
async fn the_scripts_of_a_page_are_those_that_its_policy_names() {
    let sandbox = sandbox().await;
    let app = start(&issuer(&sandbox), "http", files()).await;
    let mut browser = Browser::new();
    browser.sign_in(&app, "/sign-in").await;
    let mut nonces = Vec::new();
    for _ in 0..2 {
        let page = browser.get(&format!("{}/email", app.url)).await;
        let policy = header(&page, "content-security-policy");
        let nonce = between(&policy, "script-src 'nonce-", "'").to_owned();
        let page = page.text().await.expect("a page");
        // What is handed over with the page is no script.
        let scripts = page.matches("<script").count() - page.matches("<script type=\"text/plain\"").count();
        assert!(scripts > 0);
        assert_eq!(page.matches(&format!("<script nonce=\"{nonce}\"")).count(), scripts, "{page}");
        assert!(policy.contains("'strict-dynamic' 'wasm-unsafe-eval'"), "{policy}");
        assert!(policy.ends_with(&format!("form-action 'self' {}", issuer(&sandbox))), "{policy}");
        nonces.push(nonce);
    }
    assert_ne!(nonces[0], nonces[1], "a nonce is used once");
}

#[tokio::test]
async fn a_page_where_there_is_nothing_to_do_is_taken_over_by_no_script() {
    let sandbox = sandbox().await;
    let app = start(&issuer(&sandbox), "http", files()).await;
    let mut browser = Browser::new();
    let page = browser.get(&format!("{}/signed-out", app.url)).await;
    assert!(!header(&page, "content-security-policy").contains("script-src"));
    let page = page.text().await.expect("a page");
    assert!(page.contains("data-plain") && !page.contains("<script"), "{page}");

    // What shows contacts is told how to come back out of the browser's memory, and loads nothing.
    browser.sign_in(&app, "/sign-in").await;
    let page = browser.get(&app.url).await;
    assert!(header(&page, "content-security-policy").contains("script-src 'nonce-"));
    let page = page.text().await.expect("a page");
    assert!(page.contains("data-plain") && page.contains("persisted"), "{page}");
    assert_eq!((page.matches("<script").count(), page.matches("preload").count()), (1, 0), "{page}");
}

#[rstest]
#[case::page("/")]
#[case::signed_out("/signed-out")]
#[case::nothing("/no-such-page")]
#[case::asset("/pkg/no-such-file.js")]
#[tokio::test]
async fn every_answer_is_guarded_and_named(#[case] path: &str) {
    let app = app("http://localhost:9").await;
    let answer = Browser::new().get(&format!("{}{path}", app.url)).await;
    let policy = header(&answer, "content-security-policy");
    assert!(
        policy.starts_with("default-src 'none';") && policy.contains("frame-ancestors 'none'"),
        "{policy}"
    );
    assert!(!policy.contains("unsafe-inline"), "{policy}");
    assert_eq!(header(&answer, "x-content-type-options"), "nosniff");
    assert_eq!(header(&answer, "referrer-policy"), "same-origin");
    assert_eq!(header(&answer, "cross-origin-opener-policy"), "same-origin");
    assert_eq!(header(&answer, "cross-origin-resource-policy"), "same-origin");
    assert!(header(&answer, "permissions-policy").contains("otp-credentials=(self)"));
    assert_eq!(header(&answer, "cache-control"), "no-store");
    assert!(header(&answer, "x-request-id").len() >= 16);
    assert!(!answer.headers().contains_key("strict-transport-security"), "by http this would be void");
}

#[tokio::test]
async fn by_https_browsers_are_told_to_stay_there() {
    let app = start("http://localhost:9", "https", []).await;
    let answer = Browser::new().get(&format!("{}/healthz", app.url)).await;
    assert!(header(&answer, "strict-transport-security").starts_with("max-age="));
    assert_eq!(answer.text().await.expect("a body"), "ok");
}

#[tokio::test]
async fn the_name_of_a_request_is_ours_to_give() {
    let app = app("http://localhost:9").await;
    let mut browser = Browser::new();
    let request =
        browser.request(Method::GET, &format!("{}/healthz", app.url)).header("x-request-id", "forged");
    assert_ne!(header(&browser.send(request).await, "x-request-id"), "forged");
}

#[rstest]
#[case::by_fetch_metadata("sec-fetch-site", "cross-site")]
#[case::by_a_sibling("sec-fetch-site", "same-site")]
#[case::by_origin("origin", "https://evil.example")]
#[tokio::test]
async fn what_another_site_sends_changes_nothing(#[case] name: &str, #[case] value: &str) {
    let sandbox = sandbox().await;
    let app = app(&issuer(&sandbox)).await;
    let mut browser = Browser::new();
    browser.sign_in(&app, "/sign-in").await;
    for path in ["/sign-out", "/api/begin"] {
        let request = browser.request(Method::POST, &format!("{}{path}", app.url)).header(name, value);
        let answer = browser.send(request).await;
        assert_eq!(answer.status(), StatusCode::FORBIDDEN);
        assert!(answer.text().await.expect("a page").contains("href=\"/\""), "the page shows the way on");
    }
    assert_eq!(browser.get(&app.url).await.status(), StatusCode::OK, "still signed in");
}
