//! How many messages may be asked for.

use std::{collections::VecDeque, net::IpAddr, num::NonZeroU32, sync::Arc, time::Duration};

use contact::{Contact, Timestamp};
use futures_util::future::join_all;
use identity::Subject;
use proptest::{
    prelude::*,
    test_runner::{TestCaseResult, TestRunner},
};
use rstest::rstest;
use session::{
    Allowance, Asker, Limit, Network, Rate, Reached, SendLimits, Sends, Span, Store, store::Memory,
};
use tokio::runtime::Runtime;

use crate::{
    redis_server::RedisServer,
    support::{Kind, Place, START, keyring, redis},
};

pub(crate) fn rate(per_hour: u32, per_day: u32) -> Rate {
    Rate { per_hour: NonZeroU32::new(per_hour), per_day: NonZeroU32::new(per_day) }
}

pub(crate) fn minutes(count: u64) -> Timestamp {
    START.after(Duration::from_mins(count))
}

pub(crate) fn address(text: &str) -> Contact {
    Contact::parse(contact::Kind::Email, text).unwrap()
}

fn number() -> Contact {
    Contact::parse(contact::Kind::Mobile, "+447700900123").unwrap()
}

fn network(text: &str) -> Network {
    text.parse::<IpAddr>().unwrap().into()
}

/// Somebody, at their own address on the network.
pub(crate) struct Somebody(Subject, Network);

impl Somebody {
    fn new(id: &str, from: &str) -> Self {
        Self(Subject::parse(id).unwrap(), network(from))
    }

    pub(crate) fn asker(&self) -> Asker<'_> {
        Asker { subject: &self.0, network: self.1 }
    }

    pub(crate) async fn spend(&self, sends: &Sends, to: &Contact, at: Timestamp) -> Result<(), Reached> {
        sends.spend(self.asker(), to, at).await.expect("a store").map(|_| ())
    }

    pub(crate) async fn left(&self, sends: &Sends, to: &Contact, at: Timestamp) -> Option<Allowance> {
        sends.allowance(self.asker(), to.kind(), Some(to), at).await.expect("a store")
    }
}

pub(crate) fn ann() -> Somebody {
    Somebody::new("ann", "192.0.2.1")
}

fn bob() -> Somebody {
    Somebody::new("bob", "192.0.2.2")
}

fn sends(place: &Place, limits: SendLimits) -> Sends {
    Sends::new(limits, place.node(), keyring())
}

#[rstest]
#[tokio::test]
async fn two_people_share_what_one_address_can_get_on_every_node(
    #[values(Kind::Memory, Kind::Redis)] kind: Kind,
) {
    let place = Place::new(kind);
    let limits = SendLimits { destination: rate(2, 0), ..SendLimits::default() };
    let [one, other] = [(), ()].map(|()| sends(&place, limits));
    let to = address("new@example.org");
    assert_eq!(ann().spend(&one, &to, minutes(0)).await, Ok(()));
    assert_eq!(bob().spend(&other, &address("NEW@example.org"), minutes(10)).await, Ok(()));
    let reached = Reached { which: Limit::Destination, until: minutes(60) };
    assert_eq!(ann().spend(&one, &to, minutes(20)).await, Err(reached));
    assert_eq!(ann().left(&other, &to, minutes(20)).await, Some(Allowance::Reached(reached)));
    assert_eq!(ann().spend(&other, &address("other@example.org"), minutes(20)).await, Ok(()));
    assert_eq!(ann().spend(&one, &to, minutes(60)).await, Ok(()));
}

#[rstest]
#[case::an_account(SendLimits { account: rate(1, 0), ..SendLimits::default() }, Limit::Account)]
#[case::a_network(SendLimits { network: rate(1, 0), ..SendLimits::default() }, Limit::Network)]
#[case::a_budget(SendLimits { email: rate(0, 1), ..SendLimits::default() }, Limit::Budget)]
#[tokio::test]
async fn other_limits_stop_messages_to_any_address(
    #[case] limits: SendLimits,
    #[case] which: Limit,
    #[values(Kind::Memory, Kind::Redis)] kind: Kind,
) {
    let place = Place::new(kind);
    let sends = sends(&place, limits);
    assert_eq!(ann().spend(&sends, &address("one@example.org"), START).await, Ok(()));
    let refused = ann().spend(&sends, &address("two@example.org"), START).await.unwrap_err();
    assert_eq!(refused.which, which);
    let nobody_yet = sends.allowance(ann().asker(), contact::Kind::Email, None, START).await;
    assert_eq!(nobody_yet.expect("a store"), Some(Allowance::Reached(refused)));
    let for_bob = bob().spend(&sends, &address("two@example.org"), START).await;
    assert_eq!(for_bob.is_err(), which == Limit::Budget, "a budget alone is everybody's");
    let by_text = ann().spend(&sends, &number(), START).await;
    assert_eq!(by_text.is_ok(), which == Limit::Budget, "text messages have a budget of their own");
}

