//! A sandbox identity service: a real HTTP server to develop, evaluate and test against.
//!
//! It stands in for an instance of the identity service. It is an OpenID provider, it has the Management API's
//! calls for changing a contact, and it shows what it sent and what it was asked. It behaves: codes can be entered
//! once, verifications run out, messages are limited. All of it is kept in memory. `docs/sandbox.md` is its guide.
//!
//! It shares no code with the client that talks to it, so that a mistake is not made twice in the same way.

mod change;
mod clock;
mod connection;
mod contact;
mod control;
mod dialect;
mod fault_layer;
mod faults;
mod ledger;
mod limits;
mod mail;
mod management;
mod message;
mod openid;
mod page;
mod pages;
mod people;
mod router;
mod seed;
mod server;
mod service;
mod settings;
mod world;

pub use dialect::Dialect;
pub use limits::Limits;
pub use server::{Running, start};
pub use settings::{Address, ApiClient, Client, Permission, Settings, Signing};
