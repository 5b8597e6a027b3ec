//! The frame of a page: a header with the service's name, the page, and a foot with the languages and the operator's
//! links.

use leptos::prelude::*;

use super::{back_link::BackLink, foot::Foot};
use crate::{Back, Frame, Locale, text::server::ServerText};

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
    /// The way back to the application that sent the person here, if one did.
    #[prop(optional_no_strip)]
    back: Option<Back>,
    /// The page.
    children: Children,
) -> impl IntoView {
    let service = frame.service(text).to_owned();
    let home = frame.addresses.of("/");
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
            {back.map(|back| view! { <BackLink back /> })}
        </header>
        <main class="page" id="main" tabindex="-1">
            {children()}
        </main>
        <Foot locale text links=frame.links framed here=frame.here />
    }
}

/// Whoever is signed in, and the way out.
#[component]
pub(crate) fn Person(
    /// The sentences of the page.
    text: &'static ServerText,
    /// The name to greet the person by.
    name: Option<String>,
    /// Where the form that signs out is posted; nothing in a frame: whose page stands around it, signs people out.
    sign_out: Option<String>,
) -> impl IntoView {
    let sign_out = sign_out.map(|address| {
        view! {
            <form method="post" action=address>
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
