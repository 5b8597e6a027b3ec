//! The store in a Redis or Valkey server, shared by all nodes. Redis 6.2 or newer, one primary; not a cluster.
//!
//! Every rule that must hold between nodes is a script, which the server runs alone.

mod connect;
mod scripts;

use std::{fmt, time::Duration};

use bytes::Bytes;
use contact::Timestamp;
use redis::{Cmd, FromRedisValue, ScriptInvocation, cmd};

use super::{
    Claim, Count, Hold, Holder, KEPT, Kept, Look, Member, Place, Queued, Result, Store, Taking, Window,
};
use connect::Link;
use scripts::Scripts;

pub use connect::RedisSettings;

/// How long the mark lives by which we see that the server can be written.
const MARK: Duration = Duration::from_secs(1);

/// Keeps everything in a Redis or Valkey server.
pub struct Redis {
    link: Link,
    namespace: String,
    scripts: Scripts,
}

impl Redis {
    /// Takes where the server is. Connects when it is first needed, so it does not matter whether the server is down.
    /// Must be called within a tokio runtime.
    ///
    /// # Errors
    /// The address or the certificates cannot be used.
    pub fn new(settings: &RedisSettings) -> Result<Self> {
        let link = Link::new(settings)?;
        Ok(Self { link, namespace: settings.namespace.clone(), scripts: Scripts::new() })
    }

    fn name(&self, place: Place) -> String {
        format!("{}:{place}", self.namespace)
    }

    fn lease(&self, place: Place) -> String {
        format!("{}:lease:{place}", self.namespace)
    }

    /// Gives where the values of a queue are; under its own name are their times.
    fn values(&self, queue: Place) -> String {
        format!("{}:values:{queue}", self.namespace)
    }

    async fn command<T: FromRedisValue>(&self, command: &Cmd) -> Result<T> {
        self.link.call(|mut connection| async move { command.query_async(&mut connection).await }).await
    }

    async fn script<T: FromRedisValue>(&self, script: &ScriptInvocation<'_>) -> Result<T> {
        self.link.call(|mut connection| async move { script.invoke_async(&mut connection).await }).await
    }

    async fn tally(&self, windows: &[Window], name: &str, now: Timestamp) -> Result<Vec<i64>> {
        let places = distinct(windows);
        let mut script = self.scripts.count.prepare_invoke();
        script.arg(now.as_millis()).arg(millis(KEPT)).arg(name);
        for place in &places {
            script.key(self.name(*place));
        }
        for Window { place, span, limit } in windows {
            let number = places.iter().position(|other| other == place).map_or(0, |position| position + 1);
            script.arg(number).arg(millis(*span)).arg(limit.get());
        }
        self.script(&script).await
    }
}

/// Gives the places, each once.
fn distinct(windows: &[Window]) -> Vec<Place> {
    let mut places = Vec::with_capacity(windows.len());
    for window in windows {
        if !places.contains(&window.place) {
            places.push(window.place);
        }
    }
    places
}

/// Writes a name by which something is known once.
fn written(id: u128) -> String {
    format!("{id:032x}")
}

fn millis(time: Duration) -> u64 {
    u64::try_from(time.as_millis()).unwrap_or(u64::MAX).max(1)
}

/// Reads what the script says of each window: how often, and the time to wait for or -1.
fn counts(answer: &[i64]) -> Vec<Count> {
    let windows = answer.get(1..).unwrap_or_default().chunks_exact(2);
    let count = |window: &[i64]| Count {
        within: window.first().and_then(|within| u32::try_from(*within).ok()).unwrap_or(u32::MAX),
        blocked_by: window.last().and_then(|at| u64::try_from(*at).ok()).map(Timestamp::from_millis),
    };
    windows.map(count).collect()
}

impl fmt::Debug for Redis {
    /// Leaves out the address: it may hold a password.
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.debug_struct("Redis").field("namespace", &self.namespace).finish_non_exhaustive()
    }
}

#[async_trait::async_trait]
impl Store for Redis {
    async fn add(&self, place: Place, value: Bytes, member: Member, life: Duration) -> Result<bool> {
        let head = format!("{} {:032x} ", member.since.as_millis(), member.group.hash());
        let whole = [head.as_bytes(), &value].concat();
        let mut set = cmd("SET");
        set.arg(self.name(place)).arg(&whole).arg("NX").arg("PX").arg(millis(life));
        if self.command::<bool>(&set).await? {
            return Ok(true);
        }
        // If the connection broke before the answer came, it is ours that is there.
        let there: Option<Vec<u8>> = self.command(cmd("GET").arg(self.name(place))).await?;
        Ok(there.is_some_and(|there| there == whole))
    }

    async fn read(&self, place: Place, life: Duration) -> Result<Option<Bytes>> {
        let marks = format!("{}:{}:", self.namespace, Kept::Ended.as_str());
        let mut script = self.scripts.read.key(self.name(place));
        self.script(script.arg(millis(life)).arg(marks)).await
    }

