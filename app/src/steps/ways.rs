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
    let form = |action, label, busy_label, weight| {
        let flow = flow.clone();
        view! { <PressForm presses action kind flow label busy_label weight fields=() /> }
    };
    let has_codes = !matches!(allowance, Some(Allowance::Reached(_)));
    let again = has_codes.then(|| form(Resend::PATH, text.code.resend, text.enter.sending, resend));
    let different = text.of(kind).different;
    let differently = Some(form(Edit::PATH, different, different, edit));
    // What most people need comes first, for the eye and for the keyboard.
    let (first, then) = match edit {
        Weight::Main => (differently, again),
        Weight::Second | Weight::Quiet => (again, differently),
    };
    view! {
        {first}
        {then}
        {form(Cancel::PATH, text.code.cancel, text.code.cancelling, Weight::Quiet)}
        <AllowanceNote allowance />
    }
}
