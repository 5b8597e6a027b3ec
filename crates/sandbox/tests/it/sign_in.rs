//! Signing in, with a client that checks everything the specifications ask for.

use crate::support::{ALICE, BOB, CALLBACK, Sandbox, sent_back};
use openidconnect::core::{CoreClient, CoreProviderMetadata, CoreResponseType, CoreUserInfoClaims};
use openidconnect::{
    AccessTokenHash, AuthenticationFlow, AuthorizationCode, ClientId, ClientSecret, CsrfToken, HttpRequest,
    HttpResponse, IssuerUrl, Nonce, OAuth2TokenResponse, PkceCodeChallenge, RedirectUrl, Scope,
    SubjectIdentifier, TokenResponse,
};
use sandbox::{Client, Settings, Signing};
use serde_json::json;

async fn over_http(request: HttpRequest) -> Result<HttpResponse, reqwest::Error> {
    let http = reqwest::Client::builder().redirect(reqwest::redirect::Policy::none()).build()?;
    let answer = http.execute(request.try_into()?).await?;
    let mut response = http::Response::builder().status(answer.status());
    for (name, value) in answer.headers() {
        response = response.header(name, value);
    }
    Ok(response.body(answer.bytes().await?.to_vec()).unwrap())
}

async fn a_strict_client_signs_in(signing: Signing) {
    let sandbox = Sandbox::with(Settings {
        clients: vec![Client { signing, ..Client::default() }],
        ..Settings::default()
    })
    .await;
    let issuer = sandbox.running.url().as_str().trim_end_matches('/').to_owned();
    let metadata =
        CoreProviderMetadata::discover_async(IssuerUrl::new(issuer).unwrap(), &over_http).await.unwrap();
    let client = CoreClient::from_provider_metadata(
        metadata,
        ClientId::new("contact-change".into()),
        Some(ClientSecret::new("contact-change-secret".into())),
    )
    .set_redirect_uri(RedirectUrl::new(CALLBACK.into()).unwrap());
    let (challenge, verifier) = PkceCodeChallenge::new_random_sha256();
    let flow = AuthenticationFlow::<CoreResponseType>::AuthorizationCode;
    let (address, state, nonce) = client
        .authorize_url(flow, CsrfToken::new_random, Nonce::new_random)
        .add_scopes(["profile", "email", "phone"].map(|scope| Scope::new(scope.into())))
        .set_pkce_challenge(challenge)
        .url();

    let page = sandbox.http.get(address.clone()).send().await.unwrap();
    assert_eq!(page.status(), 200);
    let back = sent_back(&sandbox.press(BOB, address.query().unwrap()).await);
    assert_eq!(&back["state"], state.secret());

    let tokens = client
        .exchange_code(AuthorizationCode::new(back["code"].clone()))
        .unwrap()
        .set_pkce_verifier(verifier)
        .request_async(&over_http)
        .await
        .unwrap();
    let id_token = tokens.id_token().unwrap();
    let verifier = client.id_token_verifier();
    let claims = id_token.claims(&verifier, &nonce).unwrap();
    let hash = AccessTokenHash::from_token(
        tokens.access_token(),
        id_token.signing_alg().unwrap(),
        id_token.signing_key(&verifier).unwrap(),
    );
    assert_eq!(claims.access_token_hash(), Some(&hash.unwrap()));
    assert_eq!(claims.subject().as_str(), BOB);
    assert!(claims.auth_time().is_some());

    let sub = SubjectIdentifier::new(BOB.into());
    let about: CoreUserInfoClaims = client
        .user_info(tokens.access_token().clone(), Some(sub))
        .unwrap()
        .request_async(&over_http)
        .await
        .unwrap();
    assert_eq!(about.email().unwrap().as_str(), "bob@example.org");
    assert_eq!(about.email_verified(), Some(true));
    assert_eq!(about.phone_number().unwrap().as_str(), "+447700900101");
    assert_eq!(about.name().unwrap().get(None).unwrap().as_str(), "Bob Baker");
}

#[tokio::test]
async fn a_strict_client_accepts_a_sign_in() {
    a_strict_client_signs_in(Signing::Rs256).await;
}

#[tokio::test]
async fn a_strict_client_accepts_a_sign_in_with_elliptic_curves() {
    a_strict_client_signs_in(Signing::Es256).await;
}

