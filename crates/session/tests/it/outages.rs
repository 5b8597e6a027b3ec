//! What becomes of a change when the store fails, for a moment or for good.

use std::{sync::Arc, time::Duration};

use contact::{Choices, Flow};
use session::{
    ChangeError, Changes, Press,
    store::{Redis, RedisSettings},
};
use tokio::time::sleep;

use crate::{
    changes::{EMAIL, PATIENCE, address, awaiting, begin, enter, flow, on, press, token},
    redis_server::RedisServer,
    support::{clock, keyring, settings, subject},
};

#[tokio::test]
async fn while_the_store_is_down_nothing_may_be_called_and_later_all_is_as_before() {
    let mut server = RedisServer::durable();
    let changes = on(&server);
    let form = begin(&changes).await;
    let mut held = changes.open(&subject("one"), EMAIL).await.expect("a change");
    server.kill();
    assert!(matches!(changes.open(&subject("other"), EMAIL).await, Err(ChangeError::Store(_))));
    let (entering, ()) = tokio::join!(held.entering(form.clone(), None), async {
        sleep(Duration::from_millis(200)).await;
        server.restart();
    });
    assert!(matches!(entering.map(|_| ()), Err(ChangeError::Store(_))));
    drop(held);
    assert_eq!(*flow(&changes).await.id(), form, "the code can still be entered");
}

#[tokio::test]
async fn a_press_that_the_store_carries_out_too_late_is_taken_back() {
    let server = RedisServer::start();
    let hasty = RedisSettings { timeout: Duration::from_millis(200), ..settings(&server.url(), "test") };
    let store = Redis::new(&hasty).expect("a store");
    let changes = Changes::new(Arc::new(store), keyring(), PATIENCE, clock);
    let form = begin(&changes).await;
    let mut held = changes.open(&subject("one"), EMAIL).await.expect("a change");
    server.command("CLIENT PAUSE 1500 WRITE");
    let cancelled = held.pressed(form.clone(), Press::Cancel, enter()).await;
    assert!(matches!(cancelled, Err(ChangeError::Store(_))), "{cancelled:?}");
    drop(held);
    assert_eq!(*flow(&changes).await.id(), form, "the code can still be entered");
}

#[tokio::test]
async fn what_a_call_came_to_is_kept_though_the_store_was_away_for_a_moment() {
    let mut server = RedisServer::durable();
    let changes = on(&server);
    let mut held = changes.open(&subject("one"), EMAIL).await.expect("a change");
    let form = held.flow().id().clone();
    let underway = held.sending(form, press(), address(), Choices::default()).await.expect("a store");
    server.kill();
    let next = awaiting();
    let (kept, ()) = tokio::join!(underway.settle(next.clone(), Some(token())), async {
        sleep(Duration::from_millis(300)).await;
        server.restart();
    });
    kept.expect("kept");
    drop(held);
    assert_eq!(flow(&changes).await, next);
}

#[tokio::test]
async fn a_store_that_lost_everything_begins_anew_and_lets_no_old_press_act() {
    let server = RedisServer::start();
    let changes = on(&server);
    let form = begin(&changes).await;
    let mut calling = changes.open(&subject("one"), EMAIL).await.expect("a change");
    let (_, _, underway) = calling.entering(form.clone(), None).await.expect("a store").expect("a token");
    server.command("FLUSHALL");
    assert!(matches!(underway.settle(enter(), None).await, Err(ChangeError::Overtaken)));
    drop(calling);
    let held = changes.open(&subject("one"), EMAIL).await.expect("a change");
    assert!(matches!(held.flow(), Flow::Enter(_)));
    assert_eq!(held.standing(&form, &Press::Finish), session::Standing::Older);
}
