//! What was measured, as a table in Markdown: it can be put into `docs/performance.md` as it is.

use std::fmt;

use super::wrk::Figures;

/// One line of it.
pub(super) struct Line {
    what: &'static str,
    at_once: Option<u32>,
    ours: f64,
    reference: Option<f64>,
    bar: &'static str,
}

impl Line {
    /// Something that is held against nothing.
    pub(super) fn alone(what: &'static str, ours: f64, bar: &'static str) -> Self {
        Self { what, at_once: None, ours, reference: None, bar }
    }

    /// How many a second: more is better.
    pub(super) fn throughput(
        what: &'static str,
        at_once: u32,
        ours: Figures,
        theirs: Figures,
        bar: &'static str,
    ) -> Self {
        Self { what, at_once: Some(at_once), ours: ours.per_second, reference: Some(theirs.per_second), bar }
    }

    /// How long the slowest of a hundred takes, in milliseconds.
    pub(super) fn latency(
        what: &'static str,
        at_once: u32,
        ours: Figures,
        theirs: Figures,
        bar: &'static str,
    ) -> Self {
        Self { what, at_once: Some(at_once), ours: ours.p99, reference: Some(theirs.p99), bar }
    }
}

/// All of them.
pub(super) struct Table<'a>(pub(super) &'a [Line]);

impl fmt::Display for Table<'_> {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        writeln!(formatter, "| | at a time | app | reference | ratio | bar |")?;
        writeln!(formatter, "| --- | ---: | ---: | ---: | ---: | --- |")?;
        for Line { what, at_once, ours, reference, bar } in self.0 {
            let at_once = at_once.map_or_else(String::new, |at_once| at_once.to_string());
            let ratio = reference.map_or_else(String::new, |reference| format!("{:.2}", ours / reference));
            let reference = reference.map_or_else(String::new, figure);
            writeln!(
                formatter,
                "| {what} | {at_once} | {} | {reference} | {ratio} | {bar} |",
                figure(*ours)
            )?;
        }
        Ok(())
    }
}

/// With as many places as say something.
fn figure(value: f64) -> String {
    if value < 100.0 { format!("{value:.1}") } else { format!("{value:.0}") }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_ratio_stands_where_there_is_something_to_compare_with() {
        let figures = |per_second, p99| Figures { per_second, p99, ..Figures::default() };
        let lines = [
            Line::alone("size", 14.26, "15"),
            Line::throughput("codes", 10, figures(1500.0, 1.0), figures(3000.0, 2.0), "0.45"),
            Line::latency("p99", 1, figures(1.0, 3.0), figures(1.0, 2.0), "+1"),
        ];
        let table = Table(&lines).to_string();
        let rows: Vec<_> = table.lines().skip(2).collect();
        assert_eq!(
            rows,
            [
                "| size |  | 14.3 |  |  | 15 |",
                "| codes | 10 | 1500 | 3000 | 0.50 | 0.45 |",
                "| p99 | 1 | 3.0 | 2.0 | 1.50 | +1 |",
            ]
        );
    }
}
