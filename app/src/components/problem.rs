//! What stands in the way, said before all else on the page and linked to the field it is about.

use leptos::{either::Either, prelude::*};

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
    #[prop(optional_no_strip)]
    field: Option<&'static str>,
) -> impl IntoView {
    let message = match field {
        Some(field) => Either::Left(view! { <a href=["#", field].concat()>{message}</a> }),
        None => Either::Right(message),
    };
    view! {
        // The alert is not the element that takes the focus: some would read it twice.
        <div id="problem" tabindex="-1">
            <div class="problem" role="alert">
                <h2>{text.problem}</h2>
                <p>{message}</p>
            </div>
        </div>
    }
}

/// Why the last press has no answer, and the way on. Always there, so that what is put into it is announced.
#[component]
pub(crate) fn TroubleRegion(
    /// The sentences of the page.
    text: &'static Text,
    /// What the forms of the page share.
    presses: Presses,
) -> impl IntoView {
    let sentences = &text.trouble;
    view! {
        <div role="alert" class="trouble">
            {move || {
                presses.trouble.get().map(|trouble| {
                    let (sentence, sign_in) = match trouble {
                        Trouble::NoAnswer => (sentences.no_answer, None),
                        Trouble::Failed => (sentences.failed, None),
                        Trouble::SignedOut { sign_in } => (sentences.signed_out, Some(sign_in)),
                    };
                    let way_on = sign_in.map(|sign_in| view! { " " <a href=sign_in>{sentences.sign_in}</a> });
                    view! { <p>{sentence} {way_on}</p> }
                })
            }}
        </div>
    }
}
