//! The flow: what each press leads to.

use std::time::Duration;

use contact::{
    AwaitCode, BeginOutcome, Choices, CodeProblem, Contact, Contacts, EmailProblem, Enter, FinishOutcome,
    Flow, FlowId, Kind, KnownContact, LimitReached, Notice, OwnLimit, Refusal, Restart, RestartReason, Stops,
    Timestamp,
};
use rstest::rstest;

const SENT_AT: Timestamp = Timestamp::from_millis(1_800_000_000_000);
const CHOICES: Choices = Choices { primary: true, replace_all: false };
const OWN_LIMIT: OwnLimit = OwnLimit { until: SENT_AT, stops: Stops::Contact };
const FIRST: u128 = 1;
const SECOND: u128 = 2;
const THIRD: u128 = 3;

fn id(bits: u128) -> FlowId {
    FlowId::from_random(bits)
}

fn contact() -> Contact {
    Contact::parse(Kind::Email, "ann@bücher.example").unwrap()
}

fn sent() -> BeginOutcome {
    BeginOutcome::Sent { expires_at: SENT_AT.after(Duration::from_mins(10)) }
}

fn enter() -> Enter {
    match Flow::start(id(FIRST)) {
        Flow::Enter(enter) => enter,
        other => panic!("{other:?}"),
    }
}

fn await_code() -> AwaitCode {
    match enter().begun(id(SECOND), contact(), CHOICES, sent()) {
        Flow::AwaitCode(awaiting) => awaiting,
        other => panic!("{other:?}"),
    }
}

fn restart() -> Restart {
    match await_code().finished(id(THIRD), FinishOutcome::WrongCode, SENT_AT) {
        Flow::Restart(restart) => restart,
        other => panic!("{other:?}"),
    }
}

fn holding(address: &str, verified: bool) -> Contacts {
    Contacts { emails: vec![KnownContact { value: address.to_owned(), verified }], mobiles: vec![] }
}

#[test]
fn a_code_that_was_sent_is_awaited_with_what_was_chosen() {
    let awaiting = await_code();
    assert_eq!((awaiting.contact, awaiting.choices, awaiting.notice), (contact(), CHOICES, None));
    assert_eq!(awaiting.id, id(SECOND));
}

#[test]
fn a_reload_shows_the_same_code_with_less_time_left() {
    let awaiting = await_code();
    let later = SENT_AT.after(Duration::from_mins(4));
    assert_eq!(Flow::AwaitCode(awaiting.clone()).at(later), Flow::AwaitCode(awaiting.clone()));
    assert!(awaiting.time_left(later) < awaiting.time_left(SENT_AT));
}

#[test]
fn a_reload_after_the_time_is_over_offers_a_new_code_without_retyping() {
    let awaiting = await_code();
    let end = awaiting.expires_at;
    assert!(awaiting.time_left(end).is_zero());
    let Flow::Restart(restart) = Flow::AwaitCode(awaiting).at(end) else { panic!("the code works no more") };
    assert_eq!(restart.reason, RestartReason::Expired);
    assert_eq!((restart.contact, restart.choices), (contact(), CHOICES));
    assert_eq!(restart.id, id(SECOND), "a form that was on the screen can still ask for a new code");
}

#[rstest]
#[case::not_acceptable(BeginOutcome::NotAcceptable, Refusal::NotAcceptable)]
#[case::already_yours(BeginOutcome::AlreadyYours, Refusal::AlreadyYours)]
#[case::limit(BeginOutcome::LimitReached(LimitReached { until: Some(SENT_AT) }), Refusal::LimitReached(LimitReached { until: Some(SENT_AT) }))]
#[case::not_allowed(BeginOutcome::NotAllowed, Refusal::NotAllowed)]
#[case::own_limit(BeginOutcome::OwnLimit(OWN_LIMIT), Refusal::OwnLimit(OWN_LIMIT))]
#[case::unavailable(BeginOutcome::Unavailable { reference: "r1".into() }, Refusal::Unavailable { reference: "r1".into() })]
fn a_refused_begin_says_why_and_keeps_what_there_was(
    #[case] outcome: BeginOutcome,
    #[case] refusal: Refusal,
) {
    let Flow::Enter(entered) = enter().begun(id(SECOND), contact(), CHOICES, outcome.clone()) else {
        panic!("nothing was sent")
    };
    assert_eq!((entered.typed.as_str(), entered.choices), ("ann@bücher.example", CHOICES));
    assert_eq!(entered.refusal, Some(refusal.clone()));

    let before = await_code();
    let Flow::AwaitCode(after) = before.clone().begun(id(THIRD), outcome.clone()) else {
        panic!("the code that was sent before still works")
    };
    assert_eq!(after.expires_at, before.expires_at);
    assert_eq!(after.notice, Some(Notice::NotResent(refusal.clone())));

    let before = restart();
    let Flow::Restart(after) = before.clone().begun(id(SECOND), outcome) else { panic!("nothing was sent") };
    assert_eq!((after.reason, after.contact), (before.reason, before.contact));
    assert_eq!(after.refusal, Some(refusal));
}

