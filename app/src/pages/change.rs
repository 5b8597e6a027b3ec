//! `/email` and `/mobile`: the steps of a change, one in the place of the other. What stands in `<main>`, and all that
//! the browser takes over.

use contact::{AwaitCode, Flow, Kind, Restart};
use leptos::{either::EitherOf4, prelude::*};

use crate::{
    Addresses, ChangeView, browser,
    components::{
        back_link::BackButton, live::effect, press_form::Weight, presses::Presses, problem::TroubleRegion,
        stepper::Stepper,
    },
    steps::{
        await_code::AwaitCodeStep, done::DoneStep, enter::EnterStep, restart::RestartStep, restart::reason,
    },
    text::Text,
};

/// The page.
#[component]
pub(crate) fn ChangePage(
    /// The sentences of the page.
    text: &'static Text,
    /// Its title without the step.
    page: String,
    /// The addresses of our pages and forms.
    addresses: Addresses,
    /// What it shows.
    view: ChangeView,
) -> impl IntoView {
    let ChangeView { kind, title, policy, removed, notes, home, step } = view;
    let presses = Presses::new(step, addresses);

    // The first step is the page itself; those that follow have to be told.
    let mut is_first = true;
    effect(move || {
        let step = presses.step.get();
        if !is_first {
            let title = change_title(text, &page, kind, &step.flow);
            let back = step.back.as_ref().map(|back| back.address.as_str());
            browser::show_step(&title, &presses.address_of(&step.path(kind)), back);
        }
        is_first = false;
    });
    browser::on_return(kind, presses);

    view! {
        <TroubleRegion text presses />
        {move || {
            let step = presses.step.get();
            // What cannot be mended now leads back as well as on.
            let leave = step.back.clone().filter(|back| back.is_way_on && !matches!(step.flow, Flow::Done(_)));
            let (current, shown) = match step.flow.clone() {
                Flow::Enter(enter) => {
                    let (removed, notes, home) = (removed.clone(), notes.clone(), home.clone());
                    (1, EitherOf4::A(view! { <EnterStep text presses kind title enter policy removed notes home step /> }))
                }
                Flow::AwaitCode(awaiting) => {
                    (2, EitherOf4::B(view! { <AwaitCodeStep text presses awaiting step /> }))
                }
                Flow::Restart(restart) => {
                    (2, EitherOf4::C(view! { <RestartStep text presses restart step /> }))
                }
                Flow::Done(done) => (3, EitherOf4::D(view! { <DoneStep text presses done step /> })),
            };
            view! {
                <Stepper text current />
                {shown}
                {leave.map(|back| view! { <p><BackButton back weight=Weight::Second /></p> })}
            }
        }}
    }
}

/// Gives the title of the page: the step, the page, and first of all whether there is a problem.
pub(crate) fn change_title(text: &'static Text, page: &str, kind: Kind, flow: &Flow) -> String {
    let (problem, step) = match flow {
        Flow::Enter(enter) => (enter.refusal.is_some(), None),
        Flow::AwaitCode(AwaitCode { notice, .. }) => (notice.is_some(), Some(text.code.title)),
        Flow::Restart(Restart { reason: why, refusal, .. }) => {
            (refusal.is_some(), Some(reason(text, why).title))
        }
        Flow::Done(_) => (false, Some(text.of(kind).done)),
    };
    let prefix = if problem { text.error_prefix } else { "" };
    match step {
        Some(step) => [prefix, step, " – ", page].concat(),
        None => [prefix, page].concat(),
    }
}
