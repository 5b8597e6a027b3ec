//! What the documents say about `cargo xtask`, as it reads it.

#[expect(dead_code, reason = "the tests of the server use the rest of it")]
#[path = "../../../server/tests/it/documents/reader.rs"]
mod reader;

use std::fs;

use clap::{CommandFactory as _, Parser as _, error::ErrorKind};
use reader::{documents, read, root};

use crate::Arguments;

const XTASK: &[&[&str]] = &[&["cargo", "xtask"]];

/// What documents say to type behind `cargo xtask`, with the document.
fn typed() -> Vec<(String, Vec<String>)> {
    let of = |document: reader::Document| {
        let typed = document.commands().into_iter().filter_map(|command| command.given_to(XTASK));
        // Without a task it is only named.
        typed
            .filter(|given| !given.is_empty())
            .map(|given| (document.name.clone(), given))
            .collect::<Vec<_>>()
    };
    documents().into_iter().flat_map(of).collect()
}

#[test]
fn every_command_of_the_documents_is_understood() {
    let typed = typed();
    assert!(typed.len() > 40, "{typed:?}");
    for (document, given) in typed {
        let read = Arguments::try_parse_from([&["cargo xtask".to_owned()], given.as_slice()].concat());
        let problem = read.err().filter(|error| error.kind() != ErrorKind::DisplayHelp);
        assert!(problem.is_none(), "{document}: cargo xtask {given:?}: {}", problem.expect("one"));
    }
}

#[test]
fn what_documents_name_to_run_alone_is_there() {
    let journeys = fs::read_dir(root().join("end2end/journeys")).expect("the journeys");
    let journeys: Vec<String> =
        journeys.map(|file| file.expect("a file").path().display().to_string()).collect();
    for (document, given) in typed() {
        let words: Vec<&str> = given.iter().map(String::as_str).collect();
        let ["test", _, filter @ ..] = words.as_slice() else { continue };
        match filter {
            ["-g", title] => {
                let has = |file: &String| fs::read_to_string(file).is_ok_and(|text| text.contains(title));
                assert!(journeys.iter().any(has), "{document}: no journey is called “{title}”");
            }
            [filter, ..] if filter.starts_with(|first: char| first.is_ascii_lowercase()) => {
                let is_a_journey = journeys.iter().any(|file| file.contains(filter));
                let is_a_module = read("server/tests/it/main.rs").contains(&format!("mod {filter};"));
                assert!(is_a_journey || is_a_module, "{document}: there is no {filter}");
            }
            _ => {}
        }
    }
}

#[test]
fn the_readme_lists_all_there_are() {
    let names: Vec<String> =
        Arguments::command().get_subcommands().map(|each| each.get_name().to_owned()).collect();
    let readme = read("README.md");
    let (_, listed) = readme.split_once("crates/xtask ").expect("the folder");
    let listed = listed.lines().next().and_then(|line| line.split_once("cargo xtask ")).expect("a list").1;
    let mut listed: Vec<&str> = listed.split(" | ").collect();
    let mut names: Vec<&str> = names.iter().map(String::as_str).collect();
    listed.sort_unstable();
    names.sort_unstable();
    assert_eq!(listed, names);
}
