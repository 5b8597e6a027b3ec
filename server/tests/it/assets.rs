//! The client's files.

use std::borrow::Cow;

use base64::{Engine, engine::general_purpose::STANDARD};
use reqwest::{Method, Response, StatusCode};
use rstest::rstest;
use sha2::{Digest, Sha256};

use crate::support::{App, Browser, app, between, header, issuer, sandbox, start};

pub(crate) fn files() -> Vec<(String, Cow<'static, [u8]>)> {
    let manifest = br#"{"script":"app-1.js","wasm":"app-1_bg.wasm","style":"style-1.css"}"#;
    [
        ("manifest.json", manifest.as_slice()),
        ("app-1.js", b"plain"),
        ("app-1.js.br", b"brotli"),
        ("app-1.js.gz", b"gzip"),
        ("app-1_bg.wasm", b"\0asm"),
        ("style-1.css", b"body{}"),
    ]
    .map(|(name, content)| (name.to_owned(), Cow::Borrowed(content)))
    .into()
}

async fn fetch(app: &App, file: &str, name: &str, value: &str) -> Response {
    let mut browser = Browser::new();
    let request = browser.request(Method::GET, &format!("{}/pkg/{file}", app.url)).header(name, value);
    browser.send(request).await
}

#[rstest]
#[case("gzip, deflate, br", "br", "brotli")]
#[case("gzip", "gzip", "gzip")]
#[case("br;q=0, gzip;q=0.5", "gzip", "gzip")]
#[case("identity", "", "plain")]
#[case("br;q=0", "", "plain")]
#[tokio::test]
async fn a_browser_gets_the_best_coding_that_it_takes(
    #[case] accepted: &str,
    #[case] coding: &str,
    #[case] content: &'static str,
) {
    let app = start("http://localhost:9", "http", files()).await;
    let answer = fetch(&app, "app-1.js", "accept-encoding", accepted).await;
    assert_eq!(answer.status(), StatusCode::OK);
    let named = answer.headers().get("content-encoding").map_or("", |value| value.to_str().expect("a text"));
    assert_eq!(named, coding);
    assert_eq!(header(&answer, "vary"), "accept-encoding");
    assert_eq!(header(&answer, "cache-control"), "public, max-age=31536000, immutable");
    assert_eq!(header(&answer, "content-type"), "text/javascript; charset=utf-8");
    assert_eq!(answer.text().await.expect("a body"), content);
}

#[tokio::test]
async fn what_a_browser_has_is_not_sent_again() {
    let app = start("http://localhost:9", "http", files()).await;
    let first = fetch(&app, "app-1_bg.wasm", "accept-encoding", "br").await;
    assert_eq!(header(&first, "content-type"), "application/wasm");
    let tag = header(&first, "etag");
    let again = fetch(&app, "app-1_bg.wasm", "if-none-match", &format!("\"other\", W/{tag}")).await;
    assert_eq!(again.status(), StatusCode::NOT_MODIFIED);
    assert_eq!(header(&again, "etag"), tag);
    let other = fetch(&app, "app-1_bg.wasm", "if-none-match", "\"other\"").await;
    assert_eq!(other.status(), StatusCode::OK);
}

#[tokio::test]
async fn each_coding_has_a_tag_of_its_own() {
    let app = start("http://localhost:9", "http", files()).await;
    let brotli = header(&fetch(&app, "app-1.js", "accept-encoding", "br").await, "etag");
    let plain = header(&fetch(&app, "app-1.js", "accept-encoding", "identity").await, "etag");
    assert_ne!(brotli, plain);
}

#[tokio::test]
async fn only_the_files_of_the_client_are_there() {
    let app = start("http://localhost:9", "http", files()).await;
    for file in ["manifest.json", "app-1.js.br", "other.js", "..%2Fserver%2FCargo.toml"] {
        let answer = fetch(&app, file, "accept-encoding", "br").await;
        assert_eq!(answer.status(), StatusCode::NOT_FOUND, "{file}");
    }
}

#[tokio::test]
async fn pages_call_the_files_of_this_build_by_their_names() {
    let sandbox = sandbox().await;
    let app = start(&issuer(&sandbox), "http", files()).await;
    let mut browser = Browser::new();
    browser.sign_in(&app, "/sign-in").await;
    let page = browser.get(&format!("{}/email", app.url)).await.text().await.expect("a page");
    for name in ["/pkg/app-1.js", "/pkg/app-1_bg.wasm", "/pkg/style-1.css"] {
        assert!(page.contains(name), "{name} in {page}");
    }
}

#[tokio::test]
async fn a_browser_takes_the_files_only_if_they_are_those_that_were_built() {
    let sandbox = sandbox().await;
    let app = start(&issuer(&sandbox), "http", files()).await;
    let mut browser = Browser::new();
    browser.sign_in(&app, "/sign-in").await;
    let page = browser.get(&format!("{}/email", app.url)).await.text().await.expect("a page");
    let preloaded = |name: &str, integrity: &str| format!("href=\"/pkg/{name}\" integrity=\"{integrity}\"");
    let fetched = |name: &str, integrity: &str| format!("fetch('/pkg/{name}',{{integrity:'{integrity}'}})");
    for name in ["app-1.js", "app-1_bg.wasm", "style-1.css"] {
        let served = browser.get(&format!("{}/pkg/{name}", app.url)).await.bytes().await.expect("a file");
        let integrity = format!("sha256-{}", STANDARD.encode(Sha256::digest(&served)));
        let told =
            if name == "app-1_bg.wasm" { fetched(name, &integrity) } else { preloaded(name, &integrity) };
        assert!(page.contains(&told), "{told} in {page}");
    }
    let map = between(&page, "type=\"importmap\">", "</script>");
    assert!(map.starts_with("{\"integrity\":{\"/pkg/app-1.js\":\"sha256-"), "{map}");
}

/// A script in the page itself that follows a style sheet waits for it, and all that follows waits for the script (HTML,
/// section 4.2.7).
#[tokio::test]
async fn nothing_of_a_page_waits_for_the_style_to_be_there() {
    let sandbox = sandbox().await;
    let app = start(&issuer(&sandbox), "http", files()).await;
    let mut browser = Browser::new();
    browser.sign_in(&app, "/sign-in").await;
    let page = browser.get(&format!("{}/email", app.url)).await.text().await.expect("a page");
    let (before, after) = page.split_once("<link rel=\"stylesheet\"").expect("a style sheet");
    let types = |html: &str| -> Vec<String> {
        let tags = html.split("<script").skip(1).filter_map(|rest| rest.split_once('>'));
        tags.map(|(tag, _)| {
            if tag.contains(" type=") { between(tag, " type=\"", "\"") } else { "classic" }.to_owned()
        })
        .collect()
    };
    assert_eq!(types(before), ["classic", "classic", "importmap"], "{before}");
    assert_eq!(types(after), ["module", "text/plain"], "{after}");
}

#[tokio::test]
async fn without_the_client_the_pages_are_there_all_the_same() {
    let sandbox = sandbox().await;
    let app = app(&issuer(&sandbox)).await;
    let mut browser = Browser::new();
    browser.sign_in(&app, "/sign-in").await;
    let page = browser.get(&format!("{}/email", app.url)).await;
    assert_eq!(page.status(), StatusCode::OK);
    let page = page.text().await.expect("a page");
    assert!(page.contains("New email address") && !page.contains("/pkg/"), "{page}");
}
