//! A labelled field with its hint and its error, tied together for those who hear them.

use leptos::prelude::*;

use super::live::live;

/// A text field.
#[component]
pub(crate) fn Field(
    /// Its name, which is its id as well.
    name: &'static str,
    /// Its label.
    label: &'static str,
    /// What helps to fill it in.
    hint: &'static str,
    /// What is wrong with what it holds.
    error: RwSignal<Option<String>>,
    /// What it holds at first.
    value: String,
    /// The kind of input: `email`, `tel` or `text`.
    kind: &'static str,
    /// What a browser may fill in (HTML, section 4.10.18.7).
    autocomplete: &'static str,
    /// The keyboard to show.
    #[prop(optional)]
    inputmode: Option<&'static str>,
) -> impl IntoView {
    let [hint_id, error_id] = ["-hint", "-error"].map(|end| [name, end].concat());
    // That a code counts once is read with its field: whoever goes from field to field would pass it by.
    let described_by = [hint_id.as_str(), " ", error_id.as_str(), " once"].concat();
    let is_wrong = move || live(move || error.get().map(|_| "true"));
    view! {
        <div class="field" data-wrong=is_wrong()>
            <label class="field__label" for=name>
                {label}
            </label>
            <p class="field__hint" id=hint_id>
                {hint}
            </p>
            <p class="field__error" id=error_id>
                {live(move || error.get())}
            </p>
            <input
                class=if kind == "text" { "field__input field__input--code" } else { "field__input" }
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
                aria-invalid=is_wrong()
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
    hint: String,
    /// Whether it is ticked at first.
    ticked: bool,
) -> impl IntoView {
    let hint_id = [name, "-hint"].concat();
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
