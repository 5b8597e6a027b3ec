//! The parts that pages and steps are made of: a file each.

pub(crate) mod allowance;
pub(crate) mod back_link;
pub(crate) mod contact_list;
pub(crate) mod countdown;
pub(crate) mod field;
#[cfg(feature = "ssr")]
mod foot;
#[cfg(feature = "ssr")]
pub(crate) mod layout;
pub(crate) mod live;
pub(crate) mod press_form;
pub(crate) mod presses;
pub(crate) mod problem;
pub(crate) mod stepper;
