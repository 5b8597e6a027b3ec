//! What is shipped in `deploy/`, as the program reads it.

use std::{collections::BTreeMap, fs};

use server::{Times, config::Settings};

use super::{
    machine::Machine,
    reader::{Document, read},
};
use crate::support::variables;

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
    let machine = Machine::new("https://id.example.com").with_secrets("redis://localhost:1");
    let is_file = |kind: &str| kind.starts_with("toml file=");
    let blocks = Document::of("docs/operate.md").blocks();
    let file = blocks.iter().find(|block| is_file(&block.kind)).expect("a file");
    // Only the unit's copies of the secrets are there: the file's own are for root.
    let path = machine.configure(&file.content.replace("secrets/", "no/such/folder/"));
    let unit =
        read("deploy/contact-change.service").replace("%d", machine.secrets().to_str().expect("a path"));
    let variables = set_in(&unit);
    assert_eq!(variables.len(), 5);
    Settings::load(Some(&path), variables).expect("no mistake");
}

#[test]
fn what_the_pods_are_configured_with_is_understood() {
    let machine = Machine::new("https://id.example.com").with_secrets("rediss://localhost:1");
    let manifest = read("deploy/kubernetes/contact-change.yaml");
    let (_, rest) = manifest.split_once("contact-change.toml: |\n").expect("a file");
    let lines = rest.lines().take_while(|line| *line != "---").map(str::trim_start);
    let file = lines.collect::<Vec<_>>().join("\n");
    let file = file.replace("/run/secrets/contact-change", machine.secrets().to_str().expect("a path"));
    let path = machine.path("pod.toml");
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
fn kubernetes_sets_nothing_by_the_name_of_the_service() {
    let manifest = read("deploy/kubernetes/contact-change.yaml");
    let service =
        manifest.split("\n---\n").find(|part| part.contains("\nkind: Service\n")).expect("a service");
    assert!(service.contains("\n  name: contact-change\n"), "{service}");
    // What would be injected of such a service ends the program.
    let injected = [("CONTACT_CHANGE_PORT".to_owned(), "tcp://10.0.0.1:80".to_owned())];
    let mistakes = Settings::load(None, injected).expect_err("mistakes").to_string();
    assert!(mistakes.contains("CONTACT_CHANGE_PORT"), "{mistakes}");
    assert!(manifest.contains("\n      enableServiceLinks: false"), "so it must not be");
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

#[test]
fn no_proxy_gives_up_an_answer_that_is_still_within_its_time() {
    let settings = Settings::load(None, variables("https://id.example.com")).expect("no mistake");
    let longest = Times::of(&settings).answer.as_secs();
    for proxy in ["deploy/nginx.conf", "deploy/compose.nginx.conf"] {
        let text = read(proxy);
        let (_, rest) = text.split_once("proxy_read_timeout ").expect("a time");
        let (seconds, _) = rest.split_once("s;").expect("in seconds");
        assert!(seconds.parse::<u64>().expect("a number") > longest, "{proxy}");
    }
    assert!(read("docs/operate.md").contains(&format!("The longest takes {longest} seconds")));
}
