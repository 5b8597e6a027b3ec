//! The provider comes and goes, and changes its keys.

use reqwest::StatusCode;
use sandbox::Settings;
use tokio::net::TcpListener;

use crate::support::{Browser, app, location};

async fn free_port() -> u16 {
    let listener = TcpListener::bind("127.0.0.1:0").await.expect("a free port");
    listener.local_addr().expect("an address").port()
}

#[tokio::test]
async fn the_server_starts_while_the_provider_is_down_and_signs_in_when_it_is_up() {
    let port = free_port().await;
    let app = app(&format!("http://localhost:{port}")).await;
    let mut browser = Browser::new();
    let answer = browser.get(&format!("{}/sign-in?return_to=/email", app.url)).await;
    assert_eq!(answer.status(), StatusCode::BAD_GATEWAY);
    assert!(answer.text().await.expect("a page").contains("href=\"/\""), "the page shows the way on");

    let _sandbox = sandbox::start(Settings { port, ..Settings::default() }).await.expect("a sandbox");
    let arrival = browser.sign_in(&app, "/sign-in?return_to=/email").await;
    assert_eq!(location(&arrival), "/email");
}

#[tokio::test]
async fn new_keys_of_the_provider_are_fetched_when_they_are_met() {
    let port = free_port().await;
    let settings = Settings { port, ..Settings::default() };
    let first = sandbox::start(settings.clone()).await.expect("a sandbox");
    let app = app(&format!("http://localhost:{port}")).await;
    assert_eq!(location(&Browser::new().sign_in(&app, "/sign-in").await), "/");
    first.shutdown().await;

    let mut second = sandbox::start(settings.clone()).await;
    while second.as_ref().is_err_and(|error| error.kind() == std::io::ErrorKind::AddrInUse) {
        tokio::task::yield_now().await;
        second = sandbox::start(settings.clone()).await;
    }
    let _second = second.expect("a sandbox with keys of its own");
    assert_eq!(location(&Browser::new().sign_in(&app, "/sign-in").await), "/");
}
