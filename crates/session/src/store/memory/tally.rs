//! What was counted, and when.

use std::collections::{HashMap, HashSet, VecDeque};

use contact::Timestamp;

use super::super::{Count, KEPT, Place, Taking, Window};

/// The times of what was counted, oldest first: by place, and all in a row, to be forgotten in that order.
pub(super) struct Tally {
    capacity: usize,
    times: HashMap<Place, VecDeque<(Timestamp, u128)>>,
    row: VecDeque<(Timestamp, Vec<Place>)>,
}

impl Tally {
    /// Takes how much is remembered at the most; the oldest is forgotten first.
    pub(super) fn new(capacity: usize) -> Self {
        Self { capacity, times: HashMap::new(), row: VecDeque::new() }
    }

    pub(super) fn take(&mut self, windows: &[Window], id: u128, now: Timestamp) -> Taking {
        self.forget(now);
        let counts = self.count(windows, now);
        if counts.iter().any(|count| count.blocked_by.is_some()) {
            return Taking::Full(counts);
        }
        // A clock that was set back must not put the order out.
        let at = self.row.back().map_or(now, |(last, _)| now.max(*last));
        let places: HashSet<Place> = windows.iter().map(|window| window.place).collect();
        for place in &places {
            self.times.entry(*place).or_default().push_back((at, id));
        }
        self.row.push_back((at, places.into_iter().collect()));
        Taking::Counted
    }

    pub(super) fn count(&self, windows: &[Window], now: Timestamp) -> Vec<Count> {
        let none = VecDeque::new();
        let counts = windows.iter().map(|window| {
            let times = self.times.get(&window.place).unwrap_or(&none);
            let before = times.partition_point(|(at, _)| now.since(*at) >= window.span);
            let within = times.len() - before;
            let limit = usize::try_from(window.limit.get()).unwrap_or(usize::MAX);
            let blocked_by = times.len().checked_sub(limit).filter(|_| within >= limit);
            Count {
                within: u32::try_from(within).unwrap_or(u32::MAX),
                blocked_by: blocked_by.and_then(|place| times.get(place)).map(|(at, _)| *at),
            }
        });
        counts.collect()
    }

    pub(super) fn give_back(&mut self, places: &[Place], id: u128) {
        for place in places {
            if let Some(times) = self.times.get_mut(place) {
                times.retain(|(_, counted)| *counted != id);
            }
        }
    }

    /// Forgets what counts no more, and, to make room for one, the oldest.
    fn forget(&mut self, now: Timestamp) {
        while let Some((at, _)) = self.row.front()
            && (self.row.len() >= self.capacity.max(1) || now.since(*at) >= KEPT)
            && let Some((at, places)) = self.row.pop_front()
        {
            for place in places {
                let Some(times) = self.times.get_mut(&place) else { continue };
                while times.front().is_some_and(|(time, _)| *time <= at) {
                    times.pop_front();
                }
                if times.is_empty() {
                    self.times.remove(&place);
                }
            }
        }
    }
}
