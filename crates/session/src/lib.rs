//! Who is signed in, and the pending change of each person. The only room that knows stores.

mod changes;
pub mod cookie;
mod signed_in;
mod store;

pub use changes::{Change, Changes, Press, Standing, next_id};
pub use signed_in::SignedIn;
pub use store::{Limits, MemoryStore};