#[test]
fn a_limit_says_when_it_ends_wherever_it_is_met() {
    let limit = || BeginOutcome::LimitReached(LimitReached { until: Some(SENT_AT) });
    let met = [
        enter().begun(id(SECOND), contact(), CHOICES, limit()),
        await_code().begun(id(THIRD), limit()),
        restart().begun(id(SECOND), limit()),
        restart().begun(id(SECOND), BeginOutcome::OwnLimit(OWN_LIMIT)),
    ];
    assert!(met.iter().all(|flow| flow.limit_ends_at() == Some(SENT_AT)));
    assert_eq!(Flow::AwaitCode(await_code()).limit_ends_at(), None);
}

#[rstest]
#[case::of_the_service(BeginOutcome::LimitReached(LimitReached { until: Some(SENT_AT) }), true)]
#[case::of_our_own(BeginOutcome::OwnLimit(OWN_LIMIT), true)]
#[case::none(BeginOutcome::NotAcceptable, false)]
fn a_limit_that_was_met_is_still_known_when_the_code_is_of_no_use_any_more(
    #[case] outcome: BeginOutcome,
    #[case] is_limit: bool,
) {
    let Flow::AwaitCode(limited) = await_code().begun(id(THIRD), outcome) else { panic!("nothing was sent") };
    let limit = match limited.notice.clone() {
        Some(Notice::NotResent(refusal)) if is_limit => Some(refusal),
        _ => None,
    };
    // The limit ends later than the code.
    let end = Timestamp::from_millis(SENT_AT.as_millis() - 1);
    let over = Flow::AwaitCode(AwaitCode { expires_at: end, ..limited.clone() }).at(end);
    for flow in [over, limited.finished(id(FIRST), FinishOutcome::WrongCode, end)] {
        let Flow::Restart(restart) = flow else { panic!("{flow:?}") };
        assert_eq!(restart.refusal, limit);
    }
}

#[test]
fn a_lost_begin_says_that_its_code_will_not_work_and_offers_to_start_again() {
    let lost = [
        enter().begun(id(SECOND), contact(), CHOICES, BeginOutcome::Lost),
        await_code().begun(id(THIRD), BeginOutcome::Lost),
        restart().begun(id(SECOND), BeginOutcome::Lost),
    ];
    for flow in lost {
        let Flow::Restart(restart) = flow else { panic!("{flow:?}") };
        assert_eq!((restart.reason, restart.contact), (RestartReason::BeginLost, contact()));
    }
}

#[test]
fn a_new_code_after_a_restart_needs_no_retyping() {
    let Flow::AwaitCode(awaiting) = restart().begun(id(SECOND), sent()) else { panic!("a code was sent") };
    assert_eq!((awaiting.contact, awaiting.choices), (contact(), CHOICES));
}

#[rstest]
#[case::wrong(FinishOutcome::WrongCode, RestartReason::WrongCode)]
#[case::expired(FinishOutcome::Expired, RestartReason::Expired)]
#[case::over(FinishOutcome::Over, RestartReason::Over)]
#[case::taken(FinishOutcome::Taken, RestartReason::Taken)]
#[case::lost_and_not_changed(FinishOutcome::NotChanged, RestartReason::NotChanged)]
#[case::lost_and_unreadable(FinishOutcome::Unknown, RestartReason::Unknown)]
fn every_bad_ending_is_named_and_keeps_contact_and_choices(
    #[case] outcome: FinishOutcome,
    #[case] reason: RestartReason,
) {
    let Flow::Restart(restart) = await_code().finished(id(THIRD), outcome, SENT_AT) else {
        panic!("not a restart")
    };
    assert_eq!(restart.reason, reason);
    assert_eq!((restart.contact, restart.choices, restart.refusal), (contact(), CHOICES, None));
}

#[test]
fn a_code_that_could_not_be_given_to_the_service_is_still_awaited() {
    let outcome = FinishOutcome::Unavailable { reference: "r1".into() };
    let Flow::AwaitCode(awaiting) = await_code().finished(id(THIRD), outcome, SENT_AT) else {
        panic!("it is unspent")
    };
    assert_eq!(awaiting.notice, Some(Notice::NotChecked { reference: "r1".into() }));
    assert_eq!(awaiting.expires_at, await_code().expires_at);
}

