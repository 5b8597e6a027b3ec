//! What a document says to write into the configuration is understood by the program.

use std::collections::BTreeMap;

use server::config::Settings;

use super::{
    machine::Machine,
    reader::{Block, Document, documents, read},
};
use crate::{security_events::key_into, support::variables};

/// Whether a box is a whole file, and not a section of one.
fn is_whole(block: &Block) -> bool {
    block.content.contains("issuer = ")
}

#[test]
fn every_piece_of_configuration_in_the_documents_has_no_mistake() {
    let machine = Machine::new("https://id.example.com").with_secrets("redis://localhost:1");
    key_into(&machine.path("etc/events.pem"));
    let blocks = documents().into_iter().flat_map(|document| {
        let of_toml = document.blocks().into_iter().filter(|block| block.kind.starts_with("toml"));
        of_toml.map(|block| (document.name.clone(), block)).collect::<Vec<_>>()
    });
    let blocks: Vec<_> = blocks.collect();
    assert!(blocks.len() >= 9, "{blocks:#?}");
    for (document, block) in blocks {
        let path = machine.configure(&block.content);
        let around = if is_whole(&block) { BTreeMap::default() } else { variables("https://id.example.com") };
        if let Err(mistakes) = Settings::load(Some(&path), around) {
            panic!("{document}:\n{}\n{mistakes}", block.content);
        }
    }
}

#[test]
fn the_example_of_events_can_be_used_with_the_key_that_the_guide_makes() {
    const KEY: &str = "examples/applications/events.pem";
    let mut machine = Machine::new("https://id.example.com").with_secrets("redis://localhost:1");
    let key = machine.path("etc/events.pem");
    machine.call(KEY, key.to_str().expect("a path"));
    for block in Document::of("docs/integrate.md").blocks().iter().filter(|block| block.kind == "sh run") {
        assert!(block.content.contains(KEY), "{block:?}");
        machine.run(&block.content);
    }
    let path = machine.configure(&read("examples/applications/events.toml"));
    let settings = Settings::load(Some(&path), variables("http://localhost:3001")).expect("no mistake");
    let receivers = settings.events.expect("events").receivers;
    assert_eq!((receivers.len(), receivers[0].address.as_str()), (1, "http://127.0.0.1:8081/events"));
}

#[test]
fn a_mistake_in_a_document_would_be_seen() {
    let machine = Machine::new("https://id.example.com").with_secrets("redis://localhost:1");
    let path = machine.configure("[metrics]\nlistens = \"127.0.0.1:9464\"\n");
    let mistakes = Settings::load(Some(&path), variables("https://id.example.com")).expect_err("a mistake");
    assert!(mistakes.to_string().contains("metrics.listens"), "{mistakes}");
}
