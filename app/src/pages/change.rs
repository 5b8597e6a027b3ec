//! `/email` and `/mobile`: the steps of a change, one in the place of the other. What stands in `<main>`, and all that
//! the browser takes over.

use contact::{AwaitCode, Flow, Kind, Restart};
use leptos::{either::EitherOf4, prelude::*};

use crate::{
    ChangeView, browser,
    components::{presses::Presses, problem::TroubleRegion, stepper::Stepper},
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
    /// The service's name, for the title.
    service: String,
    /// What it shows.
    view: ChangeView,
) -> impl IntoView {
    let ChangeView { kind, contacts, policy, step } = view;
    let presses = Presses::new(step);
    provide_context(presses);
    let previous = contacts.map(|contacts| contacts.of(kind).to_vec());
    let current = move || match presses.step.read().flow {
        Flow::Enter(_) => 1,
        Flow::AwaitCode(_) | Flow::Restart(_) => 2,
        Flow::Done(_) => 3,
    };

    // The first step is the page itself; those that follow have to be told.
    Effect::new(move |shown_before: Option<()>| {
        let title = presses.step.with(|step| change_title(text, &service, kind, &step.flow));
        if shown_before.is_some() {
            let path = presses.step.with(|step| step.path(kind));
            browser::show_step(&title, &path);
        }
    });

    Effect::new(move || browser::on_return(kind, presses));

    view! {
        {move || view! { <Stepper text current=current() /> }}
        <TroubleRegion text />
        {move || {
            let step = presses.step.get();
            match step.flow.clone() {
                Flow::Enter(enter) => {
                    let previous = previous.clone();
                    EitherOf4::A(view! { <EnterStep text kind enter previous policy step /> })
                }
                Flow::AwaitCode(awaiting) => EitherOf4::B(view! { <AwaitCodeStep text awaiting step /> }),
                Flow::Restart(restart) => EitherOf4::C(view! { <RestartStep text restart step /> }),
                Flow::Done(done) => EitherOf4::D(view! { <DoneStep text done shown_back=step.shown_back /> }),
            }
        }}
    }
}

/// Gives the title of the page: the step, the page, and first of all whether there is a problem.
pub(crate) fn change_title(text: &'static Text, service: &str, kind: Kind, flow: &Flow) -> String {
    let page = text.of(kind).title;
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
        Some(step) => format!("{prefix}{step} – {page} – {service}"),
        None => format!("{prefix}{page} – {service}"),
    }
}
