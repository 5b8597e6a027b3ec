//! What the server does, over sockets, with the sandbox identity service as the provider.
#![cfg(test)]

mod assets;
mod bounds;
mod configuration;
mod cookies;
mod credentials;
mod dialect;
mod headers;
mod languages;
mod liar;
mod limits;
mod pages;
mod presses;
mod program;
mod provider;
mod reference;
mod sign_in;
mod support;
mod tampering;
mod theme;
