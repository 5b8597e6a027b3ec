//! Figures as a picture (SVG): some lines, each with its own scale from zero on.

use std::fmt::Write as _;

/// The width of the lines, in the units of the picture.
const WIDTH: f64 = 800.0;
/// Their height.
const HEIGHT: f64 = 300.0;
/// The room around them.
const ROOM: f64 = 50.0;
/// The height of a line of text.
const LINE: f64 = 20.0;
/// Up to so many figures are written beside the line.
const FEW: usize = 10;
/// The colours of the lines, in their order.
const COLOURS: [&str; 3] = ["#1f4fa3", "#b3541e", "#3d7a35"];

/// Figures that belong together, evenly spaced.
pub(crate) struct Line {
    pub(crate) figures: Vec<f64>,
    pub(crate) unit: &'static str,
}

/// Draws lines. `marks`: what stands below, from the first figure to the last, evenly spaced.
pub(crate) fn svg(lines: &[Line], marks: &[String]) -> String {
    let mut drawn = String::new();
    let mut below = HEIGHT + 1.5 * ROOM;
    for (line, colour) in lines.iter().zip(COLOURS.iter().cycle()) {
        below += LINE;
        drawn += &line.svg(colour, below);
    }
    for (number, mark) in (0_u32..).zip(marks) {
        let anchor = anchor(number, marks.len());
        // Writing to a text cannot fail.
        let _ = writeln!(
            drawn,
            "<text x=\"{:.1}\" y=\"{}\" text-anchor=\"{anchor}\">{mark}</text>",
            x(number, marks.len()),
            HEIGHT + 1.5 * ROOM
        );
    }
    format!(
        "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 {} {}\" font-family=\"sans-serif\" font-size=\"14\">\n\
         <rect width=\"100%\" height=\"100%\" fill=\"white\"/>\n{drawn}</svg>\n",
        WIDTH + 2.0 * ROOM,
        below + 0.5 * ROOM,
    )
}

impl Line {
    /// `y`: where it is said what the line is.
    fn svg(&self, colour: &str, y: f64) -> String {
        let Self { figures, unit } = self;
        let most = figures.iter().copied().fold(f64::MIN_POSITIVE, f64::max);
        let (mut points, mut beside) = (String::new(), String::new());
        for (number, figure) in (0_u32..).zip(figures) {
            let (x, y) = (x(number, figures.len()), ROOM + HEIGHT * (1.0 - figure / most));
            // Writing to a text cannot fail.
            let _ = write!(points, "{x:.1},{y:.1} ");
            if figures.len() <= FEW {
                let anchor = anchor(number, figures.len());
                let _ = writeln!(
                    beside,
                    "<circle cx=\"{x:.1}\" cy=\"{y:.1}\" r=\"3\" fill=\"{colour}\"/>\n\
                     <text x=\"{x:.1}\" y=\"{:.1}\" text-anchor=\"{anchor}\" fill=\"{colour}\">{}</text>",
                    y - 8.0,
                    written(*figure)
                );
            }
        }
        let most = written(most);
        format!(
            "<polyline points=\"{points}\" fill=\"none\" stroke=\"{colour}\" stroke-width=\"2\"/>\n{beside}\
             <text x=\"{ROOM}\" y=\"{y}\" fill=\"{colour}\">up to {most} {unit}</text>\n"
        )
    }
}

/// Where the figure of a number stands, from the left.
fn x(number: u32, of: usize) -> f64 {
    let steps = u32::try_from(of.saturating_sub(1).max(1)).map_or(f64::MAX, f64::from);
    ROOM + WIDTH * f64::from(number) / steps
}

/// So that neither the first nor the last text stands out of the picture.
fn anchor(number: u32, of: usize) -> &'static str {
    match number {
        0 => "start",
        number if number as usize + 1 == of => "end",
        _ => "middle",
    }
}

/// Writes a figure with as many places as say something, and its thousands apart.
pub(crate) fn written(figure: f64) -> String {
    match figure {
        figure if figure < 10.0 => format!("{figure:.2}"),
        figure if figure < 100.0 => format!("{figure:.1}"),
        figure => apart(&format!("{figure:.0}")),
    }
}

/// Writes a number with its thousands apart.
pub(crate) fn apart(number: &impl ToString) -> String {
    let digits = number.to_string();
    let length = digits.len();
    let place = |(place, digit): (usize, char)| {
        let is_apart = place > 0 && (length - place).is_multiple_of(3);
        [is_apart.then_some(','), Some(digit)]
    };
    digits.chars().enumerate().flat_map(place).flatten().collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn texts(svg: &str) -> Vec<String> {
        let document = roxmltree::Document::parse(svg).unwrap();
        let texts = document.descendants().filter(|node| node.has_tag_name("text"));
        texts.filter_map(|node| node.text().map(str::to_owned)).collect()
    }

    #[test]
    fn each_line_has_its_own_scale_and_few_figures_are_written_beside_it() {
        let lines = [
            Line { figures: vec![500.0, 1000.0], unit: "pages" },
            Line { figures: vec![4.0, 2.0], unit: "milliseconds" },
        ];
        let svg = svg(&lines, &["1".to_owned(), "10".to_owned()]);
        assert_eq!(
            texts(&svg),
            ["500", "1,000", "up to 1,000 pages", "4.00", "2.00", "up to 4.00 milliseconds", "1", "10"]
        );
        assert!(
            svg.contains("points=\"50.0,200.0 850.0,50.0 \"")
                && svg.contains("points=\"50.0,50.0 850.0,200.0 \"")
        );
    }

    #[test]
    fn many_figures_are_a_line_alone() {
        let line = Line { figures: vec![1.0; 60], unit: "MiB" };
        assert_eq!(texts(&svg(&[line], &["600 seconds".to_owned()])), ["up to 1.00 MiB", "600 seconds"]);
    }

    #[test]
    fn a_figure_is_written_as_exactly_as_says_something() {
        assert_eq!([0.123, 12.34, 123.4, 1_234_567.0].map(written), ["0.12", "12.3", "123", "1,234,567"]);
        assert_eq!([1_u32, 100, 1000].map(|number| apart(&number)), ["1", "100", "1,000"]);
    }
}
