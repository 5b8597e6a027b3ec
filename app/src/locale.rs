//! The languages that the pages are written in, and which one a person gets.

use serde::{Deserialize, Serialize};

/// A language of the pages.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Locale {
    /// English.
    #[default]
    En,
    /// Finnish.
    Fi,
    /// Swedish.
    Sv,
    /// Arabic.
    Ar,
}

impl Locale {
    /// All languages, the default first.
    pub const ALL: [Self; 4] = [Self::En, Self::Fi, Self::Sv, Self::Ar];

    /// Gives the language's tag, for the `lang` attribute (BCP 47).
    pub fn tag(self) -> &'static str {
        match self {
            Self::En => "en",
            Self::Fi => "fi",
            Self::Sv => "sv",
            Self::Ar => "ar",
        }
    }

    /// Gives the language's name, in the language itself.
    pub fn name(self) -> &'static str {
        match self {
            Self::En => "English",
            Self::Fi => "Suomi",
            Self::Sv => "Svenska",
            Self::Ar => "العربية",
        }
    }

    /// Gives the direction in which the language is written, for the `dir` attribute.
    pub fn direction(self) -> &'static str {
        match self {
            Self::En | Self::Fi | Self::Sv => "ltr",
            Self::Ar => "rtl",
        }
    }

    /// Reads a language tag such as `fi`, `en_GB` or `sv-FI`: its primary language decides (RFC 4647, lookup).
    pub fn from_tag(tag: &str) -> Option<Self> {
        let primary = tag.trim().split(['-', '_']).next()?;
        Self::ALL.into_iter().find(|locale| locale.tag().eq_ignore_ascii_case(primary))
    }

    /// Reads tags by preference, parted by spaces: the first known one.
    pub fn from_tags(tags: &str) -> Option<Self> {
        tags.split_whitespace().find_map(Self::from_tag)
    }

    /// Gives the best known language of an `Accept-Language` header.
    fn accepted(header: &str) -> Option<Self> {
        let mut ranges: Vec<(Self, f32)> = header
            .split(',')
            .filter_map(|range| {
                let (tag, weight) = range.split_once(";q=").unwrap_or((range, "1"));
                let weight = weight.trim().parse::<f32>().ok().filter(|weight| *weight > 0.0)?;
                Some((Self::from_tag(tag)?, weight))
            })
            .collect();
        ranges.sort_by(|(_, one), (_, other)| other.total_cmp(one));
        ranges.first().map(|(locale, _)| *locale)
    }
}

/// Gives the address of a page in another language (OpenID Connect Core 1.0, section 3.1.2.1, `ui_locales`). `tag`: the
/// language's (BCP 47).
pub(crate) fn in_language(here: &str, tag: &str) -> String {
    let mark = if here.contains('?') { "&" } else { "?" };
    [here, mark, "ui_locales=", tag].concat()
}

/// What there is to know about the language that a person wishes for, the weightiest first.
#[derive(Clone, Copy, Debug, Default)]
pub struct Wishes<'text> {
    /// What the address says: tags by preference, parted by spaces (OpenID Connect Core 1.0, section 3.1.2.1,
    /// `ui_locales`).
    pub ui_locales: Option<&'text str>,
    /// What was chosen before, on this browser.
    pub chosen: Option<&'text str>,
    /// The person's own locale, as the provider knows it.
    pub person: Option<&'text str>,
    /// What the browser accepts (RFC 9110, section 12.5.4).
    pub accepted: Option<&'text str>,
}

impl Wishes<'_> {
    /// Gives the first language that is known; the operator's default if none is.
    pub fn locale_or(self, default: Locale) -> Locale {
        self.ui_locales
            .and_then(Locale::from_tags)
            .or_else(|| self.chosen.and_then(Locale::from_tag))
            .or_else(|| self.person.and_then(Locale::from_tag))
            .or_else(|| self.accepted.and_then(Locale::accepted))
            .unwrap_or(default)
    }
}

#[cfg(test)]
mod tests {
    use super::{Locale, Wishes, in_language};

    #[test]
    fn the_application_s_wish_comes_before_the_choice_the_person_s_locale_and_the_browser_s() {
        let wishes = |ui, chosen, person, accept| Wishes { ui_locales: ui, chosen, person, accepted: accept };
        let locale = |wishes: Wishes<'_>| wishes.locale_or(Locale::En);
        assert_eq!(locale(wishes(Some("xx sv"), Some("ar"), Some("fi_FI"), Some("en"))), Locale::Sv);
        assert_eq!(locale(wishes(Some("xx"), Some("ar"), Some("fi_FI"), Some("en"))), Locale::Ar);
        assert_eq!(locale(wishes(Some("xx"), Some("xx"), Some("fi_FI"), Some("sv"))), Locale::Fi);
        assert_eq!(locale(wishes(None, None, Some("de"), Some("de, en;q=0.3, sv;q=0.8"))), Locale::Sv);
        assert_eq!(locale(wishes(None, None, None, Some("fi;q=0, de"))), Locale::En);
        assert_eq!(locale(Wishes::default()), Locale::En);
    }

    #[test]
    fn another_language_changes_nothing_else_of_the_address() {
        assert_eq!(in_language("/", "fi"), "/?ui_locales=fi");
        assert_eq!(in_language("/email?done=1", "ar"), "/email?done=1&ui_locales=ar");
    }
}
