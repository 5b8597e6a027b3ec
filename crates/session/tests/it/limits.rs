//! How many messages may be asked for.

use std::{collections::VecDeque, net::IpAddr, num::NonZeroU32, thread, time::Duration};

use contact::{Contact, Kind, Timestamp};
use identity::Subject;
use proptest::prelude::*;
use rstest::rstest;
use session::{Allowance, Asker, Limit, Network, Rate, Reached, SendLimits, Sends, Span};

const START: Timestamp = Timestamp::from_millis(1_800_000_000_000);
const CAPACITY: usize = 1000;

fn rate(per_hour: u32, per_day: u32) -> Rate {
    Rate { per_hour: NonZeroU32::new(per_hour), per_day: NonZeroU32::new(per_day) }
}

fn minutes(count: u64) -> Timestamp {
    START.after(Duration::from_mins(count))
}

fn address(text: &str) -> Contact {
    Contact::parse(Kind::Email, text).unwrap()
}

fn number() -> Contact {
    Contact::parse(Kind::Mobile, "+447700900123").unwrap()
}

fn network(text: &str) -> Network {
    text.parse::<IpAddr>().unwrap().into()
}

/// Somebody, at their own address on the network.
struct Somebody(Subject, Network);

impl Somebody {
    fn new(id: &str, from: &str) -> Self {
        Self(Subject::parse(id).unwrap(), network(from))
    }

    fn asker(&self) -> Asker<'_> {
        Asker { subject: &self.0, network: self.1 }
    }

    fn spend(&self, sends: &Sends, to: &Contact, at: Timestamp) -> Result<(), Reached> {
        sends.spend(self.asker(), to, at).map(|_| ())
    }

    fn left(&self, sends: &Sends, to: &Contact, at: Timestamp) -> Option<Allowance> {
        sends.allowance(self.asker(), to.kind(), Some(to), at)
    }
}

fn ann() -> Somebody {
    Somebody::new("ann", "192.0.2.1")
}

fn bob() -> Somebody {
    Somebody::new("bob", "192.0.2.2")
}

#[test]
fn two_people_share_what_one_address_can_get() {
    let sends = Sends::new(SendLimits { destination: rate(2, 0), ..SendLimits::default() }, CAPACITY);
    let to = address("new@example.org");
    assert_eq!(ann().spend(&sends, &to, minutes(0)), Ok(()));
    assert_eq!(bob().spend(&sends, &address("NEW@example.org"), minutes(10)), Ok(()));
    let reached = Reached { which: Limit::Destination, until: minutes(60) };
    assert_eq!(ann().spend(&sends, &to, minutes(20)), Err(reached));
    assert_eq!(ann().left(&sends, &to, minutes(20)), Some(Allowance::Reached(reached)));
    assert_eq!(ann().spend(&sends, &address("other@example.org"), minutes(20)), Ok(()));
    assert_eq!(ann().spend(&sends, &to, minutes(60)), Ok(()));
}

#[rstest]
#[case::an_account(SendLimits { account: rate(1, 0), ..SendLimits::default() }, Limit::Account)]
#[case::a_network(SendLimits { network: rate(1, 0), ..SendLimits::default() }, Limit::Network)]
#[case::a_budget(SendLimits { email: rate(0, 1), ..SendLimits::default() }, Limit::Budget)]
fn other_limits_stop_messages_to_any_address(#[case] limits: SendLimits, #[case] which: Limit) {
    let sends = Sends::new(limits, CAPACITY);
    assert_eq!(ann().spend(&sends, &address("one@example.org"), START), Ok(()));
    let refused = ann().spend(&sends, &address("two@example.org"), START).unwrap_err();
    assert_eq!(refused.which, which);
    let nobody_yet = sends.allowance(ann().asker(), Kind::Email, None, START);
    assert_eq!(nobody_yet, Some(Allowance::Reached(refused)));
    let for_bob = bob().spend(&sends, &address("two@example.org"), START);
    assert_eq!(for_bob.is_err(), which == Limit::Budget, "a budget alone is everybody's");
    let by_text = ann().spend(&sends, &number(), START);
    assert_eq!(by_text.is_ok(), which == Limit::Budget, "text messages have a budget of their own");
}

#[test]
fn of_several_limits_the_widest_and_the_latest_end_are_told() {
    let limits = SendLimits { destination: rate(0, 1), account: rate(1, 0), ..SendLimits::default() };
    let sends = Sends::new(limits, CAPACITY);
    let to = address("new@example.org");
    assert_eq!(ann().spend(&sends, &to, START), Ok(()));
    let until = START.after(Span::Day.length());
    assert_eq!(ann().spend(&sends, &to, minutes(1)), Err(Reached { which: Limit::Account, until }));
    assert_eq!(ann().spend(&sends, &to, minutes(61)), Err(Reached { which: Limit::Destination, until }));
}

