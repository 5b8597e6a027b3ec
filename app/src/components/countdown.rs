//! How long the code still works.
//!
//! Counted from what the server said was left, on the browser's monotonic clock: a device clock that is wrong changes
//! nothing. The first value is the one that the server wrote into the page. Those who hear the page hear the phases
//! only, politely; the end is an alert of the step's.

use std::time::Duration;

use contact::Timestamp;
use leptos::prelude::*;

use super::presses::Presses;
use crate::{
    browser,
    text::{Plain, Text},
};

/// How often the clock is looked at: often enough that no second is skipped.
const LOOK: Duration = Duration::from_millis(200);

/// The countdown. Keeps `over` true to whether the time is over.
#[component]
pub(crate) fn Countdown(
    /// The sentences of the page.
    text: &'static Text,
    /// When the code stops working, by the server's clock.
    expires_at: Timestamp,
    /// Tells whether nothing is left.
    over: RwSignal<bool>,
) -> impl IntoView {
    let presses = expect_context::<Presses>();
    let whole = expires_at.since(presses.heard.get_value().now);
    let seconds = RwSignal::new(whole_seconds(whole));

    // Effects run in the browser alone.
    Effect::new(move || {
        let look = move || {
            let heard = presses.heard.get_value();
            let passed = Duration::from_secs_f64((browser::now() - heard.at).max(0.0) / 1000.0);
            let left = whole_seconds(expires_at.since(heard.now.after(passed)));
            if left != seconds.get_untracked() {
                seconds.set(left);
            }
            if (left == 0) != over.get_untracked() {
                browser::hand_focus_over("finish", &["resend", "edit"]);
                over.set(left == 0);
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
                {move || written(seconds.get())}
            </span>
        </div>
        <p class="unseen" role="status">
            {move || phase(text, whole, seconds.get())}
        </p>
    }
}

/// Begun seconds count: the last one is over when nothing is left.
fn whole_seconds(left: Duration) -> u64 {
    left.as_secs() + u64::from(left.subsec_nanos() > 0)
}

fn written(seconds: u64) -> String {
    format!("{}:{:02}", seconds / 60, seconds % 60)
}

/// The phases that are announced: five minutes, one minute and thirty seconds before the end. A phase that the code
/// never was longer than is none.
fn phase(text: &'static Text, whole: Duration, seconds: u64) -> Option<Plain> {
    let passed = |bound: u64| seconds <= bound && whole.as_secs() > bound;
    match seconds {
        0 => None,
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
        let mut heard: Vec<_> = (0..=600)
            .rev()
            .filter_map(|seconds| phase(text(Locale::En), Duration::from_mins(10), seconds))
            .collect();
        heard.dedup();
        assert_eq!(heard, ["5 minutes left", "1 minute left", "30 seconds left"]);
    }

    #[test]
    fn a_page_opened_in_the_last_minute_is_not_told_of_five() {
        let heard = phase(text(Locale::En), Duration::from_secs(50), 45);
        assert_eq!(heard, None);
    }

    #[test]
    fn a_begun_second_counts() {
        assert_eq!(written(whole_seconds(Duration::from_millis(599_001))), "10:00");
        assert_eq!(written(whole_seconds(Duration::from_secs(9))), "0:09");
        assert_eq!(written(whole_seconds(Duration::ZERO)), "0:00");
    }
}
