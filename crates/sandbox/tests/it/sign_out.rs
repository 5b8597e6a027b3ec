//! Signing out: from the application, and over the back channel.

use crate::support::{ALICE, BOB, Sandbox, VERIFIER, cookie, sent_back};
use axum::Router;
use axum::routing::post;
use base64::{Engine as _, engine::general_purpose::URL_SAFE_NO_PAD};
use serde_json::{Value, json};
use std::net::Ipv4Addr;
use tokio::net::TcpListener;
use tokio::sync::mpsc::{Receiver, channel};

/// An application's back channel, and the logout tokens that reach it.
async fn back_channel() -> (String, Receiver<String>) {
    let (sender, receiver) = channel(8);
    let take = move |body: String| async move {
        sender.send(body).await.unwrap();
    };
    let listener = TcpListener::bind((Ipv4Addr::LOCALHOST, 0)).await.unwrap();
    let address = format!("http://{}/back-channel", listener.local_addr().unwrap());
    let app = Router::new().route("/back-channel", post(take));
    tokio::spawn(async move { axum::serve(listener, app).await });
    (address, receiver)
}

/// Header and claims of a posted logout token.
fn read(body: &str) -> (Value, Value) {
    let token = body.strip_prefix("logout_token=").unwrap();
    let part = |place: usize| {
        let part = URL_SAFE_NO_PAD.decode(token.split('.').nth(place).unwrap()).unwrap();
        serde_json::from_slice(&part).unwrap()
    };
    (part(0), part(1))
}

#[tokio::test]
async fn signing_out_ends_the_browsers_session_and_goes_back_to_the_application() {
    let sandbox = Sandbox::new().await;
    let answer = sandbox.press(ALICE, &Sandbox::request(&[])).await;
    let session = cookie(&answer);
    let tokens: Value = sandbox.redeem(&sent_back(&answer)["code"], VERIFIER).await.json().await.unwrap();
    let request = [
        ("id_token_hint", tokens["id_token"].as_str().unwrap()),
        ("post_logout_redirect_uri", "http://localhost:3000/signed-out"),
        ("state", "bye"),
    ];
    let logout = sandbox.http.get(sandbox.url("/openid/logout")).query(&request);
    let answer = logout.header("cookie", &session).send().await.unwrap();
    assert_eq!(answer.status(), 303);
    assert_eq!(answer.headers()["location"], "http://localhost:3000/signed-out?state=bye");

    let path = format!("/openid/auth?{}", Sandbox::request(&[("prompt", "none")]));
    let again = sandbox.http.get(sandbox.url(&path)).header("cookie", &session).send().await.unwrap();
    assert_eq!(sent_back(&again)["error"], "login_required");
}

#[tokio::test]
async fn without_a_proof_signing_out_asks_first_and_sends_nobody_anywhere() {
    let sandbox = Sandbox::new().await;
    let session = cookie(&sandbox.press(ALICE, &Sandbox::request(&[])).await);
    let request = [("post_logout_redirect_uri", "http://localhost:3000/signed-out")];
    let logout = sandbox.http.get(sandbox.url("/openid/logout")).query(&request);
    let page = logout.header("cookie", &session).send().await.unwrap();
    assert_eq!(page.status(), 200);
    assert!(page.text().await.unwrap().contains("<button"));
    let silent = async || {
        let path = format!("/openid/auth?{}", Sandbox::request(&[]));
        sandbox.http.get(sandbox.url(&path)).header("cookie", &session).send().await.unwrap().status()
    };
    assert_eq!(silent().await, 303, "still signed in");
    let confirmed = sandbox.http.post(sandbox.url("/openid/logout")).form(&[("confirmed", "yes")]);
    confirmed.header("cookie", &session).send().await.unwrap();
    assert_eq!(silent().await, 200, "signed out");
}

#[tokio::test]
async fn nobody_is_sent_to_an_unregistered_address_after_signing_out() {
    let sandbox = Sandbox::new().await;
    let tokens = sandbox.signed_in(ALICE, "openid").await;
    let request = [
        ("id_token_hint", tokens.text("id_token")),
        ("post_logout_redirect_uri", "https://example.com/signed-out"),
    ];
    let logout = sandbox.http.get(sandbox.url("/openid/logout")).query(&request).send().await.unwrap();
    assert_eq!(logout.status(), 400);
    assert!(!logout.headers().contains_key("location"));
}

#[tokio::test]
async fn an_application_is_told_over_the_back_channel_when_a_person_signs_out_elsewhere() {
    let sandbox = Sandbox::new().await;
    let (address, mut received) = back_channel().await;
    let body = json!({ "client": "contact-change", "backchannelLogoutUri": address });
    sandbox.control("back-channel", body).await;
    let tokens = sandbox.signed_in(BOB, "openid").await;

    let answer = sandbox.control("sign-out", json!({ "sub": BOB })).await;
    let answer: Value = answer.json().await.unwrap();
    assert_eq!(answer, json!({ "sessions": 1, "notified": [{ "client": "contact-change", "status": 200 }] }));
    let (header, claims) = read(&received.recv().await.unwrap());
    assert_eq!(header["typ"], "logout+jwt");
    assert_eq!(claims["sub"], BOB);
    assert_eq!(claims["aud"], "contact-change");
    assert!(claims["events"]["http://schemas.openid.net/event/backchannel-logout"].is_object());
    assert!(claims["jti"].is_string() && claims["iat"].is_i64() && claims["exp"].is_i64());
    assert!(claims.get("nonce").is_none(), "a logout token must not look like an ID token");

    let userinfo = sandbox.http.get(sandbox.url("/openid/userinfo")).bearer_auth(tokens.text("access_token"));
    assert_eq!(userinfo.send().await.unwrap().status(), 401);
}
