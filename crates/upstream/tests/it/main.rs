//! What is promised of calls to another server, over real sockets.
#![cfg(test)]

mod calls;
mod files;
mod reads;
mod support;
mod tls;
