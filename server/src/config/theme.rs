//! `[theme]`: the operator's name, logo, colours and links.

use std::{fs, path::Path};

use app::{Links, Locale};
use url::Url;

use super::{
    Key, Raw,
    key::{FILE, Kind, Section, TEXT},
};
use crate::theme::{Chosen, Colour, DARK, KEYS, LIGHT};

const LINK: Kind = Kind::text("`https:` or `mailto:`", "an address that begins with https:// or mailto:");
const COLOUR: Kind = Kind::text("`#rrggbb`", "a colour such as #1f4fa3");

static NAME: Key = Key::optional(
    "theme.name",
    TEXT,
    "the app's own",
    "the service's name, in the header, in every title and in notices; without it these name none",
);
static NAME_IN: Key = Key::optional(
    "theme.name.<language>",
    TEXT,
    "`theme.name`",
    "the same in one language, as in `name = { en = \"…\", fi = \"…\" }`. A language without one gets the first of `en`, \
     `fi`, `sv`, `ar` that has one",
);
static LOGO: Key = Key::optional(
    "theme.logo",
    FILE,
    "none",
    "an SVG or PNG of at most 256 KiB; it stands in the place of the name in the header, which is read \
     out for it",
);
static SUPPORT_URL: Key =
    Key::optional("theme.support_url", LINK, "none", "the link “Help” at the foot of every page");
static PRIVACY_URL: Key = Key::optional("theme.privacy_url", LINK, "none", "the link “Privacy”");
static ACCESSIBILITY_URL: Key =
    Key::optional("theme.accessibility_url", LINK, "none", "the link “Accessibility”");
static FONT: Key = Key::optional(
    "theme.font",
    Kind::text(
        "names of fonts, commas between",
        "names of fonts with commas between, such as \"Source Sans 3\", Verdana",
    ),
    "the system's",
    "fonts that people have; none is loaded",
);
static ACCENT: Key = Key::with_default("theme.accent", COLOUR, "#1f4fa3", "buttons, links, the present step");
static ON_ACCENT: Key = Key::with_default("theme.on_accent", COLOUR, "#ffffff", "what stands on the accent");
static GROUND: Key = Key::with_default("theme.ground", COLOUR, "#f5f6f8", "behind the page");
static SURFACE: Key =
    Key::with_default("theme.surface", COLOUR, "#ffffff", "behind header, lists and fields");
static INK: Key = Key::with_default("theme.ink", COLOUR, "#1b1f24", "writing");
static DARK_COLOUR: Key =
    Key::optional("theme.dark.<colour>", COLOUR, "ours", "the same five, for people who chose dark colours");

/// The keys of this section.
pub(super) static SECTION: Section = &[
    &NAME,
    &NAME_IN,
    &LOGO,
    &SUPPORT_URL,
    &PRIVACY_URL,
    &ACCESSIBILITY_URL,
    &FONT,
    &ACCENT,
    &ON_ACCENT,
    &GROUND,
    &SURFACE,
    &INK,
    &DARK_COLOUR,
];

/// A logo is sent with every first visit; nothing that a header needs is larger, in bytes.
const LARGEST_LOGO: usize = 256 * 1024;

/// The longest name of a service, in characters: longer ones break the header on a phone.
const LONGEST_NAME: usize = 60;

/// The operator's look. Everything in it can be left out.
#[derive(Clone, Debug, Default)]
pub struct Theme {
    /// `name`: what the service is called.
    pub names: Names,
    /// `logo`: stands in the place of the name in the header.
    pub logo: Option<Logo>,
    /// `support_url`, `privacy_url`, `accessibility_url`: the links at the foot.
    pub links: Links,
    /// The style sheet made of the colours and the font; nothing if none was given.
    pub style: Option<String>,
}

/// What something is called: the same in all languages, or one name for each.
#[derive(Clone, Debug, Default)]
pub struct Names(Vec<(Locale, String)>);

impl Names {
    /// Gives the name in a language; the first one that was given if there is none in it.
    pub fn of(&self, locale: Locale) -> Option<&str> {
        let own = self.0.iter().find(|(language, _)| *language == locale);
        own.or(self.0.first()).map(|(_, name)| name.as_str())
    }

    /// Tells whether there is none.
    pub(crate) fn is_empty(&self) -> bool {
        self.0.is_empty()
    }
}

/// A picture.
#[derive(Clone, Debug)]
pub struct Logo {
    /// Its bytes.
    pub content: Vec<u8>,
    /// Its media type.
    pub content_type: &'static str,
}

impl Theme {
    /// Takes the section. What cannot be used is left out, and noted.
    pub(super) fn read(raw: &mut Raw) -> Self {
        Self {
            names: names(raw, &NAME, &NAME_IN),
            logo: logo(raw),
            links: Links {
                support: link(raw, &SUPPORT_URL),
                privacy: link(raw, &PRIVACY_URL),
                accessibility: link(raw, &ACCESSIBILITY_URL),
            },
            style: style(raw),
        }
    }
}

