//! How a Redis server is reached: with a password, by TLS, beside others, and after it was away.

use std::{net::IpAddr, num::NonZeroU32, sync::Arc, time::Duration};

use contact::{Contact, Flow, Kind};
use identity::Caller;
use rcgen::{BasicConstraints, CertificateParams, CertifiedIssuer, IsCa, KeyPair};
use rstest::rstest;
use session::{
    Asker, Changes, Lifetime, Outbox, Press, Rate, SendLimits, Sends, Sessions, SignedIn, Store, cookie,
    next_id, outbox,
    store::{Redis, RedisSettings},
};

use crate::{
    moving_address::MovingAddress,
    redis_server::RedisServer,
    support::{START, clock, keyring, redis, settings, subject},
};

#[tokio::test]
async fn a_server_that_is_down_at_start_is_used_as_soon_as_it_is_up() {
    let mut server = RedisServer::start();
    server.kill();
    let store = redis(&server.url(), "test");
    store.ready().await.expect_err("down");
    server.restart();
    store.ready().await.expect("up");
    server.restart();
    store.ready().await.expect("the first call after a restart succeeds");
}

#[tokio::test]
async fn a_server_that_became_a_replica_is_left_for_the_one_that_its_address_leads_to_by_then() {
    let (old, new) = (RedisServer::start(), RedisServer::start());
    let address = MovingAddress::of(&old).await;
    let store = redis(&address.url(), "test");
    store.ready().await.expect("ready");
    old.hand_over_to(&new);
    store.ready().await.expect_err("nobody else is there yet");
    address.move_to(&new);
    store.ready().await.expect("the first call afterwards succeeds");
}

#[tokio::test]
async fn a_server_that_says_nothing_is_not_waited_for_long() {
    let silent = std::net::TcpListener::bind("127.0.0.1:0").expect("a port");
    let url = format!("redis://{}/", silent.local_addr().expect("an address"));
    let short = Duration::from_millis(50);
    let store =
        Redis::new(&RedisSettings { timeout: short, connect_timeout: short, ..settings(&url, "test") });
    // Without limits this would never end.
    store.expect("a store").ready().await.expect_err("silence");
}

#[tokio::test]
async fn a_server_that_cannot_be_written_is_not_ready() {
    let server = RedisServer::start();
    let store = redis(&server.url(), "test");
    store.ready().await.expect("ready");
    server.command("CONFIG SET maxmemory 1");
    store.ready().await.expect_err("full");
    server.command("CONFIG SET maxmemory 0");
    store.ready().await.expect("ready again");
}

#[tokio::test]
async fn a_password_opens_the_server_and_is_never_shown() {
    let server = RedisServer::with(&["--save", "", "--requirepass", "hidden-password"]);
    let address = format!("127.0.0.1:{}", server.port());
    let store = redis(&format!("redis://:hidden-password@{address}/"), "test");
    store.ready().await.expect("the password");
    let wrong = redis(&format!("redis://:hidden-other@{address}/"), "test");
    let fault = wrong.ready().await.expect_err("another password");
    let settings = settings(&format!("redis://:hidden-password@{address}/"), "test");
    let shown = format!("{fault} {fault:?} {store:?} {settings:?}");
    assert!(shown.contains("authentication failed") && !shown.contains("hidden"), "{shown}");
}

#[tokio::test]
async fn two_namespaces_on_one_server_do_not_meet() {
    let server = RedisServer::start();
    let most = Rate { per_hour: NonZeroU32::new(1), per_day: None };
    let limits = SendLimits { email: most, ..SendLimits::default() };
    let [one, other] =
        ["one", "other"].map(|name| Sends::new(limits, Arc::new(redis(&server.url(), name)), keyring()));
    let (ann, to) = (subject("ann"), Contact::parse(Kind::Email, "new@example.org").expect("an address"));
    let asker = Asker { subject: &ann, network: IpAddr::from([192, 0, 2, 1]).into() };
    let spend = async |sends: &Sends| sends.spend(asker, &to, START).await.expect("a store").is_ok();
    assert!(spend(&one).await);
    assert!(!spend(&one).await);
    assert!(spend(&other).await);
}

