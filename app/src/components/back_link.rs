//! The way back to the application that sent the person here.

use leptos::prelude::*;

use super::press_form::Weight;
use crate::Back;

/// The link, at the same place on every page. The browser keeps its address true to the step from then on.
#[cfg(feature = "ssr")]
#[component]
pub(crate) fn BackLink(
    /// The way back.
    back: Back,
) -> impl IntoView {
    view! {
        <p class="top__back">
            <a href=back.address>{back.label}</a>
        </p>
    }
}

/// The same as a button, where going back is a way on.
#[component]
pub(crate) fn BackButton(
    /// The way back.
    back: Back,
    /// How much it asks for attention.
    weight: Weight,
) -> impl IntoView {
    view! {
        <a class=weight.class() href=back.address>
            {back.label}
        </a>
    }
}
