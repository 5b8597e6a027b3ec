//! The frame of a page: a header with the service's name, the page, and a foot with the languages and the operator's
//! links.

use leptos::prelude::*;

use super::foot::Foot;
use crate::{Frame, Locale, text::Text};

/// The frame of a page.
#[component]
pub(crate) fn Layout(
    /// The language of the page.
    locale: Locale,
    /// The sentences of the page.
    text: &'static Text,
    /// What the operator puts around it.
    frame: Frame,
    /// The address of what is shown.
    here: Signal<String>,
    /// The person, if somebody is signed in.
    #[prop(optional)]
    person: Option<AnyView>,
    /// The page.
    children: Children,
) -> impl IntoView {
    let service = frame.service(text).to_owned();
    let home = frame.keep("/");
    let framed = frame.is_framed();
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
                <a class="top__service" href=home>
                    {service}
                </a>
                {person}
            </div>
        </header>
        <main class="page" id="main" tabindex="-1">
            {children()}
        </main>
        <Foot locale text links=frame.links framed here />
    }
}

/// Whoever is signed in, and the way out.
#[component]
pub(crate) fn Person(
    /// The sentences of the page.
    text: &'static Text,
    /// The name to greet the person by.
    name: Option<String>,
    /// Whether the page is shown in a frame: whose page stands around it, signs people out.
    framed: bool,
) -> impl IntoView {
    let sign_out = (!framed).then(|| {
        view! {
            <form method="post" action="/sign-out">
                <button type="submit" class="button button--quiet">
                    {text.sign_out}
                </button>
            </form>
        }
    });
    view! {
        <div class="top__person">
            {name.map(|name| view! { <bdi class="top__name">{name}</bdi> })}
            {sign_out}
        </div>
    }
}
