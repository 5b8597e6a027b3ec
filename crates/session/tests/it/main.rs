//! What the server remembers of people, where, and for how long.
#![cfg(test)]

mod changes;
mod limits;
mod moving_address;
mod outages;
mod outbox;
mod queue;
mod redis_server;
mod room;
mod secrets;
mod sessions;
mod stores;
mod support;
