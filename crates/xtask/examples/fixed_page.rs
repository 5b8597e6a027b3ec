//! The least that a server of this kind does: answers every request with the same page. `cargo xtask bench` holds the app's
//! pages against it. Arguments: the port, and a file with the page.

use axum::{Router, http::header::CONTENT_TYPE};
use tokio::net::TcpListener;

#[tokio::main]
async fn main() -> Result<(), Box<dyn std::error::Error>> {
    let mut arguments = std::env::args().skip(1);
    let (Some(port), Some(path)) = (arguments.next(), arguments.next()) else {
        return Err("a port and a file are needed".into());
    };
    let page = axum::body::Bytes::from(std::fs::read(path)?);
    let answer = move || async move { ([(CONTENT_TYPE, "text/html; charset=utf-8")], page) };
    let listener = TcpListener::bind(("127.0.0.1", port.parse()?)).await?;
    axum::serve(listener, Router::new().fallback(answer)).await?;
    Ok(())
}
