//! Counting what passed and what failed, from the reports of the runners.

use std::{iter::Sum, process::ExitStatus};

use serde_json::Value;

use crate::{budget::Visit, error::Result};

/// How many passed and failed.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) struct Count {
    pub(super) passed: u64,
    pub(super) failed: u64,
}

impl Count {
    pub(super) const ONE_PASSED: Self = Self { passed: 1, failed: 0 };
    pub(super) const ONE_FAILED: Self = Self { passed: 0, failed: 1 };

    /// A check that has no tests in it: it is one.
    #[expect(clippy::unnecessary_wraps, reason = "stages are functions that can fail")]
    pub(super) fn of_check(status: ExitStatus) -> Result<Self> {
        Ok(if status.success() { Self::ONE_PASSED } else { Self::ONE_FAILED })
    }

    /// A visit: each of its bars is a check. They are shown here, since no runner has shown them.
    #[expect(clippy::unnecessary_wraps, reason = "stages are functions that can fail")]
    pub(super) fn of_visit(visit: &Visit) -> Result<Self> {
        print!("{visit}");
        let checks =
            visit.bars.iter().map(|bar| if bar.holds() { Self::ONE_PASSED } else { Self::ONE_FAILED });
        Ok(checks.sum())
    }

    /// Checks that were counted already.
    pub(super) fn of_checks(passed: usize, failed: usize) -> Self {
        let count = |checks| u64::try_from(checks).unwrap_or(u64::MAX);
        Self { passed: count(passed), failed: count(failed) }
    }

    /// nextest's `JUnit` report: a test failed if it has a failure or an error. `None` if it cannot be read.
    pub(super) fn of_junit(report: &str) -> Option<Self> {
        let document = roxmltree::Document::parse(report).ok()?;
        let mut count = Self::default();
        for test in document.descendants().filter(|node| node.has_tag_name("testcase")) {
            if test.children().any(|node| node.has_tag_name("failure") || node.has_tag_name("error")) {
                count.failed += 1;
            } else if !test.children().any(|node| node.has_tag_name("skipped")) {
                count.passed += 1;
            }
        }
        Some(count)
    }

    /// Playwright's JSON report. `None` if it cannot be read.
    ///
    /// A test that passed only when it was run again has failed; so has an error outside of any test.
    pub(super) fn of_playwright(report: &str) -> Option<Self> {
        let report: Value = serde_json::from_str(report).ok()?;
        let number = |name| report["stats"][name].as_u64();
        let errors =
            report["errors"].as_array().map_or(0, |errors| u64::try_from(errors.len()).unwrap_or(u64::MAX));
        Some(Self { passed: number("expected")?, failed: number("unexpected")? + number("flaky")? + errors })
    }

    /// What rustdoc's test runner says; it has no stable report for machines.
    pub(super) fn of_examples(output: &str) -> Self {
        let results = output.lines().filter_map(|line| line.trim().strip_prefix("test result: "));
        results
            .map(|result| Self {
                passed: number_before(result, "passed"),
                failed: number_before(result, "failed"),
            })
            .sum()
    }

    /// The same, with the way the runner ended: one that failed without naming a failed test failed itself.
    pub(super) fn ended(self, status: ExitStatus) -> Self {
        if status.success() || self.failed > 0 { self } else { Self { failed: 1, ..self } }
    }

    pub(super) fn is_success(self) -> bool {
        self.failed == 0
    }
}

impl Sum for Count {
    fn sum<I: Iterator<Item = Self>>(counts: I) -> Self {
        counts.fold(Self::default(), |sum, count| Self {
            passed: sum.passed + count.passed,
            failed: sum.failed + count.failed,
        })
    }
}

/// The number before a word, as in `ok. 3 passed; 1 failed; 0 ignored`.
fn number_before(text: &str, word: &str) -> u64 {
    let words: Vec<&str> = text.split([' ', ';']).filter(|word| !word.is_empty()).collect();
    let number =
        words.windows(2).find(|pair| pair.last() == Some(&word)).and_then(|pair| pair.first()?.parse().ok());
    number.unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use std::os::unix::process::ExitStatusExt;

    use super::*;

    #[test]
    fn nextest_tests_are_counted_one_by_one() {
        let report = "<testsuites><testsuite name=\"contact\"><testcase name=\"a\"/>\
            <testcase name=\"b\"><failure type=\"test failure\">said</failure></testcase></testsuite>\
            <testsuite name=\"session\"><testcase name=\"c\"/><testcase name=\"d\"><skipped/></testcase></testsuite>\
            </testsuites>";
        assert_eq!(Count::of_junit(report), Some(Count { passed: 2, failed: 1 }));
        assert_eq!(Count::of_junit("<testsuites>"), None);
    }

    #[test]
    fn a_browser_test_that_is_flaky_or_an_error_outside_of_tests_is_a_failure() {
        let report = r#"{"errors": [{"message": "no tests"}],
            "stats": {"expected": 5, "unexpected": 1, "flaky": 1, "skipped": 2}}"#;
        assert_eq!(Count::of_playwright(report), Some(Count { passed: 5, failed: 3 }));
        assert_eq!(Count::of_playwright("{}"), None);
    }

    #[test]
    fn examples_are_summed_over_all_crates() {
        let output = "running 3 tests\ntest result: FAILED. 2 passed; 1 failed; 0 ignored; 0 measured\n\
            \ntest result: ok. 4 passed; 0 failed; 1 ignored; 0 measured; 0 filtered out\n";
        assert_eq!(Count::of_examples(output), Count { passed: 6, failed: 1 });
        assert_eq!(Count::of_examples("error: could not compile"), Count::default());
    }

    #[test]
    fn a_runner_that_dies_counts_as_one_failure_even_if_all_it_told_had_passed() {
        let died = ExitStatus::from_raw(9);
        assert_eq!(Count { passed: 3, failed: 0 }.ended(died), Count { passed: 3, failed: 1 });
        assert_eq!(Count { passed: 3, failed: 2 }.ended(died), Count { passed: 3, failed: 2 });
        assert_eq!(Count::ONE_PASSED.ended(ExitStatus::from_raw(0)), Count::ONE_PASSED);
    }
}