#[rstest]
#[tokio::test]
async fn of_several_limits_the_widest_and_the_latest_end_are_told(
    #[values(Kind::Memory, Kind::Redis)] kind: Kind,
) {
    let place = Place::new(kind);
    let limits = SendLimits { destination: rate(0, 1), account: rate(1, 0), ..SendLimits::default() };
    let sends = sends(&place, limits);
    let to = address("new@example.org");
    assert_eq!(ann().spend(&sends, &to, START).await, Ok(()));
    let until = START.after(Span::Day.length());
    let reached = |which| Err(Reached { which, until });
    assert_eq!(ann().spend(&sends, &to, minutes(1)).await, reached(Limit::Account));
    assert_eq!(ann().spend(&sends, &to, minutes(61)).await, reached(Limit::Destination));
}

#[rstest]
#[tokio::test]
async fn what_is_left_is_what_the_narrowest_window_leaves(#[values(Kind::Memory, Kind::Redis)] kind: Kind) {
    let place = Place::new(kind);
    let limits = SendLimits { destination: rate(3, 4), account: rate(9, 9), ..SendLimits::default() };
    let limited = sends(&place, limits);
    let to = address("new@example.org");
    let left = async |at| ann().left(&limited, &to, at).await;
    assert_eq!(left(START).await, Some(Allowance::Left { messages: 3, within: Span::Hour }));
    for minute in 0..3 {
        ann().spend(&limited, &to, minutes(minute)).await.unwrap();
    }
    let none = left(minutes(3)).await;
    assert!(matches!(none, Some(Allowance::Reached(reached)) if reached.until == minutes(60)), "{none:?}");
    assert_eq!(left(minutes(90)).await, Some(Allowance::Left { messages: 1, within: Span::Day }));
    let unlimited = sends(&place, SendLimits::default());
    assert_eq!(ann().left(&unlimited, &to, START).await, None);
}

#[rstest]
#[tokio::test]
async fn a_send_that_was_not_made_gives_its_place_back(#[values(Kind::Memory, Kind::Redis)] kind: Kind) {
    let place = Place::new(kind);
    let limits = SendLimits { destination: rate(1, 1), account: rate(1, 1), ..SendLimits::default() };
    let sends = sends(&place, limits);
    let to = address("new@example.org");
    let spent = sends.spend(ann().asker(), &to, START).await.expect("a store").unwrap();
    assert!(ann().spend(&sends, &to, START).await.is_err());
    sends.give_back(&spent).await.expect("a store");
    assert_eq!(ann().spend(&sends, &to, START).await, Ok(()));
    assert!(ann().spend(&sends, &to, START).await.is_err());
}

#[rstest]
#[tokio::test(flavor = "multi_thread")]
async fn fifty_at_once_on_two_nodes_take_three_places_of_three(
    #[values(Kind::Memory, Kind::Redis)] kind: Kind,
) {
    let place = Place::new(kind);
    let limits = SendLimits { destination: rate(3, 3), ..SendLimits::default() };
    let nodes = [sends(&place, limits), sends(&place, limits)];
    let askers = (0..50).map(|number| {
        let sends = nodes[number % 2].clone();
        tokio::spawn(async move { ann().spend(&sends, &address("new@example.org"), START).await })
    });
    let taken = join_all(askers).await.into_iter().flat_map(|asker| asker.unwrap()).count();
    assert_eq!(taken, 3);
}

#[rstest]
#[tokio::test]
async fn a_clock_that_was_set_back_opens_no_window(#[values(Kind::Memory, Kind::Redis)] kind: Kind) {
    let place = Place::new(kind);
    let sends = sends(&place, SendLimits { destination: rate(1, 1), ..SendLimits::default() });
    let to = address("new@example.org");
    ann().spend(&sends, &to, minutes(60)).await.unwrap();
    assert!(ann().spend(&sends, &to, minutes(0)).await.is_err());
}

