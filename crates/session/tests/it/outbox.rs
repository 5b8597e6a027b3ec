//! What applications are still to be told: kept until it was, held by one node at a time, and readable by nobody else.

use std::{sync::Arc, time::Duration};

use contact::{FlowId, Timestamp};
use rstest::rstest;
use session::{
    Keyring, Outbox,
    outbox::{Change, NotPut, Taken},
};

use crate::{
    redis_server::RedisServer,
    support::{Kind, Place, START, keyring, redis, subject},
};

pub(crate) const SHOP: &str = "shop";
const BANK: &str = "bank";
const LEASE: Duration = Duration::from_secs(10);
pub(crate) const LONG: Duration = Duration::from_hours(1);

fn node(place: &Place) -> Outbox {
    Outbox::new(place.node(), keyring(), [SHOP, BANK].map(str::to_owned), 3, LONG)
}

fn change(of: &str) -> Change {
    Change {
        subject: subject(of),
        kind: contact::Kind::Email,
        primary: true,
        replaced_all: false,
        at: START,
        reference: "hidden-reference".to_owned(),
    }
}

fn state(number: u64) -> FlowId {
    FlowId::from_random(number.into())
}

fn at(seconds: u64) -> Timestamp {
    START.after(Duration::from_secs(seconds))
}

pub(crate) async fn put(outbox: &Outbox, number: u64) {
    let left_out = outbox.put(&state(number), &change("hidden-ann")).await;
    assert!(left_out.is_empty(), "{left_out:?}");
}

pub(crate) async fn take(outbox: &Outbox, application: &str, now: Timestamp) -> (Option<Taken>, u32) {
    outbox.take(application, now, LEASE).await.expect("a store")
}

#[rstest]
#[tokio::test]
async fn every_application_is_told_of_a_change_once_whichever_node_does_it(
    #[values(Kind::Memory, Kind::Redis)] kind: Kind,
) {
    let place = Place::new(kind);
    let [one, other] = [(), ()].map(|()| node(&place));
    put(&one, 1).await;
    let mut ids = Vec::new();
    for application in [SHOP, BANK] {
        let (taken, waiting) = take(&other, application, START).await;
        let taken = taken.expect("an event");
        let told = taken.change.clone().expect("a change");
        assert_eq!((told.subject.as_str(), told.primary, waiting), ("hidden-ann", true, 1));
        assert!(take(&one, application, START).await.0.is_none(), "held by one node at a time");
        other.done(application, &taken).await.expect("a store");
        assert_eq!(take(&one, application, at(3600)).await.1, 0);
        ids.push(taken.id);
    }
    assert_ne!(ids[0], ids[1], "one application knows nothing of the token of another");
}

#[rstest]
#[tokio::test]
async fn what_a_node_died_with_is_told_by_another_one_under_the_same_id(
    #[values(Kind::Memory, Kind::Redis)] kind: Kind,
) {
    let place = Place::new(kind);
    let [one, other] = [(), ()].map(|()| node(&place));
    put(&one, 1).await;
    let dead = take(&one, SHOP, START).await.0.expect("an event");
    assert!(take(&other, SHOP, at(9)).await.0.is_none());
    let again = take(&other, SHOP, at(10)).await.0.expect("the same event");
    assert_eq!(again.id, dead.id);
    // It was not dead but late: it can put off nothing that another one holds.
    one.put_off(SHOP, &dead, at(11)).await.expect("a store");
    assert!(take(&one, SHOP, at(12)).await.0.is_none());
}

