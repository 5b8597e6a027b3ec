//! Who waits for a change that is held, and how many may.

use rstest::rstest;
use session::ChangeError;
use tokio::task::JoinSet;

use crate::{
    changes::{EMAIL, node},
    support::{Kind, Place, subject},
};

#[rstest]
#[tokio::test]
async fn one_person_s_presses_do_not_pile_up(#[values(Kind::Memory, Kind::Redis)] kind: Kind) {
    const PRESSES: usize = 160;
    let place = Place::new(kind);
    let changes = node(&place);
    let held = changes.open(&subject("one"), EMAIL).await.expect("a change");
    let mut presses = JoinSet::new();
    for _ in 0..PRESSES {
        let changes = changes.clone();
        presses.spawn(async move { changes.open(&subject("one"), EMAIL).await.map(|_| ()) });
    }
    for _ in 0..PRESSES / 2 {
        let answer = presses.join_next().await.expect("a press").expect("an answer");
        assert!(matches!(answer, Err(ChangeError::Busy)), "at once, while the others wait");
    }
    changes.open(&subject("other"), EMAIL).await.expect("nobody else waits for them");
    drop(held);
    let answers = presses.join_all().await;
    assert!(answers.iter().any(Result::is_ok), "those who wait have their turn");
    changes.open(&subject("one"), EMAIL).await.expect("and there is room again");
}
