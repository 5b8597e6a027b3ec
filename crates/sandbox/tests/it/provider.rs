//! What the provider refuses, and what it remembers.

use crate::support::{ALICE, CALLBACK, Sandbox, Tokens, VERIFIER, cookie, sent_back};
use rstest::rstest;
use serde_json::{Value, json};

#[tokio::test]
async fn a_wrong_verifier_gets_no_tokens() {
    let sandbox = Sandbox::new().await;
    let back = sent_back(&sandbox.press(ALICE, &Sandbox::request(&[])).await);
    let wrong = "another-verifier-that-is-long-enough-to-be-one-0123456789";
    let refused = sandbox.redeem(&back["code"], wrong).await;
    assert_eq!(refused.status(), 400);
    assert_eq!(refused.json::<Value>().await.unwrap()["error"], "invalid_grant");
    assert_eq!(sandbox.redeem(&back["code"], VERIFIER).await.status(), 400, "one try is all there is");
}

#[tokio::test]
async fn a_code_that_is_used_twice_ends_its_tokens() {
    let sandbox = Sandbox::new().await;
    let back = sent_back(&sandbox.press(ALICE, &Sandbox::request(&[])).await);
    let tokens = Tokens(sandbox.redeem(&back["code"], VERIFIER).await.json().await.unwrap());
    let userinfo =
        || sandbox.http.get(sandbox.url("/openid/userinfo")).bearer_auth(tokens.text("access_token"));
    assert_eq!(userinfo().send().await.unwrap().status(), 200);
    assert_eq!(sandbox.redeem(&back["code"], VERIFIER).await.status(), 400);
    assert_eq!(userinfo().send().await.unwrap().status(), 401);
}

#[tokio::test]
async fn a_code_runs_out_after_a_minute() {
    let sandbox = Sandbox::new().await;
    let back = sent_back(&sandbox.press(ALICE, &Sandbox::request(&[])).await);
    sandbox.control("clock", json!({ "advanceSeconds": 61 })).await;
    assert_eq!(sandbox.redeem(&back["code"], VERIFIER).await.status(), 400);
}

#[tokio::test]
async fn nobody_signed_in_and_no_prompt_is_login_required() {
    let sandbox = Sandbox::new().await;
    let path = format!("/openid/auth?{}", Sandbox::request(&[("prompt", "none")]));
    let back = sent_back(&sandbox.get(&path).await);
    assert_eq!(back["error"], "login_required");
    assert_eq!(back["state"], "a state");
    assert_eq!(back["iss"], sandbox.running.url().as_str().trim_end_matches('/'));
}

#[tokio::test]
async fn a_second_sign_in_in_the_same_browser_is_silent_unless_it_must_not_be() {
    let sandbox = Sandbox::new().await;
    let session = cookie(&sandbox.press(ALICE, &Sandbox::request(&[])).await);
    let again = async |more: &[(&str, &str)]| {
        let path = format!("/openid/auth?{}", Sandbox::request(more));
        let request = sandbox.http.get(sandbox.url(&path)).header("cookie", &session);
        request.send().await.unwrap().status().as_u16()
    };
    assert_eq!(again(&[]).await, 303);
    assert_eq!(again(&[("prompt", "login")]).await, 200);
    assert_eq!(again(&[("max_age", "300")]).await, 303);
    sandbox.control("clock", json!({ "advanceSeconds": 301 })).await;
    assert_eq!(again(&[("max_age", "300")]).await, 200);
    assert_eq!(again(&[]).await, 303);
}

#[tokio::test]
async fn signing_in_afresh_in_the_same_browser_stays_one_session() {
    let sandbox = Sandbox::new().await;
    let session = cookie(&sandbox.press(ALICE, &Sandbox::request(&[])).await);
    let form = [("request", Sandbox::request(&[("prompt", "login")])), ("person", ALICE.into())];
    let press = sandbox.http.post(sandbox.url("/openid/auth/sign-in")).form(&form);
    let again = press.header("cookie", &session).send().await.unwrap();
    assert_eq!(cookie(&again), session);
    let ended = sandbox.control("sign-out", json!({ "sub": ALICE })).await;
    assert_eq!(ended.json::<Value>().await.unwrap()["sessions"], 1);
}

#[rstest]
#[case::another_path("http://localhost:3000/elsewhere")]
#[case::another_host("https://example.com/sign-in/callback")]
#[case::a_query("http://localhost:3000/sign-in/callback?a=1")]
#[case::a_fragment("http://localhost:3000/sign-in/callback#a")]
#[case::a_user("http://user@localhost:3000/sign-in/callback")]
#[case::steps_in_the_path("http://localhost:3000/x/../sign-in/callback")]
#[case::another_scheme("javascript://localhost/sign-in/callback")]
#[tokio::test]
async fn nobody_is_sent_to_an_address_that_is_not_registered(#[case] address: &str) {
    let sandbox = Sandbox::new().await;
    let request = Sandbox::request(&[("redirect_uri", address)]);
    for answer in
        [sandbox.get(&format!("/openid/auth?{request}")).await, sandbox.press(ALICE, &request).await]
    {
        assert_eq!(answer.status(), 400);
        assert!(!answer.headers().contains_key("location"));
    }
}

