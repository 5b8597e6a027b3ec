//! The contacts of one kind, as the service lists them.

use contact::{Kind, KnownContact};
use leptos::{either::Either, prelude::*};

use crate::text::Text;

/// A list of contacts; the first is the primary one.
#[component]
pub(crate) fn ContactList<Way: Fn(usize) -> Form, Form: IntoView + 'static>(
    /// The sentences of the page.
    text: &'static Text,
    /// The kind of contact.
    kind: Kind,
    /// The contacts.
    contacts: Vec<KnownContact>,
    /// Gives what can be done with the contact at a place, if anything can.
    way: Way,
) -> impl IntoView {
    if contacts.is_empty() {
        return Either::Left(view! { <p class="contacts__none">{text.of(kind).none}</p> });
    }
    let sentences = &text.listed;
    let rows = contacts
        .into_iter()
        .enumerate()
        .map(|(place, contact)| {
            let way = way(place);
            let KnownContact { value, verified } = contact;
            let (class, word) = if verified {
                ("badge badge--good", sentences.verified)
            } else {
                ("badge badge--open", sentences.unverified)
            };
            view! {
                <li class="contacts__row">
                    <bdi class="contacts__value">{value}</bdi>
                    <span class="contacts__badges">
                        {(place == 0).then(|| view! { <span class="badge">{sentences.primary}</span> })}
                        <span class=class>{word}</span>
                    </span>
                    {way}
                </li>
            }
        })
        .collect_view();
    Either::Right(view! { <ul class="contacts">{rows}</ul> })
}
