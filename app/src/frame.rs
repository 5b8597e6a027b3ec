//! What stands around every page, besides its sentences: the operator's name, logo and links, the way to the same page in
//! another language, and the way back to the application that sent the person here.

use serde::{Deserialize, Serialize};

use crate::{Locale, WayBack, text::Text};

/// What stands around a page.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Frame {
    /// The service's name in the language of the page; the application's own if the operator gave none.
    pub service: Option<String>,
    /// The address of the logo, which then stands in the place of the name.
    pub logo: Option<String>,
    /// Where the links at the foot lead.
    pub links: Links,
    /// The address of the page: path and query, less the language that was asked for.
    pub here: String,
    /// The way back; nothing if no application sent the person here.
    pub way_back: Option<WayBack>,
}

/// The operator's own pages, or addresses to write to.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Links {
    /// Help.
    pub support: Option<String>,
    /// What becomes of the person's data.
    pub privacy: Option<String>,
    /// How accessible the pages are, and where to complain.
    pub accessibility: Option<String>,
}

impl Frame {
    /// Gives the service's name.
    pub(crate) fn service<'name>(&'name self, text: &'name Text) -> &'name str {
        self.service.as_deref().unwrap_or(text.service)
    }

    /// Gives the address of a page of ours so that the way back is not lost on the way there.
    pub(crate) fn keep(&self, path: &str) -> String {
        self.way_back.as_ref().map_or_else(|| path.to_owned(), |way_back| way_back.keep(path))
    }

    /// Tells whether the page is shown in a frame of another page.
    pub(crate) fn is_framed(&self) -> bool {
        self.way_back.as_ref().is_some_and(|way_back| way_back.framed)
    }
}

/// Gives the address of a page in another language (OpenID Connect Core 1.0, section 3.1.2.1, `ui_locales`).
pub(crate) fn in_language(here: &str, locale: Locale) -> String {
    let mark = if here.contains('?') { '&' } else { '?' };
    format!("{here}{mark}ui_locales={}", locale.tag())
}

#[cfg(test)]
mod tests {
    use super::in_language;
    use crate::Locale;

    #[test]
    fn another_language_changes_nothing_else_of_the_address() {
        assert_eq!(in_language("/", Locale::Fi), "/?ui_locales=fi");
        assert_eq!(in_language("/email?done=1", Locale::Ar), "/email?done=1&ui_locales=ar");
    }
}
