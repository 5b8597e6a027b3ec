//! How long a piece of work waits for other servers: what is left of its time is our own.
//!
//! It goes along with the task, so that nothing between a request and the calls that come of it has to hand it on.

use std::{
    sync::{Arc, Mutex, PoisonError},
    time::Duration,
};

use tokio::{task_local, time::Instant};

task_local! {
    static WAITS: Arc<Waits>;
}

#[derive(Default)]
struct Waits(Mutex<State>);

#[derive(Default)]
struct State {
    /// How many calls are under way, and since when one is.
    under_way: u32,
    since: Option<Instant>,
    /// The time in which one was, before.
    total: Duration,
}

/// A call that is under way, until it is dropped.
pub(crate) struct Waiting(Arc<Waits>);

/// Does the work, and gives for how long a call to another server was under way meanwhile. Of calls at the same time, the time
/// counts once.
pub async fn waited<T>(work: impl Future<Output = T>) -> (T, Duration) {
    let waits = Arc::<Waits>::default();
    let output = WAITS.scope(Arc::clone(&waits), work).await;
    (output, waits.total())
}

/// Gives the same work for a task of its own, whose calls count for whoever waits for it here.
pub fn along<T>(work: impl Future<Output = T>) -> impl Future<Output = T> {
    let waits = WAITS.try_with(Arc::clone).unwrap_or_default();
    WAITS.scope(waits, work)
}

impl Waiting {
    /// Begins to wait; gives nothing if nobody asks for how long.
    pub(crate) fn begin() -> Option<Self> {
        let waits = WAITS.try_with(Arc::clone).ok()?;
        waits.change(|state| {
            state.under_way += 1;
            state.since.get_or_insert_with(Instant::now);
        });
        Some(Self(waits))
    }
}

impl Drop for Waiting {
    fn drop(&mut self) {
        self.0.change(|state| {
            state.under_way -= 1;
            if state.under_way == 0 {
                state.total += state.since.take().map_or(Duration::ZERO, |since| since.elapsed());
            }
        });
    }
}

impl Waits {
    fn total(&self) -> Duration {
        self.change(|state| state.total + state.since.map_or(Duration::ZERO, |since| since.elapsed()))
    }

    /// Nothing that is done to the state panics half-way.
    fn change<T>(&self, work: impl FnOnce(&mut State) -> T) -> T {
        work(&mut self.0.lock().unwrap_or_else(PoisonError::into_inner))
    }
}

#[cfg(test)]
mod tests {
    use tokio::time::sleep;

    use super::*;

    const MOMENT: Duration = Duration::from_millis(10);

    async fn call(moments: u32) {
        let _waiting = Waiting::begin();
        sleep(MOMENT * moments).await;
    }

    #[tokio::test(start_paused = true)]
    async fn calls_at_the_same_time_are_waited_for_once() {
        let work = async {
            tokio::join!(call(3), call(5));
            sleep(MOMENT).await;
            call(1).await;
        };
        assert_eq!(waited(work).await.1, MOMENT * 6);
    }

    #[tokio::test(start_paused = true)]
    async fn calls_of_a_task_that_goes_along_count_and_those_of_another_do_not() {
        let work = async {
            tokio::spawn(along(call(2))).await.unwrap();
            tokio::spawn(call(4)).await.unwrap();
        };
        assert_eq!(waited(work).await.1, MOMENT * 2);
    }
}