#[tokio::test]
async fn the_sign_in_page_has_one_button_for_each_person_and_no_other() {
    let sandbox = Sandbox::new().await;
    let path = format!("/openid/auth?{}", Sandbox::request(&[]));
    let page = sandbox.get(&path).await.text().await.unwrap();
    let people = sandbox.json("/control/people").await;
    let people = people["people"].as_array().unwrap();
    assert_eq!(page.matches("<button").count(), people.len());
    for person in people {
        let name = person["name"].as_str().unwrap();
        assert!(page.contains(&format!(">{name}</button>")), "{name}");
    }
    assert!(!page.contains("<script"));
}

#[tokio::test]
async fn people_who_are_all_alike_are_there_for_whoever_asks_for_them() {
    let sandbox = Sandbox::with(sandbox::Settings { people: 3, ..sandbox::Settings::default() }).await;
    let people = sandbox.json("/control/people").await;
    let last = people["people"].as_array().unwrap().last().unwrap().clone();
    assert_eq!(last["id"], "5b0000000000000000000003");
    assert_eq!(last["emails"][0], serde_json::json!({ "address": "person3@example.org", "verified": true }));
    let page = async |more: &str| {
        sandbox.get(&format!("/openid/auth?{}{more}", Sandbox::request(&[]))).await.text().await.unwrap()
    };
    assert!(!page("").await.contains("5b00000000000"), "a page of thousands would be of no use");
    assert!(page("&login_hint=person3").await.contains("value=\"5b0000000000000000000003\""));
}

#[tokio::test]
async fn the_sign_in_page_speaks_the_language_that_is_asked_for() {
    let sandbox = Sandbox::new().await;
    for (asked, heading) in [("fi en", "Kirjaudu sisään"), ("de sv-SE", "Logga in"), ("de", "Sign in")] {
        let path = format!("/openid/auth?{}", Sandbox::request(&[("ui_locales", asked)]));
        let page = sandbox.get(&path).await.text().await.unwrap();
        assert!(page.contains(&format!("<h1>{heading}</h1>")), "{asked}");
    }
}

#[tokio::test]
async fn the_person_who_is_hinted_at_comes_first() {
    let sandbox = Sandbox::new().await;
    let path = format!("/openid/auth?{}", Sandbox::request(&[("login_hint", "bob@example.org")]));
    let page = sandbox.get(&path).await.text().await.unwrap();
    assert!(page.find("Bob Baker").unwrap() < page.find("Alice Archer").unwrap());
}

#[tokio::test]
async fn only_the_person_who_is_asked_for_can_sign_in() {
    let sandbox = Sandbox::new().await;
    let claims = format!(r#"{{"userinfo":{{"sub":{{"value":"{ALICE}"}}}}}}"#);
    let request = Sandbox::request(&[("claims", &claims), ("prompt", "login")]);
    let page = sandbox.get(&format!("/openid/auth?{request}")).await.text().await.unwrap();
    assert_eq!(page.matches("<button").count(), 1);
    assert!(page.contains(">Alice Archer</button>"));
    assert_eq!(sent_back(&sandbox.press(BOB, &request).await)["error"], "login_required");
    let nobody = Sandbox::request(&[("claims", r#"{"userinfo":{"sub":{"value":"nobody"}}}"#)]);
    let page = sandbox.get(&format!("/openid/auth?{nobody}")).await.text().await.unwrap();
    assert!(page.contains("not known here") && !page.contains("<button"));
    assert!(sent_back(&sandbox.press(ALICE, &request).await).contains_key("code"));
}

#[tokio::test]
async fn nobody_shows_the_sign_in_page_in_a_frame_but_those_who_were_let() {
    let sandbox = Sandbox::new().await;
    let page = format!("/openid/auth?{}", Sandbox::request(&[]));
    let ancestors = async |path: &str| {
        let answer = sandbox.get(path).await;
        let policy = answer.headers()["content-security-policy"].to_str().unwrap();
        policy.split("frame-ancestors ").nth(1).unwrap().to_owned()
    };
    assert_eq!(ancestors(&page).await, "'none'");
    let origins = ["http://127.0.0.1:8080", "https://shop.example"];
    sandbox.control("framing", json!({ "client": "contact-change", "origins": origins })).await;
    assert_eq!(ancestors(&page).await, "http://127.0.0.1:8080 https://shop.example");
    assert_eq!(ancestors("/outbox").await, "'none'");
    sandbox.control("reset", json!({})).await;
    assert_eq!(ancestors(&page).await, "'none'");
}
