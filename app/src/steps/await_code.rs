//! The second step: the code, which can be entered once.

use contact::{AwaitCode, CodeProblem, Kind, Notice, VerificationCode};
use leptos::{prelude::*, server_fn::ServerFn};

use super::{refusal::refusal_sentence, ways::Ways};
use crate::{
    Allowance, Finish, Step, browser,
    components::{
        countdown::{Countdown, whole_seconds},
        field::Field,
        live::{effect, live},
        press_form::{PressForm, Weight},
        presses::{Guard, Presses},
        problem::Problem,
    },
    text::Text,
};

/// The step.
#[component]
pub(crate) fn AwaitCodeStep(
    /// The sentences of the page.
    text: &'static Text,
    /// What the forms of the page share.
    presses: Presses,
    /// The state.
    awaiting: AwaitCode,
    /// The times that belong to it.
    step: Step,
) -> impl IntoView {
    let AwaitCode { id, contact, notice, expires_at, .. } = awaiting;
    let kind = contact.kind();
    let shown = step.shown_back.unwrap_or_else(|| contact.readable().to_owned());
    let sentences = &text.code;
    let message = notice.as_ref().map(|notice| match notice {
        Notice::Malformed(problem) => code_problem(text, *problem),
        Notice::Superseded => sentences.superseded.to_owned(),
        Notice::OlderForm => sentences.older_form.to_owned(),
        Notice::AnotherPending => sentences.another_pending.with(&shown),
        Notice::NotChecked { reference } => sentences.not_checked.with(reference),
        Notice::NotResent(refusal) => {
            let why = refusal_sentence(text, kind, refusal, &shown, step.limit_ends_at.as_deref());
            [&why, " ", sentences.still_works].concat()
        }
    });
    let way_on = match &step.allowance {
        Some(Allowance::Reached(sentence)) => sentence,
        _ => sentences.over_resend,
    };
    let end = [sentences.over, " ", way_on].concat();
    let is_about_field = matches!(notice, Some(Notice::Malformed(_)));
    let seconds = RwSignal::new(whole_seconds(expires_at.since(step.now)));
    let error = RwSignal::new(message.clone().filter(|_| is_about_field));
    let heard = RwSignal::new(None);
    // A text message can be read by the browser, if the person lets it (WebOTP).
    if kind == Kind::Mobile {
        effect(|| browser::listen_for_code("code"));
        on_cleanup(browser::stop_listening);
    }
    // What cannot be a code is not sent: the person is told beside the field, which stays as it is.
    let guard: Guard = Box::new(move || {
        if seconds.get_untracked() == 0 {
            // Who presses Enter in the field finds the way on, where there is no button any more.
            browser::hand_focus_over("code", &["resend", "edit"]);
            return false;
        }
        let problem = VerificationCode::parse(&browser::value("code")).err();
        let problem = problem.map(|problem| code_problem(text, problem));
        error.set(problem.clone());
        let is_code = problem.is_none();
        match problem {
            Some(problem) => browser::show_problem(text.error_prefix, "code", problem, heard),
            None => browser::stop_listening(),
        }
        is_code
    });

    let fields = view! {
        <p class="note" id="once">
            {sentences.once}
        </p>
        <Field
            name="code"
            label=sentences.label
            hint=sentences.hint
            error
            value=String::new()
            kind="text"
            autocomplete="one-time-code"
            inputmode="numeric"
        />
        <p class="unseen" role="alert">
            {live(move || heard.get())}
        </p>
        <div class="life">
            <p class="life__end">{step.ends_at.map(|time| sentences.works_until.with(&time))}</p>
            <Countdown text presses expires_at seconds />
        </div>
        <div class="life__room" data-end=end.clone()></div>
        <p class="life__over" role="alert">
            {live(move || (seconds.get() == 0).then(|| end.clone()))}
        </p>
    };
    view! {
        {message.map(|message| view! { <Problem text message field=is_about_field.then_some("code") /> })}
        <h1 tabindex="-1">{sentences.title}</h1>
        <p class="sent-to">
            <bdi>{sentences.sent_to.with(&shown)}</bdi>
            " "
            <span role="status">{step.notes}</span>
        </p>
        {step
            .meant
            .map(|address| view! { <p class="hint">{text.enter.did_you_mean.with(&address)}</p> })}
        <PressForm
            presses
            action=Finish::PATH
            kind
            flow=id.clone()
            label=sentences.verify
            busy_label=sentences.verifying
            weight=Weight::Main
            guard
            seconds_left=seconds
            fields
        />
        <div class="ways">
            <Ways text presses kind flow=id resend=Weight::Second edit=Weight::Quiet allowance=step.allowance />
        </div>
        <p class="hint" id="on-its-way">{text.of(kind).on_its_way}</p>
    }
}

fn code_problem(text: &'static Text, problem: CodeProblem) -> String {
    match problem {
        CodeProblem::Empty => text.code.empty.to_owned(),
        CodeProblem::TooShort(digits) => text.code.too_short.with(&digits.to_string()),
        CodeProblem::TooLong => text.code.too_long.to_owned(),
    }
}
