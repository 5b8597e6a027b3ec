//! Sign-out that the provider tells of, from server to server.

use reqwest::{Response, StatusCode};
use rstest::rstest;
use serde_json::{Value, json};

use crate::{
    liar::{CLIENT, Liar, Lie, Signed, now},
    redis_server::RedisServer,
    support::{ALICE, App, Browser, app, app_with, header, issuer, sandbox},
};

/// What an operator sets whose provider does not say what its tokens are.
const UNTYPED: [(&str, &str); 1] = [("PROVIDER__UNTYPED_LOGOUT_TOKENS", "true")];

const EVENT: &str = "http://schemas.openid.net/event/backchannel-logout";

/// What a true logout token says.
fn claims(liar: &Liar) -> Value {
    json!({
        "iss": liar.issuer, "sub": ALICE, "aud": CLIENT, "iat": now(), "exp": now() + 120, "jti": "a-token",
        "events": { EVENT: {} },
    })
}

async fn tell(app: &App, token: &str) -> Response {
    let request = reqwest::Client::new().post(format!("{}/back-channel-logout", app.url));
    request.form(&[("logout_token", token)]).send().await.expect("an answer")
}

async fn is_signed_in(app: &App, browser: &mut Browser) -> bool {
    browser.get(&format!("{}/signed-out", app.url)).await;
    browser.get(&format!("{}/email", app.url)).await.status() == StatusCode::OK
}

#[tokio::test]
async fn whoever_signs_out_at_the_provider_is_signed_out_here_in_every_browser() {
    let sandbox = sandbox().await;
    let app = app(&issuer(&sandbox)).await;
    let mut browsers = [Browser::new(), Browser::new()];
    for browser in &mut browsers {
        browser.sign_in(&app, "/sign-in").await;
        assert!(is_signed_in(&app, browser).await);
    }
    let http = reqwest::Client::new();
    let told = json!({
        "client": "contact-change", "backchannelLogoutUri": format!("{}/back-channel-logout", app.url),
    });
    let control = |path: &str| format!("{}/control/{path}", issuer(&sandbox));
    http.post(control("back-channel")).json(&told).send().await.expect("an answer");
    let told: Value = http
        .post(control("sign-out"))
        .json(&json!({ "sub": ALICE }))
        .send()
        .await
        .expect("an answer")
        .json()
        .await
        .expect("JSON");
    assert_eq!(told["notified"], json!([{ "client": "contact-change", "status": 200 }]));
    for browser in &mut browsers {
        assert!(!is_signed_in(&app, browser).await);
    }
    let [browser, _] = &mut browsers;
    browser.sign_in(&app, "/sign-in").await;
    assert!(is_signed_in(&app, browser).await, "they can sign in again");
}

#[tokio::test]
async fn a_sign_out_told_to_one_node_counts_on_all() {
    let liar = Liar::start().await;
    let redis = RedisServer::start();
    let secret = "MDEyMzQ1Njc4OTAxMjM0NTY3ODkwMTIzNDU2Nzg5MDE=";
    let url = redis.url();
    let settings = [("STORE__KIND", "redis"), ("STORE__URL", url.as_str()), ("SESSION__SECRET", secret)];
    let (first, second) = (app_with(&liar.issuer, &settings).await, app_with(&liar.issuer, &settings).await);
    let mut browser = Browser::new();
    assert_eq!(liar.sign_in(&first, &mut browser, Signed::Well, Lie::Honest).await, 303);
    // The service is not there, and the page says so to whoever is signed in.
    assert!(is_signed_in(&second, &mut browser).await);
    let token = liar.sign("logout+jwt", claims(&liar), Signed::Well, Lie::Honest);
    assert_eq!(tell(&first, &token).await.status(), StatusCode::OK);
    assert!(!is_signed_in(&second, &mut browser).await);
}

#[rstest]
#[case::as_the_specification_recommends("logout+jwt", Lie::Honest)]
#[case::with_its_whole_media_type("application/logout+jwt", Lie::Honest)]
#[case::for_several_applications("logout+jwt", Lie::Claim("aud", json!(["another", CLIENT])))]
#[case::with_a_session_of_the_provider("logout+jwt", Lie::Claim("sid", json!("a-session")))]
#[case::from_a_clock_a_little_ahead("logout+jwt", Lie::Claim("iat", json!(now() + 20)))]
#[tokio::test]
async fn a_true_logout_token_ends_the_session(#[case] kind: &str, #[case] lie: Lie) {
    let liar = Liar::start().await;
    let app = app(&liar.issuer).await;
    let mut browser = Browser::new();
    liar.sign_in(&app, &mut browser, Signed::Well, Lie::Honest).await;
    let answer = tell(&app, &liar.sign(kind, claims(&liar), Signed::Well, lie)).await;
    assert_eq!(answer.status(), StatusCode::OK);
    assert_eq!(header(&answer, "cache-control"), "no-store");
    assert!(!is_signed_in(&app, &mut browser).await);
}