/// The server's certificate, and that of whoever vouches for it.
fn by_tls() -> (RedisServer, Vec<u8>) {
    let authority = KeyPair::generate().expect("a key");
    let mut parameters = CertificateParams::default();
    parameters.is_ca = IsCa::Ca(BasicConstraints::Unconstrained);
    let authority = CertifiedIssuer::self_signed(parameters, authority).expect("an authority");
    let key = KeyPair::generate().expect("a key");
    let names = vec!["localhost".to_owned(), "127.0.0.1".to_owned()];
    let certificate = CertificateParams::new(names).expect("names").signed_by(&key, &authority);
    let certificate = certificate.expect("a certificate");
    let server = RedisServer::by_tls(&certificate.pem(), &key.serialize_pem());
    (server, authority.pem().into_bytes())
}

#[rstest]
#[case::it_is_vouched_for(true)]
#[case::nobody_known_vouches_for_it(false)]
#[tokio::test]
async fn by_tls_a_server_is_believed_if_a_known_authority_vouches_for_it(#[case] is_known: bool) {
    let (server, authority) = by_tls();
    let url = format!("rediss://127.0.0.1:{}/", server.port());
    let ca = is_known.then_some(authority);
    let store = Redis::new(&RedisSettings { ca, ..settings(&url, "test") }).expect("a store");
    assert_eq!(store.ready().await.is_ok(), is_known);
}

#[tokio::test]
async fn a_user_who_may_do_what_is_documented_may_do_all_that_is_needed() {
    let documented = include_str!("../../../../docs/configure.md");
    let list = documented
        .split("needs the commands ")
        .nth(1)
        .expect("a list")
        .split(" on `")
        .next()
        .expect("its end");
    let commands: Vec<String> =
        list.split('`').skip(1).step_by(2).map(|command| format!("+{command}")).collect();
    let may = ["--save", "", "--user", "app", "on", ">password", "~test:*", "-@all"];
    let may = may.into_iter().chain(commands.iter().map(String::as_str)).collect::<Vec<_>>();
    let server = RedisServer::with(&may);
    let url = format!("redis://app:password@127.0.0.1:{}/", server.port());
    let store = Arc::new(redis(&url, "test"));
    store.ready().await.expect("ready");

    let (ann, to) = (subject("ann"), Contact::parse(Kind::Email, "new@example.org").expect("an address"));
    let lifetime = Lifetime { idle: Duration::from_mins(1), absolute: Duration::from_mins(1) };
    let sessions = Arc::new(Sessions::new(store.clone(), keyring(), lifetime, || START));
    let session = tower_sessions::Session::new(None, Arc::clone(&sessions), None);
    let caller = Caller { subject: ann.clone(), access_token: None, renewal: None };
    let (name, locale, zone) = (None, None, None);
    let signed_in = SignedIn {
        caller,
        token_life: None,
        refresh_token: None,
        name,
        locale,
        zone,
        authenticated_at: Some(START),
        id_token: "token".into(),
    };
    cookie::begin(&session, &signed_in).await.expect("a session");
    session.save().await.expect("a session");
    session.load().await.expect("a session");
    sessions.end_all(&ann, START).await.expect("an end");
    cookie::end(&sessions, &session).await.expect("an end");

    let changes = Changes::new(store.clone(), keyring(), Duration::from_secs(5), clock);
    let flow = changes.look(&ann, Kind::Email).await.expect("a change").flow;
    let mut held = changes.open(&ann, Kind::Email).await.expect("a change");
    let press = held.pressed(flow.id().clone(), Press::Cancel, Flow::start(next_id())).await;
    press.expect("a change");

    let minute = Duration::from_mins(1);
    let outbox = Outbox::new(store.clone(), keyring(), ["shop".to_owned()], 1, minute);
    let (subject, kind, reference) = (ann.clone(), Kind::Email, String::new());
    let change = outbox::Change { subject, kind, primary: true, replaced_all: true, at: START, reference };
    assert!(outbox.put(flow.id(), &change).await.is_empty());
    let (taken, _) = outbox.take("shop", START, minute).await.expect("a store");
    let taken = taken.expect("an event");
    outbox.put_off("shop", &taken, START).await.expect("a store");
    outbox.done("shop", &taken).await.expect("a store");

    let most = Rate { per_hour: NonZeroU32::new(1), per_day: None };
    let sends = Sends::new(SendLimits { email: most, ..SendLimits::default() }, store, keyring());
    let asker = Asker { subject: &ann, network: IpAddr::from([192, 0, 2, 1]).into() };
    let spent = sends.spend(asker, &to, START).await.expect("a store").expect("a place");
    assert!(sends.spend(asker, &to, START).await.expect("a store").is_err());
    sends.give_back(&spent).await.expect("a store");
}
