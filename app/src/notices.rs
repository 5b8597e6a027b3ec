//! Pages without state: they say one thing and show the way on. No script belongs to them.

use leptos::prelude::*;

use crate::{
    Locale,
    document::{Assets, ICON},
    text::text,
};

/// A page that says one thing.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum PlainPage {
    /// The person signed out.
    SignedOut,
    /// The sign-in did not come to its end.
    SignInFailed {
        /// The request's id.
        reference: String,
    },
    /// There is no such page.
    NotFound,
    /// A change of state was asked for from another site.
    CrossSite,
    /// Something failed.
    Failed {
        /// The request's id.
        reference: String,
    },
}

/// Gives the document of a plain page, as HTML.
pub fn plain_document(page: &PlainPage, locale: Locale, assets: &Assets) -> String {
    let text = text(locale);
    let plain = &text.plain;
    let ([title, sentence, way_on], way) = match page {
        PlainPage::SignedOut => (plain.signed_out, "/"),
        PlainPage::SignInFailed { .. } => (plain.sign_in_failed, "/"),
        PlainPage::NotFound => (plain.not_found, "/"),
        PlainPage::CrossSite => (plain.cross_site, "/"),
        PlainPage::Failed { .. } => (plain.failed, "/"),
    };
    let reference = match page {
        PlainPage::SignInFailed { reference } | PlainPage::Failed { reference } => {
            Some((plain.reference)(reference))
        }
        _ => None,
    };
    view! {
        <!DOCTYPE html>
        <html lang=locale.tag()>
            <head>
                <meta charset="utf-8" />
                <meta name="viewport" content="width=device-width, initial-scale=1" />
                <meta name="color-scheme" content="light dark" />
                <title>{format!("{title} – {}", text.service)}</title>
                <link rel="icon" href=ICON />
                {assets.style.clone().map(|style| view! { <link rel="stylesheet" href=style /> })}
            </head>
            <body>
                <header class="top">
                    <div class="top__row">
                        <a class="top__service" href="/">{text.service}</a>
                    </div>
                </header>
                <main class="page" id="main">
                    <h1>{title}</h1>
                    <p class="lead">{sentence}</p>
                    {reference.map(|reference| view! { <p>{reference}</p> })}
                    <p>
                        <a class="button" href=way>{way_on}</a>
                    </p>
                </main>
            </body>
        </html>
    }
    .to_html()
}
