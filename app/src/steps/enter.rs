//! The first step: the new contact, and what should happen with it.

use contact::{Enter, Kind, KnownContact};
use leptos::{prelude::*, server_fn::ServerFn};

use super::refusal::refusal_sentence;
use crate::{
    Begin, Offer, Page, Policy,
    components::{
        field::{Field, Tick},
        press_form::{PressForm, Weight},
        problem::Problem,
    },
    text::Text,
};

/// The step.
#[component]
pub(crate) fn EnterStep(
    /// The sentences of the page.
    text: &'static Text,
    /// The kind of contact.
    kind: Kind,
    /// The state.
    enter: Enter,
    /// The contacts that the account holds; nothing if that is not known.
    previous: Option<Vec<KnownContact>>,
    /// What is left to the person.
    policy: Policy,
    /// When a limit ends, as a clock time.
    limit_ends_at: Option<String>,
) -> impl IntoView {
    let sentences = text.of(kind);
    let Enter { id, typed, choices, refusal } = enter;
    let error =
        refusal.map(|refusal| refusal_sentence(text, kind, &refusal, &typed, limit_ends_at.as_deref()));
    let (input, autocomplete) = match kind {
        Kind::Email => ("email", "email"),
        Kind::Mobile => ("tel", "tel"),
    };
    let entered = RwSignal::new(String::new());
    let preview = move || {
        let entered = entered.get();
        let entered = entered.trim();
        (entered.len() > 2).then(|| (text.enter.will_send_to)(entered))
    };
    let removed = previous.filter(|previous| !previous.is_empty()).map(|previous| {
        let list = previous.iter().map(|contact| contact.value.as_str()).collect::<Vec<_>>().join(", ");
        (text.enter.removed)(&list)
    });
    let offers = policy.primary == Offer::Offer || policy.replace_all == Offer::Offer;

    view! {
        {error.clone().map(|message| view! { <Problem text message field="contact" /> })}
        <h1 tabindex="-1">{sentences.title}</h1>
        <PressForm
            action=Begin::PATH
            kind
            flow=id
            label=text.enter.send
            busy_label=text.enter.sending
            weight=Weight::Main
        >
            <Field
                name="contact"
                label=sentences.label
                hint=sentences.hint
                error=Signal::stored(error)
                value=typed
                kind=input
                autocomplete
                on_input=Callback::new(move |typed| entered.set(typed))
            />
            {offers
                .then(|| {
                    view! {
                        <fieldset class="choices">
                            <legend class="choices__legend">{text.enter.choices}</legend>
                            {(policy.primary == Offer::Offer)
                                .then(|| {
                                    view! {
                                        <Tick
                                            name="primary"
                                            label=sentences.primary
                                            hint=sentences.primary_hint
                                            ticked=choices.primary
                                        />
                                    }
                                })}
                            {(policy.replace_all == Offer::Offer)
                                .then(|| {
                                    view! {
                                        <Tick
                                            name="replace_all"
                                            label=sentences.replace_all
                                            hint=removed.unwrap_or_default()
                                            ticked=choices.replace_all
                                        />
                                    }
                                })}
                        </fieldset>
                    }
                })}
            <p class="preview">{preview}</p>
        </PressForm>
        <p>
            <a href=Page::Contacts.path()>{text.back_to_contacts}</a>
        </p>
    }
}
