//! The second step: the code, which can be entered once.

use contact::{AwaitCode, CodeProblem, Kind, Notice, VerificationCode, likely_address};
use leptos::{html::Input, prelude::*, server_fn::ServerFn};

use super::{refusal::refusal_sentence, ways::Ways};
use crate::{
    Allowance, Finish, Step,
    browser::{self, Listening},
    components::{
        countdown::Countdown,
        field::Field,
        press_form::{PressForm, Weight},
        presses::Guard,
        problem::Problem,
    },
    text::Text,
};

/// The step.
#[component]
pub(crate) fn AwaitCodeStep(
    /// The sentences of the page.
    text: &'static Text,
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
            format!("{why} {}", sentences.still_works)
        }
    });
    let way_on = match &step.allowance {
        Some(Allowance::Reached(sentence)) => sentence,
        _ => sentences.over_resend,
    };
    let end = format!("{} {way_on}", sentences.over);
    let is_about_field = matches!(notice, Some(Notice::Malformed(_)));
    let over = RwSignal::new(false);
    let error = RwSignal::new(message.clone().filter(|_| is_about_field));
    // What cannot be a code is not sent: the person is told beside the field, which stays as it is.
    let element = NodeRef::<Input>::new();
    let listening = StoredValue::new_local(None::<Listening>);
    // A text message can be read by the browser, if the person lets it (WebOTP).
    Effect::new(move || {
        if let Some(input) = element.get().filter(|_| kind == Kind::Mobile) {
            listening.set_value(browser::listen_for_code(&input));
        }
    });
    on_cleanup(move || listening.set_value(None));
    let allows = Callback::new(move |typed: String| {
        listening.set_value(None);
        if over.get_untracked() {
            return false;
        }
        let problem = VerificationCode::parse(&typed).err();
        error.set(problem.map(|problem| code_problem(text, problem)));
        if problem.is_some() {
            browser::show_problem(text.error_prefix, "code");
        }
        problem.is_none()
    });

    let fields = view! {
        <p class="note">{sentences.once}</p>
        <Field
            name="code"
            label=sentences.label
            hint=sentences.hint
            error=error.into()
            kind="text"
            autocomplete="one-time-code"
            inputmode="numeric"
            element
        />
        <div class="life">
            <p class="life__end">{step.ends_at.map(|time| sentences.works_until.with(&time))}</p>
            <Countdown text expires_at over />
        </div>
        <p class="life__over" role="alert">
            {move || over.get().then(|| end.clone())}
        </p>
    };
    view! {
        {message.map(|message| view! { <Problem text message field=is_about_field.then_some("code") /> })}
        <h1 tabindex="-1">{sentences.title}</h1>
        <p class="sent-to">
            <bdi>{sentences.sent_to.with(&shown)}</bdi>
        </p>
        {likely_address(contact.readable())
            .map(|address| view! { <p class="hint">{text.enter.did_you_mean.with(&address)}</p> })}
        <PressForm
            action=Finish::PATH
            kind
            flow=id.clone()
            label=sentences.verify
            busy_label=sentences.verifying
            weight=Weight::Main
            guard=Guard { field: "code", allows }
            without_button=over
            fields
        />
        <div class="ways">
            <Ways text kind flow=id resend=Weight::Second edit=Weight::Quiet allowance=step.allowance />
        </div>
        <p class="hint">{text.of(kind).not_arrived}</p>
    }
}

fn code_problem(text: &'static Text, problem: CodeProblem) -> String {
    match problem {
        CodeProblem::Empty => text.code.empty.to_owned(),
        CodeProblem::TooShort(digits) => text.code.too_short.with(&digits.to_string()),
        CodeProblem::TooLong => text.code.too_long.to_owned(),
    }
}
