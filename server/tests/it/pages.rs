//! Pages and presses.

use reqwest::{Method, Response, StatusCode};
use rstest::rstest;
use serde_json::json;

use crate::{
    person::Person,
    start::{WISH, app_of, arrive},
    support::{Browser, app, app_with, between, header, issuer, location, sandbox},
};

#[tokio::test]
async fn a_form_posted_without_script_leads_back_to_its_page_with_the_code_awaited() {
    let sandbox = sandbox().await;
    let app = app(&issuer(&sandbox)).await;
    let mut browser = Browser::new();
    browser.sign_in(&app, "/sign-in").await;
    let page = browser.get(&format!("{}/email", app.url)).await.text().await.expect("a page");
    let flow = between(&page, "name=\"flow\" value=\"", "\"");
    let form = [("kind", "email"), ("flow", flow), ("contact", "new@example.org")];
    let answer = browser.post(&app, "/api/begin", "/email", &form).await;
    assert_eq!(answer.status(), StatusCode::SEE_OTHER);
    assert_eq!(location(&answer), "/email");
    let page = browser.get(&format!("{}/email", app.url)).await.text().await.expect("a page");
    assert!(page.contains("Verification code") && page.contains("new@example.org"), "{page}");
    // That a code counts once is heard with its field.
    let described = between(&page, "aria-describedby=\"code-hint ", "\"");
    assert!(described.split(' ').any(|id| id == "once") && page.contains("id=\"once\""), "{page}");
}

#[tokio::test]
async fn what_takes_the_focus_is_not_the_alert_in_it_which_would_be_read_twice() {
    let sandbox = sandbox().await;
    let app = app(&issuer(&sandbox)).await;
    let mut browser = Browser::new();
    browser.sign_in(&app, "/sign-in").await;
    let page = browser.get(&format!("{}/email", app.url)).await.text().await.expect("a page");
    let flow = between(&page, "name=\"flow\" value=\"", "\"");
    browser
        .post(&app, "/api/begin", "/email", &[("kind", "email"), ("flow", flow), ("contact", "new")])
        .await;
    let page = browser.get(&format!("{}/email", app.url)).await.text().await.expect("a page");
    let focused = between(&page, "<div id=\"problem\"", "</div>");
    let (outside, inside) = focused.split_once('>').expect("an element");
    assert!(!outside.contains("role") && inside.contains("role=\"alert\""), "{focused}");
}

#[tokio::test]
async fn a_form_of_a_browser_that_hides_where_it_was_leads_to_a_page_all_the_same() {
    let sandbox = sandbox().await;
    let app = app(&issuer(&sandbox)).await;
    let mut browser = Browser::new();
    browser.sign_in(&app, "/sign-in").await;
    let form = [("kind", "email"), ("flow", "none"), ("contact", "x")];
    let request = browser
        .request(Method::POST, &format!("{}/api/begin", app.url))
        .header("sec-fetch-site", "same-origin")
        .header("accept", "text/html")
        .form(&form);
    assert_eq!(browser.send(request).await.status(), StatusCode::SEE_OTHER);
}

#[tokio::test]
async fn a_form_posted_after_the_session_ended_leads_through_sign_in_to_its_page() {
    let app = app("http://localhost:9").await;
    let answer = Browser::new().post(&app, "/api/begin", "/mobile", &[("kind", "mobile")]).await;
    assert_eq!(answer.status(), StatusCode::SEE_OTHER);
    assert_eq!(location(&answer), "/sign-in?return_to=%2Fmobile");
}

#[tokio::test]
async fn a_script_is_told_where_to_sign_in_when_the_session_ended() {
    let app = app("http://localhost:9").await;
    let mut browser = Browser::new();
    let request = browser
        .request(Method::POST, &format!("{}/api/finish", app.url))
        .header("sec-fetch-site", "same-origin")
        .header("accept", "application/json")
        .header("referer", format!("{}/email", app.url));
    let answer = browser.send(request).await;
    assert_eq!(answer.status(), StatusCode::UNAUTHORIZED);
    let body: serde_json::Value = answer.json().await.expect("JSON");
    assert_eq!(body["signIn"], "/sign-in?return_to=%2Femail");
}

#[tokio::test]
async fn a_path_that_is_no_page_says_so() {
    let app = app("http://localhost:9").await;
    let answer = Browser::new().get(&format!("{}/no-such-page", app.url)).await;
    assert_eq!(answer.status(), StatusCode::NOT_FOUND);
    assert!(header(&answer, "content-type").starts_with("text/html"));
    assert!(answer.text().await.expect("a page").contains("href=\"/\""), "the page shows the way on");
}

/// The coding that a document comes in, if it comes in one.
async fn coding(browser: &mut Browser, address: &str, accepted: &str) -> Option<String> {
    let request = browser.request(Method::GET, address).header("accept-encoding", accepted);
    let answer = browser.send(request).await;
    assert_eq!(answer.status(), StatusCode::OK);
    assert!(header(&answer, "vary").contains("accept-encoding"), "{address}");
    answer.headers().get("content-encoding").map(|coding| coding.to_str().expect("a text").to_owned())
}

