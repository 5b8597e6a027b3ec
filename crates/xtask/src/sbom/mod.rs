//! `cargo xtask sbom`: the software bill of materials: which packages are in what is shipped, and which only made it.

mod document;
mod lock;
mod tree;

use std::{collections::BTreeMap, fs, path::PathBuf, process::Command};

use clap::Args;
use serde_json::Value;

use self::{
    lock::Lock,
    tree::{Package, Tree},
};
use crate::{
    command,
    error::{Error, Result},
    setup::{say, wasm},
    workspace,
};

/// Write the software bill of materials of what is shipped (`CycloneDX` 1.5, JSON)
#[derive(Args)]
pub(crate) struct Options {
    /// Where to write it
    #[arg(long, value_name = "FILE", default_value = "target/contact-change.cdx.json")]
    output: PathBuf,
}

/// Writes the bill, and says where it is.
pub(crate) fn run(options: &Options) -> Result<()> {
    let path = workspace::root().join(&options.output);
    let text = format!("{:#}\n", bill()?);
    fs::write(&path, text).map_err(Error::file("written", &path))?;
    say(format_args!("wrote {}", path.display()));
    Ok(())
}

/// A part of what is shipped: a package of ours, as cargo is told to build it.
pub(crate) struct Part {
    pub(crate) name: &'static str,
    build: &'static [&'static str],
}

/// The program, and the client that is inside it.
const PARTS: [Part; 2] = [
    Part { name: "server", build: &["--package", "contact-change"] },
    Part {
        name: "client",
        build: &[
            "--package",
            "app",
            "--no-default-features",
            "--features",
            "hydrate",
            "--target",
            wasm::TARGET,
        ],
    },
];

/// What cargo says of a part.
pub(crate) struct Content {
    pub(crate) part: &'static Part,
    /// Everything that is needed to make it, and what needs what.
    pub(crate) all: Tree,
    /// Only what is in it when it runs.
    pub(crate) running: Tree,
}

/// Gives the bill.
fn bill() -> Result<Value> {
    let mut contents = Vec::new();
    for part in &PARTS {
        let all = tree_of(part, "normal,build")?;
        contents.push(Content { part, all, running: tree_of(part, "normal,no-proc-macro")? });
    }
    let path = workspace::root().join("Cargo.lock");
    let lock = Lock::parse(&fs::read_to_string(&path).map_err(Error::file("read", &path))?);
    Ok(document::write(&contents, &lock, &licences()?))
}

/// Cargo's own account of what it would build: by features and target, which its metadata mixes for the whole workspace.
fn tree_of(part: &Part, edges: &str) -> Result<Tree> {
    let mut cargo = command::program("cargo");
    cargo.args(["tree", "--locked", "--prefix", "depth", "--format", " {p}", "--edges", edges]);
    let said = said(cargo.args(part.build), "What cargo builds")?;
    Tree::parse(&said).ok_or(Error::Unexpected {
        what: "A list of packages in the answer of `cargo tree`".to_owned(),
        advice: "run `cargo tree` to see why",
    })
}

/// The licence that each package names (an SPDX expression).
fn licences() -> Result<BTreeMap<Package, String>> {
    let mut cargo = command::program("cargo");
    cargo.args(["metadata", "--locked", "--format-version=1"]);
    cargo.args(["--filter-platform", "host-tuple", "--filter-platform", wasm::TARGET]);
    let said = said(&mut cargo, "The packages' licences")?;
    let metadata: Value = serde_json::from_str(&said).unwrap_or_default();
    let packages = metadata["packages"].as_array().into_iter().flatten();
    let licences = packages.filter_map(|package| {
        let text = |member: &str| Some(package[member].as_str()?.to_owned());
        // The slash is an older way to write it.
        let licence = text("license")?.replace('/', " OR ");
        Some((Package { name: text("name")?, version: text("version")? }, licence))
    });
    Ok(licences.collect())
}

fn said(command: &mut Command, what: &str) -> Result<String> {
    command::answer(command).ok_or(Error::Unexpected {
        what: what.to_owned(),
        advice: "run `cargo fetch --locked`, and `cargo tree --locked` to see why",
    })
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::*;

    fn named<'bill>(bill: &'bill Value, name: &str) -> Option<&'bill Value> {
        bill["components"].as_array()?.iter().find(|component| component["name"] == name)
    }

    #[test]
    fn the_bill_has_what_is_shipped_and_what_made_it_and_nothing_of_the_tests() {
        let bill = bill().unwrap();
        let parts = |name: &str| {
            let properties =
                &named(&bill, name).unwrap_or_else(|| panic!("{name} is not there"))["properties"];
            properties
                .as_array()
                .unwrap()
                .iter()
                .map(|property| property["value"].as_str().unwrap())
                .collect::<Vec<_>>()
        };
        assert_eq!(parts("tokio"), ["server"]);
        assert_eq!(parts("leptos"), ["server", "client"]);
        assert_eq!(named(&bill, "serde_derive").unwrap()["scope"], "excluded");
        assert_eq!(named(&bill, "serde").unwrap()["scope"], "required");
        for only_in_tests in ["rstest", "proptest", "sandbox", "xtask", "utoipa"] {
            assert_eq!(named(&bill, only_in_tests), None);
        }
    }

    /// Section by section as the schema of `CycloneDX` 1.5 demands it, and what those who read bills look for besides.
    #[test]
    fn the_bill_is_one_by_the_specification() {
        let bill = bill().unwrap();
        assert_eq!([&bill["bomFormat"], &bill["specVersion"]], ["CycloneDX", "1.5"]);
        assert!(bill["version"].as_u64().unwrap() >= 1);
        let main = &bill["metadata"]["component"];
        assert_eq!([&main["type"], &main["name"]], ["application", "contact-change"]);

        let mut references = BTreeSet::from([main["bom-ref"].as_str().unwrap()]);
        for component in bill["components"].as_array().unwrap() {
            let text =
                |member: &str| component[member].as_str().unwrap_or_else(|| panic!("{member}: {component}"));
            assert!(["library", "application"].contains(&text("type")), "{component}");
            assert!(["required", "excluded"].contains(&text("scope")), "{component}");
            assert!(!text("name").is_empty() && !text("version").is_empty(), "{component}");
            assert!(references.insert(text("bom-ref")), "twice: {component}");
            assert!(component["licenses"][0]["expression"].is_string(), "{component}");
            if let Some(purl) = component["purl"].as_str() {
                assert_eq!(
                    purl,
                    format!("pkg:cargo/{}@{}", text("name"), text("version").replace('+', "%2B"))
                );
                let hash = &component["hashes"][0];
                assert_eq!(hash["alg"], "SHA-256");
                let content = hash["content"].as_str().unwrap();
                assert!(
                    content.len() == 64 && content.bytes().all(|octet| octet.is_ascii_hexdigit()),
                    "{component}"
                );
            }
        }
        let mut told = BTreeSet::new();
        for dependency in bill["dependencies"].as_array().unwrap() {
            let of = dependency["ref"].as_str().unwrap();
            assert!(references.contains(of) && told.insert(of), "{dependency}");
            for on in dependency["dependsOn"].as_array().unwrap() {
                assert!(references.contains(on.as_str().unwrap()), "{dependency}");
            }
        }
        assert_eq!(told, references, "of each it is said what it needs");
    }
}
