//! Pages without state: they say one thing and show the way on. No script belongs to them.

use leptos::prelude::*;

use crate::{
    Frame, Locale,
    components::layout::Layout,
    document::{Assets, whole},
    text::server::text,
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
    /// What is needed is down for the moment, and nothing was done.
    Unavailable {
        /// The request's id.
        reference: String,
        /// The page to try again.
        again: String,
    },
    /// Another press of the same person is still being worked on.
    Busy {
        /// The page to look at again.
        again: String,
    },
    /// Something failed.
    Failed {
        /// The request's id.
        reference: String,
    },
}

/// Gives the document of a plain page, as HTML.
pub fn plain_document(page: &PlainPage, locale: Locale, frame: Frame, assets: &Assets) -> String {
    let text = text(locale);
    let plain = &text.plain;
    let [title, sentence, way_on] = match page {
        PlainPage::SignedOut => plain.signed_out,
        PlainPage::SignInFailed { .. } => plain.sign_in_failed,
        PlainPage::NotFound => plain.not_found,
        PlainPage::CrossSite => plain.cross_site,
        PlainPage::Unavailable { .. } => plain.unavailable,
        PlainPage::Busy { .. } => plain.busy,
        PlainPage::Failed { .. } => plain.failed,
    };
    let reference = match page {
        PlainPage::SignInFailed { reference }
        | PlainPage::Unavailable { reference, .. }
        | PlainPage::Failed { reference } => Some(plain.reference.with(reference)),
        _ => None,
    };
    let way = match page {
        PlainPage::Unavailable { again, .. } | PlainPage::Busy { again } => again.clone(),
        _ => "/".to_owned(),
    };
    let whole_title = format!("{title} – {}", frame.service(text));
    // What the page is made of goes away with it.
    Owner::new().with(|| {
        let body = view! {
            <Layout locale text frame>
                <h1>{title}</h1>
                <p class="lead">{sentence}</p>
                {reference.map(|reference| view! { <p>{reference}</p> })}
                <p>
                    <a class="button" href=way>
                        {way_on}
                    </a>
                </p>
            </Layout>
        };
        whole(locale, whole_title, assets, true, (), body)
    })
}
