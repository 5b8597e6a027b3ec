//! Sessions begin at sign-in and end: by sign-out, by neglect, by age.

use std::{sync::Arc, time::Duration};

use contact::Timestamp;
use identity::{Caller, Subject};
use secrecy::ExposeSecret;
use session::{Limits, MemoryStore, SignedIn, cookie};
use tower_sessions::{Session, SessionStore};

const LONG: Duration = Duration::from_hours(1);
const SHORT: Duration = Duration::from_millis(30);

fn alice() -> SignedIn {
    SignedIn {
        caller: Caller {
            subject: Subject::parse("5a0000000000000000000001").expect("a subject"),
            access_token: Some("hidden-access-token".into()),
        },
        name: Some("Alice".to_owned()),
        locale: Some("fi".to_owned()),
        zone: Some("Europe/Helsinki".to_owned()),
        authenticated_at: Timestamp::from_millis(1),
        id_token: "hidden-id-token".into(),
    }
}

fn store(idle: Duration, absolute: Duration) -> Arc<MemoryStore> {
    Arc::new(MemoryStore::new(Limits { idle, absolute, sessions: 100 }))
}

async fn signed_in(store: &Arc<MemoryStore>) -> Session {
    let session = Session::new(None, Arc::clone(store), None);
    cookie::begin(&session, &alice()).await.expect("a session");
    session.save().await.expect("a session");
    session
}

fn next_request(session: &Session, store: &Arc<MemoryStore>) -> Session {
    Session::new(session.id(), Arc::clone(store), None)
}

#[tokio::test]
async fn who_signed_in_is_known_at_the_next_request() {
    let store = store(LONG, LONG);
    let session = signed_in(&store).await;
    let known = cookie::read(&next_request(&session, &store)).await.expect("a store").expect("a person");
    assert_eq!(known.caller.subject.as_str(), "5a0000000000000000000001");
    assert_eq!(known.name.as_deref(), Some("Alice"));
    assert_eq!(known.id_token.expose_secret(), "hidden-id-token");
    let access_token = known.caller.access_token.expect("a token");
    assert_eq!(access_token.expose_secret(), "hidden-access-token");
}

#[tokio::test]
async fn nobody_is_known_by_an_id_that_was_made_up() {
    let store = store(LONG, LONG);
    signed_in(&store).await;
    let id = "AAAAAAAAAAAAAAAAAAAAAA".parse().expect("the form of an id");
    let session = Session::new(Some(id), store, None);
    assert!(cookie::read(&session).await.expect("a store").is_none());
}

#[tokio::test]
async fn a_request_that_is_late_cannot_bring_an_ended_session_back() {
    let store = store(LONG, LONG);
    let session = signed_in(&store).await;
    let late = next_request(&session, &store);
    late.load().await.expect("a store");

    let ended = cookie::end(&next_request(&session, &store)).await.expect("a store");
    assert!(ended.is_some());
    late.save().await.expect("a store");
    assert!(cookie::read(&next_request(&session, &store)).await.expect("a store").is_none());
}

#[tokio::test]
async fn a_session_that_nobody_uses_ends() {
    let store = store(SHORT, LONG);
    let session = signed_in(&store).await;
    tokio::time::sleep(SHORT * 3).await;
    assert!(cookie::read(&next_request(&session, &store)).await.expect("a store").is_none());
}

#[tokio::test]
async fn a_session_ends_at_its_age_however_much_it_is_used() {
    let store = store(LONG, SHORT);
    let session = signed_in(&store).await;
    // Ends when the session does; without an age it would not end.
    while let Some(record) = store.load(&session.id().expect("an id")).await.expect("a store") {
        store.save(&record).await.expect("a store");
        tokio::task::yield_now().await;
    }
}

#[test]
fn nothing_secret_or_personal_is_shown() {
    let shown = format!("{:?}", alice());
    for private in ["hidden", "Alice", "Helsinki", "5a0000"] {
        assert!(!shown.contains(private), "{private} in {shown}");
    }
}
