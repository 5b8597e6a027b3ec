//! From every ending the way back is there, and says what is true.

use rstest::rstest;
use serde_json::json;

use super::{
    APPLICATIONS, NEW, SHOP, WISH, app_of, arrive, code, control, guide, page_of, post, press, read, told,
    ways_back,
};
use crate::support::{Browser, app_with, between, location, sandbox};

#[derive(Clone, Copy, Debug)]
enum Ending {
    /// The press for a code is refused, or its answer is lost.
    Begin(&'static str),
    /// The code is entered, right or wrong.
    Finish(&'static str),
}

#[rstest]
#[case::malformed(Ending::Begin("nobody"), "", "outcome=cancelled")]
#[case::already_theirs(Ending::Begin("alice@example.org"), "", "outcome=cancelled")]
#[case::not_allowed(Ending::Begin("alice@nowhere.example"), "", "outcome=failed&reason=not_allowed")]
#[case::limit_of_the_service(
    Ending::Begin(NEW),
    r#"{"call":"begin","fault":"status","status":429,"retryAfter":60}"#,
    "outcome=failed&reason=limit"
)]
#[case::not_permitted(
    Ending::Begin(NEW),
    r#"{"call":"begin","fault":"status","status":403}"#,
    "outcome=failed&reason=unavailable"
)]
#[case::begin_lost(
    Ending::Begin(NEW),
    r#"{"call":"begin","fault":"reset_after"}"#,
    "outcome=failed&reason=unavailable"
)]
#[case::wrong_code(Ending::Finish("wrong"), "", "outcome=cancelled")]
#[case::malformed_code(Ending::Finish("12345"), "", "outcome=cancelled")]
#[case::over(Ending::Finish("right"), r#"{"call":"finish","fault":"expired"}"#, "outcome=cancelled")]
#[case::taken(Ending::Finish("right"), r#"{"call":"finish","fault":"taken"}"#, "outcome=failed&reason=taken")]
#[case::not_checked(
    Ending::Finish("right"),
    r#"{"call":"finish","fault":"status","status":403}"#,
    "outcome=failed&reason=unavailable"
)]
#[case::not_changed(
    Ending::Finish("right"),
    r#"{"call":"finish","fault":"reset_before"}"#,
    "outcome=failed&reason=unavailable"
)]
#[case::lost_but_changed(
    Ending::Finish("right"),
    r#"{"call":"finish","fault":"reset_after"}"#,
    "outcome=changed"
)]
#[case::unknown(
    Ending::Finish("right"),
    r#"{"call":"finish","fault":"reset_after"},{"call":"user","fault":"status","status":500}"#,
    "outcome=failed&reason=unknown"
)]
#[case::changed(Ending::Finish("right"), "", "outcome=changed")]
#[tokio::test]
async fn from_every_ending_the_way_back_is_there_and_says_what_is_true(
    #[case] ending: Ending,
    #[case] faults: &str,
    #[case] expected: &str,
) {
    let sandbox = sandbox().await;
    let app = app_of(&sandbox, &[("POLICY__DOMAINS_DENY", "nowhere.example")]).await;
    let mut browser = Browser::new();
    let mut page = arrive(&mut browser, &app, &WISH).await;
    if let Ending::Finish(_) = ending {
        page = press(&mut browser, &app, &page, "begin", &[("contact", NEW)]).await;
    }
    let html = read(&mut browser, &app, &page).await;
    let faults: serde_json::Value = serde_json::from_str(&format!("[{faults}]")).expect("faults");
    control(&sandbox, "faults", json!({ "faults": faults })).await;
    let answer = match ending {
        Ending::Begin(contact) => {
            post(&mut browser, &app, &page, &html, "begin", &[("contact", contact)]).await
        }
        Ending::Finish(typed) => {
            let right = code(&sandbox).await;
            let wrong = if right == "000000" { "000001" } else { "000000" };
            let code = match typed {
                "right" => &right,
                "wrong" => wrong,
                typed => typed,
            };
            post(&mut browser, &app, &page, &html, "finish", &[("code", code)]).await
        }
    };
    let html = read(&mut browser, &app, &location(&answer)).await;
    assert_eq!(told(&html), expected, "{html}");
    let row = match expected.trim_start_matches("outcome=").split_once("&reason=") {
        Some((outcome, reason)) => format!("\n| `{outcome}` | `{reason}` | "),
        None => format!("\n| `{}` | | ", expected.trim_start_matches("outcome=")),
    };
    assert!(guide().contains(&row), "the guide says what {expected} means");
    let offered = ways_back(&html, SHOP).len();
    assert_eq!(
        offered,
        if expected == "outcome=cancelled" { 1 } else { 2 },
        "what ends here offers it as a way on"
    );
}

