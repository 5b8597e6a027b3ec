//! What the client of the identity service promises, over real sockets.
#![cfg(test)]

mod answers;
mod broken;
mod dialect;
mod durations;
mod person;
mod privacy;
mod requests;
mod sandbox;
mod settings;
mod support;
