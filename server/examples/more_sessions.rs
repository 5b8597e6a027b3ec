//! Fills the Redis that the configuration in the environment names: with copies of one session under new ids, written by the
//! same code that writes any other. `cargo xtask grow` needs more of them than there is time to sign in for. Arguments: the
//! session, by the value of its cookie, and how many copies. Prints their ids.

use std::{env, error::Error, io::Write as _, sync::Arc, time::SystemTime};

use contact::Timestamp;
use futures_util::{StreamExt as _, TryStreamExt as _, stream};
use server::config::{Settings, Store};
use session::{Lifetime, Sessions, store::Redis};
use tower_sessions::{SessionStore as _, session::Id};

/// How many are written at the same time, on one connection.
const AT_ONCE: usize = 256;

#[tokio::main]
async fn main() -> Result<(), Box<dyn Error>> {
    let mut arguments = env::args().skip(1);
    let (Some(id), Some(count)) = (arguments.next(), arguments.next()) else {
        return Err("a session and a number are needed".into());
    };
    let Settings { store, session, .. } = Settings::load(None, env::vars())?;
    let Store::Redis(redis) = store else { return Err("sessions in memory are those of one process".into()) };
    let lifetime = Lifetime { idle: session.idle, absolute: session.absolute };
    let sessions = Sessions::new(Arc::new(Redis::new(&redis)?), Arc::new(session.keyring()?), lifetime, now);

    let one = sessions.load(&id.parse()?).await?.ok_or("the session is not there")?;
    let copies = stream::iter(0..count.parse::<u32>()?).map(|_| {
        let (sessions, mut copy) = (&sessions, one.clone());
        copy.id = Id::default();
        async move { sessions.create(&mut copy).await.map(|()| copy.id) }
    });
    let ids: Vec<Id> = copies.buffer_unordered(AT_ONCE).try_collect().await?;
    let lines: Vec<String> = ids.iter().map(|id| format!("{id}\n")).collect();
    Ok(std::io::stdout().write_all(lines.concat().as_bytes())?)
}

#[expect(clippy::disallowed_methods, reason = "the edge at which the time comes in")]
fn now() -> Timestamp {
    SystemTime::now().into()
}