#[test]
fn what_is_left_is_what_the_narrowest_window_leaves() {
    let limits = SendLimits { destination: rate(3, 4), account: rate(9, 9), ..SendLimits::default() };
    let sends = Sends::new(limits, CAPACITY);
    let to = address("new@example.org");
    let left = |at| ann().left(&sends, &to, at);
    assert_eq!(left(START), Some(Allowance::Left { messages: 3, within: Span::Hour }));
    for minute in 0..3 {
        ann().spend(&sends, &to, minutes(minute)).unwrap();
    }
    assert!(matches!(left(minutes(3)), Some(Allowance::Reached(reached)) if reached.until == minutes(60)));
    assert_eq!(left(minutes(90)), Some(Allowance::Left { messages: 1, within: Span::Day }));
    let unlimited = Sends::new(SendLimits::default(), CAPACITY);
    assert_eq!(ann().left(&unlimited, &to, START), None);
}

#[test]
fn a_send_that_was_not_made_gives_its_place_back() {
    let limits = SendLimits { destination: rate(1, 1), account: rate(1, 1), ..SendLimits::default() };
    let sends = Sends::new(limits, CAPACITY);
    let to = address("new@example.org");
    let spent = sends.spend(ann().asker(), &to, START).unwrap();
    assert!(ann().spend(&sends, &to, START).is_err());
    sends.give_back(&spent);
    assert_eq!(ann().spend(&sends, &to, START), Ok(()));
    assert!(ann().spend(&sends, &to, START).is_err());
}

#[test]
fn fifty_at_once_take_three_places_of_three() {
    let sends = Sends::new(SendLimits { destination: rate(3, 3), ..SendLimits::default() }, CAPACITY);
    let to = address("new@example.org");
    let taken = thread::scope(|scope| {
        let askers: Vec<_> = (0..50).map(|_| scope.spawn(|| ann().spend(&sends, &to, START))).collect();
        askers.into_iter().flat_map(|asker| asker.join().unwrap()).count()
    });
    assert_eq!(taken, 3);
}

#[test]
fn a_full_ledger_forgets_the_oldest_send() {
    let sends = Sends::new(SendLimits { destination: rate(1, 1), ..SendLimits::default() }, 2);
    for (minute, to) in ["one@example.org", "two@example.org", "three@example.org"].into_iter().enumerate() {
        ann().spend(&sends, &address(to), minutes(minute as u64)).unwrap();
    }
    let left = |to| ann().left(&sends, &address(to), minutes(3));
    assert!(matches!(left("one@example.org"), Some(Allowance::Left { .. })));
    assert!(matches!(left("two@example.org"), Some(Allowance::Reached(_))));
}

#[test]
fn a_clock_that_was_set_back_opens_no_window() {
    let sends = Sends::new(SendLimits { destination: rate(1, 1), ..SendLimits::default() }, CAPACITY);
    let to = address("new@example.org");
    ann().spend(&sends, &to, minutes(60)).unwrap();
    assert!(ann().spend(&sends, &to, minutes(0)).is_err());
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

proptest! {
    /// Whatever comes when: no window ever holds more than its limit, a refusal is told its true end, and what was
    /// told to be left can be had.
    #[test]
    fn no_window_holds_more_than_its_limit(
        gaps in prop::collection::vec(0u64..200, 1..80),
        per_hour in 0u32..5,
        per_day in 0u32..9,
    ) {
        let sends = Sends::new(SendLimits { destination: rate(per_hour, per_day), ..SendLimits::default() }, CAPACITY);
        let to = address("new@example.org");
        let mut made = VecDeque::new();
        let mut minute = 0;
        for gap in gaps {
            minute += gap;
            let now = minutes(minute);
            let told = ann().left(&sends, &to, now);
            match ann().spend(&sends, &to, now) {
                Ok(()) => {
                    prop_assert!(!matches!(told, Some(Allowance::Reached(_))));
                    made.push_back(now);
                }
                Err(reached) => {
                    prop_assert_eq!(told, Some(Allowance::Reached(reached)));
                    prop_assert!(reached.until > now);
                    let fits = |at| ann().left(&sends, &to, at);
                    let just_before = Timestamp::from_millis(reached.until.as_millis() - 1);
                    prop_assert!(matches!(fits(just_before), Some(Allowance::Reached(_))));
                    let can_be_had = matches!(fits(reached.until), Some(Allowance::Left { .. }));
                    prop_assert!(can_be_had);
                }
            }
            for (limit, span) in [(per_hour, Span::Hour), (per_day, Span::Day)] {
                let within = made.iter().filter(|at| now.since(**at) < span.length()).count();
                prop_assert!(limit == 0 || within <= limit as usize);
            }
        }
    }
}