#[rstest]
#[case("http://127.0.0.1:8080/sign-in/callback")]
#[case("http://[::1]:8080/sign-in/callback")]
#[case("https://localhost/sign-in/callback")]
#[tokio::test]
async fn any_loopback_address_with_the_callback_path_is_registered(#[case] address: &str) {
    let sandbox = Sandbox::new().await;
    let answer = sandbox.press(ALICE, &Sandbox::request(&[("redirect_uri", address)])).await;
    assert!(answer.headers()["location"].to_str().unwrap().starts_with(address));
}

#[rstest]
#[case("scope", "email", "invalid_scope")]
#[case("response_type", "token", "unsupported_response_type")]
#[case("response_mode", "fragment", "invalid_request")]
#[case("code_challenge_method", "plain", "invalid_request")]
#[case("prompt", "none login", "invalid_request")]
#[case("max_age", "soon", "invalid_request")]
#[case("claims", "{", "invalid_request")]
#[case("request", "eyJ9", "request_not_supported")]
#[tokio::test]
async fn a_request_that_cannot_be_served_is_sent_back_with_its_error(
    #[case] name: &str,
    #[case] value: &str,
    #[case] error: &str,
) {
    let sandbox = Sandbox::new().await;
    let path = format!("/openid/auth?{}", Sandbox::request(&[(name, value)]));
    assert_eq!(sent_back(&sandbox.get(&path).await)["error"], error);
}

#[tokio::test]
async fn a_client_proves_itself_in_the_header_or_in_the_form_but_with_the_right_secret() {
    let sandbox = Sandbox::new().await;
    for (secret, status) in [("contact-change-secret", 200), ("guessed", 401)] {
        let back = sent_back(&sandbox.press(ALICE, &Sandbox::request(&[])).await);
        let form = [
            ("grant_type", "authorization_code"),
            ("code", &back["code"]),
            ("redirect_uri", CALLBACK),
            ("code_verifier", VERIFIER),
            ("client_id", "contact-change"),
            ("client_secret", secret),
        ];
        let answer = sandbox.http.post(sandbox.url("/openid/token")).form(&form).send().await.unwrap();
        assert_eq!(answer.status(), status);
    }
}

#[tokio::test]
async fn a_refresh_token_works_once_and_its_second_use_ends_the_sign_in() {
    let sandbox = Sandbox::new().await;
    let first = sandbox.signed_in(ALICE, "openid offline_access").await;
    let renew =
        async |token: &str| sandbox.token(&[("grant_type", "refresh_token"), ("refresh_token", token)]).await;
    let second = renew(first.text("refresh_token")).await;
    assert_eq!(second.status(), 200);
    let second = Tokens(second.json().await.unwrap());
    assert_eq!(renew(first.text("refresh_token")).await.status(), 400);
    assert_eq!(renew(second.text("refresh_token")).await.status(), 400);
}

#[tokio::test]
async fn without_offline_access_there_is_no_refresh_token() {
    let sandbox = Sandbox::new().await;
    assert!(sandbox.signed_in(ALICE, "openid").await.0.get("refresh_token").is_none());
}

#[tokio::test]
async fn userinfo_tells_what_the_scopes_cover_and_no_more() {
    let sandbox = Sandbox::new().await;
    let tokens = sandbox.signed_in(ALICE, "openid email").await;
    let userinfo =
        sandbox.http.post(sandbox.url("/openid/userinfo")).bearer_auth(tokens.text("access_token"));
    let claims: Value = userinfo.send().await.unwrap().json().await.unwrap();
    assert_eq!(claims, json!({ "sub": ALICE, "email": "alice@example.org", "email_verified": true }));
}

#[tokio::test]
async fn a_token_that_has_run_out_is_refused_and_introspection_says_so() {
    let sandbox = Sandbox::new().await;
    let tokens = sandbox.signed_in(ALICE, "openid").await;
    let active = async || {
        let request = sandbox.http.post(sandbox.url("/openid/introspect"));
        let request = request.basic_auth("contact-change", Some("contact-change-secret"));
        let answer = request.form(&[("token", tokens.text("access_token"))]).send().await.unwrap();
        answer.json::<Value>().await.unwrap()["active"].clone()
    };
    assert_eq!(active().await, true);
    sandbox.control("clock", json!({ "advanceSeconds": 3600 })).await;
    assert_eq!(active().await, false);
    let userinfo = sandbox.http.get(sandbox.url("/openid/userinfo")).bearer_auth(tokens.text("access_token"));
    assert_eq!(userinfo.send().await.unwrap().status(), 401);
}
