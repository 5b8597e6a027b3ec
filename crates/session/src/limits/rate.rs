//! How many within an hour, and how many within a day.

use std::{collections::VecDeque, num::NonZeroU32, time::Duration};

use contact::Timestamp;

/// How many within an hour, and how many within a day; without a number there is no limit.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Rate {
    /// Within any hour.
    pub per_hour: Option<NonZeroU32>,
    /// Within any 24 hours.
    pub per_day: Option<NonZeroU32>,
}

/// The length of a window.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Span {
    /// An hour.
    Hour,
    /// 24 hours.
    Day,
}

impl Span {
    /// Gives how long it is.
    pub const fn length(self) -> Duration {
        match self {
            Self::Hour => Duration::from_hours(1),
            Self::Day => Duration::from_hours(24),
        }
    }
}

impl Rate {
    /// Tells whether there is a limit.
    pub fn is_set(self) -> bool {
        self.per_hour.is_some() || self.per_day.is_some()
    }

    /// Gives, for each limit, how many more fit in; or as an error the time at which one does again. `times` are the
    /// times of those that count, oldest first.
    pub(super) fn rooms(
        self,
        times: &VecDeque<Timestamp>,
        now: Timestamp,
    ) -> impl Iterator<Item = (Span, Result<u32, Timestamp>)> + use<> {
        let day = self.per_day.map(|limit| (Span::Day, room(times, limit, Span::Day, now)));
        let hour = self.per_hour.map(|limit| (Span::Hour, room(times, limit, Span::Hour, now)));
        hour.into_iter().chain(day)
    }
}

fn room(
    times: &VecDeque<Timestamp>,
    limit: NonZeroU32,
    span: Span,
    now: Timestamp,
) -> Result<u32, Timestamp> {
    let before = times.partition_point(|time| now.since(*time) >= span.length());
    let within = u32::try_from(times.len() - before).unwrap_or(u32::MAX);
    match limit.get().checked_sub(within) {
        Some(left) if left > 0 => Ok(left),
        // One fits in again when so many are over that one fewer than the limit is left.
        _ => {
            let over = usize::try_from(within - limit.get()).unwrap_or(usize::MAX);
            let last = times.get(before + over).copied().unwrap_or(now);
            Err(last.after(span.length()))
        }
    }
}
