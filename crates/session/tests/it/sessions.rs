//! Sessions begin at sign-in and end: by sign-out, by neglect, by age, or all of a person's at once.

use std::{sync::Arc, time::Duration};

use contact::Timestamp;
use identity::Caller;
use rstest::rstest;
use secrecy::ExposeSecret;
use session::{Keyring, Lifetime, Sessions, SignedIn, TokenLife, cookie};
use tower_sessions::{Session, SessionStore};

use crate::{
    redis_server::RedisServer,
    support::{Kind, Place, START, clock, keyring, pass, redis, subject},
};

const LONG: Duration = Duration::from_hours(1);
const SHORT: Duration = Duration::from_millis(30);
pub(crate) const ALICE: &str = "5a0000000000000000000001";

fn alice() -> SignedIn {
    SignedIn {
        caller: Caller {
            subject: subject(ALICE),
            access_token: Some("hidden-access-token".into()),
            renewal: None,
        },
        token_life: Some(TokenLife::new(START, LONG)),
        refresh_token: Some("hidden-refresh-token".into()),
        name: Some("Alice".to_owned()),
        locale: Some("fi".to_owned()),
        zone: Some("Europe/Helsinki".to_owned()),
        authenticated_at: Some(Timestamp::from_millis(1)),
        id_token: "hidden-id-token".into(),
    }
}

fn node(place: &Place, idle: Duration, absolute: Duration) -> Arc<Sessions> {
    Arc::new(Sessions::new(place.node(), keyring(), Lifetime { idle, absolute }, clock))
}

pub(crate) async fn signed_in(sessions: &Arc<Sessions>) -> Session {
    let session = Session::new(None, Arc::clone(sessions), None);
    cookie::begin(&session, &alice()).await.expect("a session");
    session
}

fn next_request(session: &Session, sessions: &Arc<Sessions>) -> Session {
    Session::new(session.id(), Arc::clone(sessions), None)
}

pub(crate) async fn who(session: &Session, sessions: &Arc<Sessions>) -> Option<SignedIn> {
    cookie::read(sessions, &next_request(session, sessions)).await.expect("a store")
}

#[rstest]
#[tokio::test]
async fn who_signed_in_is_known_at_the_next_request_on_every_node(
    #[values(Kind::Memory, Kind::Redis)] kind: Kind,
) {
    let place = Place::new(kind);
    let [one, other] = [(), ()].map(|()| node(&place, LONG, LONG));
    let session = signed_in(&one).await;
    let known = who(&session, &other).await.expect("a person");
    assert_eq!(known.caller.subject.as_str(), ALICE);
    assert_eq!(known.name.as_deref(), Some("Alice"));
    assert_eq!(known.id_token.expose_secret(), "hidden-id-token");
    let access_token = known.caller.access_token.expect("a token");
    assert_eq!(access_token.expose_secret(), "hidden-access-token");
}

#[rstest]
#[tokio::test]
async fn nobody_is_known_by_an_id_that_was_made_up(#[values(Kind::Memory, Kind::Redis)] kind: Kind) {
    let place = Place::new(kind);
    let sessions = node(&place, LONG, LONG);
    signed_in(&sessions).await;
    let id = "AAAAAAAAAAAAAAAAAAAAAA".parse().expect("the form of an id");
    let session = Session::new(Some(id), Arc::clone(&sessions), None);
    assert!(cookie::read(&sessions, &session).await.expect("a store").is_none());
}

#[rstest]
#[tokio::test]
async fn a_request_that_is_late_cannot_bring_an_ended_session_back(
    #[values(Kind::Memory, Kind::Redis)] kind: Kind,
) {
    let place = Place::new(kind);
    let [one, other] = [(), ()].map(|()| node(&place, LONG, LONG));
    let session = signed_in(&one).await;
    let late = next_request(&session, &one);
    late.load().await.expect("a store");

    let ended = cookie::end(&other, &next_request(&session, &other)).await.expect("a store");
    assert!(ended.is_some());
    late.save().await.expect("a store");
    assert!(who(&session, &one).await.is_none());
}

#[rstest]
#[tokio::test]
async fn what_a_request_adds_to_a_session_stays_and_does_not_make_it_younger(
    #[values(Kind::Memory, Kind::Redis)] kind: Kind,
) {
    let place = Place::new(kind);
    let sessions = node(&place, LONG, LONG);
    let session = signed_in(&sessions).await;
    pass(LONG / 2);
    let request = next_request(&session, &sessions);
    request.insert("more", "text").await.expect("a store");
    request.save().await.expect("a store");
    let next = next_request(&session, &sessions);
    assert_eq!(next.get::<String>("more").await.expect("a store").as_deref(), Some("text"));
    assert!(who(&session, &sessions).await.is_some());
    pass(LONG / 2);
    assert!(who(&session, &sessions).await.is_none());
}

#[rstest]
#[tokio::test]
async fn a_session_that_nobody_uses_ends(#[values(Kind::Memory, Kind::Redis)] kind: Kind) {
    let place = Place::new(kind);
    let sessions = node(&place, SHORT, LONG);
    let session = signed_in(&sessions).await;
    tokio::time::sleep(SHORT * 3).await;
    assert!(who(&session, &sessions).await.is_none());
}

