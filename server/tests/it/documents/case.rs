//! docs/audit.md, followed by an operator whom somebody calls.

use serde_json::Value;

use super::{
    machine::Machine,
    reader::{Document, is_alike},
};
use crate::{
    person::{Person, id, wrong},
    support::{issuer, sandbox, serve_with},
};

/// Whose address it is in the guide.
const KIM: &str = "kim@example.org";

/// What happened in a line, and about whom.
fn told(line: &str) -> (Value, [String; 4]) {
    let line: Value = serde_json::from_str(line).expect("an object a line");
    let words = ["event", "outcome", "reason", "kind"];
    let told = words.map(|name| line[name].as_str().unwrap_or_default().to_owned());
    (line, told)
}

#[tokio::test(flavor = "multi_thread")]
async fn an_operator_who_types_what_the_guide_says_sees_the_case_that_it_shows() {
    let sandbox = sandbox().await;
    let mut machine = Machine::new(&issuer(&sandbox)).with_secrets("redis://localhost:1");
    // The smallest file that works, and what the guide adds to it.
    let guide = Document::of("docs/audit.md").blocks();
    let smallest = Document::of("docs/configure.md").blocks();
    let pieces = [&smallest, &guide].map(|blocks| blocks.iter().find(|block| block.kind == "toml"));
    let [smallest, audit] = pieces.map(|piece| piece.expect("a piece of configuration"));
    machine.call("http://localhost:3001", &issuer(&sandbox));
    let file = machine.configure(&format!("{}{}", smallest.content, audit.content));
    let app = serve_with(Some(&file), [].into()).await;

    let mut person = Person::signed_in(sandbox, &app).await;
    let flow = person.flow().await;
    let flow = id(&person.press("begin", &flow, &[("contact", KIM)]).await, "AwaitCode");
    let outbox = person.read(&format!("/outbox.json?to={KIM}")).await;
    let code = wrong(outbox[0]["code"].as_str().expect("a code"));
    id(&person.press("finish", &flow, &[("code", &code)]).await, "Restart");

    std::fs::create_dir_all(machine.path("bin")).expect("a folder");
    std::os::unix::fs::symlink(env!("CARGO_BIN_EXE_contact-change"), machine.path("bin/contact-change"))
        .expect("a link");
    for name in ["contact-change.toml", "audit.jsonl"] {
        let place = if name.ends_with("toml") { file.clone() } else { machine.path("log/audit.jsonl") };
        std::os::unix::fs::symlink(place, machine.path(name)).expect("a link");
    }
    let typed: Vec<_> = guide.iter().filter(|block| block.kind == "sh run").collect();
    let [of_contact, of_others] = typed.as_slice() else { panic!("two boxes: {typed:?}") };
    let folder = machine.path("");
    let said = machine.run_in(&folder, &of_contact.content);
    let shown = guide.iter().find(|block| block.kind == "json lines").expect("a case");
    assert_eq!(said.lines().count(), shown.content.lines().count(), "{said}");
    for (said, shown) in said.lines().zip(shown.content.lines()) {
        let ((said, came), (shown, is_shown)) = (told(said), told(shown));
        assert_eq!(came, is_shown);
        assert!(is_alike(&shown, &said), "{shown}\n{said}");
    }

    let (line, _) = told(said.lines().next().expect("a line"));
    for (shown, name) in [("c1f0", "subject"), ("77aa", "network")] {
        machine.call(shown, line[name].as_str().expect("a name"));
    }
    let said = machine.run_in(&folder, &of_others.content);
    assert_eq!(said.matches("signed_in").count(), 2, "of the person, and of the network: {said}");
}
