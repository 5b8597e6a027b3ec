//! Who may call what.

use crate::support::{ALICE, BOB, SCOPE, Sandbox};
use rstest::rstest;
use serde_json::{Value, json};

#[tokio::test]
async fn a_client_without_the_permission_is_told_which_one_it_lacks() {
    let sandbox = Sandbox::new().await;
    let request = sandbox.http.get(sandbox.url(&format!("/api/rest/v1/user/{ALICE}")));
    let answer = request.basic_auth("no-permission", Some("no-permission-secret")).send().await.unwrap();
    assert_eq!(answer.status(), 403);
    assert_eq!(
        answer.json::<Value>().await.unwrap(),
        json!({ "errorMessage": "Client does not have required permission ACCOUNT_VIEW.", "statusCode": 403 })
    );
}

#[tokio::test]
async fn without_the_permission_no_change_is_begun() {
    let sandbox = Sandbox::new().await;
    let path = format!("/api/rest/v1/user/{ALICE}/change-contact/begin");
    let request = sandbox.http.post(sandbox.url(&path)).json(&json!({ "email": "new@example.org" }));
    let answer = request.basic_auth("no-permission", Some("no-permission-secret")).send().await.unwrap();
    assert_eq!(answer.status(), 403);
    let entry = &sandbox.ledger("begins").await[0];
    assert_eq!(entry["outcome"], "forbidden");
    assert_eq!(entry["caller"], "client:no-permission");
    assert_eq!(sandbox.json("/outbox.json").await, json!([]));
}

#[rstest]
#[case::nothing("")]
#[case::a_wrong_secret("Basic Y29udGFjdC1jaGFuZ2UtYXBpOmd1ZXNzZWQ=")]
#[case::not_base64("Basic %%%")]
#[case::an_unknown_token("Bearer guessed")]
#[case::another_scheme("Digest a=b")]
#[tokio::test]
async fn missing_or_wrong_credentials_are_challenged(#[case] credentials: &str) {
    let sandbox = Sandbox::new().await;
    let request = sandbox.http.get(sandbox.url(&format!("/api/rest/v1/user/{ALICE}")));
    let answer = request.header("authorization", credentials).send().await.unwrap();
    assert_eq!(answer.status(), 401);
    assert_eq!(answer.headers().get_all("www-authenticate").iter().count(), 2);
    assert_eq!(answer.json::<Value>().await.unwrap()["statusCode"], 401);
}

#[tokio::test]
async fn nobody_has_this_id() {
    let sandbox = Sandbox::new().await;
    let answer = sandbox.begin("5a00000000000000000000ff", json!({ "email": "new@example.org" })).await;
    assert_eq!(answer.status(), 404);
    assert_eq!(sandbox.ledger("begins").await[0]["outcome"], "no_such_user");
}

#[tokio::test]
async fn a_users_own_token_reads_their_profile_and_nothing_else() {
    let sandbox = Sandbox::new().await;
    let tokens = sandbox.signed_in(ALICE, "openid").await;
    let read = async |path: String| {
        let request = sandbox.http.get(sandbox.url(&path)).bearer_auth(tokens.text("access_token"));
        request.send().await.unwrap()
    };
    let profile = read(format!("/api/rest/v1/user/{ALICE}/profile")).await;
    assert_eq!(profile.status(), 200);
    let profile: Value = profile.json().await.unwrap();
    assert_eq!(profile["emails"], json!([{ "address": "alice@example.org", "verified": true }]));
    assert_eq!(read(format!("/api/rest/v1/user/{BOB}/profile")).await.status(), 403);
    assert_eq!(read(format!("/api/rest/v1/user/{ALICE}")).await.status(), 403);
}

#[rstest]
#[case("email.update", json!({ "email": "new@example.org" }), 200)]
#[case("phone.update", json!({ "mobile": "+447700900999" }), 200)]
#[case("phone.update", json!({ "email": "new@example.org" }), 403)]
#[case("email.update", json!({ "mobile": "+447700900999" }), 403)]
#[tokio::test]
async fn a_users_own_token_changes_what_its_scope_covers(
    #[case] scope: &str,
    #[case] body: Value,
    #[case] status: u16,
) {
    let sandbox = Sandbox::new().await;
    let tokens = sandbox.signed_in(ALICE, &format!("openid {SCOPE}{scope}")).await;
    let path = format!("/api/rest/v1/user/{ALICE}/change-contact/begin");
    let request = sandbox.http.post(sandbox.url(&path)).bearer_auth(tokens.text("access_token"));
    assert_eq!(request.json(&body).send().await.unwrap().status(), status);
}

