//! The foot of a page: the languages, each in its own words, and the operator's links.

use leptos::prelude::*;

use crate::{Locale, frame::Links, locale::in_language, text::server::ServerText};

/// The foot of a page.
#[component]
pub(crate) fn Foot(
    /// The language of the page.
    locale: Locale,
    /// The sentences of the page.
    text: &'static ServerText,
    /// The operator's links.
    links: Links,
    /// Whether the page is shown in a frame, where other pages have no place.
    framed: bool,
    /// The address of what is shown. The browser keeps the links to other languages true to it from then on.
    here: String,
) -> impl IntoView {
    let sentences = &text.frame;
    let links = [
        (sentences.support, links.support),
        (sentences.privacy, links.privacy),
        (sentences.accessibility, links.accessibility),
    ];
    let has_links = links.iter().any(|(_, address)| address.is_some());
    let links = has_links.then(|| {
        let rows = links
            .into_iter()
            .filter_map(|(label, address)| {
                Some(view! { <li><a href=address? target=framed.then_some("_blank")>{label}</a></li> })
            })
            .collect_view();
        view! { <ul class="foot__list">{rows}</ul> }
    });
    let languages = Locale::ALL
        .map(|language| {
            view! {
                <li>
                    <a
                        href=in_language(&here, language.tag())
                        lang=language.tag()
                        hreflang=language.tag()
                        dir=language.direction()
                        aria-current=(language == locale).then_some("true")
                    >
                        {language.name()}
                    </a>
                </li>
            }
        })
        .collect_view();
    view! {
        <footer class="foot">
            <div class="foot__row">
                <nav aria-label=sentences.languages>
                    <ul class="foot__list">{languages}</ul>
                </nav>
                {links}
            </div>
        </footer>
    }
}