#[rstest]
#[case::not_signed("logout+jwt", Signed::NotAtAll, Lie::Honest)]
#[case::signed_with_the_shared_secret("logout+jwt", Signed::WithTheSecret, Lie::Honest)]
#[case::signed_by_an_unknown_key("logout+jwt", Signed::ByAnother, Lie::Honest)]
#[case::signed_by_another_under_a_known_name("logout+jwt", Signed::ByAnother, Lie::Header("kid", json!("own")))]
#[case::saying_another_algorithm("logout+jwt", Signed::Well, Lie::Header("alg", json!("RS256")))]
#[case::with_a_critical_header("logout+jwt", Signed::Well, Lie::Header("crit", json!(["exp"])))]
#[case::of_another_type("at+jwt", Signed::Well, Lie::Honest)]
#[case::without_a_type_of_its_own("JWT", Signed::Well, Lie::Honest)]
#[case::without_a_type("logout+jwt", Signed::Well, Lie::NoHeader("typ"))]
#[case::of_another_issuer("logout+jwt", Signed::Well, Lie::Claim("iss", json!("https://other.example")))]
#[case::for_another_application("logout+jwt", Signed::Well, Lie::Claim("aud", json!("another")))]
#[case::for_nobody("logout+jwt", Signed::Well, Lie::Without("aud"))]
#[case::that_has_run_out("logout+jwt", Signed::Well, Lie::Claim("exp", json!(now() - 60)))]
#[case::that_never_runs_out("logout+jwt", Signed::Well, Lie::Without("exp"))]
#[case::of_the_future("logout+jwt", Signed::Well, Lie::Claim("iat", json!(now() + 120)))]
#[case::of_no_time("logout+jwt", Signed::Well, Lie::Without("iat"))]
#[case::that_tells_of_nothing("logout+jwt", Signed::Well, Lie::Without("events"))]
#[case::that_tells_of_something_else("logout+jwt", Signed::Well, Lie::Claim("events", json!({ "x": {} })))]
#[case::whose_event_is_no_object("logout+jwt", Signed::Well, Lie::Claim("events", json!({ EVENT: true })))]
#[case::with_a_nonce("logout+jwt", Signed::Well, Lie::Claim("nonce", json!("a-nonce")))]
#[case::of_nobody("logout+jwt", Signed::Well, Lie::Without("sub"))]
#[case::of_somebody_who_is_a_path("logout+jwt", Signed::Well, Lie::Claim("sub", json!("..")))]
#[tokio::test]
async fn a_logout_token_ends_nothing(#[case] kind: &str, #[case] signed: Signed, #[case] lie: Lie) {
    let liar = Liar::start().await;
    let app = app(&liar.issuer).await;
    let mut browser = Browser::new();
    liar.sign_in(&app, &mut browser, Signed::Well, Lie::Honest).await;
    let answer = tell(&app, &liar.sign(kind, claims(&liar), signed, lie)).await;
    assert_eq!(answer.status(), StatusCode::BAD_REQUEST);
    assert_eq!(header(&answer, "cache-control"), "no-store");
    let body: Value = answer.json().await.expect("JSON");
    assert_eq!(body["error"], "invalid_request");
    assert!(!body.to_string().contains(ALICE), "{body}");
    assert!(is_signed_in(&app, &mut browser).await);
}

#[rstest]
#[case::that_says_what_every_token_is("JWT", Lie::Honest, StatusCode::OK)]
#[case::that_says_nothing("JWT", Lie::NoHeader("typ"), StatusCode::OK)]
#[case::that_is_another("at+jwt", Lie::Honest, StatusCode::BAD_REQUEST)]
#[tokio::test]
async fn an_operator_whose_provider_does_not_type_logout_tokens_can_take_one(
    #[case] kind: &str,
    #[case] lie: Lie,
    #[case] status: StatusCode,
) {
    let liar = Liar::start().await;
    let app = app_with(&liar.issuer, &UNTYPED).await;
    let token = liar.sign(kind, claims(&liar), Signed::Well, lie);
    assert_eq!(tell(&app, &token).await.status(), status);
}

#[rstest]
#[case::typed_ones_only(&[])]
#[case::others_as_well(&UNTYPED)]
#[tokio::test]
async fn an_id_token_is_no_logout_token(#[case] settings: &[(&str, &str)]) {
    let liar = Liar::start().await;
    let app = app_with(&liar.issuer, settings).await;
    let mut browser = Browser::new();
    liar.sign_in(&app, &mut browser, Signed::Well, Lie::Honest).await;
    let id_token = liar.sign("JWT", liar.claims("a-nonce"), Signed::Well, Lie::Honest);
    assert_eq!(tell(&app, &id_token).await.status(), StatusCode::BAD_REQUEST);
    assert!(is_signed_in(&app, &mut browser).await);
}

