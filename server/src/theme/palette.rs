//! The colours of the pages: ours, those that an operator chose in their place, and those that follow from the choice.
//!
//! Every pair that stands on a page is measured. What follows is made so that it is seen well wherever the chosen ones
//! are, so only a chosen colour can be at fault.

use super::Colour;

/// Text, and whatever is read (WCAG 2.2, success criterion 1.4.3).
const TEXT: f64 = 4.5;
/// Edges of fields, and the focus (WCAG 2.2, success criterion 1.4.11).
const SHAPE: f64 = 3.0;

/// The keys that an operator can set, for each scheme.
pub(crate) const KEYS: [&str; 5] = ["accent", "on_accent", "ground", "surface", "ink"];

/// What an operator chose: the colours of some of the [`KEYS`].
pub(crate) type Chosen = Vec<(&'static str, Colour)>;

/// The colours of one scheme, as `style/tokens.css` names them.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Palette {
    ink: Colour,
    ink_soft: Colour,
    ground: Colour,
    surface: Colour,
    edge: Colour,
    edge_strong: Colour,
    accent: Colour,
    accent_strong: Colour,
    on_accent: Colour,
    good_ground: Colour,
    bad: Colour,
    bad_ground: Colour,
    /// The part of the focus that is seen on the ground.
    focus: Colour,
}

/// Our colours in the light.
pub(crate) const LIGHT: Palette = Palette {
    ink: Colour::new(0x1b, 0x1f, 0x24),
    ink_soft: Colour::new(0x4d, 0x56, 0x61),
    ground: Colour::new(0xf5, 0xf6, 0xf8),
    surface: Colour::new(0xff, 0xff, 0xff),
    edge: Colour::new(0xd3, 0xd8, 0xde),
    edge_strong: Colour::new(0x6b, 0x74, 0x80),
    accent: Colour::new(0x1f, 0x4f, 0xa3),
    accent_strong: Colour::new(0x17, 0x3c, 0x7d),
    on_accent: Colour::new(0xff, 0xff, 0xff),
    good_ground: Colour::new(0xe3, 0xf2, 0xe9),
    bad: Colour::new(0xa8, 0x20, 0x1a),
    bad_ground: Colour::new(0xfd, 0xec, 0xea),
    focus: Colour::new(0x1b, 0x1f, 0x24),
};

/// Our colours in the dark.
pub(crate) const DARK: Palette = Palette {
    ink: Colour::new(0xec, 0xef, 0xf3),
    ink_soft: Colour::new(0xb3, 0xbc, 0xc7),
    ground: Colour::new(0x14, 0x17, 0x1b),
    surface: Colour::new(0x1d, 0x21, 0x27),
    edge: Colour::new(0x36, 0x3d, 0x46),
    edge_strong: Colour::new(0x8d, 0x97, 0xa3),
    accent: Colour::new(0x8a, 0xb4, 0xff),
    accent_strong: Colour::new(0xb3, 0xce, 0xff),
    on_accent: Colour::new(0x0c, 0x1a, 0x33),
    good_ground: Colour::new(0x12, 0x30, 0x1f),
    bad: Colour::new(0xff, 0x9d, 0x94),
    bad_ground: Colour::new(0x3a, 0x17, 0x15),
    focus: Colour::new(0xff, 0xd5, 0x4a),
};

