//! docs/operate.md, followed by somebody who types what it says.

use std::fs;

use super::{machine::Machine, reader::Document};
use crate::{
    redis_server::RedisServer,
    support::{issuer, sandbox},
};

#[tokio::test(flavor = "multi_thread")]
async fn an_operator_who_types_what_the_guide_says_has_a_node_that_is_ready() {
    let (sandbox, redis) = (sandbox().await, RedisServer::start());
    let machine = Machine::new(&issuer(&sandbox));
    let mut said = Vec::new();
    for block in Document::of("docs/operate.md").blocks() {
        if block.kind == "sh run" {
            said.push(machine.run(&block.content));
        } else if let Some(file) = block.kind.strip_prefix("toml file=") {
            machine.paste_secrets(&redis.url());
            fs::write(machine.here(file), machine.here(&block.content)).expect("a file");
        }
    }
    let [version, _, check, ready, _, upgrade] = said.as_slice() else {
        panic!("six boxes to run: {said:?}")
    };
    assert!(version.starts_with("contact-change "), "{version}");
    for check in [check, upgrade] {
        assert!(check.lines().all(|line| line.starts_with("ok") || line.starts_with("unknown")), "{check}");
    }
    assert!(ready.contains("ready") && !ready.contains("degraded"), "{ready}");
    let [now, next] = ["session", "session-2"].map(|name| fs::read(machine.secrets().join(name)));
    assert_ne!(now.expect("a secret"), next.expect("the next one"));
}
