//! The contacts of one kind, as the service lists them.

use contact::KnownContact;
use leptos::prelude::*;

use crate::text::Text;

/// A list of contacts; the first is the primary one.
#[component]
pub(crate) fn ContactList(
    /// The sentences of the page.
    text: &'static Text,
    /// What is said when there is none.
    none: &'static str,
    /// The contacts.
    contacts: Vec<KnownContact>,
) -> impl IntoView {
    if contacts.is_empty() {
        return view! { <p class="contacts__none">{none}</p> }.into_any();
    }
    let sentences = &text.contacts;
    let rows = contacts
        .into_iter()
        .enumerate()
        .map(|(place, contact)| {
            let verified = if contact.verified {
                view! { <span class="badge badge--good">{sentences.verified}</span> }
            } else {
                view! { <span class="badge badge--open">{sentences.unverified}</span> }
            };
            view! {
                <li class="contacts__row">
                    <bdi class="contacts__value">{contact.value}</bdi>
                    <span class="contacts__badges">
                        {(place == 0).then(|| view! { <span class="badge">{sentences.primary}</span> })} {verified}
                    </span>
                </li>
            }
        })
        .collect_view();
    view! { <ul class="contacts">{rows}</ul> }.into_any()
}
