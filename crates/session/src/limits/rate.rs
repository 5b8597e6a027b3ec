//! How many within an hour, and how many within a day.

use std::{num::NonZeroU32, time::Duration};

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
    /// Gives the limits that are set, the shortest time first.
    pub(super) fn spans(self) -> impl Iterator<Item = (Span, NonZeroU32)> {
        let hour = self.per_hour.map(|limit| (Span::Hour, limit));
        let day = self.per_day.map(|limit| (Span::Day, limit));
        hour.into_iter().chain(day)
    }
}
