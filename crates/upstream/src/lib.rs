//! Calling another server over HTTP, in any weather: bounded in time, in size and in number.
//!
//! A call that changes something is [sent](Upstream::send) once, whatever comes of it. A call that changes nothing is
//! [read](Upstream::read): again after a pause while there is time, and not at all while the server is known to be in
//! trouble. Nothing is followed, no proxy of the environment is asked, and certificates and [secrets](Secret) are read
//! again when their files change.

mod breaker;
mod client;
mod failure;
mod limits;
mod secret;
mod seen;
mod tls;
mod traces;
mod waits;
mod watched;

pub use client::{Bodies, Upstream};
pub use failure::{Failure, chain};
pub use limits::Limits;
pub use secret::Secret;
pub use seen::{CALL_SECONDS, Call, RESTING};
pub use tls::{ClientCertificate, PeerCertificate, Tls, TlsFile, TlsProblem, is_loopback};
pub use waits::{along, waited};
pub use watched::FileProblem;
