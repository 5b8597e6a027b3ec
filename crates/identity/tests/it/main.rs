//! What the client of the identity service promises, over real sockets.
#![cfg(test)]

mod answers;
mod broken;
mod dialect;
mod durations;
mod grant;
mod notice;
mod person;
mod privacy;
mod reads;
mod requests;
mod sandbox;
mod settings;
mod support;
