//! The code is spent or over: why, and one press to a new one. Nothing has to be typed again.

use contact::{Restart, RestartReason};
use leptos::prelude::*;

use super::ways::Ways;
use crate::{
    Page, Step,
    components::{press_form::Weight, presses::Presses, problem::Problem},
    text::{Reason, Text},
};

/// The step.
#[component]
pub(crate) fn RestartStep(
    /// The sentences of the page.
    text: &'static Text,
    /// What the forms of the page share.
    presses: Presses,
    /// The state.
    restart: Restart,
    /// The times and figures that belong to it.
    step: Step,
) -> impl IntoView {
    let Restart { id, contact, reason: why, .. } = restart;
    let kind = contact.kind();
    let Reason { title, sentence } = reason(text, &why);
    let Step { shown_back, notes, allowance, .. } = step;
    let shown = shown_back.unwrap_or_else(|| contact.readable().to_owned());
    // The first way on is the one that leads out of this very place.
    let (resend, edit) = match why {
        RestartReason::Taken => (Weight::Second, Weight::Main),
        RestartReason::Unknown => (Weight::Second, Weight::Quiet),
        _ => (Weight::Main, Weight::Quiet),
    };
    view! {
        {notes.map(|message| view! { <Problem text message /> })}
        <h1 tabindex="-1">{*title}</h1>
        <p class="lead">{sentence.with(&shown)}</p>
        <div class="ways">
            {(why == RestartReason::Unknown)
                .then(|| {
                    view! {
                        <a class="button" href=presses.address_of(Page::Change(kind).path())>
                            {text.restart.look_again}
                        </a>
                    }
                })}
            <Ways text presses kind flow=id resend edit allowance />
        </div>
    }
}

/// Gives the heading of a reason, and the sentence that follows it.
pub(crate) fn reason(text: &'static Text, reason: &RestartReason) -> &'static Reason {
    let sentences = &text.restart;
    match reason {
        RestartReason::WrongCode => &sentences.wrong_code,
        RestartReason::Expired => &sentences.expired,
        RestartReason::Over => &sentences.over,
        RestartReason::Taken => &sentences.taken,
        RestartReason::BeginLost => &sentences.begin_lost,
        RestartReason::NotChanged => &sentences.not_changed,
        RestartReason::Unknown => &sentences.unknown,
    }
}
