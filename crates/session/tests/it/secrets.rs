//! The secret of nodes that share a store changes, on one after the other.

use std::sync::Arc;

use rstest::rstest;
use session::{ChangeError, Changes, Keyring};

use crate::{
    changes::{EMAIL, PATIENCE, begin, flow},
    support::{Kind, Place, clock, subject},
};

const OLD: [u8; 32] = [1; 32];
const NEW: [u8; 32] = [2; 32];

/// A node that knows the old secret alone.
fn before() -> Arc<Keyring> {
    Arc::new(Keyring::new(&OLD, None).expect("keys"))
}

/// A node that has the new secret, and the old one besides.
fn after() -> Arc<Keyring> {
    Arc::new(Keyring::new(&NEW, Some(&OLD)).expect("keys"))
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
    assert!(held.entering(form).await.expect("a store").is_some(), "the code can still be entered");
}
