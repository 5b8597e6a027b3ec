//! The pages.

pub(crate) mod change;
#[cfg(feature = "ssr")]
pub(crate) mod contacts;
