//! The sandbox over real sockets, as its users see it.
#![cfg(test)]

mod callers;
mod change;
mod control;
mod dialect;
mod document;
mod faults;
mod limits;
mod messages;
mod program;
mod provider;
#[expect(dead_code, reason = "the tests of the server use the rest of it")]
#[path = "../../../../server/tests/it/documents/reader.rs"]
mod reader;
mod reference;
mod sign_in;
mod sign_out;
mod support;
