//! The browser's side, where there is no browser: the server renders the same components, and none of this runs.

use contact::Kind;
use leptos::{ev::SubmitEvent, prelude::RwSignal};

use crate::{
    Reading,
    components::presses::{Guard, Presses},
};

pub(crate) fn submit(_event: &SubmitEvent, _presses: Presses, _action: &'static str, _guard: Option<&Guard>) {
}

pub(crate) fn now() -> u64 {
    0
}

pub(crate) fn page_received_at() -> u64 {
    0
}

pub(crate) fn show_step(_title: &str, _address: &str, _back: Option<&str>) {}

pub(crate) fn show_problem(_prefix: &str, _field: &str, _problem: String, _heard: RwSignal<Option<String>>) {}

pub(crate) fn focus_on(_id: &str) {}

pub(crate) fn reload() {}

pub(crate) fn hand_focus_over(_from: &str, _to: &[&str]) {}

pub(crate) fn on_return(_kind: Kind, _presses: Presses) {}

pub(crate) fn value(_field: &str) -> String {
    String::new()
}

pub(crate) fn read(_field: &'static str, _presses: Presses, _reading: RwSignal<Reading>) {}

pub(crate) fn set_value(_field: &str, _value: &str) {}

pub(crate) fn listen_for_code(_field: &'static str) {}

pub(crate) fn stop_listening() {}
