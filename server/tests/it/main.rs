//! What the server does, over sockets, with the sandbox identity service as the provider.
#![cfg(test)]

mod assets;
mod audit;
mod back_channel;
mod base_path;
mod bounds;
mod check;
mod configuration;
mod cookies;
mod crashes;
mod credentials;
mod decided;
mod dialect;
mod documents;
mod found_out;
mod headers;
mod input;
mod languages;
mod liar;
mod limits;
mod matrix;
#[path = "../../../crates/session/tests/it/moving_address.rs"]
mod moving_address;
mod news;
mod nodes;
mod notice;
mod oracle;
mod outages;
mod pages;
mod person;
mod presses;
mod program;
mod provider;
mod readiness;
#[expect(dead_code, reason = "the tests of the session crate use the rest of it")]
#[path = "../../../crates/session/tests/it/redis_server.rs"]
mod redis_server;
mod reference;
mod replaced;
mod scan;
mod scrape;
mod secrets;
mod security_events;
mod sign_in;
mod start;
mod step_up;
mod stranger;
mod support;
mod tampering;
mod theme;
mod traces;
mod user_token;
mod watching;
