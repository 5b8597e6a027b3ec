//! More and more people at the same time: codes and pages.

use std::path::Path;

use super::{
    super::{
        Asked, median,
        own::{Own, middle, town},
        people::{Waiting, write},
    },
    Options,
    table::{Table, column, drawn},
};
use crate::{error::Result, workspace::Binaries};

/// Measures both for each number of people.
pub(super) fn grow(options: &Options, binaries: &Binaries, steps: &[u32], folder: &Path) -> Result<Table> {
    // More than connections, so that each press is somebody's next one.
    let people = steps.iter().max().map_or(0, |most| most + most / 5 + 10);
    let (town, metrics) = town("grow", binaries, people)?;
    println!("grow: {people} people sign in and ask for a code");
    let mut people: Vec<_> =
        (1..=people).map(|number| Waiting::begin(&town, number)).collect::<Result<_>>()?;
    let list = folder.join("people.tsv");

    let codes = Asked { script: "resend.lua", address: town.address(), coding: "identity" };
    // As browsers ask for it.
    let pages = Asked { script: "page.lua", address: town.address(), coding: "br" };
    let mut rows = Vec::new();
    for &at_once in steps {
        let (mut sent, mut shown, mut own) = (Vec::new(), Vec::new(), Vec::new());
        for _ in 0..options.rounds {
            // What was answered after the end of a run went nowhere.
            for one in &mut people {
                one.look(&town)?;
            }
            write(&people, &list)?;
            let before = Own::read(&metrics)?;
            sent.push(codes.run(&list, at_once, options.seconds, 0.0)?);
            own.push(Own::read(&metrics)?.since(&before).percentile(99.0));
            shown.push(pages.run(&list, at_once, options.seconds, 0.0)?);
        }
        let (sent, shown) = (median(sent), median(shown));
        let row =
            vec![sent.per_second, sent.p50, sent.p99, middle(own), shown.per_second, shown.p50, shown.p99];
        rows.push((at_once, row));
    }
    let columns = vec![
        drawn("codes a second"),
        column("p50, ms"),
        column("p99, ms"),
        column("our own, p99, ms"),
        drawn("pages a second"),
        column("p50, ms"),
        column("p99, ms"),
    ];
    Ok(Table { what: "at a time", columns, rows })
}
