//! docs/sandbox.md: what it says to type works, and what it shows is what comes.

use crate::{
    reader::{Block, Document, is_alike},
    support::Sandbox,
};
use serde_json::Value;
use std::process::Command;

const DOCUMENT: &str = "docs/sandbox.md";
const PROGRAM: &str = env!("CARGO_BIN_EXE_sandbox");

fn of_kind(kind: &str) -> Vec<Block> {
    Document::of(DOCUMENT).blocks().into_iter().filter(|block| block.kind == kind).collect()
}

/// Types the commands of a box, and gives the data that comes.
async fn typed(commands: String) -> Value {
    let run = move || Command::new("sh").args(["-euc", &commands]).output().unwrap();
    let output = tokio::task::spawn_blocking(run).await.unwrap();
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    serde_json::from_slice(&output.stdout).unwrap()
}

#[tokio::test]
async fn a_change_that_is_typed_as_the_document_says_comes_to_what_it_shows() {
    let sandbox = Sandbox::new().await;
    let here = sandbox.running.url().as_str().trim_end_matches('/').to_owned();
    let shown = Document::of(DOCUMENT).data();
    let [outbox, ledger, pending, changed] = shown.as_slice() else {
        panic!("four pieces of data: {shown:?}")
    };
    let commands = of_kind("sh run");
    let [begin, finish] = commands.as_slice() else { panic!("two boxes: {commands:?}") };

    let said = typed(begin.content.replace("http://localhost:3001", &here)).await;
    assert!(is_alike(pending, &said), "{pending}\n{said}");
    let sent = sandbox.json("/outbox.json").await;
    assert!(is_alike(outbox, &sent), "{outbox}\n{sent}");

    let [token, code] = [&said["verificationToken"], &sent[0]["code"]].map(|text| text.as_str().unwrap());
    let [shown_token, shown_code] =
        [&pending["verificationToken"], &outbox[0]["code"]].map(|text| text.as_str().unwrap());
    let finish = finish.content.replace("http://localhost:3001", &here);
    assert!(finish.contains(shown_token) && finish.contains(shown_code), "{finish}");
    let said = typed(finish.replace(shown_token, token).replace(shown_code, code)).await;
    assert!(is_alike(changed, &said), "{changed}\n{said}");
    assert_eq!(changed["emails"], said["emails"]);
    let seen = sandbox.json("/ledger.json").await;
    assert!(is_alike(ledger, &seen), "{ledger}\n{seen}");
}

#[tokio::test]
async fn a_rust_test_starts_it_as_the_document_says() -> std::io::Result<()> {
    let sandbox = sandbox::start(sandbox::Settings::default()).await?;
    let issuer = sandbox.url();

    assert_eq!(issuer.scheme(), "http");
    let examples = of_kind("rust");
    let [example] = examples.as_slice() else { panic!("one box: {examples:?}") };
    for line in example.content.lines() {
        assert!(include_str!("document.rs").contains(&format!("\n    {line}\n")), "{line}");
    }
    Ok(())
}

#[test]
fn every_command_of_the_documents_is_understood() {
    let started: &[&[&str]] = &[&["cargo", "run", "-p", "sandbox", "--"], &["cargo", "run", "-p", "sandbox"]];
    let commands = crate::reader::documents().iter().flat_map(Document::commands).collect::<Vec<_>>();
    let given: Vec<_> = commands.iter().filter_map(|command| command.given_to(started)).collect();
    assert!(given.len() >= 2, "{given:?}");
    for given in given {
        let output = Command::new(PROGRAM).args(&given).arg("--help").output().unwrap();
        assert!(output.status.success(), "{given:?}: {}", String::from_utf8_lossy(&output.stderr));
    }
}

#[test]
fn the_document_lists_every_option() {
    let output = Command::new(PROGRAM).arg("--help").output().unwrap();
    let help = String::from_utf8(output.stdout).unwrap();
    let options = |text: &str, before: &str| {
        let named =
            text.lines().filter_map(|line| line.trim_start().strip_prefix(before)?.split([' ', '`']).next());
        let mut named: Vec<String> = named.map(str::to_owned).collect();
        named.sort();
        named
    };
    let document = Document::of(DOCUMENT).text;
    assert_eq!(options(&document, "| `--"), options(&help, "--"));
    for (variable, _) in
        help.match_indices("[env: ").map(|(at, mark)| help[at + mark.len()..].split_once('=').unwrap())
    {
        assert!(document.contains(&format!("`{variable}`")), "{variable}");
    }
}
