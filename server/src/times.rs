//! How long somebody may have to wait: made of what is configured, so that nothing is given up that is still within its time.

use std::time::Duration;

use upstream::Limits;

use crate::config::Settings;

/// How long a press waits for another one of the same change, besides the time that its calls may take: as long as a hold is
/// left by a node that died.
const LEASE: Duration = Duration::from_secs(10);

/// How long somebody may have to wait.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Times {
    /// For another press of the same change.
    pub(crate) turn: Duration,
    /// For the answer to a request: whoever stands in front must not give up before.
    pub answer: Duration,
}

impl Times {
    /// Makes them of the times that calls may take.
    pub fn of(settings: &Settings) -> Self {
        Self::within(&settings.service.line.limits, &settings.provider.line.limits)
    }

    fn within(service: &Limits, provider: &Limits) -> Self {
        let deadline = service.read_deadline;
        // A finish, the reading before it of what it takes away, and the one after it if its answer is lost. Or such a one, and
        // then a begin beside another.
        let press = sum(&[deadline, deadline, service.timeout.max(deadline)]);
        let turn = sum(&[press, LEASE]);
        // A page waits until a change can be looked at, and then for its own turn, or for the other change; then it reads. A
        // press takes less: it waits once.
        let page = sum(&[turn, turn, press]);
        // The configuration and the keys, once more if a key is not known, the exchange and the name.
        let call = sum(&[provider.timeout, provider.concurrent_wait]);
        let sign_in = sum(&[call, call, provider.read_deadline.saturating_mul(4)]);
        Self { turn, answer: page.max(sign_in) }
    }
}

fn sum(times: &[Duration]) -> Duration {
    times.iter().fold(Duration::ZERO, |sum, time| sum.saturating_add(*time))
}

#[cfg(test)]
mod tests {
    use super::*;

    const MINUTE: Duration = Duration::from_mins(1);

    #[test]
    fn by_default_nobody_waits_longer_than_the_guide_says() {
        let times = Times::within(&Limits::default(), &Limits::default());
        assert_eq!((times.turn, times.answer), (Duration::from_secs(40), Duration::from_secs(110)));
    }

    #[test]
    fn a_page_of_a_slow_service_is_given_the_time_that_the_service_is_given() {
        let slow = Limits { timeout: MINUTE, read_deadline: MINUTE, ..Limits::default() };
        let times = Times::within(&slow, &Limits::default());
        assert!(times.turn > 3 * MINUTE && times.answer > 2 * times.turn + MINUTE, "{times:?}");
    }

    #[test]
    fn a_sign_in_at_a_slow_provider_is_given_the_time_that_the_provider_is_given() {
        let slow = Limits { timeout: MINUTE, read_deadline: MINUTE, ..Limits::default() };
        let times = Times::within(&Limits::default(), &slow);
        assert!(times.answer >= 6 * MINUTE, "{times:?}");
    }
}
