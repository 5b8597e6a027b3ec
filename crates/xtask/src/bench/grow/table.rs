//! What was measured step by step: as a table in Markdown, which can be put into `docs/performance.md` as it is, and as a picture.

use std::fmt;

use crate::chart::{self, Line, apart, written};

/// What is in a column.
#[derive(Clone, Copy, Debug)]
pub(super) struct Column {
    pub(super) name: &'static str,
    /// Whether it is drawn.
    pub(super) is_drawn: bool,
}

/// A column that is drawn.
pub(super) const fn drawn(name: &'static str) -> Column {
    Column { name, is_drawn: true }
}

/// A column of the table alone.
pub(super) const fn column(name: &'static str) -> Column {
    Column { name, is_drawn: false }
}

/// A row for each step, with a figure for each column.
pub(super) struct Table {
    /// What grows.
    pub(super) what: &'static str,
    pub(super) columns: Vec<Column>,
    pub(super) rows: Vec<(u32, Vec<f64>)>,
}

impl Table {
    /// Draws the columns over the steps, which are as far apart as each other, whatever lies between them.
    pub(super) fn svg(&self) -> String {
        let figures =
            |place: usize| self.rows.iter().filter_map(|(_, row)| row.get(place).copied()).collect();
        let lines: Vec<Line> = (0..)
            .zip(&self.columns)
            .filter(|(_, column)| column.is_drawn)
            .map(|(place, column)| Line { figures: figures(place), unit: column.name })
            .collect();
        let marks: Vec<String> =
            self.rows.iter().map(|(step, _)| format!("{} {}", apart(step), self.what)).collect();
        chart::svg(&lines, &marks)
    }
}

impl fmt::Display for Table {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        let names: Vec<&str> = self.columns.iter().map(|column| column.name).collect();
        writeln!(formatter, "| {} | {} |", self.what, names.join(" | "))?;
        writeln!(formatter, "| ---: |{}", " ---: |".repeat(self.columns.len()))?;
        for (step, row) in &self.rows {
            let figures: Vec<String> = row.iter().copied().map(written).collect();
            writeln!(formatter, "| {} | {} |", apart(step), figures.join(" | "))?;
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn table() -> Table {
        Table {
            what: "sessions",
            columns: vec![drawn("pages a second"), column("app, MB")],
            rows: vec![(1000, vec![12_345.6, 20.04]), (1_000_000, vec![12_000.0, 21.0])],
        }
    }

    #[test]
    fn each_step_is_a_row() {
        assert_eq!(
            table().to_string(),
            "| sessions | pages a second | app, MB |\n\
             | ---: | ---: | ---: |\n\
             | 1,000 | 12,346 | 20.0 |\n\
             | 1,000,000 | 12,000 | 21.0 |\n"
        );
    }

    #[test]
    fn only_what_is_to_be_drawn_is_drawn() {
        let svg = table().svg();
        assert!(svg.contains("pages a second") && svg.contains("1,000,000 sessions"), "{svg}");
        assert!(!svg.contains("app, MB"), "{svg}");
    }
}
