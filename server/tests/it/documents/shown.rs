//! What a document shows is what there is: files word for word, data by their members.

use std::io::Write as _;

use super::reader::{Document, documents, read};
use crate::watching::promtool;

#[test]
fn what_a_document_quotes_is_the_file_word_for_word() {
    let mut quoted = Vec::new();
    for document in documents() {
        for block in document.blocks() {
            if let Some((_, file)) = block.kind.split_once("from=") {
                assert_eq!(block.content, read(file), "{file} in {}", document.name);
                quoted.push(file.to_owned());
            }
        }
    }
    assert_eq!(quoted.len(), 5, "{quoted:?}");
}

#[test]
fn prometheus_takes_what_the_guide_says_to_write() {
    let blocks = Document::of("docs/metrics.md").blocks();
    let of_yaml: Vec<_> = blocks.iter().filter(|block| block.kind == "yaml").collect();
    let [scrape] = of_yaml.as_slice() else { panic!("one box: {of_yaml:?}") };
    let mut file = tempfile::NamedTempFile::new().expect("a file");
    file.write_all(scrape.content.as_bytes()).expect("to be written");
    promtool(&["check", "config", file.path().to_str().expect("a text")], "");
}

#[test]
fn every_piece_of_data_in_the_documents_is_data() {
    let shown: usize = documents().iter().map(|document| document.data().len()).sum();
    assert_eq!(
        shown, 5,
        "what each is compared with: sandbox.md in the sandbox's tests, integrate.md in security_events"
    );
}
