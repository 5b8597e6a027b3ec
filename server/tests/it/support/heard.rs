//! What a browser was sent, kept whole so that it can be searched.

use reqwest::{Response, ResponseBuilderExt, header::HeaderMap};
use url::Url;

use crate::scan::{Piece, Place};

/// An answer, and the address that was asked for.
pub(crate) struct Heard {
    url: Url,
    headers: HeaderMap,
    body: Vec<u8>,
}

impl Heard {
    /// Reads an answer to its end, and gives it back as it was.
    pub(super) async fn of(answer: Response) -> (Self, Response) {
        let (url, status, headers) = (answer.url().clone(), answer.status(), answer.headers().clone());
        let body = answer.bytes().await.expect("a whole answer").to_vec();
        let mut again = http::Response::builder().status(status).url(url.clone()).body(body.clone());
        again.as_mut().expect("an answer").headers_mut().clone_from(&headers);
        (Self { url, headers, body }, again.expect("an answer").into())
    }

    /// Whether it came from this server.
    pub(crate) fn is_of(&self, server: &str) -> bool {
        self.url.as_str().starts_with(server)
    }

    /// The cookies that it gives, but for those that say no more than a word.
    pub(crate) fn cookies(&self) -> impl Iterator<Item = String> {
        let given = self.headers.get_all("set-cookie").iter().filter_map(|value| value.to_str().ok());
        let values = given.filter_map(|cookie| cookie.split(';').next()?.split_once('='));
        values.map(|(_, value)| value.to_owned()).filter(|value| value.len() > 16)
    }

    /// Its parts, by where they were.
    pub(crate) fn pieces(&self, provider: &str) -> Vec<Piece> {
        let is_kept_by_nobody =
            self.headers.get("cache-control").is_some_and(|value| value.as_bytes() == b"no-store");
        let body = if is_kept_by_nobody { Place::Page } else { Place::Body };
        let headers = self.headers.iter().map(|(name, value)| {
            let place = match name.as_str() {
                "set-cookie" => Place::Cookie,
                "location" if value.as_bytes().starts_with(provider.as_bytes()) => Place::Departure,
                _ => Place::Header,
            };
            Piece { place, what: [name.as_str().as_bytes(), b": ", value.as_bytes()].concat() }
        });
        let address = Piece { place: Place::Address, what: self.url.as_str().as_bytes().to_vec() };
        headers.chain([address, Piece { place: body, what: self.body.clone() }]).collect()
    }
}
