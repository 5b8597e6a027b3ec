//! Colours, and how well one is seen on another.

use std::fmt;

/// An opaque colour (CSS Color Module Level 4, section 5.2).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Colour([u8; 3]);

impl Colour {
    /// Makes a colour of its red, green and blue.
    pub(crate) const fn new(red: u8, green: u8, blue: u8) -> Self {
        Self([red, green, blue])
    }

    /// Reads `#rgb` or `#rrggbb`.
    pub(crate) fn parse(text: &str) -> Option<Self> {
        let digits = text.strip_prefix('#')?;
        let digits = digits.chars().map(|digit| digit.to_digit(16)).collect::<Option<Vec<_>>>()?;
        let digits: Vec<u8> = digits.into_iter().filter_map(|digit| u8::try_from(digit).ok()).collect();
        match digits[..] {
            [red, green, blue] => Some(Self([red * 17, green * 17, blue * 17])),
            [r1, r2, g1, g2, b1, b2] => Some(Self([r1 * 16 + r2, g1 * 16 + g2, b1 * 16 + b2])),
            _ => None,
        }
    }

    /// Gives the contrast ratio of two colours: 1 if they are equally bright, 21 for black and white (WCAG 2.2,
    /// definition of contrast ratio).
    pub(crate) fn contrast(self, other: Self) -> f64 {
        let (one, other) = (self.luminance(), other.luminance());
        (one.max(other) + 0.05) / (one.min(other) + 0.05)
    }

    /// WCAG 2.2, definition of relative luminance.
    fn luminance(self) -> f64 {
        let [red, green, blue] = self.0.map(|channel| {
            let channel = f64::from(channel) / 255.0;
            if channel <= 0.04045 { channel / 12.92 } else { ((channel + 0.055) / 1.055).powf(2.4) }
        });
        0.2126 * red + 0.7152 * green + 0.0722 * blue
    }

    /// Goes some of the way to another colour: no step of the way at 0, all of it at 20.
    pub(crate) fn towards(self, other: Self, steps: u16) -> Self {
        let steps = steps.min(20);
        Self(std::array::from_fn(|channel| {
            let (from, to) = (u16::from(self.0[channel]), u16::from(other.0[channel]));
            let mixed = (from * (20 - steps) + to * steps + 10) / 20;
            u8::try_from(mixed).unwrap_or(u8::MAX)
        }))
    }
}

impl fmt::Display for Colour {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        let [red, green, blue] = self.0;
        write!(formatter, "#{red:02x}{green:02x}{blue:02x}")
    }
}

#[cfg(test)]
mod tests {
    use super::Colour;

    fn contrast(one: &str, other: &str) -> String {
        let ratio = Colour::parse(one).expect("a colour").contrast(Colour::parse(other).expect("a colour"));
        format!("{ratio:.2}")
    }

    #[test]
    fn contrast_is_measured_as_the_guidelines_do() {
        assert_eq!(contrast("#000", "#ffffff"), "21.00");
        assert_eq!(contrast("#777777", "#fff"), "4.48");
        assert_eq!(contrast("#fff", "#767676"), "4.54");
        assert_eq!(contrast("#123456", "#123456"), "1.00");
    }

    #[test]
    fn only_a_colour_is_one() {
        for text in ["", "red", "#", "#12", "#1234", "#12345678", "#ggg", "123456", "#12345é"] {
            assert_eq!(Colour::parse(text), None, "{text}");
        }
        assert_eq!(Colour::parse("#AbC").map(|colour| colour.to_string()).as_deref(), Some("#aabbcc"));
    }

    #[test]
    fn the_way_to_another_colour_ends_there() {
        let (black, white) = (Colour::new(0, 0, 0), Colour::new(255, 255, 255));
        assert_eq!(
            [0, 10, 20].map(|steps| black.towards(white, steps).to_string()),
            ["#000000", "#808080", "#ffffff"]
        );
    }
}
