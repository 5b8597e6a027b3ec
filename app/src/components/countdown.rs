//! How long the code still works.
//!
//! Counted from what the server said was left, on the browser's monotonic clock: a device clock that is wrong changes
//! nothing. The first value is the one that the server wrote into the page. Those who hear the page hear the phases
//! only, politely; the end is an alert of the step's.

use std::time::Duration;

use contact::Timestamp;
use leptos::prelude::*;

use super::{
    live::{effect, live},
    presses::Presses,
};
use crate::{
    browser,
    text::{Plain, Text},
};

/// How often the clock is looked at: often enough that no second is skipped.
const LOOK: Duration = Duration::from_millis(200);

/// The countdown. Keeps `seconds` true to how many are left.
#[component]
pub(crate) fn Countdown(
    /// The sentences of the page.
    text: &'static Text,
    /// What the forms of the page share.
    presses: Presses,
    /// When the code stops working, by the server's clock.
    expires_at: Timestamp,
    /// How many seconds are left.
    seconds: RwSignal<u64>,
) -> impl IntoView {
    let whole = seconds.get_untracked();
    effect(move || {
        let look = move || {
            let heard = presses.heard.get_value();
            let passed = Duration::from_millis(browser::now().saturating_sub(heard.at));
            let left = whole_seconds(expires_at.since(heard.now.after(passed)));
            if left != seconds.get_untracked() {
                if left == 0 {
                    browser::hand_focus_over("finish", &["resend", "edit"]);
                }
                seconds.set(left);
            }
        };
        look();
        if let Ok(timer) = set_interval_with_handle(look, LOOK) {
            on_cleanup(move || timer.clear());
        }
    });

    view! {
        <div class="countdown">
            <span class="countdown__label" id="time-left">
                {text.code.time_left}
            </span>
            <span class="countdown__value" role="timer" aria-labelledby="time-left">
                {live(move || Some(written(seconds.get())))}
            </span>
        </div>
        <p class="unseen" role="status">
            {live(move || phase(text, whole, seconds.get()).map(str::to_owned))}
        </p>
    }
}

/// Begun seconds count: the last one is over when nothing is left.
pub(crate) fn whole_seconds(left: Duration) -> u64 {
    left.as_secs() + u64::from(left.subsec_nanos() > 0)
}

fn written(seconds: u64) -> String {
    let (minutes, seconds) = (seconds / 60, seconds % 60);
    let zero = if seconds < 10 { "0" } else { "" };
    [&minutes.to_string(), ":", zero, &seconds.to_string()].concat()
}

/// How many seconds a phase is there to be announced: whoever reads the page later finds the time alone.
const ANNOUNCED: u64 = 5;

/// The phases that are announced: five minutes, one minute and thirty seconds before the end. A phase that the code
/// never was longer than is none.
fn phase(text: &'static Text, whole: u64, seconds: u64) -> Option<Plain> {
    let passed = |bound: u64| seconds <= bound && seconds + ANNOUNCED > bound && whole > bound;
    match seconds {
        _ if passed(30) => Some(text.code.thirty_seconds_left),
        _ if passed(60) => Some(text.code.one_minute_left),
        _ if passed(300) => Some(text.code.five_minutes_left),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{Locale, text::text};

    #[test]
    fn a_life_of_ten_minutes_is_announced_three_times() {
        let mut heard: Vec<_> =
            (0..=600).rev().filter_map(|seconds| phase(text(Locale::En), 600, seconds)).collect();
        heard.dedup();
        assert_eq!(heard, ["5 minutes left", "1 minute left", "30 seconds left"]);
    }

    #[test]
    fn whoever_reads_the_page_later_is_not_told_of_a_phase_that_is_over() {
        for seconds in [295, 65, 55, 39, 25, 0] {
            assert_eq!(phase(text(Locale::En), 600, seconds), None, "{seconds}");
        }
    }

    #[test]
    fn a_page_opened_in_the_last_minute_is_not_told_of_five() {
        let heard = phase(text(Locale::En), 50, 45);
        assert_eq!(heard, None);
    }

    #[test]
    fn a_begun_second_counts() {
        assert_eq!(written(whole_seconds(Duration::from_millis(599_001))), "10:00");
        assert_eq!(written(whole_seconds(Duration::from_secs(9))), "0:09");
        assert_eq!(written(whole_seconds(Duration::ZERO)), "0:00");
    }
}
