//! Applications send people here, and get them back with the outcome.

mod endings;
mod frames;
mod journey;
mod links;
mod settings;

use std::{fs, path::Path};

use reqwest::{Response, StatusCode};
use sandbox::Running;

use crate::support::{App, Browser, app_with, between, issuer, location};

pub(crate) const SHOP: &str = "https://shop.example/account?tab=me";
pub(crate) const BANK: &str = "https://bank.example/back";
pub(crate) const NEW: &str = "alice.new@example.org";

pub(crate) const APPLICATIONS: [(&str, &str); 6] = [
    ("APPLICATIONS__SHOP__NAME__EN", "Example shop"),
    ("APPLICATIONS__SHOP__NAME__FI", "Esimerkkikauppa"),
    ("APPLICATIONS__SHOP__RETURN_TO", "https://shop.example/other https://shop.example/account?tab=me"),
    ("APPLICATIONS__SHOP__EMBED", "https://shop.example"),
    ("APPLICATIONS__BANK__NAME", "Bank & Söhne"),
    ("APPLICATIONS__BANK__RETURN_TO", BANK),
];

pub(crate) async fn app_of(sandbox: &Running, more: &[(&str, &str)]) -> App {
    app_with(&issuer(sandbox), &[&APPLICATIONS, more].concat()).await
}

pub(crate) fn link(app: &App, parameters: &[(&str, &str)]) -> String {
    let mut query = url::form_urlencoded::Serializer::new(String::new());
    query.extend_pairs(parameters);
    format!("{}/start?{}", app.url, query.finish())
}

/// Follows a start link to the page of the change, which asks to sign in.
pub(crate) async fn page_of(browser: &mut Browser, app: &App, parameters: &[(&str, &str)]) -> String {
    let answer = browser.get(&link(app, parameters)).await;
    assert_eq!(answer.status(), StatusCode::SEE_OTHER);
    location(&answer)
}

/// Follows a start link, signs in, and gives the address of the page of the change.
pub(crate) async fn arrive(browser: &mut Browser, app: &App, parameters: &[(&str, &str)]) -> String {
    let page = page_of(browser, app, parameters).await;
    let sign_in = location(&browser.get(&format!("{}{page}", app.url)).await);
    let arrival = browser.sign_in(app, &sign_in).await;
    assert_eq!(location(&arrival), page, "the way back survives signing in");
    page
}

/// What an address of ours carries as `start`.
pub(crate) fn start_in(page: &str) -> &str {
    page.split(['?', '&']).find_map(|pair| pair.strip_prefix("start=")).expect("a way back")
}

pub(crate) async fn read(browser: &mut Browser, app: &App, page: &str) -> String {
    browser.get(&format!("{}{page}", app.url)).await.text().await.expect("a page")
}

/// Presses the button of the form that is posted to a function, as a browser without script does, and gives the page after
/// it.
pub(crate) async fn press(
    browser: &mut Browser,
    app: &App,
    page: &str,
    function: &str,
    typed: &[(&str, &str)],
) -> String {
    let html = read(browser, app, page).await;
    let answer = post(browser, app, page, &html, function, typed).await;
    assert_eq!(answer.status(), StatusCode::SEE_OTHER);
    location(&answer)
}

pub(crate) async fn post(
    browser: &mut Browser,
    app: &App,
    page: &str,
    html: &str,
    function: &str,
    typed: &[(&str, &str)],
) -> Response {
    let action = between(html, &format!("action=\"/api/{function}"), "\"").replace("&amp;", "&");
    let flow = between(html, "name=\"flow\" value=\"", "\"");
    let kind = between(html, "name=\"kind\" value=\"", "\"");
    let form = [&[("kind", kind), ("flow", flow)], typed].concat();
    browser.post(app, &format!("/api/{function}{action}"), page, &form).await
}

/// The addresses of the links that lead to an application, in the order of the page.
pub(crate) fn ways_back(html: &str, return_to: &str) -> Vec<String> {
    let begins = format!("href=\"{}", return_to.replace('&', "&amp;"));
    html.match_indices(&begins)
        .map(|(start, _)| between(&html[start..], "href=\"", "\"").replace("&amp;", "&"))
        .collect()
}

/// What the one application is told by somebody who leaves a page: the same, whichever link they take.
pub(crate) fn told(html: &str) -> String {
    let ways = ways_back(html, SHOP);
    let first = ways.first().unwrap_or_else(|| panic!("no way back in {html}"));
    assert!(ways.iter().all(|way| way == first), "{ways:?}");
    let told = first.strip_prefix("https://shop.example/account?tab=me&state=s+1&");
    told.unwrap_or_else(|| panic!("{first}")).to_owned()
}

pub(crate) const WISH: [(&str, &str); 3] = [("kind", "email"), ("return_to", SHOP), ("state", "s 1")];

pub(crate) async fn control(sandbox: &Running, path: &str, body: serde_json::Value) {
    let url = format!("{}/control/{path}", issuer(sandbox));
    let answer = reqwest::Client::new().post(url).json(&body).send().await.expect("an answer");
    assert!(answer.status().is_success(), "{body}");
}

pub(crate) async fn code(sandbox: &Running) -> String {
    let outbox = reqwest::get(format!("{}/outbox.json", issuer(sandbox))).await.expect("an answer");
    let outbox: serde_json::Value = outbox.json().await.expect("JSON");
    outbox[0]["code"].as_str().expect("a code").to_owned()
}

/// What the makers of applications read.
pub(crate) fn guide() -> String {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("../docs/integrate.md");
    fs::read_to_string(path).expect("the guide")
}
