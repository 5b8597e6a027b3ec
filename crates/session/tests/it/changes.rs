//! A change is a person's own, held by one press at a time, and what is written of it is true whatever happens.

use std::{mem, sync::Arc, time::Duration};

use contact::{AwaitCode, Choices, Contact, Flow, FlowId, Restart, RestartReason, Timestamp};
use identity::VerificationToken;
use rstest::rstest;
use session::{ChangeError, Changes, Press, next_id};
use tokio::{runtime::Runtime, task::JoinSet, time::sleep};

use crate::{
    redis_server::RedisServer,
    support::{Kind, Place, clock, keyring, pass, redis, subject},
};

pub(crate) const PATIENCE: Duration = Duration::from_secs(20);
pub(crate) const EMAIL: contact::Kind = contact::Kind::Email;

pub(crate) fn node(place: &Place) -> Changes {
    Changes::new(place.node(), keyring(), PATIENCE, clock)
}

pub(crate) fn on(server: &RedisServer) -> Changes {
    Changes::new(Arc::new(redis(&server.url(), "test")), keyring(), PATIENCE, clock)
}

pub(crate) fn address() -> Contact {
    Contact::parse(EMAIL, "new@example.org").expect("an address")
}

pub(crate) fn token() -> VerificationToken {
    VerificationToken::parse("hidden-token").expect("a token")
}

pub(crate) fn awaiting() -> Flow {
    let expires_at = Timestamp::from_millis(u64::MAX);
    let (contact, choices) = (address(), Choices::default());
    Flow::AwaitCode(AwaitCode { id: next_id(), contact, choices, expires_at, notice: None })
}

pub(crate) fn enter() -> Flow {
    Flow::start(next_id())
}

pub(crate) fn press() -> Press {
    Press::Begin("new@example.org".to_owned(), Choices::default())
}

fn reason(flow: &Flow) -> &RestartReason {
    let Flow::Restart(Restart { reason, .. }) = flow else { panic!("{flow:?}") };
    reason
}

pub(crate) async fn flow(changes: &Changes) -> Flow {
    changes.look(&subject("one"), EMAIL).await.expect("a store").flow
}

/// Asks for a message, gets it, and lets go. Gives the id of the state in which its code is awaited.
pub(crate) async fn begin(changes: &Changes) -> FlowId {
    let mut held = changes.open(&subject("one"), EMAIL).await.expect("a change");
    let form = held.flow().id().clone();
    let underway = held.sending(form, press(), address(), Choices::default()).await.expect("a store");
    let next = awaiting();
    let id = next.id().clone();
    underway.settle(next, Some(token())).await.expect("a store");
    id
}

#[rstest]
#[tokio::test]
async fn a_change_is_the_person_s_own_one_a_kind_and_the_same_on_every_node(
    #[values(Kind::Memory, Kind::Redis)] kind: Kind,
) {
    let place = Place::new(kind);
    let [one, other] = [(), ()].map(|()| node(&place));
    let id = |flow: &Flow| flow.id().clone();
    let seen = id(&flow(&one).await);
    assert_eq!(id(&flow(&other).await), seen);
    assert_eq!(id(other.open(&subject("one"), EMAIL).await.expect("a change").flow()), seen);
    let mobile = one.look(&subject("one"), contact::Kind::Mobile).await.expect("a store");
    assert_ne!(id(&mobile.flow), seen);
    assert_ne!(id(&one.look(&subject("other"), EMAIL).await.expect("a store").flow), seen);
}

#[rstest]
#[tokio::test]
async fn fifty_who_open_a_change_on_two_nodes_hold_it_one_after_the_other(
    #[values(Kind::Memory, Kind::Redis)] kind: Kind,
) {
    let place = Place::new(kind);
    let nodes = [node(&place), node(&place)];
    let mut tasks = JoinSet::new();
    for number in 0..50 {
        let changes = nodes[number % 2].clone();
        tasks.spawn(async move {
            let mut held = changes.open(&subject("one"), EMAIL).await.expect("a change");
            let Flow::Enter(enter) = held.flow().clone() else { panic!("{:?}", held.flow()) };
            // Whoever was let in beside another would write over what that one wrote.
            tokio::task::yield_now().await;
            let typed = format!("{}.", enter.typed);
            held.update(Flow::Enter(contact::Enter { typed, ..enter })).await.expect("a store");
        });
    }
    tasks.join_all().await;
    let Flow::Enter(enter) = flow(&nodes[0]).await else { panic!("another state") };
    assert_eq!(enter.typed.len(), 50);
}

#[rstest]
#[tokio::test]
async fn whoever_looks_waits_for_the_press_that_is_worked_on(
    #[values(Kind::Memory, Kind::Redis)] kind: Kind,
) {
    let place = Place::new(kind);
    let [one, other] = [(), ()].map(|()| node(&place));
    let mut held = one.open(&subject("one"), EMAIL).await.expect("a change");
    let looking = tokio::spawn(async move { flow(&other).await });
    let next = enter();
    held.pressed(held.flow().id().clone(), Press::Cancel, next.clone()).await.expect("a store");
    assert!(!looking.is_finished());
    drop(held);
    assert_eq!(looking.await.expect("a look"), next);
}

