//! Many people at the same time, or one after the other at a steady rate.

use std::{
    sync::{
        Mutex, PoisonError,
        atomic::{AtomicU32, Ordering},
    },
    thread,
    time::{Duration, Instant},
};

use super::{figures::now, journey::Journey, person::Person, town::Town};
use crate::process;

/// How people come.
#[derive(Clone, Copy)]
pub(super) struct Crowd {
    /// How many there are.
    pub(super) people: u32,
    /// How many may be under way at the same time.
    pub(super) at_once: u32,
    /// How long after one the next one comes; nothing if they come as soon as there is room.
    pub(super) every: Option<Duration>,
    /// When nobody sets out any more.
    pub(super) until: Instant,
}

impl Crowd {
    /// Lets everybody go their way, and gives the journeys of all who set out. `progress` hears of each that has ended.
    pub(super) fn go(self, town: &Town, progress: impl Fn(usize) + Sync) -> Vec<Journey> {
        let began = now();
        let next = AtomicU32::new(1);
        let journeys = Mutex::new(Vec::new());
        thread::scope(|scope| {
            for _ in 0..self.at_once {
                scope.spawn(|| {
                    while let Some(person) = self.next(&next, began) {
                        let journey = Journey::make(town, person);
                        let mut journeys = journeys.lock().unwrap_or_else(PoisonError::into_inner);
                        journeys.push(journey);
                        progress(journeys.len());
                    }
                });
            }
        });
        journeys.into_inner().unwrap_or_else(PoisonError::into_inner)
    }

    /// The next person, when it is their time; nothing when there is nobody left, or no time.
    fn next(&self, next: &AtomicU32, began: Instant) -> Option<Person> {
        let number = next.fetch_add(1, Ordering::Relaxed);
        if number > self.people || process::not_interrupted().is_err() {
            return None;
        }
        if let Some(every) = self.every {
            let due = began + every * (number - 1);
            thread::sleep(due.saturating_duration_since(now()));
        }
        (now() < self.until).then(|| Person::of(number))
    }
}
