//! Every command of every document is run, read by the program that it is for, or known not to be.

use std::{
    collections::{BTreeMap, BTreeSet},
    process::Command,
};

use super::reader::{self, Document, documents, root};

/// What can stand behind a fence: each kind is seen to by a test.
const KINDS: [&str; 14] = [
    "console",
    "html from=",
    "js from=",
    "json",
    "json lines",
    "mermaid",
    "rust",
    "sh",
    "sh run",
    "text",
    "toml",
    "toml file=",
    "toml from=",
    "yaml",
];

/// What is typed for a program of ours: for this one, and for those whose own tests read it.
const APP: &[&[&str]] = &[
    &["contact-change"],
    &["target/release/contact-change"],
    &["cargo", "run", "-p", "contact-change", "--"],
];
const OTHERS: &[&[&str]] = &[&["cargo", "xtask"], &["cargo", "run", "-p", "sandbox"]];

/// Whose boxes are run: by `case`, by `configuration`, by `operate`, and by the sandbox's own tests.
const RUN: [&str; 4] = ["docs/audit.md", "docs/integrate.md", "docs/operate.md", "docs/sandbox.md"];

/// What no test types: in which document, what that says of it, and the commands.
const NOT_RUN: &[(&str, &str, &[&str])] = &[
    ("CONTRIBUTING.md", "which `cargo xtask test lint` does", &["cargo deny check bans licenses sources"]),
    (
        "docs/integrate.md",
        "any server of files",
        &["python3 -m http.server 8080 --bind 127.0.0.1 --directory examples/applications"],
    ),
    (
        "docs/integrate.md",
        "a test starts the receiver, and a journey in a browser runs it beside the app",
        &["node examples/applications/receiver.mjs"],
    ),
    (
        "docs/operate.md",
        "there is no systemd, container engine or cluster where the tests run",
        &[
            "docker compose -f deploy/compose.yaml up --build",
            "podman build -f deploy/Containerfile --build-arg COMMIT=$(git rev-parse --short=12 HEAD) -t contact-change .",
            "chown -R 65532 /etc/contact-change/secrets",
            "podman run --read-only --cap-drop all --security-opt no-new-privileges --publish 127.0.0.1:3000:3000 --publish \
         127.0.0.1:9464:9464 --env CONTACT_CHANGE_METRICS__LISTEN=0.0.0.0:9464 --volume \
         /etc/contact-change:/etc/contact-change:ro contact-change --config /etc/contact-change/contact-change.toml",
            "kubectl create secret generic contact-change --from-file=/etc/contact-change/secrets",
            "kubectl apply -f deploy/kubernetes/contact-change.yaml",
            "install -m 0644 deploy/contact-change.service /etc/systemd/system/contact-change.service",
            "systemctl daemon-reload",
            "systemctl enable --now contact-change",
            "systemctl status contact-change",
            "systemctl restart contact-change",
            "systemctl edit contact-change",
            "systemctl reload contact-change",
            "systemctl stop contact-change",
            "journalctl -u contact-change",
            "curl -fsS --retry 30 --retry-all-errors http://127.0.0.1:3000/readyz",
        ],
    ),
    (
        "docs/operate.md",
        "through a real nginx with `deploy/nginx.conf`",
        &[
            "install -m 0644 deploy/nginx.conf /etc/nginx/conf.d/contact-change.conf",
            "nginx -t && systemctl reload nginx",
        ],
    ),
    (
        "docs/operate.md",
        "checked by their own linters",
        &["systemd-analyze security --offline=true deploy/contact-change.service"],
    ),
    (
        "docs/performance.md",
        "It is not a part of the tests",
        &["npx lighthouse http://localhost:3000/email --extra-headers '{\"Cookie\": \"…\"}'"],
    ),
    ("docs/performance.md", "Nor is this a part of the tests", &["node paint.mjs"]),
    ("docs/performance.md", "Found with `twiggy top` on a build that keeps its names", &["twiggy top"]),
    ("docs/security.md", "are not looked for by the tests", &["cargo deny check advisories"]),
    ("docs/security.md", "`cargo fuzz` calls the same", &["cargo fuzz"]),
    ("docs/security.md", "shows it for a machine", &["cargo build --offline", "cargo fetch"]),
    (
        "docs/testing.md",
        "the tests, which have no nightly toolchain",
        &[
            "cargo fuzz",
            "cargo install cargo-fuzz",
            "cp Cargo.lock fuzz/ && cargo +nightly fuzz run cookies",
            "RUSTFLAGS=\"--cfg fuzzing\" cargo check --manifest-path fuzz/Cargo.toml",
        ],
    ),
    (
        "docs/testing.md",
        "What follows the part goes to its runner",
        &[
            "UPDATE_DOCS=1 cargo nextest run -p contact-change document_of_failures",
            "PROPTEST_CASES=1000000 cargo nextest run -p contact -p identity -p contact-change --lib fuzz::",
        ],
    ),
    ("docs/testing.md", "It prints", &["contact-change listening on http://…"]),
    ("docs/theme.md", "when it gets SIGHUP", &["systemctl reload contact-change", "kill -HUP"]),
];

