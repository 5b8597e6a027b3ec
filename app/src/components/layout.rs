//! The frame of a page: a header with the service's name, the page, and a foot with the languages and the operator's
//! links.

use leptos::prelude::*;

use super::foot::Foot;
use crate::{Frame, Locale, text::server::ServerText};

/// The frame of a page.
#[component]
pub(crate) fn Layout(
    /// The language of the page.
    locale: Locale,
    /// The sentences of the page.
    text: &'static ServerText,
    /// What the operator puts around it.
    frame: Frame,
    /// The person, if somebody is signed in.
    #[prop(optional)]
    person: Option<AnyView>,
    /// The page.
    children: Children,
) -> impl IntoView {
    let service = frame.service(text).to_owned();
    let service = match frame.logo {
        Some(logo) => view! { <img class="top__logo" src=logo alt=service /> }.into_any(),
        None => service.into_any(),
    };
    view! {
        <a class="skip" href="#main">
            {text.skip_to_content}
        </a>
        <header class="top">
            <div class="top__row">
                <a class="top__service" href="/">
                    {service}
                </a>
                {person}
            </div>
        </header>
        <main class="page" id="main" tabindex="-1">
            {children()}
        </main>
        <Foot locale text links=frame.links here=frame.here />
    }
}

/// Whoever is signed in, and the way out.
#[component]
pub(crate) fn Person(
    /// The sentences of the page.
    text: &'static ServerText,
    /// The name to greet the person by.
    name: Option<String>,
) -> impl IntoView {
    view! {
        <div class="top__person">
            {name.map(|name| view! { <bdi class="top__name">{name}</bdi> })}
            <form method="post" action="/sign-out">
                <button type="submit" class="button button--quiet">
                    {text.sign_out}
                </button>
            </form>
        </div>
    }
}
