//! A form with one button. Posted by script where there is one, and by the browser itself where there is none.

use contact::{FlowId, Kind};
use leptos::prelude::*;

use super::presses::{Guard, Presses};
use crate::{browser, way_back::kept};

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

/// A form of one flow. While any form of the page is on its way, no button can be pressed again; the one that was
/// pressed says what it does and keeps its size.
#[component]
pub(crate) fn PressForm(
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
    /// Takes the button away.
    #[prop(optional, into)]
    without_button: Signal<bool>,
    /// The fields.
    #[prop(optional)]
    children: Option<Children>,
) -> impl IntoView {
    let presses = expect_context::<Presses>();
    let is_busy = move || presses.busy.get() == Some(action);
    view! {
        <form
            method="post"
            action=kept(action)
            class="press"
            novalidate
            on:submit=move |event| browser::submit(&event, presses, action, guard)
        >
            <input type="hidden" name="kind" value=kind.as_str() />
            <input type="hidden" name="flow" value=flow.to_string() />
            {children.map(|children| children())}
            <Show when=move || !without_button.get()>
                <button
                    type="submit"
                    id=action.trim_start_matches("/api/")
                    class=weight.class()
                    aria-disabled=move || presses.busy.get().map(|_| "true")
                    data-busy=move || is_busy().then_some("")
                >
                    <span class="button__label">{label}</span>
                    <span class="button__busy">{move || is_busy().then_some(busy_label)}</span>
                </button>
            </Show>
        </form>
    }
}