/// Takes the names of something: `everywhere` for all languages, `within` for one each, or none.
pub(super) fn names(raw: &mut Raw, everywhere: &Key, within: &Key) -> Names {
    let mut names = Vec::new();
    for locale in Locale::ALL {
        names.extend(name(raw, &within.of(locale.tag())).map(|name| (locale, name)));
    }
    let everywhere = name(raw, everywhere);
    names.extend(everywhere.map(|name| (Locale::default(), name)));
    Names(names)
}

fn name(raw: &mut Raw, key: &Key) -> Option<String> {
    let name = raw.text(key)?;
    let is_name = !name.trim().is_empty()
        && name.chars().count() <= LONGEST_NAME
        && !name.chars().any(char::is_control);
    if !is_name {
        raw.mistake(&key.name, format!("must be a name of 1 to {LONGEST_NAME} characters in one line"));
    }
    is_name.then_some(name)
}

fn link(raw: &mut Raw, key: &Key) -> Option<String> {
    let text = raw.text(key)?;
    let is_link = Url::parse(&text).is_ok_and(|url| match url.scheme() {
        "https" => url.has_host() && url.username().is_empty() && url.password().is_none(),
        "mailto" => url.path().contains('@'),
        _ => false,
    });
    if !is_link {
        raw.unusable(key, &text);
    }
    is_link.then_some(text)
}

fn logo(raw: &mut Raw) -> Option<Logo> {
    let path = raw.text(&LOGO)?;
    let logo = read_logo(&raw.beside(&path));
    logo.map_err(|problem| raw.mistake(&LOGO.name, format!("the file {path} {problem}"))).ok()
}

fn read_logo(path: &Path) -> Result<Logo, String> {
    let content = fs::read(path).map_err(|error| format!("cannot be read: {error}"))?;
    if content.len() > LARGEST_LOGO {
        return Err(format!("has {} bytes; at most {LARGEST_LOGO} are sent with a page", content.len()));
    }
    let is_svg = || str::from_utf8(&content).is_ok_and(|text| text.contains("<svg"));
    let content_type = match content.as_slice() {
        [0x89, b'P', b'N', b'G', b'\r', b'\n', 0x1a, b'\n', ..] => "image/png",
        _ if is_svg() => "image/svg+xml",
        _ => return Err("is neither an SVG nor a PNG".to_owned()),
    };
    Ok(Logo { content, content_type })
}

fn style(raw: &mut Raw) -> Option<String> {
    let font = font(raw);
    let light_keys = [&ACCENT, &ON_ACCENT, &GROUND, &SURFACE, &INK].map(Clone::clone);
    let schemes = [(light_keys, LIGHT), (KEYS.map(|name| DARK_COLOUR.of(name)), DARK)].map(|(keys, ours)| {
        let chosen = colours(raw, &keys);
        let palette = ours.with(&chosen);
        for (name, problem) in palette.faults(&chosen) {
            let key = KEYS.iter().zip(&keys).find(|(other, _)| **other == name);
            raw.mistake(key.map_or(name, |(_, key)| &key.name), problem);
        }
        (chosen.is_empty(), if chosen.is_empty() { ours } else { palette })
    });
    let [(light_is_ours, light), (dark_is_ours, dark)] = schemes;
    let font = font.map(|font| format!(":root{{--font:{font},system-ui,sans-serif}}")).unwrap_or_default();
    let colours = if light_is_ours && dark_is_ours {
        String::new()
    } else {
        format!(":root{{{}}}@media (prefers-color-scheme:dark){{:root{{{}}}}}", light.css(), dark.css())
    };
    Some(font + &colours).filter(|style| !style.is_empty())
}

/// Takes the colours that were chosen, by their keys in the order of [`KEYS`].
fn colours(raw: &mut Raw, keys: &[Key; 5]) -> Chosen {
    let mut chosen = Chosen::new();
    for (name, key) in KEYS.into_iter().zip(keys) {
        let Some(text) = raw.text(key) else { continue };
        match Colour::parse(&text) {
            Some(colour) => chosen.push((name, colour)),
            None => raw.unusable(key, &text),
        }
    }
    chosen
}

/// A list of family names (CSS Fonts Module Level 4, section 2.1), with nothing in it that could end the declaration.
fn font(raw: &mut Raw) -> Option<String> {
    let text = raw.text(&FONT)?;
    let families: Option<Vec<String>> = text.split(',').map(|name| family(name.trim())).collect();
    if families.is_none() {
        raw.unusable(&FONT, &text);
    }
    families.map(|families| families.join(", "))
}

/// Gives the name of a family as it stands in a style sheet: one with a word that is no identifier is no name without quotes, and
/// would take the whole list along.
fn family(name: &str) -> Option<String> {
    let quoted = name.strip_prefix('"').and_then(|rest| rest.strip_suffix('"'));
    let bare = quoted.unwrap_or(name);
    if bare.is_empty() || !bare.chars().all(|each| each.is_alphanumeric() || " -_".contains(each)) {
        return None;
    }
    let is_identifier = |word: &str| {
        let first = word.trim_start_matches('-').chars().next();
        first.is_some_and(|first| !first.is_ascii_digit())
    };
    let is_name = quoted.is_none() && bare.split_whitespace().all(is_identifier);
    Some(if is_name { bare.to_owned() } else { format!("\"{bare}\"") })
}