#[rstest]
#[tokio::test]
async fn nobody_waits_for_ever(#[values(Kind::Memory, Kind::Redis)] kind: Kind) {
    let place = Place::new(kind);
    let hasty = Changes::new(place.node(), keyring(), Duration::from_millis(50), clock);
    let held = node(&place).open(&subject("one"), EMAIL).await.expect("a change");
    assert!(matches!(hasty.open(&subject("one"), EMAIL).await, Err(ChangeError::Busy)));
    assert!(matches!(hasty.look(&subject("one"), EMAIL).await, Err(ChangeError::Busy)));
    drop(held);
}

#[tokio::test]
async fn a_hold_lasts_as_long_as_its_holder_works() {
    let place = Place::new(Kind::Redis);
    let [one, other] = [(), ()].map(|()| node(&place));
    let mut held = one.open(&subject("one"), EMAIL).await.expect("a change");
    let form = held.flow().id().clone();
    let underway = held.sending(form, press(), address(), Choices::default()).await.expect("a store");
    // A call that takes longer than a hold lasts that nobody renews.
    let looking = tokio::spawn(async move { flow(&other).await });
    sleep(Duration::from_secs(10)).await;
    let next = awaiting();
    underway.settle(next.clone(), Some(token())).await.expect("still held");
    drop(held);
    assert_eq!(looking.await.expect("a look"), next);
}

#[rstest]
#[tokio::test]
async fn a_token_is_taken_out_before_the_code_is_entered(#[values(Kind::Memory, Kind::Redis)] kind: Kind) {
    let place = Place::new(kind);
    let [one, other] = [(), ()].map(|()| node(&place));
    let form = begin(&one).await;
    let mut held = other.open(&subject("one"), EMAIL).await.expect("a change");
    let (_, taken, underway) = held.entering(form.clone(), None).await.expect("a store").expect("a token");
    assert_eq!(taken.expose(), "hidden-token");
    drop(underway);
    drop(held);
    let mut held = one.open(&subject("one"), EMAIL).await.expect("a change");
    assert_eq!(*reason(held.flow()), RestartReason::Unknown);
    assert!(held.entering(form, None).await.expect("a store").is_none());
}

#[test]
fn a_node_that_dies_leaves_the_truth_behind_and_another_one_goes_on() {
    let server = RedisServer::start();
    let dying = Runtime::new().expect("a runtime");
    dying.block_on(async {
        let mut held = on(&server).open(&subject("one"), EMAIL).await.expect("a change");
        let form = held.flow().id().clone();
        // The call is made, and nobody lives to hear the answer.
        mem::forget(held.sending(form, press(), address(), Choices::default()).await.expect("a store"));
        mem::forget(held);
    });
    dying.shutdown_background();
    Runtime::new().expect("a runtime").block_on(async {
        assert_eq!(*reason(&flow(&on(&server)).await), RestartReason::BeginLost);
    });
}

#[tokio::test]
async fn whoever_lost_the_hold_can_neither_call_nor_write() {
    let server = RedisServer::start();
    let [slow, other] = [(), ()].map(|()| on(&server));
    let mut calling = slow.open(&subject("one"), EMAIL).await.expect("a change");
    let form = calling.flow().id().clone();
    let underway = calling.sending(form, press(), address(), Choices::default()).await.expect("a store");
    // As if the node had stood still for longer than a hold lasts.
    let leases = server.command("KEYS test:lease:*");
    let lease = leases.lines().find(|line| line.starts_with("test:")).expect("a lease");
    server.command(&format!("DEL {lease}"));

    let mut held = other.open(&subject("one"), EMAIL).await.expect("a change");
    let next = enter();
    held.pressed(held.flow().id().clone(), Press::Cancel, next.clone()).await.expect("a store");
    let late = underway.settle(awaiting(), Some(token())).await;
    assert!(matches!(late, Err(ChangeError::Overtaken)), "{late:?}");
    assert_eq!(*reason(calling.flow()), RestartReason::BeginLost, "what is shown is true");
    let form = calling.flow().id().clone();
    let again = calling.sending(form, Press::Resend, address(), Choices::default()).await.map(|_| ());
    assert!(matches!(again, Err(ChangeError::Overtaken)), "{again:?}");
    drop(held);
    assert_eq!(flow(&other).await, next);
}

#[tokio::test]
async fn whoever_sees_the_store_learns_neither_contacts_nor_tokens() {
    let server = RedisServer::start();
    begin(&on(&server)).await;
    let names = server.command("KEYS *");
    let names: Vec<_> = names.lines().filter(|line| line.starts_with("test:change:")).collect();
    let values: Vec<_> = names.iter().map(|name| server.command(&format!("GET {name}"))).collect();
    assert_eq!(values.len(), 1);
    let seen = format!("{names:?}{values:?}");
    for private in ["example", "new@", "hidden", "AwaitCode"] {
        assert!(!seen.contains(private), "{private} in {seen}");
    }
}

#[rstest]
#[tokio::test]
async fn it_is_known_since_when_a_change_stands_as_it_does(#[values(Kind::Memory, Kind::Redis)] kind: Kind) {
    let place = Place::new(kind);
    let changes = node(&place);
    begin(&changes).await;
    let began = clock();
    pass(Duration::from_mins(5));
    let known = changes.look(&subject("one"), EMAIL).await.expect("a store");
    assert_eq!(known.kept_at, Some(began), "a look changes nothing");
    let mut held = changes.open(&subject("one"), EMAIL).await.expect("a change");
    held.update(enter()).await.expect("a store");
    assert_eq!(held.known().kept_at, Some(clock()));
}
