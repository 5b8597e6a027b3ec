//! A breaker: after several failed reads in a row, reads fail at once for a while, then a single one tries. People
//! are told in no time that something cannot be read, and a server in trouble is not kept in it.
//!
//! The libraries at hand let everybody through once the pause is over, and read a clock that tests cannot stop.

use std::num::NonZeroU32;
use std::sync::{Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use tokio::time::Instant;

/// Counts failures in a row, and stops calls.
#[derive(Debug)]
pub(crate) struct Breaker {
    after: Option<NonZeroU32>,
    pause: Duration,
    state: Mutex<State>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum State {
    /// Everybody may call; so many failed in a row.
    Closed(u32),
    /// Nobody may call before this time.
    Open(Instant),
    /// One call tries; nobody else may call.
    Probing,
}

/// The leave to make one call. If it is dropped without a word, the call does not count.
pub(crate) struct Leave<'a> {
    breaker: &'a Breaker,
    is_probe: bool,
}

impl Breaker {
    pub(crate) fn new(after: Option<NonZeroU32>, pause: Duration) -> Self {
        Self { after, pause, state: Mutex::new(State::Closed(0)) }
    }

    /// Gives leave to call; nothing while the server is left alone.
    pub(crate) fn leave(&self) -> Option<Leave<'_>> {
        let mut state = self.state();
        let is_probe = match *state {
            State::Closed(_) => false,
            State::Open(until) if until <= Instant::now() => {
                *state = State::Probing;
                true
            }
            State::Open(_) | State::Probing => return None,
        };
        Some(Leave { breaker: self, is_probe })
    }

    fn state(&self) -> MutexGuard<'_, State> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Leave<'_> {
    /// The server answered. Gives whether calls are made again from now on.
    pub(crate) fn succeeded(self) -> bool {
        let mut state = self.breaker.state();
        // Whoever began before the pause says nothing about the time after it.
        if self.is_probe || matches!(*state, State::Closed(_)) {
            *state = State::Closed(0);
        }
        self.is_probe
    }

    /// The server failed. Gives whether calls rest from now on.
    pub(crate) fn failed(self) -> bool {
        let Self { breaker, is_probe } = &self;
        let mut state = breaker.state();
        let failures = match *state {
            State::Closed(failures) => failures.saturating_add(1),
            State::Open(_) => return false,
            State::Probing if !is_probe => return false,
            State::Probing => u32::MAX,
        };
        let opens = breaker.after.is_some_and(|after| failures >= after.get());
        *state = if opens { State::Open(Instant::now() + breaker.pause) } else { State::Closed(failures) };
        opens && !is_probe
    }
}

impl Drop for Leave<'_> {
    /// A probe that came to nothing, such as one whose caller went away, makes room for the next one.
    fn drop(&mut self) {
        if self.is_probe {
            let mut state = self.breaker.state();
            if *state == State::Probing {
                *state = State::Open(Instant::now());
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const PAUSE: Duration = Duration::from_secs(10);

    fn failed(breaker: &Breaker, times: usize) {
        for _ in 0..times {
            breaker.leave().expect("a leave").failed();
        }
    }

    #[tokio::test(start_paused = true)]
    async fn after_failures_in_a_row_calls_rest_and_then_a_single_one_tries() {
        let breaker = Breaker::new(NonZeroU32::new(3), PAUSE);
        failed(&breaker, 2);
        breaker.leave().expect("a leave").succeeded();
        failed(&breaker, 2);
        assert!(breaker.leave().expect("not in a row").failed());
        assert!(breaker.leave().is_none());

        tokio::time::advance(PAUSE).await;
        let probe = breaker.leave().expect("one tries");
        assert!(breaker.leave().is_none(), "and nobody else");
        assert!(!probe.failed(), "it was so before");
        assert!(breaker.leave().is_none());

        tokio::time::advance(PAUSE).await;
        assert!(breaker.leave().expect("one tries").succeeded());
        failed(&breaker, 2);
        assert!(breaker.leave().is_some(), "all may call again");
    }

    #[tokio::test(start_paused = true)]
    async fn a_probe_that_was_given_up_makes_room_for_the_next_one() {
        let breaker = Breaker::new(NonZeroU32::new(1), PAUSE);
        failed(&breaker, 1);
        tokio::time::advance(PAUSE).await;
        drop(breaker.leave().expect("one tries"));
        assert!(breaker.leave().is_some());
    }

    #[tokio::test(start_paused = true)]
    async fn what_began_before_the_pause_says_nothing_about_the_time_after_it() {
        let breaker = Breaker::new(NonZeroU32::new(1), PAUSE);
        let [early, late] = [breaker.leave(), breaker.leave()].map(|leave| leave.expect("a leave"));
        failed(&breaker, 1);
        assert!(!early.succeeded());
        assert!(breaker.leave().is_none());
        tokio::time::advance(PAUSE).await;
        let probe = breaker.leave().expect("one tries");
        assert!(!late.failed());
        assert!(probe.succeeded());
    }

    #[tokio::test(start_paused = true)]
    async fn without_a_number_calls_never_rest() {
        let breaker = Breaker::new(None, PAUSE);
        failed(&breaker, 100);
        assert!(breaker.leave().is_some());
    }
}