#[rstest]
#[tokio::test]
async fn a_session_ends_at_its_age_however_much_it_is_used(#[values(Kind::Memory, Kind::Redis)] kind: Kind) {
    let place = Place::new(kind);
    let sessions = node(&place, LONG, 3 * LONG);
    let session = signed_in(&sessions).await;
    for _ in 0..3 {
        assert!(who(&session, &sessions).await.is_some());
        pass(LONG);
    }
    assert!(sessions.load(&session.id().expect("an id")).await.expect("a store").is_none());
}

#[rstest]
#[tokio::test]
async fn all_sessions_of_a_person_end_at_once_on_every_node_and_nobody_else_s(
    #[values(Kind::Memory, Kind::Redis)] kind: Kind,
) {
    let place = Place::new(kind);
    let [one, other] = [(), ()].map(|()| node(&place, LONG, LONG));
    let [first, second] = [signed_in(&one).await, signed_in(&other).await];
    pass(Duration::from_secs(1));
    let now = clock();

    one.end_all(&subject("somebody-else"), now).await.expect("a store");
    assert!(who(&first, &one).await.is_some());
    other.end_all(&subject(ALICE), now).await.expect("a store");
    // One that was told later of an earlier time does not undo it.
    one.end_all(&subject(ALICE), Timestamp::from_millis(1)).await.expect("a store");
    for session in [&first, &second] {
        for sessions in [&one, &other] {
            assert!(who(session, sessions).await.is_none());
        }
    }
    let again = signed_in(&one).await;
    assert!(who(&again, &other).await.is_some(), "whoever signs in afterwards is signed in");
}

#[rstest]
#[tokio::test]
async fn a_new_secret_signs_nobody_out_while_the_previous_one_is_given(
    #[values(Kind::Memory, Kind::Redis)] kind: Kind,
) {
    let place = Place::new(kind);
    let lifetime = Lifetime { idle: LONG, absolute: LONG };
    let with = |keyring: Keyring| Arc::new(Sessions::new(place.node(), Arc::new(keyring), lifetime, clock));
    let session = signed_in(&node(&place, LONG, LONG)).await;
    let renewed = with(Keyring::new(&[2; 32], Some(&[1; 32])).expect("keys"));
    let other = with(Keyring::new(&[2; 32], None).expect("keys"));

    assert!(who(&session, &renewed).await.is_some());
    assert!(who(&session, &other).await.is_none(), "another secret opens nothing");
    pass(Duration::from_secs(1));
    renewed.end_all(&subject(ALICE), clock()).await.expect("a store");
    assert!(who(&session, &renewed).await.is_none(), "sessions of before the change can be ended as well");
}

#[tokio::test]
async fn whoever_sees_the_store_learns_neither_who_is_signed_in_nor_their_tokens() {
    let server = RedisServer::start();
    let store = Arc::new(redis(&server.url(), "test"));
    let sessions = Arc::new(Sessions::new(store, keyring(), Lifetime { idle: LONG, absolute: LONG }, clock));
    let session = signed_in(&sessions).await;
    let names = server.command("KEYS *");
    let name = names.lines().find(|line| line.starts_with("test:session:")).expect("a session");
    let seen = format!("{names}{}", server.command(&format!("GET {name}")));
    let id = session.id().expect("an id").to_string();
    for private in [ALICE, "hidden", "Alice", "Helsinki", &id] {
        assert!(!seen.contains(private), "{private} in {seen}");
    }
    // As it is in numbers, too.
    let id = session.id().expect("an id").0;
    assert!(!seen.contains(&format!("{id:032x}")) && !seen.contains(&id.to_string()));
}

#[test]
fn nothing_secret_or_personal_is_shown() {
    let shown = format!("{:?}", alice());
    for private in ["hidden", "Alice", "Helsinki", "5a0000"] {
        assert!(!shown.contains(private), "{private} in {shown}");
    }
}

#[rstest]
#[tokio::test]
async fn the_tokens_of_a_session_are_renewed_by_one_at_a_time_and_known_on_every_node(
    #[values(Kind::Memory, Kind::Redis)] kind: Kind,
) {
    let place = Place::new(kind);
    let [one, other] = [(), ()].map(|()| node(&place, LONG, LONG));
    let session = signed_in(&one).await;
    let (mut known, held) = one.hold(&session, LONG).await.expect("a store").expect("a session");
    let there = next_request(&session, &other);
    assert!(other.hold(&there, SHORT).await.is_err(), "somebody is at it");
    known.caller.access_token = Some("hidden-second-token".into());
    held.keep(&known).await.expect("a store");
    let (known, _held) = other.hold(&there, LONG).await.expect("a store").expect("a session");
    let token = known.caller.access_token.expect("a token");
    assert_eq!(token.expose_secret(), "hidden-second-token");
    let refresh_token = known.refresh_token.expect("a token");
    assert_eq!(refresh_token.expose_secret(), "hidden-refresh-token");
}

#[rstest]
#[tokio::test]
async fn a_renewal_that_is_late_brings_no_session_back(#[values(Kind::Memory, Kind::Redis)] kind: Kind) {
    let place = Place::new(kind);
    let sessions = node(&place, LONG, LONG);
    let session = signed_in(&sessions).await;
    let (known, held) = sessions.hold(&session, LONG).await.expect("a store").expect("a session");
    cookie::end(&sessions, &next_request(&session, &sessions)).await.expect("an end");
    held.keep(&known).await.expect("a store");
    assert!(who(&session, &sessions).await.is_none());
}
