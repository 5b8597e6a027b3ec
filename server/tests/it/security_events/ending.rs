//! What becomes of what is still to be told when the program is told to end.

use std::{
    io::{BufRead as _, BufReader},
    sync::Arc,
};

use tokio::sync::Notify;

use super::{
    key_file,
    receiver::{Answer, Receiver},
};
use crate::{
    nodes::{borrowed, shared},
    notice::{change, change_to},
    person::Person,
    redis_server::RedisServer,
    support::{issuer, program_telling, program_with, sandbox},
};

#[tokio::test(flavor = "multi_thread")]
async fn a_program_that_is_told_to_end_tells_for_a_while_and_leaves_the_rest() {
    let (sandbox, redis) = (sandbox().await, RedisServer::start());
    let folder = tempfile::tempdir().expect("a folder");
    let told = Arc::new(Notify::new());
    let receiver = Receiver::answering([Answer::WhenTold(Arc::clone(&told))]).await;
    let (shared, key) = (shared(&redis), key_file(&folder));
    let ours = [
        ("EVENTS__KEY_FILE", key.as_str()),
        ("APPLICATIONS__CRM__EVENTS", receiver.address.as_str()),
        ("SHUTDOWN_TIMEOUT", "100ms"),
    ];
    let settings = [borrowed(&shared), ours.to_vec()].concat();
    let (mut one, log) = program_telling(&issuer(&sandbox), &settings);
    let mut person = Person::signed_in(sandbox, &one).await;
    change(&mut person, &[]).await;
    receiver.sent(1).await;
    change_to(&mut person, "alice.newer@example.org", &[]).await;
    one.signal("TERM");
    let mut lines = BufReader::new(log).lines();
    assert!(lines.any(|line| line.expect("a line").contains("what is left stays where it is")));
    told.notify_one();
    assert!(one.ended().success());
    assert_eq!(receiver.sent(1).await.len(), 1, "what it was telling is told, and nothing else is begun");
    let _other = program_with(&issuer(&person.sandbox), &settings);
    receiver.sent(2).await;
}
