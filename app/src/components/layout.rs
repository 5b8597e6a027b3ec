//! What every page of a signed-in person has around it.

use leptos::prelude::*;

use crate::text::Text;

/// The frame of a page.
#[component]
pub(crate) fn Layout(
    /// The sentences of the page.
    text: &'static Text,
    /// The name to greet the person by.
    name: Option<String>,
    /// The page.
    children: Children,
) -> impl IntoView {
    view! {
        <a class="skip" href="#main">
            {text.skip_to_content}
        </a>
        <header class="top">
            <div class="top__row">
                <a class="top__service" href="/">
                    {text.service}
                </a>
                <div class="top__person">
                    {name.map(|name| view! { <bdi class="top__name">{name}</bdi> })}
                    <form method="post" action="/sign-out">
                        <button type="submit" class="button button--quiet">
                            {text.sign_out}
                        </button>
                    </form>
                </div>
            </div>
        </header>
        <main class="page" id="main" tabindex="-1">
            {children()}
        </main>
    }
}
