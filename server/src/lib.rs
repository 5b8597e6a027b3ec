//! The backend for the frontend: it signs people in, keeps their sessions and all credentials, serves the pages, and
//! runs the functions that the pages call. The browser holds an opaque session id and nothing else.

mod around;
mod assets;
pub mod check;
mod clock;
mod compression;
pub mod config;
pub mod events;
mod frame;
mod headers;
mod language;
pub mod metrics;
mod network;
mod pages;
mod problem;
mod readiness;
mod request_id;
mod router;
mod security_events;
mod serve;
mod sign_in;
mod site;
mod start;
pub mod telemetry;
mod theme;
mod times;
mod traces;
mod visit;

pub use assets::Assets;
pub use router::router;
pub use serve::serve;
#[cfg(any(test, fuzzing))]
pub use sign_in::fuzz;
pub use site::{Site, StartError};
pub use times::Times;
pub use traces::{Tracer, TracerError};
pub use upstream::chain;
