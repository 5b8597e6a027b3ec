//! Who is signed in, the pending change of each person, how many messages they asked for, and what applications are still
//! to be told. The only room that knows stores.
//!
//! ```text
//! Sessions ─┐                       ┌─ Memory
//! Changes ──┼─ Keyring ─ dyn Store ─┤
//! Sends ────┤                       └─ Redis
//! Outbox ───┘
//! ```

mod change;
mod changes;
pub mod cookie;
mod due;
mod held;
mod keyring;
mod lease;
mod limits;
pub mod outbox;
mod pseudonyms;
mod queue;
mod sessions;
mod signed_in;
pub mod store;
mod tokens;

pub use change::{Known, Press, Standing, next_id};
pub use changes::{ChangeError, Changes};
pub use due::{Due, Turn};
pub use held::{Held, Underway};
pub use keyring::{Keyring, KeyringError};
pub use limits::{Allowance, Asker, Limit, Network, Rate, Reached, SendLimits, Sends, Span, Spent};
pub use outbox::Outbox;
pub use pseudonyms::Pseudonyms;
pub use sessions::{Lifetime, Sessions};
pub use signed_in::{SignedIn, TokenLife};
pub use store::{Store, StoreFault};
pub use tokens::HeldTokens;
