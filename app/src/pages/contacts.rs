//! `/`: what the account holds, and where to change it.

use contact::{Contact, Contacts};
use leptos::prelude::*;

use crate::{
    ContactsView, Page, Underway, components::contact_list::ContactList, text::Text, way_back::kept,
};

/// The page.
#[component]
pub(crate) fn ContactsPage(
    /// The sentences of the page.
    text: &'static Text,
    /// What it shows.
    view: ContactsView,
) -> impl IntoView {
    let ContactsView { contacts, changes } = view;
    let pending = changes.iter().filter_map(|change| change.pending.clone()).collect::<Vec<_>>();
    let listed = match contacts {
        Some(contacts) => {
            changes.into_iter().map(|change| section(text, change, &contacts)).collect_view().into_any()
        }
        None => view! {
            <p class="note note--warning">{text.contacts.unreadable}</p>
            <p>
                <a href=kept(Page::Contacts.path())>{text.contacts.look_again}</a>
            </p>
        }
        .into_any(),
    };
    view! {
        <h1 tabindex="-1">{text.contacts.title}</h1>
        {pending.into_iter().map(|contact| waiting(text, &contact)).collect_view()}
        {listed}
    }
}

fn section(text: &'static Text, change: Underway, contacts: &Contacts) -> impl IntoView + use<> {
    let Underway { kind, flow, pending } = change;
    let sentences = text.of(kind);
    // One change a kind: while a code is awaited, no other one is begun.
    let verify = pending.is_none().then_some(flow);
    view! {
        <section class="card">
            <h2>{sentences.heading}</h2>
            <ContactList text kind contacts=contacts.of(kind).to_vec() verify />
            <p>
                <a class="button button--second" href=kept(Page::Change(kind).path())>
                    {sentences.change}
                </a>
            </p>
        </section>
    }
}

fn waiting(text: &'static Text, contact: &Contact) -> impl IntoView + use<> {
    view! {
        <div class="note">
            <p>{(text.contacts.pending)(contact.readable())}</p>
            <p>
                <a class="button" href=kept(Page::Change(contact.kind()).path())>
                    {text.contacts.resume}
                </a>
            </p>
        </div>
    }
}