    async fn replace(&self, place: Place, value: Bytes, life: Duration) -> Result<bool> {
        let mut script = self.scripts.replace.key(self.name(place));
        self.script(script.arg(&*value).arg(millis(life))).await
    }

    async fn remove(&self, place: Place) -> Result<()> {
        self.command(cmd("DEL").arg(self.name(place))).await
    }

    async fn end(&self, group: Place, before: Timestamp, life: Duration) -> Result<()> {
        let mut script = self.scripts.end.key(self.name(group));
        self.script(script.arg(before.as_millis()).arg(millis(life))).await
    }

    async fn hold(&self, place: Place, holder: Holder, lease: Duration, life: Duration) -> Result<Hold> {
        let mut script = self.scripts.hold.key(self.lease(place));
        script.key(self.name(place)).arg(holder.to_string()).arg(millis(lease)).arg(millis(life));
        let (is_held, value): (bool, Option<Bytes>) = self.script(&script).await?;
        Ok(if is_held { Hold::Held(value) } else { Hold::Taken })
    }

    async fn renew(&self, place: Place, holder: Holder, lease: Duration) -> Result<bool> {
        let mut script = self.scripts.renew.key(self.lease(place));
        self.script(script.arg(holder.to_string()).arg(millis(lease))).await
    }

    async fn write(&self, place: Place, holder: Holder, value: Bytes, life: Duration) -> Result<bool> {
        let mut script = self.scripts.write.key(self.lease(place));
        script.key(self.name(place)).arg(holder.to_string()).arg(&*value).arg(millis(life));
        self.script(&script).await
    }

    async fn release(&self, place: Place, holder: Holder) -> Result<()> {
        let mut script = self.scripts.release.key(self.lease(place));
        self.script(script.arg(holder.to_string())).await
    }

    async fn look(&self, place: Place, first: Option<Bytes>, life: Duration) -> Result<Look> {
        let mut script = self.scripts.look.key(self.lease(place));
        script.key(self.name(place)).arg(&*first.unwrap_or_default()).arg(millis(life));
        let found: Option<Bytes> = self.script(&script).await?;
        Ok(match found {
            None => Look::Held,
            Some(value) if value.is_empty() => Look::Empty,
            Some(value) => Look::Kept(value),
        })
    }

    async fn take(&self, windows: &[Window], id: u128, now: Timestamp) -> Result<Taking> {
        let answer = self.tally(windows, &written(id), now).await?;
        Ok(if answer.first() == Some(&1) { Taking::Counted } else { Taking::Full(counts(&answer)) })
    }

    async fn count(&self, windows: &[Window], now: Timestamp) -> Result<Vec<Count>> {
        Ok(counts(&self.tally(windows, "", now).await?))
    }

    async fn give_back(&self, places: &[Place], id: u128) -> Result<()> {
        for place in places {
            let _: () = self.command(cmd("ZREM").arg(self.name(*place)).arg(written(id))).await?;
        }
        Ok(())
    }

    async fn push(
        &self,
        queue: Place,
        item: Queued,
        due: Timestamp,
        most: u32,
        life: Duration,
    ) -> Result<bool> {
        let mut script = self.scripts.push.key(self.name(queue));
        script.key(self.values(queue)).arg(written(item.id)).arg(due.as_millis());
        self.script(script.arg(&*item.value).arg(most).arg(millis(life))).await
    }

    async fn claim(&self, queue: Place, now: Timestamp, until: Timestamp) -> Result<Claim> {
        let mut script = self.scripts.claim.key(self.name(queue));
        script.key(self.values(queue)).arg(now.as_millis()).arg(until.as_millis());
        let (waiting, name, value): (u32, Option<String>, Option<Bytes>) = self.script(&script).await?;
        let id = name.and_then(|name| u128::from_str_radix(&name, 16).ok());
        // A value that somebody took away is an empty one, which nobody can open.
        let taken = id.map(|id| Queued { id, value: value.unwrap_or_default() });
        Ok(Claim { taken, waiting })
    }

    async fn put_off(&self, queue: Place, id: u128, until: Timestamp, due: Timestamp) -> Result<bool> {
        let mut script = self.scripts.put_off.key(self.name(queue));
        self.script(script.arg(written(id)).arg(until.as_millis()).arg(due.as_millis())).await
    }

    async fn pull(&self, queue: Place, id: u128) -> Result<()> {
        let mut script = self.scripts.pull.key(self.name(queue));
        self.script(script.key(self.values(queue)).arg(written(id))).await
    }

    async fn ready(&self) -> Result<()> {
        let mark = format!("{}:ready", self.namespace);
        self.command(cmd("SET").arg(mark).arg(1).arg("PX").arg(millis(MARK))).await
    }
}