#[tokio::test]
async fn a_users_own_token_finishes_with_their_profile_as_the_answer() {
    let sandbox = Sandbox::new().await;
    let tokens = sandbox.signed_in(ALICE, &format!("openid {SCOPE}phone.update")).await;
    let post = async |call: &str, body: Value| -> Value {
        let path = format!("/api/rest/v1/user/{ALICE}/change-contact/{call}");
        let request = sandbox.http.post(sandbox.url(&path)).bearer_auth(tokens.text("access_token"));
        request.json(&body).send().await.unwrap().json().await.unwrap()
    };
    let begun = post("begin", json!({ "mobile": "+447700900999" })).await;
    let code = sandbox.code("+447700900999").await;
    let body = json!({ "verificationToken": begun["verificationToken"], "code": code });
    let profile = post("finish", body).await;
    assert_eq!(profile["mobiles"], json!([{ "number": "+447700900999", "verified": true }]));
    assert!(profile.get("meta").is_none());
}

#[rstest]
#[case::not_json("text/plain", "{}", 415)]
#[case::cut_off("application/json", "{\"email\":", 400)]
#[case::another_type("application/json", "{\"email\":5}", 400)]
#[case::a_list("application/json", "[]", 400)]
#[tokio::test]
async fn a_body_that_cannot_be_read_is_refused_in_the_documented_form(
    #[case] media: &str,
    #[case] body: &'static str,
    #[case] status: u16,
) {
    let sandbox = Sandbox::new().await;
    let request = sandbox.call(ALICE, "change-contact/begin", &json!({}));
    let mut request = request.body(body).build().unwrap();
    request.headers_mut().insert("content-type", media.parse().unwrap());
    let answer = sandbox.http.execute(request).await.unwrap();
    assert_eq!(answer.status(), status);
    assert_eq!(answer.json::<Value>().await.unwrap()["statusCode"], status);
    assert_eq!(sandbox.ledger("begins").await[0]["status"], status);
}

#[tokio::test]
async fn a_body_that_is_too_long_is_refused() {
    let sandbox = Sandbox::new().await;
    let body = json!({ "email": "new@example.org", "padding": "x".repeat(20_000) });
    assert_eq!(sandbox.begin(ALICE, body).await.status(), 413);
}

#[tokio::test]
async fn unknown_members_are_ignored() {
    let sandbox = Sandbox::new().await;
    let body = json!({ "email": "new@example.org", "mobile": null, "somethingNew": [1, 2] });
    assert_eq!(sandbox.begin(ALICE, body).await.status(), 200);
}

/// Asks for a token by the client credentials grant (RFC 6749, section 4.4).
async fn granted(sandbox: &Sandbox, id: &str, secret: &str) -> reqwest::Response {
    let form = [("grant_type", "client_credentials")];
    let request = sandbox.http.post(sandbox.url("/openid/token")).form(&form);
    request.basic_auth(id, Some(secret)).send().await.unwrap()
}

#[tokio::test]
async fn an_api_client_may_do_the_same_with_a_token_of_its_own() {
    let sandbox = Sandbox::new().await;
    let token: Value =
        granted(&sandbox, "contact-change-api", "contact-change-api-secret").await.json().await.unwrap();
    assert_eq!((&token["token_type"], &token["expires_in"]), (&json!("Bearer"), &json!(3600)));
    assert!(token.get("id_token").is_none() && token.get("refresh_token").is_none(), "{token}");
    let bearer = token["access_token"].as_str().unwrap();
    let path = format!("/api/rest/v1/user/{ALICE}/change-contact/begin");
    let begin = || sandbox.http.post(sandbox.url(&path)).json(&json!({ "email": "new@example.org" }));
    assert_eq!(begin().bearer_auth(bearer).send().await.unwrap().status(), 200);
    assert_eq!(sandbox.ledger("begins").await[0]["caller"], "client:contact-change-api");

    sandbox.control("clock", json!({ "advanceSeconds": 3601 })).await;
    assert_eq!(begin().bearer_auth(bearer).send().await.unwrap().status(), 401, "it has run out");
}

#[tokio::test]
async fn a_token_gives_no_permission_that_the_client_lacks() {
    let sandbox = Sandbox::new().await;
    let token: Value = granted(&sandbox, "no-permission", "no-permission-secret").await.json().await.unwrap();
    let request = sandbox.http.get(sandbox.url(&format!("/api/rest/v1/user/{ALICE}")));
    let answer = request.bearer_auth(token["access_token"].as_str().unwrap()).send().await.unwrap();
    assert_eq!(answer.status(), 403);
}

#[rstest]
#[case::a_wrong_secret("contact-change-api", "guessed")]
#[case::an_application("contact-change", "contact-change-secret")]
#[tokio::test]
async fn only_an_api_client_that_proves_itself_gets_a_token(#[case] id: &str, #[case] secret: &str) {
    let sandbox = Sandbox::new().await;
    let answer = granted(&sandbox, id, secret).await;
    assert_eq!(answer.status(), 401);
    assert_eq!(answer.json::<Value>().await.unwrap()["error"], "invalid_client");
}