#[rstest]
#[tokio::test]
async fn a_clock_that_was_ahead_for_one_send_puts_no_other_one_off(
    #[values(Kind::Memory, Kind::Redis)] kind: Kind,
) {
    let place = Place::new(kind);
    let limits = SendLimits { destination: rate(1, 9), email: rate(9, 9), ..SendLimits::default() };
    let sends = sends(&place, limits);
    ann().spend(&sends, &address("ahead@example.org"), minutes(600)).await.unwrap();
    let to = address("new@example.org");
    ann().spend(&sends, &to, minutes(0)).await.unwrap();
    assert!(ann().spend(&sends, &to, minutes(59)).await.is_err());
    assert_eq!(ann().spend(&sends, &to, minutes(60)).await, Ok(()), "an hour after the one before");
}

#[tokio::test]
async fn whoever_sees_the_store_learns_neither_who_asked_nor_where_to() {
    let server = RedisServer::start();
    let each = rate(9, 9);
    let limits = SendLimits { destination: each, account: each, network: each, email: each, sms: each };
    let sends = Sends::new(limits, Arc::new(redis(&server.url(), "test")), keyring());
    ann().spend(&sends, &address("new@example.org"), START).await.unwrap();
    let seen = server.command("KEYS *");
    assert_eq!(seen.matches("test:sends:").count(), 4);
    for private in ["ann", "example", "192.0"] {
        assert!(!seen.contains(private), "{private} in {seen}");
    }
}

#[rstest]
#[case::the_same("192.0.2.1", "192.0.2.1", true)]
#[case::a_neighbour("192.0.2.1", "192.0.2.2", false)]
#[case::the_same_written_as_ipv6("192.0.2.1", "::ffff:192.0.2.1", true)]
#[case::in_the_same_64("2001:db8:0:1::1", "2001:db8:0:1:ffff::2", true)]
#[case::in_the_next_64("2001:db8:0:1::1", "2001:db8:0:2::1", false)]
fn a_network_is_an_address_or_a_64(#[case] one: &str, #[case] other: &str, #[case] is_same: bool) {
    assert_eq!(network(one) == network(other), is_same);
}

/// Whatever comes when: no window ever holds more than its limit, a refusal is told its true end, and what was told to
/// be left can be had.
#[rstest]
#[case::in_memory(Kind::Memory, 256)]
#[case::in_redis(Kind::Redis, 16)]
fn no_window_holds_more_than_its_limit(#[case] kind: Kind, #[case] cases: u32) {
    let runtime = Runtime::new().expect("a runtime");
    let server = (kind == Kind::Redis).then(RedisServer::start);
    let inputs = (prop::collection::vec(0u64..200, 1..80), 0u32..5, 0u32..9);
    let config = ProptestConfig { failure_persistence: None, ..ProptestConfig::with_cases(cases) };
    let outcome = TestRunner::new(config).run(&inputs, |(gaps, per_hour, per_day)| {
        runtime.block_on(async {
            let store: Arc<dyn Store> = match &server {
                Some(server) => {
                    server.command("FLUSHALL");
                    Arc::new(redis(&server.url(), "test"))
                }
                None => Arc::new(Memory::new(1000)),
            };
            holds_no_more(&store, &gaps, per_hour, per_day).await
        })
    });
    outcome.expect("all cases hold");
}

async fn holds_no_more(store: &Arc<dyn Store>, gaps: &[u64], per_hour: u32, per_day: u32) -> TestCaseResult {
    let limits = SendLimits { destination: rate(per_hour, per_day), ..SendLimits::default() };
    let sends = Sends::new(limits, Arc::clone(store), keyring());
    let to = address("new@example.org");
    let mut made = VecDeque::new();
    let mut minute = 0;
    for gap in gaps {
        minute += gap;
        let now = minutes(minute);
        let told = ann().left(&sends, &to, now).await;
        match ann().spend(&sends, &to, now).await {
            Ok(()) => {
                prop_assert!(!matches!(told, Some(Allowance::Reached(_))));
                made.push_back(now);
            }
            Err(reached) => {
                prop_assert_eq!(told, Some(Allowance::Reached(reached)));
                prop_assert!(reached.until > now);
                let just_before = Timestamp::from_millis(reached.until.as_millis() - 1);
                let still = ann().left(&sends, &to, just_before).await;
                prop_assert!(matches!(still, Some(Allowance::Reached(_))));
                let then = ann().left(&sends, &to, reached.until).await;
                let can_be_had = matches!(then, Some(Allowance::Left { .. }));
                prop_assert!(can_be_had);
            }
        }
        for (limit, span) in [(per_hour, Span::Hour), (per_day, Span::Day)] {
            let within = made.iter().filter(|at| now.since(**at) < span.length()).count();
            prop_assert!(limit == 0 || within <= limit as usize);
        }
    }
    Ok(())
}
