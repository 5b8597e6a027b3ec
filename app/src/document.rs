//! The whole document around a page, made by the server alone.

use leptos::{nonce::use_nonce, prelude::*};

use crate::{
    Frame, Locale, PageState, View,
    pages::{App, change::change_title},
    text::text,
};

/// Where the browser finds what belongs to the pages. Nothing is there when the client was not built.
#[derive(Clone, Debug, Default)]
pub struct Assets {
    /// The path of the style sheet.
    pub style: Option<String>,
    /// The path of the operator's colours, which come after the style sheet.
    pub theme: Option<String>,
    /// The options that name the script and the module.
    pub client: Option<LeptosOptions>,
}

/// The icon of the site, in the page itself: one request less.
const ICON: &str = "data:image/svg+xml,%3Csvg xmlns='http://www.w3.org/2000/svg' viewBox='0 0 32 32'%3E\
    %3Crect width='32' height='32' rx='8' fill='%231f4fa3'/%3E\
    %3Cpath d='M7 11h18v11H7zm0 0 9 7 9-7' fill='none' stroke='white' stroke-width='2' stroke-linejoin='round'/%3E\
    %3C/svg%3E";

/// Marks the page as plain when it will not be taken over: WebAssembly is missing or refused, the module cannot be
/// loaded or fails, or it has not come after ten seconds. Then nothing counts, and what counts is hidden. A module that
/// comes later all the same takes the mark away.
const WATCH: &str = "(function(page){\
    function plain(){if(!('live' in page.dataset))page.dataset.plain=''}\
    if(typeof WebAssembly!=='object')plain();\
    addEventListener('error',plain);\
    addEventListener('unhandledrejection',plain);\
    setTimeout(plain,10000)\
    })(document.documentElement)";

/// Gives the document of a page that the browser takes over.
pub fn document(state: PageState, frame: Frame, assets: &Assets) -> impl IntoView + use<> {
    let text = text(state.locale);
    let service = frame.service(text);
    let title = match &state.view {
        View::Contacts(_) => format!("{} – {service}", text.contacts.title),
        View::Change(view) => change_title(text, service, view.kind, &view.step.flow),
    };
    let locale = state.locale;
    let scripts = assets.client.clone().map(|options| {
        provide_context(use_nonce());
        view! {
            <script nonce=use_nonce() inner_html=WATCH></script>
            <HydrationScripts options />
        }
    });
    let is_plain = scripts.is_none();
    provide_context(state);
    provide_context(frame);
    whole(locale, title, assets, is_plain, scripts, view! { <App /> })
}

/// Puts a document together. `is_plain`: no script takes it over.
pub(crate) fn whole<Scripts: IntoView, Body: IntoView>(
    locale: Locale,
    title: String,
    assets: &Assets,
    is_plain: bool,
    scripts: Scripts,
    body: Body,
) -> impl IntoView + use<Scripts, Body> {
    let styles = [&assets.style, &assets.theme];
    let styles = styles.map(|path| path.clone().map(|href| view! { <link rel="stylesheet" href=href /> }));
    view! {
        <!DOCTYPE html>
        <html lang=locale.tag() dir=locale.direction() data-plain=is_plain.then_some("")>
            <head>
                <meta charset="utf-8" />
                <meta name="viewport" content="width=device-width, initial-scale=1" />
                <meta name="color-scheme" content="light dark" />
                <meta name="robots" content="noindex" />
                <title>{title}</title>
                {styles}
                <link rel="icon" href=ICON />
                {scripts}
            </head>
            <body>{body}</body>
        </html>
    }
}
