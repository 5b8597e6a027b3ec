//! Who is signed in, the pending change of each person, and how many messages they asked for. The only room that knows
//! stores.

mod changes;
pub mod cookie;
mod limits;
mod signed_in;
mod store;

pub use changes::{Change, Changes, Press, Standing, next_id};
pub use limits::{Allowance, Asker, Limit, Network, Rate, Reached, SendLimits, Sends, Span, Spent};
pub use signed_in::SignedIn;
pub use store::{Limits, MemoryStore};
