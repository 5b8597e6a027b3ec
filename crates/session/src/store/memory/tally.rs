//! What was counted, and when.

use std::collections::{HashMap, HashSet, VecDeque};

use contact::Timestamp;

use super::super::{Count, KEPT, Place, Taking, Window};

/// The times of what was counted, oldest first: by place, and all in a row, to be forgotten in that order.
pub(super) struct Tally {
    capacity: usize,
    times: HashMap<Place, VecDeque<(Timestamp, u128)>>,
    row: VecDeque<Counted>,
}

struct Counted {
    at: Timestamp,
    id: u128,
    places: Vec<Place>,
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
        let places: HashSet<Place> = windows.iter().map(|window| window.place).collect();
        // Behind what is no later: a clock that was ahead may have counted some that are.
        for place in &places {
            let times = self.times.entry(*place).or_default();
            times.insert(times.partition_point(|(at, _)| *at <= now), (now, id));
        }
        let behind = self.row.partition_point(|counted| counted.at <= now);
        self.row.insert(behind, Counted { at: now, id, places: places.into_iter().collect() });
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

    /// What was not made takes no room either: it would push out what was.
    pub(super) fn give_back(&mut self, id: u128) {
        // It was counted a moment ago.
        let index = self.row.iter().rposition(|counted| counted.id == id);
        if let Some(counted) = index.and_then(|index| self.row.remove(index)) {
            self.take_away(counted);
        }
    }

    /// Forgets what counts no more, and, to make room for one, the oldest.
    fn forget(&mut self, now: Timestamp) {
        while let Some(oldest) = self.row.front()
            && (self.row.len() >= self.capacity.max(1) || now.since(oldest.at) >= KEPT)
            && let Some(oldest) = self.row.pop_front()
        {
            self.take_away(oldest);
        }
    }

    fn take_away(&mut self, Counted { id, places, .. }: Counted) {
        for place in places {
            let Some(times) = self.times.get_mut(&place) else { continue };
            if let Some(index) = times.iter().position(|(_, counted)| *counted == id) {
                times.remove(index);
            }
            if times.is_empty() {
                self.times.remove(&place);
            }
        }
    }
}
