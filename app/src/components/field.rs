//! A labelled field with its hint and its error, tied together for those who hear them.

use leptos::prelude::*;

/// A text field.
#[component]
pub(crate) fn Field(
    /// Its name, which is its id as well.
    name: &'static str,
    /// Its label.
    label: &'static str,
    /// What helps to fill it in.
    #[prop(into)]
    hint: String,
    /// What is wrong with what it holds.
    error: Signal<Option<String>>,
    /// What it holds at first.
    #[prop(optional, into)]
    value: String,
    /// The kind of input: `email`, `tel` or `text`.
    kind: &'static str,
    /// What a browser may fill in (HTML, section 4.10.18.7).
    autocomplete: &'static str,
    /// The keyboard to show.
    #[prop(optional)]
    inputmode: Option<&'static str>,
    /// Told of what is typed.
    #[prop(optional)]
    on_input: Option<Callback<String>>,
    /// The element, for those who fill it in.
    #[prop(optional)]
    element: NodeRef<leptos::html::Input>,
) -> impl IntoView {
    let hint_id = format!("{name}-hint");
    let error_id = format!("{name}-error");
    let described_by = {
        let (hint_id, error_id) = (hint_id.clone(), error_id.clone());
        move || if error.get().is_some() { format!("{hint_id} {error_id}") } else { hint_id.clone() }
    };
    view! {
        <div class="field" class:field--error=move || error.get().is_some()>
            <label class="field__label" for=name>
                {label}
            </label>
            <p class="field__hint" id=hint_id>
                {hint}
            </p>
            <p class="field__error" id=error_id>
                {move || error.get()}
            </p>
            <input
                node_ref=element
                class="field__input"
                class:field__input--code=kind == "text"
                id=name
                name=name
                type=kind
                value=value
                autocomplete=autocomplete
                inputmode=inputmode
                autocapitalize="none"
                spellcheck="false"
                dir=if kind == "text" { "ltr" } else { "auto" }
                aria-describedby=described_by
                aria-invalid=move || error.get().map(|_| "true")
                on:input=move |event| {
                    if let Some(on_input) = on_input {
                        on_input.run(event_target_value(&event));
                    }
                }
            />
        </div>
    }
}

/// A box to tick.
#[component]
pub(crate) fn Tick(
    /// Its name, which is its id as well.
    name: &'static str,
    /// Its label.
    label: &'static str,
    /// What follows from ticking it.
    #[prop(into)]
    hint: String,
    /// Whether it is ticked at first.
    ticked: bool,
) -> impl IntoView {
    let hint_id = format!("{name}-hint");
    view! {
        <div class="tick">
            <input
                class="tick__input"
                type="checkbox"
                id=name
                name=name
                value="true"
                checked=ticked
                aria-describedby=hint_id.clone()
            />
            <div class="tick__text">
                <label class="tick__label" for=name>
                    {label}
                </label>
                <p class="tick__hint" id=hint_id>
                    {hint}
                </p>
            </div>
        </div>
    }
}
