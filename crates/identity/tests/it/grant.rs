//! An API client that calls with a token of its own: the client credentials grant, against the sandbox.

use std::time::Duration;

use contact::{Choices, Contact, Kind};
use identity::{
    Begun, Caller, Client, ClientCredentials, Credentials, Fault, Settings, Subject, TokenEndpoint,
};
use sandbox::Running;
use serde_json::{Value, json};
use upstream::{Bodies, Limits, Tls, Upstream};

const ALICE: &str = "5a0000000000000000000001";

struct World {
    sandbox: Running,
    client: Client,
}

fn issuer(sandbox: &Running) -> String {
    sandbox.url().as_str().trim_end_matches('/').to_owned()
}

impl World {
    async fn new() -> Self {
        Self::with("contact-change-api-secret", None).await
    }

    async fn with(secret: &str, endpoint: Option<&str>) -> Self {
        let sandbox = sandbox::start(sandbox::Settings::default()).await.unwrap();
        let limits = Limits { retry_delay: Duration::from_millis(10), ..Limits::default() };
        let client = ClientCredentials {
            id: "contact-change-api".into(),
            secret: secret.into(),
            scopes: Vec::new(),
            endpoint: match endpoint {
                Some(path) => TokenEndpoint::At(sandbox.url().join(path).unwrap()),
                None => TokenEndpoint::OfIssuer(issuer(&sandbox)),
            },
            provider: Upstream::new("provider", limits.clone(), Bodies::OfAny, &Tls::default()).unwrap(),
        };
        let settings = Settings::new(sandbox.url().clone(), Credentials::ClientCredentials(client));
        let client = Client::new(Settings { limits, ..settings }).unwrap();
        Self { sandbox, client }
    }

    async fn control(&self, what: &str, body: Value) {
        let url = self.sandbox.url().join(&format!("/control/{what}")).unwrap();
        let answer = reqwest::Client::new().post(url).json(&body).send().await.unwrap();
        assert!(answer.status().is_success(), "{}", answer.text().await.unwrap());
    }

    async fn json(&self, path: &str) -> Value {
        reqwest::get(self.sandbox.url().join(path).unwrap()).await.unwrap().json().await.unwrap()
    }

    async fn count(&self, call: &str) -> usize {
        let calls = self.json("/calls.json").await;
        calls.as_array().unwrap().iter().filter(|arrival| arrival["call"] == call).count()
    }

    async fn read(&self) -> Result<(), Fault> {
        self.client.user(&caller()).await.map(drop)
    }

    async fn begin(&self, typed: &str) -> Result<Begun, Fault> {
        let contact = Contact::parse(Kind::Email, typed).unwrap();
        self.client.begin(&caller(), &contact, Choices::default(), "en").await
    }
}

fn caller() -> Caller {
    Caller { subject: Subject::parse(ALICE).unwrap(), access_token: None, renewal: None }
}

/// Moves our own clock, and only while nothing waits for a socket.
async fn later(by: Duration) {
    tokio::time::pause();
    tokio::time::advance(by).await;
    tokio::time::resume();
}

#[tokio::test]
async fn one_token_is_found_by_discovery_and_used_for_all_calls() {
    let world = World::new().await;
    assert!(matches!(world.begin("new@example.com").await, Ok(Begun::Sent { .. })));
    world.read().await.unwrap();
    world.read().await.unwrap();
    assert_eq!(world.count("token").await, 1);
    assert_eq!(world.count("discovery").await, 1);
    assert_eq!(world.json("/ledger.json").await["begins"][0]["caller"], "client:contact-change-api");
}

#[tokio::test]
async fn the_token_endpoint_can_be_named() {
    let world = World::with("contact-change-api-secret", Some("/openid/token")).await;
    world.read().await.unwrap();
    assert_eq!((world.count("token").await, world.count("discovery").await), (1, 0));
}

#[tokio::test]
async fn all_who_come_at_once_wait_for_one_token() {
    let world = World::new().await;
    world
        .control("faults", json!({"faults": [{"call": "token", "fault": "slow", "milliseconds": 100}]}))
        .await;
    let reads = (0..20).map(|_| {
        let client = world.client.clone();
        tokio::spawn(async move { client.user(&caller()).await.map(drop) })
    });
    for read in reads.collect::<Vec<_>>() {
        read.await.unwrap().unwrap();
    }
    assert_eq!(world.count("token").await, 1);
}

