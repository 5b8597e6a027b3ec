//! The room that the memory of a process has for what was sent.

use std::sync::Arc;

use session::{Allowance, SendLimits, Sends, Span, store::Memory};

use crate::{
    limits::{address, ann, minutes, rate},
    support::{START, keyring},
};

/// Limits in a store with room for one person, which is room for two sends.
fn narrow(per_day: u32) -> Sends {
    let limits = SendLimits { destination: rate(0, per_day), ..SendLimits::default() };
    Sends::new(limits, Arc::new(Memory::new(1)), keyring())
}

#[tokio::test]
async fn a_full_memory_forgets_the_oldest_send() {
    let sends = narrow(1);
    for (minute, to) in ["one@example.org", "two@example.org", "three@example.org"].into_iter().enumerate() {
        ann().spend(&sends, &address(to), minutes(minute as u64)).await.unwrap();
    }
    let left = async |to| ann().left(&sends, &address(to), minutes(3)).await;
    assert!(matches!(left("one@example.org").await, Some(Allowance::Left { .. })));
    assert!(matches!(left("two@example.org").await, Some(Allowance::Reached(_))));
}

#[tokio::test]
async fn a_send_that_was_not_made_pushes_none_out_that_was() {
    let (sends, one, two) = (narrow(1), address("one@example.org"), address("two@example.org"));
    ann().spend(&sends, &one, START).await.unwrap();
    for minute in 1..3 {
        let spent = sends.spend(ann().asker(), &two, minutes(minute)).await.unwrap().unwrap();
        sends.give_back(&spent).await.unwrap();
    }
    assert!(matches!(ann().left(&sends, &one, minutes(3)).await, Some(Allowance::Reached(_))));
}

#[tokio::test]
async fn where_there_is_no_room_one_send_is_forgotten_and_none_of_the_same_moment_with_it() {
    let (sends, one) = (narrow(2), address("one@example.org"));
    ann().spend(&sends, &one, START).await.unwrap();
    ann().spend(&sends, &one, START).await.unwrap();
    ann().spend(&sends, &address("two@example.org"), START).await.unwrap();
    let left = Allowance::Left { messages: 1, within: Span::Day };
    assert_eq!(ann().left(&sends, &one, START).await, Some(left));
}
