//! How long each step took.

use std::{
    fmt,
    time::{Duration, Instant},
};

use super::journey::Journey;

/// A step of a journey that a person waits for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Step {
    /// Opening the page, to the provider's sign-in or to the page itself.
    Open,
    /// Choosing who they are, to the page.
    SignIn,
    /// Asking for a code, to the page that says what came of it.
    Begin,
    /// Entering it, to the page that says what came of it.
    Finish,
}

impl Step {
    const ALL: [Self; 4] = [Self::Open, Self::SignIn, Self::Begin, Self::Finish];

    fn name(self) -> &'static str {
        match self {
            Self::Open => "open the page",
            Self::SignIn => "sign in",
            Self::Begin => "ask for a code",
            Self::Finish => "enter the code",
        }
    }
}

/// How long a step took.
#[derive(Clone, Copy, Debug)]
pub(super) struct Timing {
    step: Step,
    took: Duration,
}

impl Timing {
    /// Does it, and says how long it took.
    pub(super) fn of<T>(step: Step, act: impl FnOnce() -> T) -> (T, Self) {
        let began = now();
        let done = act();
        (done, Self { step, took: began.elapsed() })
    }
}

/// The time, for measuring.
#[expect(clippy::disallowed_methods, reason = "measuring is what this is for")]
pub(crate) fn now() -> Instant {
    Instant::now()
}

/// The table of all steps.
pub(super) struct Table<'a>(pub(super) &'a [Journey]);

impl fmt::Display for Table<'_> {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        writeln!(
            formatter,
            "  {:<16} {:>7} {:>8} {:>8} {:>8} {:>8}",
            "milliseconds", "times", "p50", "p95", "p99", "most"
        )?;
        for step in Step::ALL {
            let timings = self.0.iter().flat_map(|journey| &journey.timings);
            let mut took: Vec<_> =
                timings.filter(|timing| timing.step == step).map(|timing| timing.took.as_millis()).collect();
            took.sort_unstable();
            let [p50, p95, p99, most] = [50, 95, 99, 100].map(|percent| percentile(&took, percent));
            let (name, times) = (step.name(), took.len());
            writeln!(formatter, "  {name:<16} {times:>7} {p50:>8} {p95:>8} {p99:>8} {most:>8}")?;
        }
        Ok(())
    }
}

/// The nearest rank: so many in a hundred are no larger. Zero where there are none.
pub(super) fn percentile<T: Copy + Default>(sorted: &[T], percent: usize) -> T {
    let rank = (sorted.len() * percent).div_ceil(100).max(1);
    sorted.get(rank - 1).copied().unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_percentile_is_a_figure_that_was_measured() {
        let figures: Vec<u32> = (1..=200).collect();
        assert_eq!([50, 95, 99, 100].map(|percent| percentile(&figures, percent)), [100, 190, 198, 200]);
        assert_eq!((percentile(&[7], 50), percentile::<u32>(&[], 50)), (7, 0));
    }
}
