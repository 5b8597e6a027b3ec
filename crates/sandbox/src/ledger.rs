//! What reached the sandbox and how it ended: so that a test can say what the service saw, not only what a page said.

use crate::contact::Kind;
use crate::faults::Call;
use crate::message::Channel;
use serde::Serialize;
use sha2::{Digest, Sha256};

/// Everything that reached the sandbox since it started or was reset, oldest first.
#[derive(Clone, Debug, Default, Serialize)]
pub(crate) struct Ledger {
    /// Calls to begin a change.
    pub(crate) begins: Vec<Begin>,
    /// Calls to finish one.
    pub(crate) finishes: Vec<Finish>,
    /// Messages: those with codes, and every call to send one.
    pub(crate) messages: Vec<Sending>,
    /// Contacts that changed.
    pub(crate) changes: Vec<Change>,
}

/// A call that arrived, and that can be made to go wrong.
#[derive(Clone, Debug, Serialize)]
pub(crate) struct Arrival {
    pub(crate) at: String,
    pub(crate) call: Call,
    pub(crate) fault: Option<&'static str>,
    /// Which span the caller made it from (W3C Trace Context), if it said so.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) traceparent: Option<String>,
}

/// A call to begin a change. What could not be read is null.
#[derive(Clone, Debug, Serialize)]
#[serde(rename_all = "camelCase")]
pub(crate) struct Begin {
    pub(crate) at: String,
    pub(crate) user: String,
    pub(crate) caller: Option<String>,
    pub(crate) kind: Option<Kind>,
    pub(crate) contact: Option<String>,
    pub(crate) primary: bool,
    pub(crate) replace_all: bool,
    pub(crate) outcome: &'static str,
    pub(crate) status: Option<u16>,
    pub(crate) verification: Option<String>,
    pub(crate) fault: Option<&'static str>,
}

/// A call to finish a change. The contact is the one the verification was for, null if there is no such.
#[derive(Clone, Debug, Serialize)]
#[serde(rename_all = "camelCase")]
pub(crate) struct Finish {
    pub(crate) at: String,
    pub(crate) user: String,
    pub(crate) caller: Option<String>,
    pub(crate) kind: Option<Kind>,
    pub(crate) contact: Option<String>,
    pub(crate) outcome: &'static str,
    pub(crate) status: Option<u16>,
    pub(crate) verification: Option<String>,
    pub(crate) fault: Option<&'static str>,
}

/// A message, or a call to send one.
#[derive(Clone, Debug, Serialize)]
#[serde(rename_all = "camelCase")]
pub(crate) struct Sending {
    pub(crate) at: String,
    pub(crate) user: String,
    pub(crate) cause: Cause,
    pub(crate) channel: Channel,
    pub(crate) to: Option<String>,
    pub(crate) outcome: &'static str,
    pub(crate) status: Option<u16>,
    pub(crate) verification: Option<String>,
    pub(crate) fault: Option<&'static str>,
}

/// Why a message was sent.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "lowercase")]
pub(crate) enum Cause {
    /// A change was begun.
    Begin,
    /// A client asked for it.
    Send,
}

/// Contacts of one kind that changed.
#[derive(Clone, Debug, Serialize)]
#[serde(rename_all = "camelCase")]
pub(crate) struct Change {
    pub(crate) at: String,
    pub(crate) user: String,
    pub(crate) kind: Kind,
    pub(crate) contact: String,
    pub(crate) primary: bool,
    pub(crate) replace_all: bool,
    pub(crate) before: Vec<String>,
    pub(crate) after: Vec<String>,
    pub(crate) verification: String,
}

/// What stands for a verification token in the ledger: the first 12 hexadecimal digits of its SHA-256.
pub(crate) fn correlation(token: &str) -> String {
    let mut hash = format!("{:x}", Sha256::digest(token.as_bytes()));
    hash.truncate(12);
    hash
}
