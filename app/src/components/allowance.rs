//! How many codes the person may still ask for: told before one is spent.

use leptos::prelude::*;

use crate::Allowance;

/// The sentence; nothing where no limit is set.
#[component]
pub(crate) fn AllowanceNote(
    /// How many.
    allowance: Option<Allowance>,
) -> impl IntoView {
    allowance.map(|(Allowance::Left(sentence) | Allowance::Reached(sentence))| {
        view! { <p class="hint">{sentence}</p> }
    })
}
