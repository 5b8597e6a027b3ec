//! Where one is: the three steps, the present one marked in words and not by colour alone.

use leptos::prelude::*;

use crate::text::Text;

/// The steps of a change; `current` counts from one.
#[component]
pub(crate) fn Stepper(
    /// The sentences of the page.
    text: &'static Text,
    /// The step one is at.
    current: usize,
) -> impl IntoView {
    let steps = [text.step_enter, text.step_code, text.step_done];
    view! {
        <nav class="stepper" aria-label=text.steps_label>
            <p class="stepper__where">{text.step_of.with(&current.to_string())}</p>
            <ol class="stepper__steps">
                {(1..).zip(steps)
                    .map(|(number, name)| {
                        view! {
                            <li
                                class="stepper__step"
                                class:stepper__step--past=number < current
                                aria-current=(number == current).then_some("step")
                            >
                                {name}
                            </li>
                        }
                    })
                    .collect_view()}
            </ol>
        </nav>
    }
}