#[tokio::test]
async fn when_no_code_is_left_the_way_back_says_so_before_a_press() {
    let sandbox = sandbox().await;
    let app = app_of(&sandbox, &[("LIMITS__ACCOUNT_PER_HOUR", "1")]).await;
    let mut browser = Browser::new();
    let page = arrive(&mut browser, &app, &WISH).await;
    let page = press(&mut browser, &app, &page, "begin", &[("contact", NEW)]).await;
    let html = read(&mut browser, &app, &page).await;
    assert_eq!(told(&html), "outcome=cancelled", "the code can still be entered");
    let page = press(&mut browser, &app, &page, "edit", &[]).await;
    let html = read(&mut browser, &app, &page).await;
    assert_eq!(told(&html), "outcome=failed&reason=limit");
}

#[tokio::test]
async fn when_the_account_cannot_be_read_the_way_back_says_so() {
    let sandbox = sandbox().await;
    let app = app_of(&sandbox, &[]).await;
    let mut browser = Browser::new();
    let page = arrive(&mut browser, &app, &WISH).await.replace("/email", "/");
    assert_eq!(told(&read(&mut browser, &app, &page).await), "outcome=cancelled");
    control(&sandbox, "faults", json!({ "faults": [{ "call": "user", "fault": "status", "status": 500 }] }))
        .await;
    assert_eq!(told(&read(&mut browser, &app, &page).await), "outcome=failed&reason=unavailable");
}

#[rstest]
#[case::the_first_page("/")]
#[case::the_page_of_another_contact("/mobile")]
#[tokio::test]
async fn a_change_that_only_shows_on_another_page_is_told_by_the_way_back_of_that_page(#[case] other: &str) {
    let sandbox = sandbox().await;
    let app = app_of(&sandbox, &[("SERVICE__BREAKER_FAILURES", "0")]).await;
    let mut browser = Browser::new();
    let page = arrive(&mut browser, &app, &WISH).await;
    let page = press(&mut browser, &app, &page, "begin", &[("contact", NEW)]).await;
    let html = read(&mut browser, &app, &page).await;
    let right = code(&sandbox).await;
    let unread = json!({ "call": "user", "fault": "status", "status": 500 });
    let lost = json!({ "call": "finish", "fault": "reset_after" });
    control(&sandbox, "faults", json!({ "faults": [lost, unread] })).await;
    post(&mut browser, &app, &page, &html, "finish", &[("code", &right)]).await;
    let other = page.replace("/email", other);
    assert_eq!(told(&read(&mut browser, &app, &other).await), "outcome=failed&reason=unknown");
    control(&sandbox, "faults", json!({ "faults": [] })).await;
    assert_eq!(told(&read(&mut browser, &app, &other).await), "outcome=changed");
}

#[tokio::test]
async fn somebody_who_does_not_sign_in_gets_back_as_well() {
    let sandbox = sandbox().await;
    let app = app_of(&sandbox, &[]).await;
    let mut browser = Browser::new();
    let page = page_of(&mut browser, &app, &WISH).await;
    let sign_in = location(&browser.get(&format!("{}{page}", app.url)).await);
    let departure = location(&browser.get(&format!("{}{sign_in}", app.url)).await);
    let state = between(&departure, "&state=", "&");
    let url = format!("{}/sign-in/callback?error=access_denied&state={state}", app.url);
    let html = browser.get(&url).await.text().await.expect("a page");
    assert_eq!(told(&html), "outcome=cancelled");
    let again = between(&html, "href=\"/email?start=", "\"");
    assert!(page.ends_with(again), "and can try again");

    let html = read(&mut browser, &app, &format!("/no-such-page?{}", &page["/email?".len()..])).await;
    assert_eq!(told(&html), "outcome=cancelled");
}

#[tokio::test]
async fn when_the_provider_is_down_the_way_back_says_so() {
    let app = app_with("http://localhost:9", &APPLICATIONS).await;
    let mut browser = Browser::new();
    let page = page_of(&mut browser, &app, &WISH).await;
    let sign_in = location(&browser.get(&format!("{}{page}", app.url)).await);
    let html = read(&mut browser, &app, &sign_in).await;
    assert!(html.contains("We could not sign you in"), "{html}");
    assert_eq!(told(&html), "outcome=failed&reason=unavailable");
}