#[tokio::test]
async fn all_who_wait_share_a_failure_and_whoever_comes_later_asks_anew() {
    let world = World::new().await;
    let slow = json!({"call": "token", "fault": "slow", "milliseconds": 100, "times": 1});
    let refused = json!({"call": "token", "fault": "status", "status": 400});
    world.control("faults", json!({"faults": [refused]})).await;
    let reads = (0..20).map(|_| {
        let client = world.client.clone();
        tokio::spawn(async move { client.user(&caller()).await.map(drop) })
    });
    for read in reads.collect::<Vec<_>>() {
        let fault = read.await.unwrap().unwrap_err();
        assert!(fault.to_string().contains("there is no token for the API client"), "{fault}");
    }
    assert!(world.count("token").await < 20, "not one call each");
    world.control("faults", json!({"faults": [slow]})).await;
    world.read().await.unwrap();
}

#[tokio::test]
async fn a_token_is_renewed_before_it_runs_out_and_nobody_waits_for_it() {
    let world = World::new().await;
    world.read().await.unwrap();
    later(Duration::from_secs(3600 - 30)).await;
    world.control("faults", json!({"faults": [{"call": "token", "fault": "hang"}]})).await;
    world.read().await.unwrap();
    while world.count("token").await < 2 {
        tokio::task::yield_now().await;
    }
    world.read().await.unwrap();
    assert_eq!(world.count("token").await, 2, "one renewal at a time");
}

#[tokio::test]
async fn a_token_that_was_renewed_early_is_used_when_the_old_one_is_over() {
    let world = World::new().await;
    world.read().await.unwrap();
    later(Duration::from_secs(3600 - 30)).await;
    world.read().await.unwrap();
    while world.count("token").await < 2 {
        tokio::task::yield_now().await;
    }
    // What was asked before this is answered before it.
    world.read().await.unwrap();
    later(Duration::from_mins(1)).await;
    world.read().await.unwrap();
    assert_eq!(world.count("token").await, 2);
}

#[tokio::test]
async fn a_token_that_ran_out_is_replaced() {
    let world = World::new().await;
    world.read().await.unwrap();
    later(Duration::from_secs(3601)).await;
    world.control("clock", json!({"advanceSeconds": 3601})).await;
    assert!(matches!(world.begin("new@example.com").await, Ok(Begun::Sent { .. })));
    assert_eq!(world.count("token").await, 2);
}

#[tokio::test]
async fn a_read_with_a_token_that_is_refused_is_made_again_with_a_new_one() {
    let world = World::new().await;
    world.read().await.unwrap();
    // Over at the service, though our clock says that it works.
    world.control("clock", json!({"advanceSeconds": 3601})).await;
    world.read().await.unwrap();
    assert_eq!((world.count("token").await, world.count("user").await), (2, 3));
}

#[tokio::test]
async fn a_begin_with_a_token_that_is_refused_did_nothing_and_is_not_sent_again() {
    let world = World::new().await;
    world.read().await.unwrap();
    world.control("clock", json!({"advanceSeconds": 3601})).await;
    let fault = world.begin("new@example.com").await.unwrap_err();
    assert!(fault.is_refused() && !fault.may_have_acted(), "{fault}");
    assert_eq!(world.count("begin").await, 1);
    // The person may press again, and then there is a new token.
    assert!(matches!(world.begin("new@example.com").await, Ok(Begun::Sent { .. })));
    assert_eq!(world.count("token").await, 2);
}

#[tokio::test]
async fn a_client_that_the_provider_does_not_know_is_the_operators_to_mend() {
    let world = World::with("guess", None).await;
    let fault = world.begin("new@example.com").await.unwrap_err();
    assert!(fault.is_refused() && !fault.may_have_acted());
    let cause = std::error::Error::source(&fault).unwrap().to_string();
    assert_eq!(cause, "the provider answered invalid_client");
    assert_eq!(world.count("begin").await, 0, "nothing was sent");
}

#[tokio::test]
async fn without_a_provider_nothing_was_sent() {
    let world = World::new().await;
    let faults = json!([{"call": "discovery", "fault": "html"}]);
    world.control("faults", json!({ "faults": faults })).await;
    let fault = world.begin("new@example.com").await.unwrap_err();
    assert!(!fault.may_have_acted());
    assert_eq!(world.count("discovery").await, 3, "reading is tried again");
    assert_eq!(world.count("begin").await, 0);
    world
        .control(
            "faults",
            json!({"faults": [{"call": "token", "fault": "status", "status": 503, "times": 1}]}),
        )
        .await;
    assert!(matches!(world.begin("new@example.com").await, Ok(Begun::Sent { .. })));
}
