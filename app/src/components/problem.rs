//! What stands in the way, said before all else on the page and linked to the field it is about.

use leptos::prelude::*;

use super::presses::{Presses, Trouble};
use crate::text::Text;

/// A problem that the server tells of. Takes the focus when the step appears.
#[component]
pub(crate) fn Problem(
    /// The sentences of the page.
    text: &'static Text,
    /// What it is.
    message: String,
    /// The id of the field it is about.
    #[prop(optional)]
    field: Option<&'static str>,
) -> impl IntoView {
    let message = match field {
        Some(field) => view! { <a href=format!("#{field}")>{message}</a> }.into_any(),
        None => message.into_any(),
    };
    view! {
        <div class="problem" id="problem" role="alert" tabindex="-1">
            <h2 class="problem__title">{text.problem}</h2>
            <p>{message}</p>
        </div>
    }
}

/// Why the last press has no answer, and the way on. Always there, so that what is put into it is announced.
#[component]
pub(crate) fn TroubleRegion(
    /// The sentences of the page.
    text: &'static Text,
) -> impl IntoView {
    let presses = expect_context::<Presses>();
    let sentences = &text.trouble;
    view! {
        <div role="alert" class="trouble">
            {move || {
                presses.trouble.get().map(|trouble| match trouble {
                    Trouble::Offline => view! { <p>{sentences.offline}</p> }.into_any(),
                    Trouble::TimedOut => view! { <p>{sentences.timed_out}</p> }.into_any(),
                    Trouble::Failed => view! { <p>{sentences.failed}</p> }.into_any(),
                    Trouble::SignedOut { sign_in } => {
                        view! {
                            <p>{sentences.signed_out} " " <a href=sign_in>{sentences.sign_in}</a></p>
                        }
                            .into_any()
                    }
                })
            }}
        </div>
    }
}
