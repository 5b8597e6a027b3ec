//! `/email` and `/mobile`: the steps of a change, one in the place of the other.

use contact::{AwaitCode, Flow, Kind, Restart};
use leptos::prelude::*;

use crate::{
    ChangeView, Outcome, WayBack, browser,
    components::{
        back_link::{BackButton, BackLink},
        press_form::Weight,
        presses::Presses,
        problem::TroubleRegion,
        stepper::Stepper,
    },
    steps::{
        await_code::AwaitCodeStep, done::DoneStep, enter::EnterStep, restart::RestartStep, restart::reason,
    },
    text::Text,
    way_back::kept,
};

/// The page.
#[component]
pub(crate) fn ChangePage(
    /// The sentences of the page.
    text: &'static Text,
    /// The service's name.
    service: String,
    /// What it shows.
    view: ChangeView,
    /// What the application that sent the person here is told by somebody who leaves the page as it came.
    outcome: Outcome,
    /// Told the address of the step that is shown.
    here: RwSignal<String>,
) -> impl IntoView {
    let ChangeView { kind, contacts, policy, step } = view;
    let presses = Presses::new(step);
    provide_context(presses);
    let previous = contacts.map(|contacts| contacts.of(kind).to_vec());
    let current = Signal::derive(move || match presses.step.read().flow {
        Flow::Enter(_) => 1,
        Flow::AwaitCode(_) | Flow::Restart(_) => 2,
        Flow::Done(_) => 3,
    });

    // The first step is the page itself; those that follow have to be told.
    Effect::new(move |shown_before: Option<()>| {
        let title = presses.step.with(|step| change_title(text, &service, kind, &step.flow));
        if shown_before.is_some() {
            let path = kept(&presses.step.with(|step| step.path(kind)));
            browser::show_step(&title, &path);
            here.set(path);
        }
    });

    Effect::new(move || browser::on_return(kind, presses));

    let way_back = use_context::<WayBack>();
    let is_asked_for = way_back.as_ref().is_some_and(|way_back| way_back.kind == kind);
    let outcome = Signal::derive(move || match outcome {
        // What was changed stays changed, whatever else is tried.
        Outcome::Cancelled | Outcome::Failed(_) if is_asked_for => presses.step.with(Outcome::at),
        outcome => outcome,
    });
    // What cannot be mended now leads back as well as on.
    let leave = way_back.clone().map(|way_back| {
        move || {
            let way_back = way_back.clone();
            matches!(outcome.get(), Outcome::Failed(_))
                .then(|| view! { <p><BackButton text way_back outcome weight=Weight::Second /></p> })
        }
    });

    view! {
        <BackLink text way_back outcome />
        <Stepper text current />
        <TroubleRegion text />
        {move || {
            let step = presses.step.get();
            match step.flow.clone() {
                Flow::Enter(enter) => {
                    view! {
                        <EnterStep text kind enter previous=previous.clone() policy limit_ends_at=step.limit_ends_at allowance=step.allowance />
                    }
                        .into_any()
                }
                Flow::AwaitCode(awaiting) => view! { <AwaitCodeStep text awaiting step /> }.into_any(),
                Flow::Restart(restart) => {
                    view! { <RestartStep text restart step /> }.into_any()
                }
                Flow::Done(done) => view! { <DoneStep text done shown_back=step.shown_back outcome /> }.into_any(),
            }
        }}
        {leave}
    }
}

/// Gives the title of the page: the step, the page, and first of all whether there is a problem.
pub(crate) fn change_title(text: &'static Text, service: &str, kind: Kind, flow: &Flow) -> String {
    let page = text.of(kind).title;
    let (problem, step) = match flow {
        Flow::Enter(enter) => (enter.refusal.is_some(), None),
        Flow::AwaitCode(AwaitCode { notice, .. }) => (notice.is_some(), Some(text.code.title)),
        Flow::Restart(Restart { reason: why, refusal, .. }) => (refusal.is_some(), Some(reason(text, why).0)),
        Flow::Done(_) => (false, Some(text.of(kind).done)),
    };
    let prefix = if problem { text.error_prefix } else { "" };
    match step {
        Some(step) => format!("{prefix}{step} – {page} – {service}"),
        None => format!("{prefix}{page} – {service}"),
    }
}
