//! What a check came to, for people and for machines.

use std::{borrow::Cow, fmt};

use serde::Serialize;

/// How it stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Verdict {
    /// It is as it should be.
    Ok,
    /// It cannot be told without acting.
    Unknown,
    /// It works, and may not be what is wanted.
    Warning,
    /// It will not work.
    Failed,
}

/// What one check came to.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Finding {
    /// What was looked at.
    pub what: Cow<'static, str>,
    /// How it stands.
    pub verdict: Verdict,
    /// What was seen.
    pub detail: String,
    /// What to do, a line each; nothing where there is nothing to do.
    pub advice: Vec<String>,
}

/// All findings, in the order of the checks.
#[derive(Clone, Debug, Serialize)]
#[serde(transparent)]
pub struct Report(pub Vec<Finding>);

impl Finding {
    /// All is well.
    pub(super) fn ok(what: impl Into<Cow<'static, str>>, detail: impl Into<String>) -> Self {
        Self::new(what, Verdict::Ok, detail, Vec::new())
    }

    /// It cannot be told.
    pub(super) fn unknown(what: impl Into<Cow<'static, str>>, detail: impl Into<String>) -> Self {
        Self::new(what, Verdict::Unknown, detail, Vec::new())
    }

    /// It may not be what is wanted.
    pub(super) fn warning(
        what: impl Into<Cow<'static, str>>,
        detail: impl Into<String>,
        advice: impl Into<String>,
    ) -> Self {
        Self::new(what, Verdict::Warning, detail, vec![advice.into()])
    }

    /// It will not work.
    pub(super) fn failed(
        what: impl Into<Cow<'static, str>>,
        detail: impl Into<String>,
        advice: impl Into<String>,
    ) -> Self {
        Self::new(what, Verdict::Failed, detail, vec![advice.into()])
    }

    fn new(
        what: impl Into<Cow<'static, str>>,
        verdict: Verdict,
        detail: impl Into<String>,
        advice: Vec<String>,
    ) -> Self {
        Self { what: what.into(), verdict, detail: detail.into(), advice }
    }
}

impl Report {
    /// Gives the worst of all.
    pub fn verdict(&self) -> Verdict {
        self.0.iter().map(|finding| finding.verdict).max().unwrap_or(Verdict::Ok)
    }

    /// Gives the code that the program ends with: 0 if all is well or unknown, 2 for warnings, 1 for failures.
    pub fn exit_code(&self) -> u8 {
        match self.verdict() {
            Verdict::Ok | Verdict::Unknown => 0,
            Verdict::Failed => 1,
            Verdict::Warning => 2,
        }
    }

    /// Gives the same for machines: a list of objects with `what`, `verdict`, `detail` and `advice`.
    pub fn json(&self) -> String {
        serde_json::to_string_pretty(self).unwrap_or_default()
    }
}

impl fmt::Display for Report {
    /// A table for people; what to do stands below what it is about.
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        let width = self.0.iter().map(|finding| finding.what.chars().count()).max().unwrap_or_default();
        for Finding { what, verdict, detail, advice } in &self.0 {
            let mark = match verdict {
                Verdict::Ok => "ok",
                Verdict::Unknown => "unknown",
                Verdict::Warning => "WARNING",
                Verdict::Failed => "FAILED",
            };
            writeln!(formatter, "{mark:<8} {what:<width$}  {detail}")?;
            for line in advice {
                writeln!(formatter, "{:<8} {:<width$}  -> {line}", "", "")?;
            }
        }
        Ok(())
    }
}