#[rstest]
#[tokio::test]
async fn what_is_put_off_is_due_at_its_time_and_holds_up_nothing_else(
    #[values(Kind::Memory, Kind::Redis)] kind: Kind,
) {
    let place = Place::new(kind);
    let outbox = node(&place);
    put(&outbox, 1).await;
    let first = take(&outbox, SHOP, START).await.0.expect("an event");
    outbox.put_off(SHOP, &first, at(100)).await.expect("a store");
    put(&outbox, 2).await;
    let (second, waiting) = take(&outbox, SHOP, at(1)).await;
    assert_eq!((second.expect("an event").id == first.id, waiting), (false, 2));
    assert!(take(&outbox, SHOP, at(2)).await.0.is_none());
    outbox.put_off(SHOP, &first, at(1000)).await.expect("a claim that is over");
    let (again, _) = take(&outbox, SHOP, at(100)).await;
    assert!(again.is_some());
}

#[rstest]
#[tokio::test]
async fn the_same_change_that_is_found_twice_waits_once_and_a_full_queue_says_so(
    #[values(Kind::Memory, Kind::Redis)] kind: Kind,
) {
    let place = Place::new(kind);
    let outbox = node(&place);
    for number in [1, 1, 2, 3, 3] {
        put(&outbox, number).await;
    }
    let change = change("hidden-ann");
    let left_out = outbox.put(&state(4), &change).await;
    assert!(matches!(left_out[..], [(SHOP, NotPut::Full), (BANK, NotPut::Full)]), "{left_out:?}");
    assert_eq!(take(&outbox, SHOP, START).await.1, 3);
}

#[tokio::test]
async fn whoever_sees_the_store_learns_neither_whose_change_it_was_nor_who_is_told() {
    let server = RedisServer::start();
    let store = Arc::new(redis(&server.url(), "test"));
    let outbox = Outbox::new(store, keyring(), [SHOP.to_owned()], 3, LONG);
    put(&outbox, 1).await;
    let names = server.command("KEYS *");
    assert!(names.contains("test:events:") && !names.contains(SHOP), "{names}");
    let values = names.lines().find(|name| name.contains(":values:")).expect("a name");
    let kept = server.command(&format!("HGETALL {values}"));
    assert!(kept.starts_with("*2") && !kept.contains("hidden"), "{kept}");
}

#[tokio::test]
async fn a_server_that_was_killed_and_comes_back_with_its_data_has_what_waits() {
    let mut server = RedisServer::durable();
    let outbox = Outbox::new(Arc::new(redis(&server.url(), "test")), keyring(), [SHOP.to_owned()], 3, LONG);
    put(&outbox, 1).await;
    server.restart();
    assert!(take(&outbox, SHOP, START).await.0.is_some());
}

#[tokio::test]
async fn what_waits_is_told_under_a_new_secret_as_well_while_the_previous_one_is_given() {
    let place = Place::new(Kind::Memory);
    put(&node(&place), 1).await;
    let rotated = outbox_with(&place, &[2; 32], Some(&[1; 32]));
    let taken = take(&rotated, SHOP, START).await.0.expect("an event");
    assert!(taken.change.is_some());
}

#[tokio::test]
async fn what_was_put_there_under_a_new_secret_is_told_when_the_previous_one_is_gone() {
    let place = Place::new(Kind::Memory);
    put(&outbox_with(&place, &[2; 32], Some(&[1; 32])), 1).await;
    let taken = take(&outbox_with(&place, &[2; 32], None), SHOP, START).await.0.expect("an event");
    assert!(taken.change.is_some());
}

#[tokio::test]
async fn what_only_a_secret_that_is_gone_would_open_is_found_so_that_somebody_is_told() {
    let place = Place::new(Kind::Memory);
    put(&outbox_with(&place, &[1; 32], None), 1).await;
    let taken = take(&outbox_with(&place, &[2; 32], None), SHOP, START).await.0.expect("an event");
    assert!(taken.change.is_none());
}

fn outbox_with(place: &Place, secret: &[u8], previous: Option<&[u8]>) -> Outbox {
    let keyring = Arc::new(Keyring::new(secret, previous).expect("keys"));
    Outbox::new(place.node(), keyring, [SHOP.to_owned()], 3, LONG)
}
