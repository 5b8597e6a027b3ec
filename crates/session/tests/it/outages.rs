//! What becomes of a change when the store fails, for a moment or for good.

use std::{sync::Arc, time::Duration};

use contact::{Choices, Flow};
use session::{
    ChangeError, Changes, Press, SendLimits, Sends,
    store::{Redis, RedisSettings},
};
use tokio::time::sleep;

use crate::{
    changes::{EMAIL, PATIENCE, address, awaiting, begin, enter, flow, on, press, token},
    limits::{self, ann, rate},
    redis_server::RedisServer,
    support::{START, clock, keyring, redis, settings, subject},
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

/// A store that is not waited for.
fn hasty(server: &RedisServer) -> Arc<Redis> {
    let hasty = RedisSettings { timeout: Duration::from_secs(1), ..settings(&server.url(), "test") };
    Arc::new(Redis::new(&hasty).expect("a store"))
}

#[tokio::test]
async fn a_place_in_a_limit_that_the_store_takes_too_late_is_given_back() {
    let server = RedisServer::start();
    let limits = SendLimits { destination: rate(1, 1), ..SendLimits::default() };
    let sends = Sends::new(limits, hasty(&server), keyring());
    let (ann, to) = (ann(), limits::address("new@example.org"));
    server.command("CLIENT PAUSE 3000 WRITE");
    assert!(sends.spend(ann.asker(), &to, START).await.is_err(), "so nothing is sent");
    // By then it is carried out, and given back.
    sleep(Duration::from_secs(4)).await;
    let sends = Sends::new(limits, Arc::new(redis(&server.url(), "test")), keyring());
    assert_eq!(ann.spend(&sends, &to, START).await, Ok(()));
}

#[tokio::test]
async fn a_press_that_the_store_carries_out_too_late_is_taken_back() {
    let server = RedisServer::start();
    let changes = Changes::new(hasty(&server), keyring(), PATIENCE, clock);
    let form = begin(&changes).await;
    let mut held = changes.open(&subject("one"), EMAIL).await.expect("a change");
    server.command("CLIENT PAUSE 3000 WRITE");
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
