//! `cargo xtask budget`: what a visit of `/email` costs a person, held against the bars. Exact things only: sizes as they
//! go over the wire, and counts of requests.

mod load;

use std::{fmt, process::ExitCode};

use self::load::{Part, Use, load};
use crate::{
    browser::Browser,
    client::{self, Profile},
    error::Result,
    serve::{
        port::free_port,
        programs::{self, Output},
    },
    workspace,
};

/// In which languages the page is loaded; the largest counts.
const LANGUAGES: [&str; 4] = ["en", "fi", "sv", "ar"];

/// A figure of a visit, and the most that it may be.
#[derive(Debug, PartialEq, Eq)]
pub(crate) struct Bar {
    what: &'static str,
    measured: usize,
    most: usize,
}

impl Bar {
    /// Whether the bar holds.
    pub(crate) fn holds(&self) -> bool {
        self.measured <= self.most
    }
}

/// The figures of a visit. Sizes are in octets, in brotli. A bar that can be lower is made lower.
fn bars(parts: &[Part]) -> [Bar; 4] {
    let size =
        |wanted: fn(&Part) -> bool| parts.iter().filter(|part| wanted(part)).map(|part| part.size).sum();
    let again = parts.iter().filter(|part| part.each_time).count();
    [
        Bar { what: "everything that is fetched", measured: size(|_| true), most: 104_690 },
        Bar {
            what: "before it can be read and used",
            measured: size(|part| part.purpose == Use::Read),
            most: 15_000,
        },
        Bar { what: "requests of a cold visit", measured: parts.len(), most: 5 },
        Bar { what: "requests of a warm visit", measured: again, most: 1 },
    ]
}

/// A visit with its bars, as a table.
pub(crate) struct Visit {
    parts: Vec<Part>,
    pub(crate) bars: [Bar; 4],
}

impl fmt::Display for Visit {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        for part in &self.parts {
            writeln!(formatter, "  {:<44} {:>8}", part.name, part.size)?;
        }
        for bar @ Bar { what, measured, most } in &self.bars {
            let mark = if bar.holds() { "ok" } else { "TOO MUCH" };
            writeln!(formatter, "  {what:<44} {measured:>8} of {most:>6}   {mark}")?;
        }
        Ok(())
    }
}

/// Prints the table; fails when a bar is broken.
pub(crate) fn run() -> Result<ExitCode> {
    let visit = measure()?;
    print!("{visit}");
    Ok(if visit.bars.iter().all(Bar::holds) { ExitCode::SUCCESS } else { ExitCode::FAILURE })
}

/// The first of the sandbox's people.
const ALICE: &str = "5a0000000000000000000001";

/// Builds what is shipped, and loads `/email` as somebody who is signed in: the largest of all languages.
pub(crate) fn measure() -> Result<Visit> {
    client::build(Profile::Shipped)?;
    let binaries = workspace::build_binaries(false)?;
    let (app_port, sandbox_port) = (free_port()?, free_port()?);
    let _programs = programs::start(&binaries, app_port, sandbox_port, Output::Hidden)?;
    let mut browser = Browser::new();
    let (app, sandbox) = (programs::address(app_port), programs::address(sandbox_port));
    browser.sign_in(&format!("{app}/email"), &sandbox, ALICE)?;
    let mut largest = Vec::new();
    for language in LANGUAGES {
        let address = format!("{app}/email?ui_locales={language}");
        let parts = load(&mut browser, &address)?;
        let size = |parts: &[Part]| parts.iter().map(|part| part.size).sum::<usize>();
        if size(&parts) > size(&largest) {
            largest = parts;
        }
    }
    Ok(Visit { bars: bars(&largest), parts: largest })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn visit(script: usize, style: usize) -> [Bar; 4] {
        let part =
            |name: &str, purpose, size, each_time| Part { name: name.to_owned(), purpose, size, each_time };
        bars(&[
            part("document", Use::Read, 5_000, true),
            part("/s.css", Use::Read, style, false),
            part("/a.js", Use::Later, script, false),
        ])
    }

    #[test]
    fn a_visit_that_costs_little_holds_every_bar() {
        assert!(visit(50_000, 2_000).iter().all(Bar::holds));
    }

    #[test]
    fn a_large_script_or_style_breaks_the_bar_it_belongs_to() {
        let broken =
            |bars: [Bar; 4]| bars.iter().filter(|bar| !bar.holds()).map(|bar| bar.what).collect::<Vec<_>>();
        assert_eq!(broken(visit(200_000, 2_000)), ["everything that is fetched"]);
        assert_eq!(broken(visit(1_000, 10_001)), ["before it can be read and used"]);
    }
}
