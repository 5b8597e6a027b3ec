//! A form with one button. Posted by script where there is one, and by the browser itself where there is none.

use contact::{FlowId, Kind};
use leptos::{prelude::*, server_fn::ServerFn};

use super::{
    live::live,
    presses::{Guard, Presses},
};
use crate::{Edit, browser};

/// How much a button asks for attention.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(crate) enum Weight {
    /// What most people came for.
    Main,
    /// Another way on.
    Second,
    /// A way on that looks like a link.
    Quiet,
}

impl Weight {
    /// Gives the class of a button, or of a link that looks like one.
    pub(crate) fn class(self) -> &'static str {
        match self {
            Self::Main => "button",
            Self::Second => "button button--second",
            Self::Quiet => "button button--quiet",
        }
    }
}

/// A form of one flow.
#[component]
pub(crate) fn PressForm<Fields: IntoView + 'static>(
    /// What the forms of the page share.
    presses: Presses,
    /// Where it is posted: the address of a server function.
    action: &'static str,
    /// The kind of contact.
    kind: Kind,
    /// The state that the form is made for.
    flow: FlowId,
    /// What the button says.
    label: &'static str,
    /// What the button says while the form is on its way.
    busy_label: &'static str,
    /// How the button looks.
    weight: Weight,
    /// Asked before the form is sent.
    #[prop(optional)]
    guard: Option<Guard>,
    /// How many seconds are left for it; without any the button goes.
    #[prop(optional)]
    seconds_left: Option<RwSignal<u64>>,
    /// The fields.
    fields: Fields,
) -> impl IntoView {
    view! {
        <form
            method="post"
            action=presses.address_of(action)
            class="press"
            novalidate
            on:submit=move |event| browser::submit(&event, presses, action, guard.as_ref())
        >
            <input type="hidden" name="kind" value=kind.as_str() />
            <input type="hidden" name="flow" value=flow.to_string() />
            {fields}
            {button(presses, action, label, busy_label, weight, seconds_left)}
        </form>
    }
}

/// The button. While any form of the page is on its way, none can be pressed again; the one that was pressed says what it
/// does and keeps its size.
fn button(
    presses: Presses,
    action: &'static str,
    label: &'static str,
    busy_label: &'static str,
    weight: Weight,
    seconds_left: Option<RwSignal<u64>>,
) -> impl IntoView {
    let is_busy = move || presses.busy.get() == Some(action);
    let is_over = move || seconds_left.is_some_and(|seconds| seconds.get() == 0);
    view! {
        <button
            type="submit"
            id=action.strip_prefix("/api/")
            class=weight.class()
            aria-describedby=(action == Edit::PATH).then_some("on-its-way")
            hidden=live(move || is_over().then_some(""))
            aria-disabled=live(move || presses.is_held(action).then_some("true"))
            data-busy=live(move || is_busy().then_some(""))
        >
            <span class="button__label">{label}</span>
            <span class="button__busy" data-room=busy_label>{live(move || is_busy().then(|| busy_label.to_owned()))}</span>
        </button>
    }
}
