//! The Management API: users, changing a contact, messages to a user.

mod apidoc;
mod begin;
mod call;
mod caller;
mod finish;
mod objects;
mod refusal;
mod send;
mod spoken;
mod user;

pub(crate) use apidoc::{document, reference};
pub(crate) use begin::begin;
pub(crate) use caller::SCOPE_PREFIX;
pub(crate) use finish::finish;
pub(crate) use send::{email, sms};
pub(crate) use user::{profile, user};
