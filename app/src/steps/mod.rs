//! The steps of a change: a file for each state of the flow.

pub(crate) mod await_code;
pub(crate) mod done;
pub(crate) mod enter;
pub(crate) mod refusal;
pub(crate) mod restart;
pub(crate) mod ways;
