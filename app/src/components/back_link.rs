//! The way back to the application that sent the person here, at the same place on every page.

use leptos::prelude::*;

use super::press_form::Weight;
use crate::{Outcome, WayBack, text::Text};

/// The link; nothing if no application sent the person here.
#[component]
pub(crate) fn BackLink(
    /// The sentences of the page.
    text: &'static Text,
    /// The way back.
    way_back: Option<WayBack>,
    /// What the application is told.
    #[prop(into)]
    outcome: Signal<Outcome>,
) -> impl IntoView {
    way_back.map(|way_back| {
        let label = (text.back_to)(&way_back.application);
        view! {
            <p class="back">
                <a href=move || way_back.with(outcome.get())>{label}</a>
            </p>
        }
    })
}

/// The same as a button, where going back is a way on.
#[component]
pub(crate) fn BackButton(
    /// The sentences of the page.
    text: &'static Text,
    /// The way back.
    way_back: WayBack,
    /// What the application is told.
    #[prop(into)]
    outcome: Signal<Outcome>,
    /// How much it asks for attention.
    weight: Weight,
) -> impl IntoView {
    let label = (text.back_to)(&way_back.application);
    view! {
        <a class=weight.class() href=move || way_back.with(outcome.get())>
            {label}
        </a>
    }
}
