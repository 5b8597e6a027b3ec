//! The last step: what changed, and what the account holds now.

use contact::Done;
use leptos::prelude::*;

use crate::{
    Page, Step,
    components::{back_link::BackButton, contact_list::ContactList, press_form::Weight, presses::Presses},
    text::Text,
};

/// The step.
#[component]
pub(crate) fn DoneStep(
    /// The sentences of the page.
    text: &'static Text,
    /// What the forms of the page share.
    presses: Presses,
    /// The state.
    done: Done,
    /// What the server knows of it.
    step: Step,
) -> impl IntoView {
    let kind = done.contact.kind();
    let sentences = text.of(kind);
    let shown = step.shown_back.unwrap_or_else(|| done.contact.readable().to_owned());
    let listed = done.contacts.of(kind).to_vec();
    // Nobody is sent on by themselves: what was done is read first.
    let stay = if step.back.is_some() { Weight::Second } else { Weight::Main };
    view! {
        <div class="done">
            <h1 tabindex="-1">{sentences.done}</h1>
            <p class="lead">{sentences.is_verified.with(&shown)}</p>
            <p class="done__primary">{step.notes}</p>
        </div>
        <section class="card">
            <h2>{sentences.now_listed}</h2>
            <ContactList text kind contacts=listed way=|_| () />
        </section>
        <p class="ways">
            {step.back.map(|back| view! { <BackButton back weight=Weight::Main /> })}
            <a class=stay.class() href=presses.address_of(Page::Contacts.path())>
                {text.back_to_contacts}
            </a>
        </p>
    }
}
