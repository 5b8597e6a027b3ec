//! What the server does, over sockets, with the sandbox identity service as the provider.
#![cfg(test)]

mod assets;
mod configuration;
mod cookies;
mod headers;
mod languages;
mod limits;
mod pages;
mod presses;
mod program;
mod provider;
mod sign_in;
mod start;
mod support;
mod theme;
