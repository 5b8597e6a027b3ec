//! The last step: what changed, and what the account holds now.

use contact::Done;
use leptos::prelude::*;

use crate::{
    Outcome, Page, WayBack,
    components::{back_link::BackButton, contact_list::ContactList, press_form::Weight},
    text::Text,
    way_back::kept,
};

/// The step.
#[component]
pub(crate) fn DoneStep(
    /// The sentences of the page.
    text: &'static Text,
    /// The state.
    done: Done,
    /// The contact as it is shown back, if that is not as it stands.
    shown_back: Option<String>,
    /// What the application that sent the person here is told.
    outcome: Signal<Outcome>,
) -> impl IntoView {
    let kind = done.contact.kind();
    let sentences = text.of(kind);
    let shown = shown_back.unwrap_or_else(|| done.contact.readable().to_owned());
    let listed = done.contacts.of(kind).to_vec();
    let is_primary = listed.first().is_some_and(|first| done.contact.is(&first.value));
    // Nobody is sent on by themselves: what was done is read first.
    let way_back = use_context::<WayBack>();
    let stay = if way_back.is_some() { Weight::Second } else { Weight::Main };
    view! {
        <div class="done">
            <h1 tabindex="-1">{sentences.done}</h1>
            <p class="lead">{(sentences.is_verified)(&shown)}</p>
            {is_primary.then(|| view! { <p>{sentences.is_primary}</p> })}
        </div>
        <section class="card">
            <h2>{sentences.now_listed}</h2>
            <ContactList text kind contacts=listed />
        </section>
        <p class="ways">
            {way_back.map(|way_back| view! { <BackButton text way_back outcome weight=Weight::Main /> })}
            <a class=stay.class() href=kept(Page::Contacts.path())>
                {text.back_to_contacts}
            </a>
        </p>
    }
}
