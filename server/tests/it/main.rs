//! What the server does, over sockets, with the sandbox identity service as the provider.
#![cfg(test)]

mod assets;
mod configuration;
mod cookies;
mod crashes;
mod headers;
mod languages;
mod limits;
mod nodes;
mod outages;
mod pages;
mod person;
mod presses;
mod program;
mod provider;
#[expect(dead_code, reason = "the tests of the session crate use the rest of it")]
#[path = "../../../crates/session/tests/it/redis_server.rs"]
mod redis_server;
mod secrets;
mod sign_in;
mod support;
mod theme;
