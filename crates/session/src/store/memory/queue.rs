//! What waits, and until when.

use std::collections::HashMap;

use bytes::Bytes;
use contact::Timestamp;

use super::super::{Claim, Queued};

/// What waits, by its name. There are as many queues as there are applications, and each is bounded, so nothing here is
/// ever forgotten.
#[derive(Default)]
pub(super) struct Queue(HashMap<u128, (Timestamp, Bytes)>);

impl Queue {
    pub(super) fn push(&mut self, item: Queued, due: Timestamp, most: u32) -> bool {
        if self.0.contains_key(&item.id) {
            return true;
        }
        let has_room = self.waiting() < most;
        if has_room {
            self.0.insert(item.id, (due, item.value));
        }
        has_room
    }

    pub(super) fn claim(&mut self, now: Timestamp, until: Timestamp) -> Claim {
        let waiting = self.waiting();
        let due = self.0.iter_mut().filter(|(_, (due, _))| *due <= now);
        let taken = due.min_by_key(|(_, (due, _))| *due).map(|(id, (due, value))| {
            *due = until;
            Queued { id: *id, value: value.clone() }
        });
        Claim { taken, waiting }
    }

    pub(super) fn put_off(&mut self, id: u128, until: Timestamp, later: Timestamp) -> bool {
        let claimed = self.0.get_mut(&id).filter(|(due, _)| *due == until);
        claimed.map(|(due, _)| *due = later).is_some()
    }

    pub(super) fn pull(&mut self, id: u128) {
        self.0.remove(&id);
    }

    fn waiting(&self) -> u32 {
        u32::try_from(self.0.len()).unwrap_or(u32::MAX)
    }
}
