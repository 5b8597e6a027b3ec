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
    let steps = [(1, text.step_enter), (2, text.step_code), (3, text.step_done)];
    view! {
        <nav class="stepper" aria-label=text.steps_label>
            <p class="stepper__where">{text.step_of.with(&current.to_string())}</p>
            <ol class="stepper__steps">
                {steps
                    .map(|(number, name)| {
                        let class = if number < current {
                            "stepper__step stepper__step--past"
                        } else {
                            "stepper__step"
                        };
                        view! {
                            <li class=class aria-current=(number == current).then_some("step")>
                                {name}
                            </li>
                        }
                    })}
            </ol>
        </nav>
    }
}