#[test]
fn the_right_code_shows_what_the_account_holds_now() {
    let now = holding(contact().as_str(), true);
    let Flow::Done(done) = await_code().finished(id(THIRD), FinishOutcome::Changed(now.clone()), SENT_AT)
    else {
        panic!("it was changed")
    };
    assert_eq!((done.contacts, done.contact, done.choices), (now, contact(), CHOICES));
}

#[test]
fn looking_again_after_an_unknown_ending_tells_the_truth() {
    let unknown = || match await_code().finished(id(THIRD), FinishOutcome::Unknown, SENT_AT) {
        Flow::Restart(restart) => restart,
        other => panic!("{other:?}"),
    };
    assert!(matches!(unknown().settled(&holding("ANN@bücher.example", true), SENT_AT), Flow::Done(_)));
    for contacts in [holding("ann@bücher.example", false), holding("bob@example.com", true)] {
        let Flow::Restart(restart) = unknown().settled(&contacts, SENT_AT) else {
            panic!("it was not changed")
        };
        assert_eq!(restart.reason, RestartReason::NotChanged);
    }
    let unavailable = Some(Refusal::Unavailable { reference: "r1".into() });
    let refused = Restart { refusal: unavailable.clone(), ..unknown() };
    let Flow::Restart(known) = refused.settled(&Contacts::default(), SENT_AT) else { panic!("not changed") };
    assert_eq!(known.refusal, None, "why it could not be left is no news any more");
    let refused = Restart { refusal: unavailable, ..known };
    assert_eq!(refused.clone().settled(&Contacts::default(), SENT_AT), Flow::Restart(refused));
    let certain = restart();
    assert_eq!(certain.clone().settled(&holding(contact().as_str(), true), SENT_AT), Flow::Restart(certain));
}

#[test]
fn every_press_that_may_cost_something_makes_the_forms_before_it_stale() {
    let after = [
        enter().begun(id(SECOND), contact(), CHOICES, sent()),
        enter().begun(id(SECOND), contact(), CHOICES, BeginOutcome::Lost),
        enter().begun(id(SECOND), contact(), CHOICES, BeginOutcome::AlreadyYours),
        await_code().begun(id(THIRD), sent()),
        await_code().begun(id(THIRD), BeginOutcome::NotAcceptable),
        await_code().finished(id(THIRD), FinishOutcome::WrongCode, SENT_AT),
        await_code().entered_again(id(THIRD)),
        restart().begun(id(FIRST), sent()),
        restart().entered_again(id(FIRST)),
    ];
    let ids = [SECOND, SECOND, SECOND, THIRD, THIRD, THIRD, THIRD, FIRST, FIRST].map(id);
    assert_eq!(after.each_ref().map(Flow::id), ids.each_ref());
}

#[test]
fn a_malformed_code_or_contact_spends_nothing_so_the_form_stays_good() {
    let noticed = await_code().noticed(Notice::Malformed(CodeProblem::TooShort(5)));
    assert_eq!((noticed.id, noticed.expires_at), (await_code().id, await_code().expires_at));
    let refusal = Refusal::Malformed(EmailProblem::Incomplete.into());
    let refused = enter().refused("ann".to_owned(), CHOICES, refusal);
    assert_eq!((refused.id, refused.typed.as_str(), refused.choices), (enter().id, "ann", CHOICES));
}

#[test]
fn using_a_different_address_starts_from_the_one_that_was_typed() {
    for flow in [await_code().entered_again(id(THIRD)), restart().entered_again(id(THIRD))] {
        let Flow::Enter(enter) = flow else { panic!("{flow:?}") };
        assert_eq!((enter.typed.as_str(), enter.choices), ("ann@bücher.example", CHOICES));
    }
}

#[test]
fn a_change_that_is_done_makes_room_for_the_next_and_others_stay() {
    let done = await_code().finished(id(THIRD), FinishOutcome::Changed(Contacts::default()), SENT_AT);
    assert_eq!(done.afresh(), Flow::start(id(THIRD)));
    assert_eq!(Flow::Restart(restart()).afresh(), Flow::Restart(restart()));
    assert_eq!(Flow::AwaitCode(await_code()).afresh().pending(), Some(&contact()));
}

#[test]
fn every_state_comes_back_from_json_as_it_was() {
    let mobile = Contact::parse(Kind::Mobile, "+358 50 123 4567").unwrap();
    let flows = [
        Flow::start(id(FIRST)),
        Flow::AwaitCode(await_code().noticed(Notice::Superseded)),
        enter().begun(id(SECOND), mobile, CHOICES, sent()),
        Flow::Restart(restart()),
        await_code().finished(id(THIRD), FinishOutcome::Changed(holding("ann@example.com", true)), SENT_AT),
    ];
    for flow in flows {
        let json = serde_json::to_string(&flow).unwrap();
        assert_eq!(serde_json::from_str::<Flow>(&json).unwrap(), flow);
    }
}
