//! Who is signed in, and the pending change of each person. The only room that knows stores.

mod signed_in;

pub use signed_in::SignedIn;
