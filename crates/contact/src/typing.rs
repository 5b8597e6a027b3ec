//! What keyboards of other scripts, copying and pasting leave in a text. Small tables only: the browser has them too.

/// The digits zero of all scripts, each followed by its one to nine: general category Nd of Unicode 17
/// (`DerivedGeneralCategory.txt`; that the nine follow is Unicode's stability policy).
const ZEROS: [u32; 77] = [
    0x30, 0x660, 0x6F0, 0x7C0, 0x966, 0x9E6, 0xA66, 0xAE6, 0xB66, 0xBE6, 0xC66, 0xCE6, 0xD66, 0xDE6, 0xE50,
    0xED0, 0xF20, 0x1040, 0x1090, 0x17E0, 0x1810, 0x1946, 0x19D0, 0x1A80, 0x1A90, 0x1B50, 0x1BB0, 0x1C40,
    0x1C50, 0xA620, 0xA8D0, 0xA900, 0xA9D0, 0xA9F0, 0xAA50, 0xABF0, 0xFF10, 0x104A0, 0x10D30, 0x10D40,
    0x11066, 0x110F0, 0x11136, 0x111D0, 0x112F0, 0x11450, 0x114D0, 0x11650, 0x116C0, 0x116D0, 0x116DA,
    0x11730, 0x118E0, 0x11950, 0x11BF0, 0x11C50, 0x11D50, 0x11DA0, 0x11DE0, 0x11F50, 0x16130, 0x16A60,
    0x16AC0, 0x16B50, 0x16D70, 0x1CCF0, 0x1D7CE, 0x1D7D8, 0x1D7E2, 0x1D7EC, 0x1D7F6, 0x1E140, 0x1E2F0,
    0x1E4F0, 0x1E5F1, 0x1E950, 0x1FBF0,
];

/// Gives the ASCII digit of a decimal digit of any script.
pub(crate) fn ascii_digit(character: char) -> Option<char> {
    let code_point = u32::from(character);
    let zero = ZEROS.iter().rfind(|zero| **zero <= code_point)?;
    char::from_digit(code_point - zero, 10)
}

/// Tells whether a character shows nothing: zero-width characters, bidi marks, soft hyphen, variation selectors.
pub(crate) fn is_invisible(character: char) -> bool {
    matches!(
        character,
        '\u{AD}' | '\u{61C}' | '\u{180E}' | '\u{200B}'..='\u{200F}' | '\u{202A}'..='\u{202E}'
            | '\u{2060}'..='\u{206F}' | '\u{FE00}'..='\u{FE0F}' | '\u{FEFF}'
    )
}

/// Tells whether a character is a hyphen or a dash.
pub(crate) fn is_hyphen(character: char) -> bool {
    matches!(character, '-' | '\u{2010}'..='\u{2015}' | '\u{2212}' | '\u{FE58}' | '\u{FE63}' | '\u{FF0D}')
}

/// Tells whether a character is a dot, in the middle of the line or below.
pub(crate) fn is_dot(character: char) -> bool {
    matches!(character, '.' | '\u{B7}' | '\u{3002}' | '\u{FF0E}' | '\u{FF61}')
}

/// Gives the text without white space and invisible characters around it.
#[cfg(feature = "parse")]
pub(crate) fn trimmed(text: &str) -> &str {
    text.trim_matches(|character: char| character.is_whitespace() || is_invisible(character))
}

/// Gives the plain form of a full-width character (U+FF01 to U+FF5E), which keyboards for East Asian scripts type.
#[cfg(feature = "parse")]
pub(crate) fn half_width(character: char) -> char {
    match character {
        '\u{FF01}'..='\u{FF5E}' => char::from_u32(u32::from(character) - 0xFEE0).unwrap_or(character),
        other => other,
    }
}
