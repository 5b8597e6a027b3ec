//! The sandbox over real sockets, as its users see it.
#![cfg(test)]

mod callers;
mod change;
mod control;
mod dialect;
mod faults;
mod limits;
mod messages;
mod program;
mod provider;
mod reference;
mod sign_in;
mod sign_out;
mod support;
