//! What the server remembers of people, and for how long.
#![cfg(test)]

mod limits;
mod sessions;
