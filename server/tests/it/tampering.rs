//! Providers that lie, each in one way: nobody is signed in by any of them.

use rstest::rstest;
use serde_json::{Value, json};

use crate::{
    liar::{Liar, Lie, Signed, now},
    support::{Browser, app},
};

#[tokio::test]
async fn a_provider_that_tells_the_truth_signs_somebody_in() {
    let liar = Liar::start().await;
    let app = app(&liar.issuer).await;
    let mut browser = Browser::new();
    assert_eq!(liar.sign_in(&app, &mut browser, Signed::Well, Lie::Honest).await, 303);
    assert!(browser.cookies.contains_key("session"));
}

#[rstest]
#[case::without_a_signature(Signed::NotAtAll, Lie::Honest)]
#[case::signed_with_the_shared_secret(Signed::WithTheSecret, Lie::Honest)]
#[case::signed_by_an_unknown_key(Signed::ByAnother, Lie::Honest)]
#[case::signed_by_another_under_a_known_name(Signed::ByAnother, Lie::Header("kid", json!("own")))]
#[case::saying_that_it_is_not_signed(Signed::Well, Lie::Header("alg", json!("none")))]
#[case::saying_another_algorithm(Signed::Well, Lie::Header("alg", json!("RS256")))]
#[case::of_another_issuer(Signed::Well, Lie::Claim("iss", json!("https://other.example")))]
#[case::for_another_application(Signed::Well, Lie::Claim("aud", json!("another")))]
#[case::for_nobody(Signed::Well, Lie::Without("aud"))]
#[case::of_another_sign_in(Signed::Well, Lie::Claim("nonce", json!("another")))]
#[case::of_no_sign_in(Signed::Well, Lie::Without("nonce"))]
#[case::that_has_run_out(Signed::Well, Lie::Claim("exp", json!(now() - 60)))]
#[case::that_never_runs_out(Signed::Well, Lie::Without("exp"))]
#[case::of_the_future(Signed::Well, Lie::Claim("iat", json!(now() + 120)))]
#[case::with_another_access_token(Signed::Well, Lie::Claim("at_hash", json!("AAAAAAAAAAAAAAAAAAAAAA")))]
#[case::of_nobody(Signed::Well, Lie::Without("sub"))]
#[case::of_somebody_who_is_a_path(Signed::Well, Lie::Claim("sub", json!("..")))]
#[case::of_somebody_without_a_name(Signed::Well, Lie::Claim("sub", json!("")))]
#[tokio::test]
async fn an_id_token_does_not_sign_anybody_in(#[case] signed: Signed, #[case] lie: Lie) {
    let liar = Liar::start().await;
    let app = app(&liar.issuer).await;
    let mut browser = Browser::new();
    let status = liar.sign_in(&app, &mut browser, signed, lie).await;
    assert_eq!(status, 502);
    assert!(!browser.cookies.contains_key("session"));
    assert_eq!(browser.get(&format!("{}/email", app.url)).await.status(), 303, "nobody is signed in");
}

#[rstest]
#[case::it_was_made_in_twenty_seconds(Lie::Claim("iat", json!(now() + 20)))]
#[case::it_ran_out_twenty_seconds_ago(Lie::Claim("exp", json!(now() - 20)))]
#[tokio::test]
async fn clocks_that_are_a_little_apart_do_no_harm(#[case] lie: Lie) {
    let liar = Liar::start().await;
    let app = app(&liar.issuer).await;
    assert_eq!(liar.sign_in(&app, &mut Browser::new(), Signed::Well, lie).await, 303);
}

#[rstest]
#[case::no_id_token(json!({ "access_token": "x", "token_type": "Bearer" }))]
#[case::no_token_at_all(json!({}))]
#[case::an_error(json!({ "error": "invalid_grant", "error_description": "secret" }))]
#[case::no_object(json!([1, 2, 3]))]
#[case::an_id_token_that_is_none(json!({ "access_token": "x", "token_type": "Bearer", "id_token": "a.b" }))]
#[tokio::test]
async fn an_answer_without_a_good_id_token_signs_nobody_in(#[case] answer: Value) {
    let liar = Liar::start().await;
    let app = app(&liar.issuer).await;
    let mut browser = Browser::new();
    let departure = crate::support::location(&browser.get(&format!("{}/sign-in", app.url)).await);
    let state = crate::support::between(&departure, "state=", "&");
    liar.answer(answer);
    let back = browser.get(&format!("{}/sign-in/callback?code=x&state={state}", app.url)).await;
    assert_eq!(back.status(), 502);
    assert!(!back.text().await.expect("a page").contains("secret"));
    assert!(!browser.cookies.contains_key("session"));
}