#[rstest]
#[case::nothing("")]
#[case::no_token("x")]
#[case::two_parts("e30.e30")]
#[case::no_json("bm8.bm8.bm8")]
#[case::not_even_base64("!.!.!")]
#[tokio::test]
async fn what_is_no_token_is_refused(#[case] token: &str) {
    let liar = Liar::start().await;
    let app = app(&liar.issuer).await;
    assert_eq!(tell(&app, token).await.status(), StatusCode::BAD_REQUEST);
    let form = reqwest::Client::new().post(format!("{}/back-channel-logout", app.url)).body("{}");
    assert_eq!(form.send().await.expect("an answer").status(), StatusCode::BAD_REQUEST);
}

#[tokio::test]
async fn an_old_logout_token_does_not_end_what_began_after_it() {
    let liar = Liar::start().await;
    let app = app(&liar.issuer).await;
    let old = Lie::Claim("iat", json!(now() - 60));
    let token = liar.sign("logout+jwt", claims(&liar), Signed::Well, old);
    let mut browser = Browser::new();
    liar.sign_in(&app, &mut browser, Signed::Well, Lie::Honest).await;
    assert_eq!(tell(&app, &token).await.status(), StatusCode::OK);
    assert!(is_signed_in(&app, &mut browser).await);
}

#[tokio::test]
async fn the_sign_out_of_one_person_leaves_others_signed_in() {
    let liar = Liar::start().await;
    let app = app(&liar.issuer).await;
    let mut other = Browser::new();
    let sub = Lie::Claim("sub", json!("5a0000000000000000000002"));
    liar.sign_in(&app, &mut other, Signed::Well, sub).await;
    let token = liar.sign("logout+jwt", claims(&liar), Signed::Well, Lie::Honest);
    assert_eq!(tell(&app, &token).await.status(), StatusCode::OK);
    assert!(is_signed_in(&app, &mut other).await);
}

#[rstest]
#[case::after_one_that_encrypts("enc")]
#[case::after_another_that_signs("sig")]
#[tokio::test]
async fn a_token_that_names_no_key_counts_whichever_of_the_provider_s_keys_signed_it(#[case] usage: &str) {
    let liar = Liar::start().await;
    liar.publish(&[(Signed::ByAnother, "other", usage), (Signed::Well, "own", "sig")]);
    let app = app(&liar.issuer).await;
    let mut browser = Browser::new();
    liar.sign_in(&app, &mut browser, Signed::Well, Lie::Honest).await;
    let token = |signed| liar.sign("logout+jwt", claims(&liar), signed, Lie::NoHeader("kid"));
    if usage == "enc" {
        let answer = tell(&app, &token(Signed::ByAnother)).await;
        assert_eq!(answer.status(), StatusCode::BAD_REQUEST, "that key signs nothing");
        assert!(is_signed_in(&app, &mut browser).await);
    }
    assert_eq!(tell(&app, &token(Signed::Well)).await.status(), StatusCode::OK);
    assert!(!is_signed_in(&app, &mut browser).await);
}

#[tokio::test]
async fn a_key_that_took_the_name_of_another_one_is_fetched_and_that_one_counts_no_more() {
    let liar = Liar::start().await;
    let app = app(&liar.issuer).await;
    let mut browser = Browser::new();
    liar.sign_in(&app, &mut browser, Signed::Well, Lie::Honest).await;
    liar.publish(&[(Signed::ByAnother, "own", "sig")]);
    let named = || Lie::Header("kid", json!("own"));
    let token = liar.sign("logout+jwt", claims(&liar), Signed::ByAnother, named());
    assert_eq!(tell(&app, &token).await.status(), StatusCode::OK);
    assert!(!is_signed_in(&app, &mut browser).await);
    let old = liar.sign("logout+jwt", claims(&liar), Signed::Well, named());
    assert_eq!(tell(&app, &old).await.status(), StatusCode::BAD_REQUEST);
}

#[tokio::test]
async fn whoever_forges_signatures_has_the_keys_fetched_once_a_minute_and_no_more() {
    let liar = Liar::start().await;
    let app = app(&liar.issuer).await;
    let named = || Lie::Header("kid", json!("own"));
    let forged = liar.sign("logout+jwt", claims(&liar), Signed::ByAnother, named());
    assert_eq!(tell(&app, &forged).await.status(), StatusCode::BAD_REQUEST);
    // That was the look of this minute.
    liar.publish(&[(Signed::ByAnother, "own", "sig")]);
    assert_eq!(tell(&app, &forged).await.status(), StatusCode::BAD_REQUEST);
}
