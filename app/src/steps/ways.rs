//! The ways on from a code, besides entering it: a new one, a different contact, giving up.

use contact::{FlowId, Kind};
use leptos::{prelude::*, server_fn::ServerFn};

use crate::{
    Allowance, Cancel, Edit, Resend,
    components::{
        allowance::AllowanceNote,
        press_form::{PressForm, Weight},
        presses::Presses,
    },
    text::Text,
};

/// The ways on; each is a form of the same state.
#[component]
pub(crate) fn Ways(
    /// The sentences of the page.
    text: &'static Text,
    /// What the forms of the page share.
    presses: Presses,
    /// The kind of contact.
    kind: Kind,
    /// The state that the forms are made for.
    flow: FlowId,
    /// How much a new code asks for attention.
    resend: Weight,
    /// How much a different contact asks for attention.
    edit: Weight,
    /// How many codes may still be asked for; none takes the button away.
    allowance: Option<Allowance>,
) -> impl IntoView {
    let different = text.of(kind).different;
    let again = (!matches!(allowance, Some(Allowance::Reached(_)))).then(|| {
        view! {
            <PressForm
                presses
                action=Resend::PATH
                kind
                flow=flow.clone()
                label=text.code.resend
                busy_label=text.enter.sending
                weight=resend
                fields=()
            />
        }
    });
    let differently = view! {
        <PressForm
            presses
            action=Edit::PATH
            kind
            flow=flow.clone()
            label=different
            busy_label=different
            weight=edit
            fields=()
        />
    };
    // What most people need comes first, for the eye and for the keyboard.
    let (first, then) = match edit {
        Weight::Main => (differently.into_any(), again.into_any()),
        Weight::Second | Weight::Quiet => (again.into_any(), differently.into_any()),
    };
    view! {
        {first}
        {then}
        <PressForm
            presses
            action=Cancel::PATH
            kind
            flow
            label=text.code.cancel
            busy_label=text.code.cancelling
            weight=Weight::Quiet
            fields=()
        />
        <AllowanceNote allowance />
    }
}
