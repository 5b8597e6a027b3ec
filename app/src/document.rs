//! The whole document around a page, made by the server alone.

use leptos::{nonce::use_nonce, prelude::*};

use crate::{
    PageState, View,
    pages::{App, change::change_title},
    text::text,
};

/// Where the browser finds what belongs to the pages. Nothing is there when the client was not built.
#[derive(Clone, Debug, Default)]
pub struct Assets {
    /// The path of the style sheet.
    pub style: Option<String>,
    /// The options that name the script and the module.
    pub client: Option<LeptosOptions>,
}

/// The icon of the site, in the page itself: one request less.
pub(crate) const ICON: &str = "data:image/svg+xml,%3Csvg xmlns='http://www.w3.org/2000/svg' viewBox='0 0 32 32'%3E\
    %3Crect width='32' height='32' rx='8' fill='%231f4fa3'/%3E\
    %3Cpath d='M7 11h18v11H7zm0 0 9 7 9-7' fill='none' stroke='white' stroke-width='2' stroke-linejoin='round'/%3E\
    %3C/svg%3E";

/// Gives the document of a page that the browser takes over.
pub fn document(state: PageState, assets: &Assets) -> impl IntoView + use<> {
    let text = text(state.locale);
    let title = match &state.view {
        View::Contacts(_) => format!("{} – {}", text.contacts.title, text.service),
        View::Change(view) => change_title(text, view.kind, &view.step.flow),
    };
    let locale = state.locale.tag();
    let client = assets.client.clone();
    provide_context(state);
    view! {
        <!DOCTYPE html>
        <html lang=locale>
            <head>
                <meta charset="utf-8" />
                <meta name="viewport" content="width=device-width, initial-scale=1" />
                <meta name="color-scheme" content="light dark" />
                <meta name="robots" content="noindex" />
                <title>{title}</title>
                {assets.style.clone().map(|style| view! { <link rel="stylesheet" href=style /> })}
                <link rel="icon" href=ICON />
                {client
                    .map(|options| {
                        provide_context(use_nonce());
                        view! { <HydrationScripts options /> }
                    })}
            </head>
            <body>
                <App />
            </body>
        </html>
    }
}
