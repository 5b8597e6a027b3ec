//! The secret of nodes that share a store changes, on one after the other.

use std::{sync::Arc, time::Duration};

use rstest::rstest;
use session::{ChangeError, Changes, Keyring, Lifetime, Outbox, Sessions};

use crate::{
    changes::{EMAIL, PATIENCE, begin, flow},
    outbox::{LONG, SHOP, put, take},
    sessions::{ALICE, signed_in, who},
    support::{Kind, Place, START, clock, pass, subject},
};

const OLD: [u8; 32] = [1; 32];
const NEW: [u8; 32] = [2; 32];

/// A node that knows the old secret alone.
fn before() -> Arc<Keyring> {
    Arc::new(Keyring::new(&OLD, None).expect("keys"))
}

/// A node that has the old secret, and knows which one comes next.
fn expecting() -> Arc<Keyring> {
    Arc::new(Keyring::new(&OLD, None).and_then(|keyring| keyring.expecting(&NEW)).expect("keys"))
}

/// A node that has the new secret, and the old one besides.
fn after() -> Arc<Keyring> {
    Arc::new(Keyring::new(&NEW, Some(&OLD)).expect("keys"))
}

#[rstest]
#[tokio::test]
async fn what_waits_is_found_by_a_new_secret_while_the_previous_one_is_given(
    #[values(Kind::Memory, Kind::Redis)] kind: Kind,
) {
    let place = Place::new(kind);
    let [before, changes] =
        [before(), after()].map(|keyring| Changes::new(place.node(), keyring, PATIENCE, clock));
    let form = begin(&before).await;
    assert_eq!(*flow(&changes).await.id(), form);
    let mut held = changes.open(&subject("one"), EMAIL).await.expect("a change");
    assert!(held.entering(form, None).await.expect("a store").is_some());
}

#[rstest]
#[tokio::test]
async fn what_waits_and_was_sealed_with_a_secret_that_a_node_does_not_have_is_left_to_those_that_have_it(
    #[values(Kind::Memory, Kind::Redis)] kind: Kind,
) {
    let place = Place::new(kind);
    let [before, after] =
        [before(), after()].map(|keyring| Changes::new(place.node(), keyring, PATIENCE, clock));
    let form = begin(&after).await;
    let looked = before.look(&subject("one"), EMAIL).await;
    assert!(matches!(looked, Err(ChangeError::Sealed)), "{looked:?}");
    assert!(matches!(before.open(&subject("one"), EMAIL).await, Err(ChangeError::Sealed)));
    assert_eq!(*flow(&after).await.id(), form);
    let mut held = after.open(&subject("one"), EMAIL).await.expect("a change");
    assert!(held.entering(form, None).await.expect("a store").is_some(), "the code can still be entered");
}

#[rstest]
#[tokio::test]
async fn what_waits_is_shared_by_nodes_that_expect_a_secret_and_those_that_have_it(
    #[values(Kind::Memory, Kind::Redis)] kind: Kind,
    #[values([expecting(), after()], [after(), expecting()])] nodes: [Arc<Keyring>; 2],
) {
    let place = Place::new(kind);
    let [one, other] = nodes.map(|keyring| Changes::new(place.node(), keyring, PATIENCE, clock));
    let form = begin(&one).await;
    assert_eq!(*flow(&other).await.id(), form);
    let mut held = other.open(&subject("one"), EMAIL).await.expect("a change");
    assert!(held.entering(form, None).await.expect("a store").is_some());
}

#[rstest]
#[tokio::test]
async fn whoever_signed_in_is_known_and_signed_out_by_nodes_that_expect_a_secret_and_those_that_have_it(
    #[values(Kind::Memory, Kind::Redis)] kind: Kind,
    #[values([expecting(), after()], [after(), expecting()])] nodes: [Arc<Keyring>; 2],
) {
    let (place, lifetime) = (Place::new(kind), Lifetime { idle: LONG, absolute: LONG });
    let [one, other] = nodes.map(|keyring| Arc::new(Sessions::new(place.node(), keyring, lifetime, clock)));
    let session = signed_in(&one).await;
    assert!(who(&session, &other).await.is_some());
    pass(Duration::from_secs(1));
    other.end_all(&subject(ALICE), clock()).await.expect("a store");
    assert!(who(&session, &one).await.is_none());
}

#[tokio::test]
async fn a_node_that_expects_a_secret_tells_what_one_that_has_it_put_there() {
    let place = Place::new(Kind::Memory);
    let [expecting, after] =
        [expecting(), after()].map(|keyring| Outbox::new(place.node(), keyring, [SHOP.to_owned()], 3, LONG));
    put(&after, 1).await;
    assert!(take(&expecting, SHOP, START).await.0.expect("an event").change.is_some());
}

#[test]
fn a_page_stays_a_person_s_own_on_nodes_that_expect_a_secret_and_those_that_have_it() {
    let [expecting, after] = [expecting(), after()].map(|keyring| keyring.stand_in(&subject(ALICE)));
    assert_eq!(expecting, after);
}
