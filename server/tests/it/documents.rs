//! docs/operate.md, followed by somebody who types what it says; and what is shipped in `deploy/`, as the program reads it.

use std::{
    collections::BTreeMap,
    env, fs,
    net::TcpListener,
    path::{Path, PathBuf},
    process::Command,
};

use server::config::Settings;
use tempfile::TempDir;

use crate::{
    redis_server::RedisServer,
    support::{issuer, sandbox},
};

const ROOT: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/..");

fn read(path: &str) -> String {
    fs::read_to_string(Path::new(ROOT).join(path)).expect("a file of ours")
}

fn free_port() -> u16 {
    TcpListener::bind("127.0.0.1:0").expect("a free port").local_addr().expect("an address").port()
}

/// The boxes of a document: what stands behind the fence, and what is in them.
fn boxes(document: &str) -> Vec<(&str, String)> {
    let mut found = Vec::new();
    let mut lines = document.lines();
    while let Some(line) = lines.next() {
        if let Some(kind) = line.strip_prefix("```") {
            let content = lines.by_ref().take_while(|line| *line != "```");
            found.push((kind, content.flat_map(|line| [line, "\n"]).collect()));
        }
    }
    found
}

/// A folder in the place of the machine, and what stands in it for what the document says.
struct Machine {
    folder: TempDir,
    names: Vec<(&'static str, String)>,
}

impl Machine {
    fn new(issuer: &str) -> Self {
        let folder = tempfile::tempdir().expect("a folder");
        let place = |name: &str| folder.path().join(name).to_str().expect("a path").to_owned();
        let [app, metrics] = [free_port(), free_port()];
        let names = vec![
            ("target/release/contact-change", env!("CARGO_BIN_EXE_contact-change").to_owned()),
            ("/usr/local/bin", place("bin")),
            ("/etc/contact-change", place("etc")),
            ("https://www.example.com/account/contact", format!("http://localhost:{app}/account/contact")),
            ("https://id.example.com", issuer.to_owned()),
            ("127.0.0.1:3000", format!("127.0.0.1:{app}")),
            ("127.0.0.1:9464", format!("127.0.0.1:{metrics}")),
        ];
        Self { folder, names }
    }

    /// Gives a text with the names of this machine.
    fn here(&self, text: &str) -> String {
        self.names.iter().fold(text.to_owned(), |text, (theirs, ours)| text.replace(theirs, ours))
    }

    fn secrets(&self) -> PathBuf {
        self.folder.path().join("etc/secrets")
    }

    /// What the document says in words: three files, a line in each.
    fn paste_secrets(&self, store: &str) {
        let pasted =
            [("oidc", "contact-change-secret"), ("api", "contact-change-api-secret"), ("store", store)];
        for (name, line) in pasted {
            fs::write(self.secrets().join(name), format!("{line}\n")).expect("a file");
        }
    }

