//! The contacts of one kind, as the service lists them.

use contact::{FlowId, Kind, KnownContact};
use leptos::{prelude::*, server_fn::ServerFn};

use crate::{Begin, text::Text, way_back::kept};

/// A list of contacts; the first is the primary one.
#[component]
pub(crate) fn ContactList(
    /// The sentences of the page.
    text: &'static Text,
    /// The kind of contact.
    kind: Kind,
    /// The contacts.
    contacts: Vec<KnownContact>,
    /// The state of the flow that verifies one that is not verified yet; nothing if none can be verified from here.
    #[prop(optional_no_strip)]
    verify: Option<FlowId>,
) -> impl IntoView {
    if contacts.is_empty() {
        return view! { <p class="contacts__none">{text.of(kind).none}</p> }.into_any();
    }
    let sentences = &text.contacts;
    let rows = contacts
        .into_iter()
        .enumerate()
        .map(|(place, KnownContact { value, verified })| {
            let way = verify.clone().filter(|_| !verified).map(|flow| verify_form(text, kind, &flow, &value));
            let badge = if verified {
                view! { <span class="badge badge--good">{sentences.verified}</span> }
            } else {
                view! { <span class="badge badge--open">{sentences.unverified}</span> }
            };
            view! {
                <li class="contacts__row">
                    <bdi class="contacts__value">{value}</bdi>
                    <span class="contacts__badges">
                        {(place == 0).then(|| view! { <span class="badge">{sentences.primary}</span> })} {badge}
                    </span>
                    {way}
                </li>
            }
        })
        .collect_view();
    view! { <ul class="contacts">{rows}</ul> }.into_any()
}

/// Begins the journey with the contact as it is listed. A plain form: it leads to another page in any case.
fn verify_form(text: &'static Text, kind: Kind, flow: &FlowId, value: &str) -> impl IntoView + use<> {
    let name = format!("{}: {value}", text.contacts.verify_now);
    view! {
        <form method="post" action=kept(Begin::PATH) class="contacts__verify">
            <input type="hidden" name="kind" value=kind.as_str() />
            <input type="hidden" name="flow" value=flow.to_string() />
            <input type="hidden" name="contact" value=value.to_owned() />
            <button type="submit" class="button button--quiet" aria-label=name>
                {text.contacts.verify_now}
            </button>
        </form>
    }
}
