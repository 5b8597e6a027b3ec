//! How answers travel: to our own script in a compact form, which needs little code to be read; to everybody else as
//! JSON. Which of them is asked for by the `Accept` header (RFC 9110, section 12.5.1).

use leptos::server_fn::{Bytes, ContentType, Decodes, Encodes, Format, FormatType, codec::Post};
use serde::{Serialize, de::DeserializeOwned};

/// The media type of the compact form, postcard's.
pub const COMPACT: &str = "application/x-postcard";

/// The codec of the answers of server functions.
pub type Negotiated = Post<Accepted>;

/// The form that a request accepts.
pub struct Accepted;

impl ContentType for Accepted {
    const CONTENT_TYPE: &'static str = COMPACT;
}

impl FormatType for Accepted {
    const FORMAT_TYPE: Format = Format::Binary;
}

impl<Value: Serialize> Encodes<Value> for Accepted {
    type Error = postcard::Error;

    #[cfg(feature = "ssr")]
    fn encode(value: &Value) -> Result<Bytes, postcard::Error> {
        use leptos::prelude::use_context;
        let request = use_context::<http::request::Parts>();
        let headers = request.map(|request| request.headers).unwrap_or_default();
        let (form, bytes) = server::encode(&headers, value);
        if let Some(response) = use_context::<leptos_axum::ResponseOptions>() {
            response.insert_header(http::header::CONTENT_TYPE, http::HeaderValue::from_static(form));
        }
        Ok(bytes.into())
    }

    #[cfg(not(feature = "ssr"))]
    fn encode(value: &Value) -> Result<Bytes, postcard::Error> {
        postcard::to_allocvec(value).map(Bytes::from)
    }
}

impl<Value: DeserializeOwned> Decodes<Value> for Accepted {
    type Error = postcard::Error;

    fn decode(bytes: Bytes) -> Result<Value, postcard::Error> {
        postcard::from_bytes(&bytes)
    }
}

/// Reads an answer in the compact form; nothing if it is none.
#[cfg(feature = "hydrate")]
pub(crate) fn decode<Value: DeserializeOwned>(bytes: &[u8]) -> Option<Value> {
    let (value, rest) = postcard::take_from_bytes(bytes).ok()?;
    // What is left over belongs to another form than the one that we know.
    rest.is_empty().then_some(value)
}

/// The server's side.
#[cfg(feature = "ssr")]
pub(crate) mod server {
    use http::{HeaderMap, header::ACCEPT};
    use serde::Serialize;

    use super::COMPACT;

    /// Gives a value in the form that a request accepts, after the media type of that form. Every value of ours can be
    /// written; one that could not would be empty, and told as a failure by whoever reads it.
    pub fn encode<Value: Serialize>(request: &HeaderMap, value: &Value) -> (&'static str, Vec<u8>) {
        let is_compact = request.get(ACCEPT).is_some_and(|accept| accept == COMPACT);
        if is_compact {
            (COMPACT, postcard::to_allocvec(value).unwrap_or_default())
        } else {
            ("application/json", serde_json::to_vec(value).unwrap_or_default())
        }
    }
}
