//! The first step: the new contact, and what should happen with it.

use contact::{Choices, Enter, Kind, Refusal};
use leptos::{either::Either, prelude::*, server_fn::ServerFn};

use super::refusal::refusal_sentence;
use crate::{
    Begin, Offer, Page, Policy, Reading, Step, browser,
    components::{
        allowance::AllowanceNote,
        field::{Field, Tick},
        live::{effect, live},
        press_form::{PressForm, Weight},
        presses::Presses,
        problem::Problem,
    },
    text::Text,
};

/// The step.
#[component]
pub(crate) fn EnterStep(
    /// The sentences of the page.
    text: &'static Text,
    /// What the forms of the page share.
    presses: Presses,
    /// The kind of contact.
    kind: Kind,
    /// The heading.
    title: &'static str,
    /// The state.
    enter: Enter,
    /// What is left to the person.
    policy: Policy,
    /// Which contacts are removed if the new one replaces them, as a sentence.
    removed: Option<String>,
    /// What else is to be known before a code is asked for.
    notes: Option<String>,
    /// In which country a number in national writing is read; nothing if in none.
    home: Option<String>,
    /// The times and figures that belong to it.
    step: Step,
) -> impl IntoView {
    let Enter { id, typed, choices, refusal } = enter;
    // What the service or a limit stands against says nothing of what was typed.
    let is_about_field = matches!(
        refusal,
        Some(Refusal::Malformed(_) | Refusal::NotAcceptable | Refusal::NotAllowed | Refusal::AlreadyYours)
    );
    let message =
        refusal.map(|refusal| refusal_sentence(text, kind, &refusal, &typed, step.limit_ends_at.as_deref()));
    let reading = RwSignal::new(Reading::default());
    let shown_back =
        live(move || reading.get().contact.map(|contact| text.enter.will_send_to.with(&contact)));

    // Where nothing was sent, it is not said what would be, until it is another contact.
    let is_refused = message.is_some();
    let error = message.clone().filter(|_| is_about_field);
    let fields = view! {
        <NewContact text presses kind typed error home reading is_refused />
        <ChoicesOffered text kind choices policy removed notes />
        <p class="preview" role="status">
            {shown_back}
        </p>
        <AllowanceNote allowance=step.allowance />
    };
    view! {
        {message.map(|message| view! { <Problem text message field=is_about_field.then_some("contact") /> })}
        <h1 tabindex="-1">{title}</h1>
        <PressForm
            presses
            action=Begin::PATH
            kind
            flow=id
            label=text.enter.send
            busy_label=text.enter.sending
            weight=Weight::Main
            fields
        />
        <p>
            <a href=presses.address_of(Page::Contacts.path())>{text.back_to_contacts}</a>
        </p>
    }
}

/// The field for the new contact, with a hint when a slip is likely. The hint stands in nobody's way.
#[component]
fn NewContact(
    text: &'static Text,
    presses: Presses,
    kind: Kind,
    /// What was typed before.
    typed: String,
    /// What is wrong with it.
    error: Option<String>,
    /// In which country a number in national writing is read; nothing if in none.
    home: Option<String>,
    /// Set to what the server reads in the field.
    reading: RwSignal<Reading>,
    /// Whether no code was sent to it, for whatever reason.
    is_refused: bool,
) -> impl IntoView {
    let sentences = text.of(kind);
    let (input, autocomplete) = match kind {
        Kind::Email => ("email", "email"),
        Kind::Mobile => ("tel", "tel"),
    };
    let read = move || browser::read("contact", presses, reading);
    // What was typed before the page was taken over counts as well.
    if !is_refused {
        effect(read);
    }
    let hint = move || {
        let meant = reading.get().meant?;
        let sentence = text.enter.did_you_mean.with(&meant);
        let use_meant = move |_| {
            browser::set_value("contact", &meant);
            // The button that was pressed goes.
            browser::focus_on("contact");
            read();
        };
        Some(view! {
            <p>{sentence}</p>
            <button type="button" class="button button--quiet" on:click=use_meant>
                {text.enter.use_suggestion}
            </button>
        })
    };
    view! {
        <div on:input=move |_| read()>
            <Field
                name="contact"
                label=sentences.label
                hint=sentences.hint
                error=RwSignal::new(error)
                value=typed
                kind=input
                autocomplete
            />
        </div>
        {home.map(|home| view! { <p class="hint">{home}</p> })}
        <div class="meant" role="status">
            {hint}
        </div>
    }
}

/// The choices that the operator leaves to the person, each with what follows from it, and what else is to be known.
#[component]
fn ChoicesOffered(
    text: &'static Text,
    kind: Kind,
    /// What was chosen before.
    choices: Choices,
    /// What is left to the person.
    policy: Policy,
    /// Which contacts are removed if the new one replaces them, as a sentence.
    removed: Option<String>,
    /// What else is to be known before a code is asked for.
    notes: Option<String>,
) -> impl IntoView {
    let sentences = text.of(kind);
    let notes = notes.map(|notes| view! { <p class="note">{notes}</p> });
    let primary = (policy.primary == Offer::Offer).then(|| {
        view! {
            <Tick name="primary" label=sentences.primary hint=sentences.primary_hint.to_owned() ticked=choices.primary />
        }
    });
    let replace_all = (policy.replace_all == Offer::Offer).then(|| {
        view! {
            <Tick
                name="replace_all"
                label=sentences.replace_all
                hint=removed.unwrap_or_default()
                ticked=choices.replace_all
            />
        }
    });
    if primary.is_none() && replace_all.is_none() {
        return Either::Left(notes);
    }
    Either::Right(view! {
        <fieldset class="choices">
            <legend class="choices__legend">{text.enter.choices}</legend>
            {primary}
            {replace_all}
            {notes}
        </fieldset>
    })
}
