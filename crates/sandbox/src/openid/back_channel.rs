//! Tells applications that a person has signed out (`OpenID` Connect Back-Channel Logout 1.0).

use crate::clock::later;
use crate::service::{Service, random_token};
use crate::settings::Client;
use serde::Serialize;
use serde_json::json;
use std::time::Duration;

/// How long a logout token works, in seconds.
const LIFETIME: u32 = 120;

/// How an application took the news.
#[derive(Clone, Debug, Serialize)]
#[serde(rename_all = "camelCase")]
pub(crate) struct Notified {
    /// The application.
    client: String,
    /// The status it answered; nothing if it did not.
    status: Option<u16>,
}

/// Tells these applications, those that want to be told, that the person has signed out.
pub(crate) async fn notify(service: &Service, clients: Vec<Client>, sub: &str) -> Vec<Notified> {
    let mut notified = Vec::new();
    for client in clients {
        let status = tell(service, &client, sub).await;
        if client.backchannel_logout_uri.is_some() {
            notified.push(Notified { client: client.id, status });
        }
    }
    notified
}

async fn tell(service: &Service, client: &Client, sub: &str) -> Option<u16> {
    let address = client.backchannel_logout_uri.clone()?;
    let now = service.step(|_, now| now);
    let claims = json!({
        "iss": service.issuer,
        "sub": sub,
        "aud": client.id,
        "iat": now.as_second(),
        "exp": later(now, LIFETIME).as_second(),
        "jti": random_token(),
        "events": { "http://schemas.openid.net/event/backchannel-logout": {} },
    });
    let token = service.keys.sign(client.signing, "logout+jwt", &claims).ok()?;
    match post(address, &token).await {
        Ok(status) => Some(status),
        Err(error) => {
            let error = error.without_url().to_string();
            tracing::warn!(client = client.id, error, "an application did not take the news of a sign-out");
            None
        }
    }
}

async fn post(address: url::Url, token: &str) -> reqwest::Result<u16> {
    let http = reqwest::Client::builder()
        .redirect(reqwest::redirect::Policy::none())
        .timeout(Duration::from_secs(5))
        .build()?;
    let answer = http.post(address).form(&[("logout_token", token)]).send().await?;
    Ok(answer.status().as_u16())
}
