//! Documents are compressed on their way out; the client's files were compressed when they were built.
//!
//! A document that is compressed over TLS tells by its length what it repeats: whoever can have a page say something, and
//! listen on the way, guesses at what stands beside it (the BREACH attack). So a page of somebody who is signed in repeats
//! nothing that an address says, not even in the links to other languages, and what was typed comes back only to whoever
//! sent it from a page of ours. Only the way back to an application says what anybody can put into a link (`state`), so pages
//! that have one are left as they are. So are answers to scripts, which are short.

use axum::response::Response;
use http::{Extensions, HeaderMap, StatusCode, Version, header::CONTENT_TYPE};
use tower_http::{
    CompressionLevel,
    compression::{CompressionLayer, predicate::Predicate},
};

/// How hard brotli works: beyond this it takes far more time for little (docs/performance.md).
const QUALITY: i32 = 4;

/// Gives the layer: brotli or gzip, as the browser takes it.
pub(crate) fn layer() -> CompressionLayer<impl Predicate> {
    CompressionLayer::new().quality(CompressionLevel::Precise(QUALITY)).compress_when(is_document)
}

/// An answer that is not compressed, whatever it is.
#[derive(Clone, Copy)]
struct AsItIs;

/// Leaves an answer as it is.
pub(crate) fn leave(response: &mut Response) {
    response.extensions_mut().insert(AsItIs);
}

fn is_document(_: StatusCode, _: Version, headers: &HeaderMap, extensions: &Extensions) -> bool {
    let may_be = extensions.get::<AsItIs>().is_none();
    may_be && headers.get(CONTENT_TYPE).is_some_and(|kind| kind.as_bytes().starts_with(b"text/html"))
}