    /// Types the commands of a box.
    fn run(&self, commands: &str) -> String {
        let path = env::var("PATH").expect("a path");
        let path = format!("{}:{path}", self.folder.path().join("bin").display());
        let mut shell = Command::new("sh");
        shell.args(["-euc", commands]).current_dir(ROOT).env_clear().env("PATH", path);
        let output = shell.output().expect("a shell");
        let said =
            format!("{}{}", String::from_utf8_lossy(&output.stdout), String::from_utf8_lossy(&output.stderr));
        assert!(output.status.success(), "{commands}\n{said}");
        said
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn an_operator_who_types_what_the_guide_says_has_a_node_that_is_ready() {
    let (sandbox, redis) = (sandbox().await, RedisServer::start());
    let machine = Machine::new(&issuer(&sandbox));
    let guide = read("docs/operate.md");
    let mut said = Vec::new();
    for (kind, content) in boxes(&guide) {
        let content = machine.here(&content);
        if kind == "sh run" {
            said.push(machine.run(&content));
        } else if let Some(file) = kind.strip_prefix("toml file=") {
            machine.paste_secrets(&redis.url());
            fs::write(machine.here(file), content).expect("a file");
        }
    }
    let [version, _, check, ready, _] = said.as_slice() else { panic!("five boxes to run: {said:?}") };
    assert!(version.starts_with("contact-change "), "{version}");
    assert!(check.lines().all(|line| line.starts_with("ok") || line.starts_with("unknown")), "{check}");
    assert!(ready.contains("ready") && !ready.contains("degraded"), "{ready}");
    let [new, previous] = ["session", "session-previous"].map(|name| fs::read(machine.secrets().join(name)));
    assert_ne!(new.expect("a secret"), previous.expect("the one before"));
}

/// The variables of the app that a text sets, by `=` or by `: `.
fn set_in(text: &str) -> BTreeMap<String, String> {
    const PREFIX: &str = "CONTACT_CHANGE_";
    let set = |rest: &str| {
        let (name, rest) = rest.split_at(rest.find(|each: char| !each.is_ascii_uppercase() && each != '_')?);
        let value = rest.strip_prefix('=').or_else(|| rest.strip_prefix(": "))?;
        Some((format!("{PREFIX}{name}"), value.split_whitespace().next()?.to_owned()))
    };
    text.split(PREFIX).skip(1).filter_map(set).collect()
}

#[test]
fn the_unit_and_the_file_of_the_guide_can_be_used_together() {
    let machine = Machine::new("https://id.example.com");
    fs::create_dir_all(machine.secrets()).expect("a folder");
    machine.paste_secrets("redis://localhost:1");
    fs::write(machine.secrets().join("session"), "c2VjcmV0IHNlY3JldCBzZWNyZXQgc2VjcmV0IHNlY3JldA==")
        .expect("a file");
    let guide = read("docs/operate.md");
    let is_file = |kind: &str| kind.starts_with("toml file=");
    let (_, file) = boxes(&guide).into_iter().find(|(kind, _)| is_file(kind)).expect("a file");
    // Only the unit's copies of the secrets are there: the file's own are for root.
    let file = machine.here(&file).replace("secrets/", "no/such/folder/");
    let path = machine.folder.path().join("etc/contact-change.toml");
    fs::write(&path, file).expect("a file");
    let unit =
        read("deploy/contact-change.service").replace("%d", machine.secrets().to_str().expect("a path"));
    let variables = set_in(&unit);
    assert_eq!(variables.len(), 5);
    Settings::load(Some(&path), variables).expect("no mistake");
}

#[test]
fn what_the_pods_are_configured_with_is_understood() {
    let machine = Machine::new("https://id.example.com");
    fs::create_dir_all(machine.secrets()).expect("a folder");
    machine.paste_secrets("rediss://localhost:1");
    fs::write(machine.secrets().join("session"), "c2VjcmV0IHNlY3JldCBzZWNyZXQgc2VjcmV0IHNlY3JldA==")
        .expect("a file");
    let manifest = read("deploy/kubernetes/contact-change.yaml");
    let (_, rest) = manifest.split_once("contact-change.toml: |\n").expect("a file");
    let lines = rest.lines().take_while(|line| *line != "---").map(str::trim_start);
    let file = lines.collect::<Vec<_>>().join("\n");
    let file = file.replace("/run/secrets/contact-change", machine.secrets().to_str().expect("a path"));
    let path = machine.folder.path().join("contact-change.toml");
    fs::write(&path, file).expect("a file");
    let image = read("deploy/Containerfile");
    let (_, program) = image.rsplit_once("\nFROM").expect("the last image");
    let variables = set_in(program);
    assert_eq!(variables.len(), 2);
    let settings = Settings::load(Some(&path), variables).expect("no mistake");
    let ports =
        [settings.web.listen, settings.metrics.listen.expect("metrics")].map(|address| address.port());
    for port in ports {
        assert!(manifest.contains(&format!("containerPort: {port}")), "{port}");
    }
}

#[test]
fn the_nodes_to_look_at_are_configured_and_the_proxy_knows_both() {
    let compose = read("deploy/compose.yaml");
    let proxy = read("deploy/compose.nginx.conf");
    let (shared, nodes) = compose.split_once("\nservices:").expect("the services");
    for node in nodes.split("CONTACT_CHANGE_LISTEN").skip(1) {
        let mut variables = set_in(shared);
        assert_eq!(variables.len(), 10);
        variables.extend(set_in(&format!("CONTACT_CHANGE_LISTEN{node}")));
        let settings = Settings::load(None, variables).expect("no mistake");
        assert!(proxy.contains(&format!("server {} ", settings.web.listen)), "{}", settings.web.listen);
    }
    assert_eq!(nodes.matches("CONTACT_CHANGE_LISTEN").count(), 2);
}
