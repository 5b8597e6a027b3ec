//! The `OpenID` provider: people sign in here, and applications get their tokens.

mod api_tokens;
mod authorize;
mod back_channel;
mod client_auth;
mod discovery;
mod introspect;
mod keys;
mod logout;
mod parameters;
mod request;
mod sign_in_page;
mod sign_ins;
mod token;
mod userinfo;

pub(crate) use api_tokens::ApiTokens;
pub(crate) use authorize::{authorize, authorize_form, sign_in};
pub(crate) use back_channel::{Notified, notify};
pub(crate) use discovery::{discovery, jwks};
pub(crate) use introspect::introspect;
pub(crate) use keys::Keys;
pub(crate) use logout::{logout, logout_form};
pub(crate) use sign_ins::SignIns;
pub(crate) use token::token;
pub(crate) use userinfo::{userinfo, userinfo_form};