/// Two colours that stand on a page, one on the other.
struct Pair {
    over: (&'static str, Colour),
    on: (&'static str, Colour),
    least: f64,
}

impl Palette {
    /// Puts what was chosen in the place of ours, and makes the colours that follow from it: the accent under the
    /// pointer, softer writing and edges, each as far from its origin as it can be seen well.
    pub(crate) fn with(mut self, chosen: &Chosen) -> Self {
        for (key, colour) in chosen {
            match *key {
                "accent" => self.accent = *colour,
                "on_accent" => self.on_accent = *colour,
                "ground" => self.ground = *colour,
                "surface" => self.surface = *colour,
                _ => self.ink = *colour,
            }
        }
        let is_chosen = |keys: &[&str]| chosen.iter().any(|(key, _)| keys.contains(key));
        if !chosen.is_empty() {
            self.accent_strong = follow(self.accent, self.ink, 6, |colour| {
                self.is_seen(colour, TEXT) && self.on_accent.contrast(colour) >= TEXT
            });
        }
        if is_chosen(&["ink", "ground", "surface"]) {
            self.ink_soft = follow(self.ink, self.ground, 6, |colour| self.is_seen(colour, TEXT));
            self.edge_strong = follow(self.ink, self.ground, 10, |colour| self.is_seen(colour, SHAPE));
            self.edge = self.ink.towards(self.ground, 16);
        }
        self
    }

    /// Tells whether a colour is seen well enough wherever it may stand.
    fn is_seen(&self, colour: Colour, least: f64) -> bool {
        colour.contrast(self.ground) >= least && colour.contrast(self.surface) >= least
    }

    /// Says what cannot be seen well enough, if anything: the key that was chosen, the figure, and the least allowed.
    pub(crate) fn faults(&self, chosen: &Chosen) -> Vec<(&'static str, String)> {
        let is_chosen = |name: &str| chosen.iter().any(|(key, _)| *key == name);
        let fault = |pair: &Pair| {
            let ((over_name, over), (on_name, on)) = (pair.over, pair.on);
            let ratio = over.contrast(on);
            let (key, what) = match (is_chosen(over_name), is_chosen(on_name)) {
                _ if ratio >= pair.least => return None,
                (true, _) => (over_name, format!("{over} on {on_name} {on}")),
                (false, true) => (on_name, format!("{over_name} {over} on {on}")),
                (false, false) => return None,
            };
            // Rounded down, so that what fails never looks as if it did not.
            let (shown, least) = ((ratio * 100.0).floor() / 100.0, pair.least);
            Some((key, format!("{what} has a contrast of {shown:.2}:1; at least {least}:1 is needed")))
        };
        self.pairs().iter().filter_map(fault).collect()
    }

    /// Every pair that stands on a page and can be chosen at least in part.
    fn pairs(&self) -> Vec<Pair> {
        let (ground, surface) = (("ground", self.ground), ("surface", self.surface));
        let (ink, accent) = (("ink", self.ink), ("accent", self.accent));
        let bad_ground = ("the ground of errors", self.bad_ground);
        let good_ground = ("the ground of success", self.good_ground);
        let errors = ("the writing of errors", self.bad);
        let focus = ("the focus", self.focus);
        let text = [
            (ink, ground),
            (ink, surface),
            (ink, bad_ground),
            (ink, good_ground),
            (accent, ground),
            (accent, surface),
            (accent, bad_ground),
            (("on_accent", self.on_accent), accent),
            (errors, ground),
            (errors, surface),
        ];
        let shapes = [(focus, ground), (focus, surface)];
        let pair = |least| move |(over, on)| Pair { over, on, least };
        text.into_iter().map(pair(TEXT)).chain(shapes.into_iter().map(pair(SHAPE))).collect()
    }

    /// Writes the colours that can be chosen, or follow from it, as the tokens of the style sheet.
    pub(crate) fn css(&self) -> String {
        let tokens = [
            ("ink", self.ink),
            ("ink-soft", self.ink_soft),
            ("ground", self.ground),
            ("surface", self.surface),
            ("edge", self.edge),
            ("edge-strong", self.edge_strong),
            ("accent", self.accent),
            ("accent-strong", self.accent_strong),
            ("on-accent", self.on_accent),
        ];
        tokens.map(|(name, colour)| format!("--{name}:{colour};")).concat()
    }
}

/// Goes from one colour towards another, as far as will do.
fn follow(from: Colour, to: Colour, farthest: u16, will_do: impl Fn(Colour) -> bool) -> Colour {
    (0..=farthest).rev().map(|steps| from.towards(to, steps)).find(|colour| will_do(*colour)).unwrap_or(from)
}

#[cfg(test)]
mod tests {
    use super::*;

    const TOKENS: &str = include_str!("../../../style/tokens.css");

    fn chosen(colours: &[(&'static str, &str)]) -> Chosen {
        colours.iter().map(|(key, text)| (*key, Colour::parse(text).expect("a colour"))).collect()
    }

    #[test]
    fn our_colours_are_those_of_the_style_sheet() {
        let (light, dark) = TOKENS.split_once("@media").expect("two schemes");
        for (palette, block, focus) in [(LIGHT, light, "focus"), (DARK, dark, "focus-ground")] {
            let others = [
                ("good-ground", palette.good_ground),
                ("bad", palette.bad),
                ("bad-ground", palette.bad_ground),
                (focus, palette.focus),
            ];
            let others = others.map(|(name, colour)| format!("--{name}:{colour};"));
            let all = palette.css() + &others.concat();
            for token in all.split_terminator(';') {
                let written = token.replace(':', ": ") + ";";
                assert!(block.contains(&format!("  {written}")), "{written}");
            }
        }
    }

    #[test]
    fn our_colours_are_seen_well() {
        for palette in [LIGHT, DARK] {
            let all = KEYS.map(|key| (key, palette.ink)).to_vec();
            assert_eq!(palette.faults(&all), []);
        }
    }

    #[test]
    fn what_follows_from_a_choice_is_seen_wherever_the_choice_is() {
        let choices = [
            (LIGHT, chosen(&[("ink", "#757575"), ("surface", "#fff"), ("ground", "#fff")])),
            (LIGHT, chosen(&[("accent", "#757575"), ("on_accent", "#000"), ("ground", "#fff")])),
            (DARK, chosen(&[("accent", "#ffd400"), ("on_accent", "#000")])),
        ];
        for (ours, chosen) in choices {
            let palette = ours.with(&chosen);
            for ground in [palette.ground, palette.surface] {
                assert!(palette.ink_soft.contrast(ground) >= TEXT, "{palette:?}");
                assert!(palette.accent_strong.contrast(ground) >= TEXT, "{palette:?}");
                assert!(palette.edge_strong.contrast(ground) >= SHAPE, "{palette:?}");
            }
            assert!(palette.on_accent.contrast(palette.accent_strong) >= TEXT, "{palette:?}");
        }
    }
}
