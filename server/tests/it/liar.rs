//! A provider that tells the truth but for one thing, which the test chooses. It signs with a key of its own.

use std::sync::{Arc, Mutex};

use aws_lc_rs::{
    hmac,
    rand::SystemRandom,
    signature::{ECDSA_P256_SHA256_FIXED_SIGNING, EcdsaKeyPair, KeyPair},
};
use axum::{
    Form, Json, Router,
    extract::State,
    routing::{get, post},
};
use base64::{Engine, engine::general_purpose::URL_SAFE_NO_PAD};
use reqwest::Response;
use serde_json::{Map, Value, json};
use sha2::{Digest, Sha256};
use tokio::{net::TcpListener, task::JoinHandle};

use crate::support::{ALICE, App, Browser, location};

pub(crate) const CLIENT: &str = "contact-change";
pub(crate) const CLIENT_SECRET: &str = "contact-change-secret";
pub(crate) const ACCESS_TOKEN: &str = "an-access-token";

/// What is changed in a token before it is signed.
pub(crate) enum Lie {
    /// Nothing.
    Honest,
    /// A member of its header.
    Header(&'static str, Value),
    /// A member of its header that is left out.
    NoHeader(&'static str),
    /// A claim.
    Claim(&'static str, Value),
    /// A claim that is left out.
    Without(&'static str),
}

impl Lie {
    fn tell(self, header: &mut Map<String, Value>, claims: &mut Map<String, Value>) {
        match self {
            Self::Honest => {}
            Self::Header(name, value) => drop(header.insert(name.to_owned(), value)),
            Self::NoHeader(name) => drop(header.remove(name)),
            Self::Claim(name, value) => drop(claims.insert(name.to_owned(), value)),
            Self::Without(name) => drop(claims.remove(name)),
        }
    }
}

/// How a token is signed.
#[derive(Clone, Copy)]
pub(crate) enum Signed {
    /// As it should be.
    Well,
    /// By a key that the provider does not publish.
    ByAnother,
    /// Not at all.
    NotAtAll,
    /// With the secret that the application shares with the provider.
    WithTheSecret,
}

/// The provider; ends with the test.
pub(crate) struct Liar {
    pub(crate) issuer: String,
    keys: Arc<Keys>,
    published: Arc<Mutex<Value>>,
    token: Arc<Mutex<Value>>,
    task: JoinHandle<()>,
}

struct Keys {
    own: EcdsaKeyPair,
    other: EcdsaKeyPair,
}

impl Drop for Liar {
    fn drop(&mut self) {
        self.task.abort();
    }
}

fn encode(bytes: impl AsRef<[u8]>) -> String {
    URL_SAFE_NO_PAD.encode(bytes)
}

/// A key as it is published.
fn public(key: &EcdsaKeyPair, name: &str, usage: &str) -> Value {
    let point = key.public_key().as_ref();
    json!({
        "kty": "EC", "crv": "P-256", "use": usage, "alg": "ES256", "kid": name,
        "x": encode(&point[1..33]), "y": encode(&point[33..]),
    })
}

#[expect(clippy::disallowed_methods, reason = "a provider reads a clock of its own")]
pub(crate) fn now() -> u64 {
    let now = std::time::SystemTime::now().duration_since(std::time::UNIX_EPOCH);
    now.expect("a time after 1970").as_secs()
}

impl Liar {
    pub(crate) async fn start() -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").await.expect("a free port");
        let issuer = format!("http://127.0.0.1:{}", listener.local_addr().expect("an address").port());
        let key = || EcdsaKeyPair::generate(&ECDSA_P256_SHA256_FIXED_SIGNING).expect("a key");
        let keys = Arc::new(Keys { own: key(), other: key() });
        let token = Arc::new(Mutex::new(Value::Null));

        let published = Arc::new(Mutex::new(json!({ "keys": [public(&keys.own, "own", "sig")] })));
        let discovery = json!({
            "issuer": issuer,
            "authorization_endpoint": format!("{issuer}/auth"),
            "token_endpoint": format!("{issuer}/token"),
            "jwks_uri": format!("{issuer}/jwks"),
            "response_types_supported": ["code"],
            "subject_types_supported": ["public"],
            "id_token_signing_alg_values_supported": ["ES256"],
        });
        let shown = Arc::clone(&published);
        let jwks = async move || Json(shown.lock().expect("keys").clone());
        let router = Router::new()
            .route("/.well-known/openid-configuration", get(async move || Json(discovery)))
            .route("/jwks", get(jwks))
            .route(
                "/token",
                post(async |State(token): State<Arc<Mutex<Value>>>, Form(_): Form<Value>| {
                    Json(token.lock().expect("a token").clone())
                }),
            )
            .with_state(Arc::clone(&token));
        let task = tokio::spawn(async move { axum::serve(listener, router).await.expect("a server") });
        Self { issuer, keys, published, token, task }
    }

    /// Publishes these keys from now on, each by its name and what it is for: its own, or the one that nobody knew so far.
    pub(crate) fn publish(&self, keys: &[(Signed, &str, &str)]) {
        let keys = keys.iter().map(|(signed, name, usage)| match signed {
            Signed::ByAnother => public(&self.keys.other, name, usage),
            _ => public(&self.keys.own, name, usage),
        });
        *self.published.lock().expect("keys") = json!({ "keys": keys.collect::<Vec<_>>() });
    }

    /// Signs a token. `kind` is the `typ` of its header.
    pub(crate) fn sign(&self, kind: &str, claims: Value, signed: Signed, lie: Lie) -> String {
        let (algorithm, key) = match signed {
            Signed::Well => ("ES256", "own"),
            Signed::ByAnother => ("ES256", "other"),
            Signed::NotAtAll => ("none", "own"),
            Signed::WithTheSecret => ("HS256", "own"),
        };
        let Value::Object(mut header) = json!({ "alg": algorithm, "kid": key, "typ": kind }) else {
            unreachable!()
        };
        let Value::Object(mut claims) = claims else { panic!("claims are an object") };
        lie.tell(&mut header, &mut claims);
        let message = format!(
            "{}.{}",
            encode(Value::Object(header).to_string()),
            encode(Value::Object(claims).to_string())
        );
        let ecdsa = |key: &EcdsaKeyPair| {
            key.sign(&SystemRandom::new(), message.as_bytes()).expect("a signature").as_ref().to_vec()
        };
        let signature = match signed {
            Signed::Well => ecdsa(&self.keys.own),
            Signed::ByAnother => ecdsa(&self.keys.other),
            Signed::NotAtAll => Vec::new(),
            Signed::WithTheSecret => {
                let key = hmac::Key::new(hmac::HMAC_SHA256, CLIENT_SECRET.as_bytes());
                hmac::sign(&key, message.as_bytes()).as_ref().to_vec()
            }
        };
        format!("{message}.{}", encode(signature))
    }

    /// Gives the claims of a true ID token for a sign-in with this nonce.
    pub(crate) fn claims(&self, nonce: &str) -> Value {
        let hash = Sha256::digest(ACCESS_TOKEN);
        json!({
            "iss": self.issuer, "sub": ALICE, "aud": CLIENT, "nonce": nonce,
            "iat": now(), "exp": now() + 3600, "auth_time": now(),
            "at_hash": encode(&hash[..16]),
        })
    }

    /// Goes to sign in, and comes back with an answer whose ID token was made so. Gives the status.
    pub(crate) async fn sign_in(&self, app: &App, browser: &mut Browser, signed: Signed, lie: Lie) -> u16 {
        self.sign_in_at(app, "/sign-in", browser, signed, lie).await.status().as_u16()
    }

    /// The same, from an address of ours; gives the answer.
    pub(crate) async fn sign_in_at(
        &self,
        app: &App,
        address: &str,
        browser: &mut Browser,
        signed: Signed,
        lie: Lie,
    ) -> Response {
        let departure = location(&browser.get(&format!("{}{address}", app.url)).await);
        let url = url::Url::parse(&departure).expect("an address");
        let parameter = |name: &str| {
            let found = url.query_pairs().find(|(given, _)| given == name);
            found.unwrap_or_else(|| panic!("{name} in {departure}")).1.into_owned()
        };
        let id_token = self.sign("JWT", self.claims(&parameter("nonce")), signed, lie);
        *self.token.lock().expect("a token") = json!({
            "access_token": ACCESS_TOKEN, "token_type": "Bearer", "expires_in": 3600, "id_token": id_token,
        });
        let back = format!("{}/sign-in/callback?code=a-code&state={}", app.url, parameter("state"));
        browser.get(&back).await
    }

    /// Replaces what the token endpoint answers.
    pub(crate) fn answer(&self, token: Value) {
        *self.token.lock().expect("a token") = token;
    }
}