#[tokio::test]
async fn a_document_is_compressed_for_whoever_takes_it() {
    let sandbox = sandbox().await;
    let app = app(&issuer(&sandbox)).await;
    let mut browser = Browser::new();
    browser.sign_in(&app, "/sign-in").await;
    for path in ["/", "/email", "/signed-out"] {
        let address = format!("{}{path}", app.url);
        assert_eq!(coding(&mut browser, &address, "gzip, deflate, br, zstd").await.as_deref(), Some("br"));
        assert_eq!(coding(&mut browser, &address, "gzip").await.as_deref(), Some("gzip"));
        assert_eq!(coding(&mut browser, &address, "identity").await, None);
    }
}

#[tokio::test]
async fn a_page_that_repeats_what_an_application_put_into_its_link_is_not_compressed() {
    let sandbox = sandbox().await;
    let app = app_of(&sandbox, &[]).await;
    let mut browser = Browser::new();
    let page = arrive(&mut browser, &app, &WISH).await;
    let address = format!("{}{page}", app.url);
    assert!(browser.get(&address).await.text().await.expect("a page").contains("state="));
    let request = browser.request(Method::GET, &address).header("accept-encoding", "gzip, deflate, br, zstd");
    let answer = browser.send(request).await;
    assert_eq!((answer.status(), answer.headers().get("content-encoding")), (StatusCode::OK, None));
}

/// A press by somebody who is signed in.
async fn pressed(method: Method, address: &str, accept: &str, form: &[(&str, &str)]) -> Response {
    let sandbox = sandbox().await;
    let app = app(&issuer(&sandbox)).await;
    let mut browser = Browser::new();
    browser.sign_in(&app, "/sign-in").await;
    let request = browser
        .request(method, &format!("{}{address}", app.url))
        .header("sec-fetch-site", "same-origin")
        .header("referer", format!("{}/email", app.url))
        .header("accept", accept)
        .form(form);
    browser.send(request).await
}

#[rstest]
#[case::something_is_missing(Method::POST, "/api/begin", &[("kind", "email")], StatusCode::BAD_REQUEST)]
#[case::something_is_none_of_ours(
    Method::POST, "/api/begin", &[("kind", "post"), ("flow", "x"), ("contact", "x")], StatusCode::BAD_REQUEST)]
#[case::there_is_no_such_function(Method::POST, "/api/send", &[], StatusCode::NOT_FOUND)]
#[case::somebody_opens_its_address(Method::GET, "/api/begin", &[], StatusCode::NOT_FOUND)]
#[tokio::test]
async fn a_press_that_is_none_of_ours_is_answered_as_anything_else_that_goes_wrong(
    #[case] method: Method,
    #[case] address: &str,
    #[case] form: &[(&str, &str)],
    #[case] status: StatusCode,
) {
    let answer = pressed(method.clone(), address, "text/html", form).await;
    assert_eq!(answer.status(), status);
    let page = answer.text().await.expect("a page");
    assert!(page.contains("<html lang=\"en\"") && page.contains("href=\"/\""), "the way on: {page}");
    let answer = pressed(method, address, "application/json", form).await;
    assert_eq!(answer.status(), status);
    assert_eq!(header(&answer, "content-type"), "application/problem+json");
}

#[tokio::test]
async fn a_page_of_somebody_repeats_nothing_that_its_address_says() {
    let sandbox = sandbox().await;
    let app = app(&issuer(&sandbox)).await;
    let mut browser = Browser::new();
    browser.sign_in(&app, "/sign-in").await;
    for path in ["/", "/email", "/mobile"] {
        let address = format!("{}{path}?guess=alice&done=guess", app.url);
        let page = browser.get(&address).await.text().await.expect("a page");
        assert!(page.contains("Alice Archer") && !page.contains("guess"), "{page}");
    }
}

#[tokio::test]
async fn a_script_is_answered_in_the_form_that_it_accepts() {
    let sandbox = sandbox().await;
    let app = app(&issuer(&sandbox)).await;
    let mut browser = Browser::new();
    browser.sign_in(&app, "/sign-in").await;
    for (accept, form) in [
        ("application/x-postcard", "application/x-postcard"),
        ("application/json", "application/json"),
        ("*/*", "application/json"),
    ] {
        let request = browser
            .request(Method::GET, &format!("{}/api/look?kind=email", app.url))
            .header("accept", accept);
        let answer = browser.send(request).await;
        assert_eq!(header(&answer, "content-type"), form);
    }
}

#[rstest]
#[case::that_the_service_fails_with("status")]
#[case::that_is_larger_than_what_is_read("huge")]
#[tokio::test]
async fn whoever_reloads_a_page_of_an_account_keeps_nobody_else_from_theirs(#[case] fault: &str) {
    let sandbox = sandbox().await;
    let app = app_with(&issuer(&sandbox), &[("SERVICE__RETRY_DELAY", "1ms")]).await;
    let mut alice = Person::signed_in(sandbox, &app).await;
    alice.fault(json!({ "call": "user", "fault": fault, "status": 500 })).await;
    for _ in 0..5 {
        assert!(alice.page("/").await.1.contains("We cannot show your contact information right now."));
    }
    alice.faults(json!([])).await;
    let mut other = Browser::new();
    let callback = other.pick(&app, "/sign-in", "5a0000000000000000000002").await;
    other.get(&callback).await;
    let page = other.get(&app.url).await.text().await.expect("a page");
    assert!(!page.contains("We cannot show your contact information right now."), "{page}");
}
