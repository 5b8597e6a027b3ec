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
}

impl Locale {
    /// All languages, the default first.
    pub const ALL: [Self; 3] = [Self::En, Self::Fi, Self::Sv];

    /// Gives the language's tag, for the `lang` attribute (BCP 47).
    pub fn tag(self) -> &'static str {
        match self {
            Self::En => "en",
            Self::Fi => "fi",
            Self::Sv => "sv",
        }
    }

    /// Reads a language tag such as `fi`, `en_GB` or `sv-FI`: its primary language decides (RFC 4647, lookup).
    pub fn from_tag(tag: &str) -> Option<Self> {
        let primary = tag.trim().split(['-', '_']).next()?;
        Self::ALL.into_iter().find(|locale| locale.tag().eq_ignore_ascii_case(primary))
    }

    /// Decides the language of a page. The first that is known wins: `ui_locales` (OpenID Connect Core, section
    /// 3.1.2.1: tags by preference, parted by spaces), the person's own locale, what the browser accepts (RFC 9110,
    /// section 12.5.4), the operator's default.
    pub fn negotiate(
        ui_locales: Option<&str>,
        user_locale: Option<&str>,
        accept_language: Option<&str>,
        default: Self,
    ) -> Self {
        ui_locales
            .and_then(|tags| tags.split_whitespace().find_map(Self::from_tag))
            .or_else(|| user_locale.and_then(Self::from_tag))
            .or_else(|| accept_language.and_then(Self::accepted))
            .unwrap_or(default)
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

#[cfg(test)]
mod tests {
    use super::Locale;

    #[test]
    fn the_application_s_wish_comes_before_the_person_s_locale_and_the_browser_s() {
        let negotiate = |ui, user, accept| Locale::negotiate(ui, user, accept, Locale::En);
        assert_eq!(negotiate(Some("xx sv"), Some("fi_FI"), Some("en")), Locale::Sv);
        assert_eq!(negotiate(Some("xx"), Some("fi_FI"), Some("sv")), Locale::Fi);
        assert_eq!(negotiate(None, Some("de"), Some("de, en;q=0.3, sv;q=0.8")), Locale::Sv);
        assert_eq!(negotiate(None, None, Some("fi;q=0, de")), Locale::En);
        assert_eq!(negotiate(None, None, None), Locale::En);
    }
}