/// Says why a command of a document may be wrong; nothing if a test would know.
fn problem_of(document: &str, command: &reader::Command, run: &[String]) -> Option<String> {
    let line = &command.line;
    let is_listed =
        |(name, _, lines): &(&str, &str, &[&str])| *name == document && lines.contains(&line.as_str());
    if command.is_run || NOT_RUN.iter().any(is_listed) || run.iter().any(|run| run.contains(line.as_str())) {
        return None;
    }
    if let Some(given) = command.given_to(APP) {
        return is_understood(&given).err();
    }
    let is_of_others = command.given_to(OTHERS).is_some();
    (!is_of_others).then(|| "is neither run, nor read by a program of ours, nor listed as not run".to_owned())
}

/// Whether the program knows every argument: asked for help besides, it does nothing else.
fn is_understood(given: &[String]) -> Result<(), String> {
    let mut program = Command::new(env!("CARGO_BIN_EXE_contact-change"));
    let output = program.args(given).arg("--help").env_clear().output().expect("the program");
    if output.status.success() { Ok(()) } else { Err(String::from_utf8_lossy(&output.stderr).into_owned()) }
}

#[test]
fn every_command_is_run_or_read_by_its_program_or_known_not_to_be() {
    let documents = documents();
    let commands: Vec<_> = documents
        .iter()
        .flat_map(|document| document.commands().into_iter().map(|command| (document.name.as_str(), command)))
        .collect();
    assert!(commands.len() > 90, "{commands:#?}");
    let run = commands.iter().filter(|(_, command)| command.is_run);
    let run: Vec<String> = run.map(|(_, command)| command.line.clone()).collect();
    let problems = commands.iter().filter_map(|(document, command)| {
        problem_of(document, command, &run).map(|problem| format!("{document}: `{}` {problem}", command.line))
    });
    let problems: BTreeSet<String> = problems.collect();
    assert!(problems.is_empty(), "{problems:#?}");
}

#[test]
fn what_is_not_run_is_there_and_its_document_says_so() {
    let documents: BTreeMap<String, Document> =
        documents().into_iter().map(|document| (document.name.clone(), document)).collect();
    for (name, says, lines) in NOT_RUN {
        let document = documents.get(*name).unwrap_or_else(|| panic!("{name} is no document"));
        let text = document.text.split_whitespace().collect::<Vec<_>>().join(" ");
        assert!(text.contains(says), "{name} does not say “{says}”");
        let commands = document.commands();
        for line in *lines {
            assert!(
                commands.iter().any(|command| command.line == *line),
                "`{line}` is not in {name} any more"
            );
        }
    }
}

#[test]
fn every_box_is_of_a_kind_that_a_test_sees_to() {
    for document in documents() {
        for block in document.blocks() {
            assert!(
                block.kind != "sh run" || RUN.contains(&&*document.name),
                "{} is run by no test",
                document.name
            );
            let kind = block.kind.find('=').map_or(block.kind.as_str(), |end| &block.kind[..=end]);
            assert!(KINDS.contains(&kind), "{}: ```{}\n{}", document.name, block.kind, block.content);
        }
        let sentences = document.sentences();
        let indented: Vec<&str> = sentences.lines().filter(|line| line.starts_with("    ")).collect();
        assert!(
            indented.is_empty(),
            "{}: a box without fences is read by no test: {indented:#?}",
            document.name
        );
        assert_eq!(sentences.matches('`').count() % 2, 0, "{}: a backtick is missing", document.name);
    }
}

#[test]
fn what_commands_name_in_the_repository_is_there() {
    /// Made by the command before it.
    const MADE: [&str; 1] = ["examples/applications/events.pem"];
    let shipped = ["deploy/", "docs/", "examples/", "fuzz/"];
    for document in documents() {
        for command in document.commands() {
            let words = shlex::split(&command.line).unwrap_or_default();
            let named = words.iter().filter_map(|word| word.rsplit(['=', '@']).next());
            for path in named.filter(|path| shipped.iter().any(|folder| path.starts_with(folder))) {
                let is_there = root().join(path).exists() || MADE.contains(&path);
                assert!(is_there, "{}: `{}` names {path}", document.name, command.line);
            }
        }
    }
}
