//! What the domain promises, in sentences.
#![cfg(test)]

mod code;
mod email;
mod flow;
mod mobile;
mod policy;
mod privacy;
