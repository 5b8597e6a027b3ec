//! Who waits for whom: a few for each place, so that one person's presses cannot take all that a process has for everybody.

use std::{
    collections::HashMap,
    sync::{Arc, Mutex, PoisonError},
};

use crate::store::Place;

/// How many wait for one place in one process. A person's tabs and the repeats of a press are fewer.
const MOST: usize = 64;

/// How many wait for each place.
#[derive(Clone, Default)]
pub(crate) struct Queue(Arc<Mutex<HashMap<Place, usize>>>);

/// Somebody who waits, until this is dropped.
pub(crate) struct Waiting {
    queue: Queue,
    place: Place,
}

impl Queue {
    /// Joins those who wait for a place; nothing if there are too many.
    pub(crate) fn join(&self, place: Place) -> Option<Waiting> {
        let mut waiting = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        let number = waiting.entry(place).or_default();
        if *number >= MOST {
            return None;
        }
        *number += 1;
        Some(Waiting { queue: self.clone(), place })
    }
}

impl Drop for Waiting {
    fn drop(&mut self) {
        let mut waiting = self.queue.0.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(number) = waiting.get_mut(&self.place) {
            *number -= 1;
            if *number == 0 {
                waiting.remove(&self.place);
            }
        }
    }
}
