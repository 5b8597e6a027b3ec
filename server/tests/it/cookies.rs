//! What the browser is given to keep.

use crate::support::{Browser, issuer, sandbox, set_cookies, start};

async fn cookies_of(scheme: &str) -> (Vec<String>, Vec<String>, Vec<String>) {
    let sandbox = sandbox().await;
    let app = start(&issuer(&sandbox), scheme, []).await;
    let mut browser = Browser::new();
    let departure = set_cookies(&browser.get(&format!("{}/sign-in", app.url)).await);
    let arrival = set_cookies(&browser.sign_in(&app, "/sign-in").await);
    let end = set_cookies(&browser.post(&app, "/sign-out", "/", &[]).await);
    (departure, arrival, end)
}

/// The attributes of the cookie of this name; `name` may be what it begins with, before a mark of its own.
fn attributes(cookies: &[String], name: &str) -> Vec<String> {
    let is_named =
        |cookie: &&String| cookie.strip_prefix(name).is_some_and(|rest| rest.starts_with(['=', '-']));
    let cookie = cookies.iter().find(is_named);
    let cookie = cookie.unwrap_or_else(|| panic!("{name} in {cookies:?}"));
    let mut attributes: Vec<String> = cookie.split("; ").skip(1).map(str::to_owned).collect();
    attributes.sort();
    attributes
}

#[tokio::test]
async fn by_https_cookies_are_bound_to_this_host_and_to_tls() {
    let (departure, arrival, end) = cookies_of("https").await;
    let sign_in = attributes(&departure, "__Host-sign-in");
    assert_eq!(sign_in, ["HttpOnly", "Max-Age=600", "Path=/", "SameSite=Lax", "Secure"]);
    let session = attributes(&arrival, "__Host-session");
    assert_eq!(session, ["HttpOnly", "Path=/", "SameSite=Lax", "Secure"]);
    let removal = attributes(&end, "__Host-session");
    assert!(
        ["Max-Age=0", "Path=/", "Secure"].iter().all(|one| removal.contains(&(*one).to_owned())),
        "{removal:?}"
    );
}

#[tokio::test]
async fn by_http_cookies_have_plain_names_and_are_out_of_reach_of_scripts_all_the_same() {
    let (departure, arrival, _) = cookies_of("http").await;
    let sign_in = attributes(&departure, "sign-in");
    assert_eq!(sign_in, ["HttpOnly", "Max-Age=600", "Path=/", "SameSite=Lax"]);
    assert_eq!(attributes(&arrival, "session"), ["HttpOnly", "Path=/", "SameSite=Lax"]);
}

#[tokio::test]
async fn the_cookies_tell_nothing() {
    let (departure, arrival, _) = cookies_of("http").await;
    for cookie in departure.iter().chain(&arrival) {
        assert!(!cookie.contains("eyJ"), "no token in {cookie}");
        assert!(!cookie.contains("return_to") && !cookie.contains("5a00000"), "nothing readable in {cookie}");
    }
}

/// Another tab may have signed in since; the names of both cookies are the same.
#[tokio::test]
async fn an_answer_to_a_session_that_is_over_takes_no_other_session_s_cookie_away() {
    let sandbox = sandbox().await;
    let app = start(&issuer(&sandbox), "http", []).await;
    let mut tab = Browser::new();
    tab.sign_in(&app, "/sign-in").await;
    let cookies = tab.cookies.clone();
    tab.post(&app, "/sign-out", "/", &[]).await;
    let mut other = Browser::new();
    other.cookies = cookies;
    let answer = other.get(&format!("{}/email", app.url)).await;
    assert_eq!(answer.status(), 303, "sign in first");
    let set = set_cookies(&answer);
    assert!(set.iter().all(|cookie| !cookie.starts_with("session=")), "{set:?}");
}
