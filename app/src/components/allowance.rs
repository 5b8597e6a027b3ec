//! How many codes the person may still ask for: told before one is spent.

use contact::Kind;
use leptos::prelude::*;

use crate::{Allowance, text::Text};

/// The sentence; nothing where no limit is set.
#[component]
pub(crate) fn AllowanceNote(
    /// The sentences of the page.
    text: &'static Text,
    /// The kind of contact, if it is about one contact and not about the account.
    #[prop(optional)]
    kind: Option<Kind>,
    /// How many.
    allowance: Option<Allowance>,
) -> impl IntoView {
    let sentence = allowance.map(|allowance| match allowance {
        Allowance::Left { codes, within } => {
            let left = kind.map_or(text.enter.allowance, |kind| text.of(kind).allowance);
            left(codes, within)
        }
        Allowance::Reached { until } => (text.enter.next_code)(&until),
    });
    sentence.map(|sentence| view! { <p class="hint">{sentence}</p> })
}
