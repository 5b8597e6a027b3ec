//! `/`: what the account holds, and where to change it.

use contact::{Contact, Contacts, FlowId, Kind, KnownContact};
use leptos::{prelude::*, server_fn::ServerFn};

use crate::{
    Addresses, Begin, ContactsView, Locale, Page, Policy, Underway,
    components::contact_list::ContactList,
    consequences::decided,
    journey,
    text::{server, text},
};

/// The page.
#[component]
pub(crate) fn ContactsPage(
    /// The language of the page.
    locale: Locale,
    /// The addresses of our pages and forms.
    addresses: Addresses,
    /// What it shows.
    view: ContactsView,
) -> impl IntoView {
    let ContactsView { contacts, policy, changes } = view;
    let text = server::text(locale);
    let waiting = |contact: Contact| waiting(locale, &addresses, &contact);
    let pending = changes.iter().filter_map(|change| change.pending.clone()).collect::<Vec<_>>();
    let listed = match contacts {
        Some(contacts) => changes
            .into_iter()
            .map(|change| section(locale, &addresses, change, policy, &contacts))
            .collect_view()
            .into_any(),
        None => view! {
            <p class="note note--warning">{text.contacts.unreadable}</p>
            <p>
                <a href=addresses.of(Page::Contacts.path())>{text.contacts.look_again}</a>
            </p>
        }
        .into_any(),
    };
    view! {
        <h1 tabindex="-1">{text.contacts.title}</h1>
        {pending.into_iter().map(waiting).collect_view()}
        {listed}
    }
}

fn section(
    locale: Locale,
    addresses: &Addresses,
    change: Underway,
    policy: Policy,
    contacts: &Contacts,
) -> impl IntoView + use<> {
    let Underway { kind, flow, pending } = change;
    let text = server::text(locale);
    let sentences = text.of(kind);
    // One change a kind: while a code is awaited, no other one is begun.
    let verify = pending.is_none().then_some(flow);
    let begin = addresses.of(Begin::PATH);
    let all = contacts.of(kind).to_vec();
    let shown = |contact: &KnownContact| journey::listed(locale, kind, &contact.value);
    let listed = all.iter().map(|contact| KnownContact { value: shown(contact), ..*contact }).collect();
    let change = if all.is_empty() { sentences.add } else { sentences.change };
    let way = move |place: usize| {
        let contact: &KnownContact = all.get(place).filter(|contact| !contact.verified)?;
        let flow = verify.as_ref()?;
        let others = all.iter().filter(|other| *other != contact).cloned().collect::<Vec<_>>();
        let follows = decided(locale, kind, policy, Some(&others));
        Some(verify_form(locale, &begin, kind, flow, &contact.value, follows))
    };
    view! {
        <section class="card">
            <h2>{sentences.heading}</h2>
            <ContactList text=self::text(locale) kind contacts=listed way />
            <p>
                <a class="button button--second" href=addresses.of(Page::Change(kind).path())>
                    {change}
                </a>
            </p>
        </section>
    }
}

fn waiting(locale: Locale, addresses: &Addresses, contact: &Contact) -> impl IntoView + use<> {
    let text = server::text(locale);
    let shown = journey::listed(locale, contact.kind(), contact.readable());
    view! {
        <div class="note">
            <p>{text.contacts.pending.with(&shown)}</p>
            <p>
                <a class="button" href=addresses.of(Page::Change(contact.kind()).path())>
                    {text.contacts.resume}
                </a>
            </p>
        </div>
    }
}

/// Begins the journey with the contact as it is listed. `follows`: what the operator decided that follows from it.
fn verify_form(
    locale: Locale,
    begin: &str,
    kind: Kind,
    flow: &FlowId,
    value: &str,
    follows: Option<String>,
) -> impl IntoView + use<> {
    let text = server::text(locale);
    let name = format!("{}: {}", text.contacts.verify_now, journey::listed(locale, kind, value));
    let described = follows.as_ref().map(|_| format!("follows-{value}"));
    view! {
        <form method="post" action=begin.to_owned() class="contacts__verify">
            <input type="hidden" name="kind" value=kind.as_str() />
            <input type="hidden" name="flow" value=flow.to_string() />
            <input type="hidden" name="contact" value=value.to_owned() />
            {follows.map(|follows| view! { <p class="hint" id=described.clone()>{follows}</p> })}
            <button type="submit" class="button button--quiet" aria-label=name aria-describedby=described>
                {text.contacts.verify_now}
            </button>
        </form>
    }
}
