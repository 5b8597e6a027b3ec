//! The browser's side, where there is no browser: the server renders the same components, and none of this runs.

use leptos::ev::SubmitEvent;

use crate::components::presses::{Guard, Presses};

pub(crate) fn submit(_event: &SubmitEvent, _presses: Presses, _action: &'static str, _guard: Option<Guard>) {}

pub(crate) fn now() -> f64 {
    0.0
}

pub(crate) fn page_received_at() -> f64 {
    0.0
}

pub(crate) fn show_step(_title: &str, _address: &str) {}
