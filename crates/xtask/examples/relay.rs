//! The least that a server made of the app's libraries can do for the same work: hands a request on to the service with the
//! credential added, and hands the answer back; a page it answers when it has read an account. No session, no change that is
//! kept, no audit. `cargo xtask bench` shows by it what of the app's cost is its own. Arguments: the port, the address of
//! the service, the credential, the path of an account, and a file with the page.

use axum::{
    Router,
    body::Bytes,
    extract::State,
    http::{Method, StatusCode, Uri, header},
    response::{Html, IntoResponse, Response},
};
use reqwest::Client;
use tokio::net::TcpListener;

#[derive(Clone)]
struct Relay {
    client: Client,
    service: String,
    credential: String,
    account: String,
    page: Bytes,
}

impl Relay {
    async fn ask(
        &self,
        method: Method,
        path: &str,
        body: Bytes,
    ) -> Result<(StatusCode, Bytes), reqwest::Error> {
        let request = self
            .client
            .request(method, format!("{}{path}", self.service))
            .header(header::AUTHORIZATION, &self.credential)
            .header(header::CONTENT_TYPE, "application/json")
            .body(body);
        let answer = request.send().await?;
        Ok((answer.status(), answer.bytes().await?))
    }
}

async fn hand_on(State(relay): State<Relay>, method: Method, path: Uri, body: Bytes) -> Response {
    let path = path.path_and_query().map_or("/", |path| path.as_str());
    relay.ask(method, path, body).await.map_err(|_| StatusCode::BAD_GATEWAY).into_response()
}

async fn page(State(relay): State<Relay>) -> Response {
    match relay.ask(Method::GET, &relay.account, Bytes::new()).await {
        Ok((status, _)) if status.is_success() => Html(relay.page).into_response(),
        _ => StatusCode::BAD_GATEWAY.into_response(),
    }
}

#[tokio::main]
async fn main() -> Result<(), Box<dyn std::error::Error>> {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let [port, service, credential, account, path] = arguments.as_slice() else {
        return Err("a port, a service, a credential, an account and a file are needed".into());
    };
    let relay = Relay {
        client: Client::builder().no_proxy().build()?,
        service: service.clone(),
        credential: format!("Basic {credential}"),
        account: account.clone(),
        page: std::fs::read(path)?.into(),
    };
    let router = Router::new().route("/email", axum::routing::get(page)).fallback(hand_on).with_state(relay);
    let listener = TcpListener::bind(("127.0.0.1", port.parse()?)).await?;
    axum::serve(listener, router).await?;
    Ok(())
}
