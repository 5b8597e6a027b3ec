//! The way back to the application that sent the person here, and what it is told when they take it.

use contact::{Flow, Kind, Notice, Refusal, RestartReason, Timestamp};

use crate::{Allowance, Back, Locale, text::server::text};

/// The way back to one application. The server makes it, and only of addresses that the operator listed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct WayBack {
    /// What the application is called, in the language of the page.
    pub application: String,
    /// The kind of contact that the person was sent here to change.
    pub kind: Kind,
    /// When they were sent here.
    pub since: Timestamp,
    /// Where they go: an address that ends in `?` or `&`, so that the outcome can follow.
    pub address: String,
    /// Whether the pages are shown in a frame of the application's own page.
    pub framed: bool,
}

/// What the application is told.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Outcome {
    /// A contact of the kind that was asked for is new.
    Changed,
    /// The person came back before anything was changed.
    Cancelled,
    /// The change cannot be made now.
    Failed(Reason),
}

/// Why a change cannot be made now.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Reason {
    /// Another account has the contact.
    Taken,
    /// No more codes are sent for now.
    Limit,
    /// The operator sends no codes there.
    NotAllowed,
    /// The service, or this server, cannot do it now.
    Unavailable,
    /// It is not known whether the change was made.
    Unknown,
}

/// The words of every outcome in an address: `outcome`, and `reason` if it failed.
const WORDS: [(Outcome, &str, Option<&str>); 7] = [
    (Outcome::Changed, "changed", None),
    (Outcome::Cancelled, "cancelled", None),
    (Outcome::Failed(Reason::Taken), "failed", Some("taken")),
    (Outcome::Failed(Reason::Limit), "failed", Some("limit")),
    (Outcome::Failed(Reason::NotAllowed), "failed", Some("not_allowed")),
    (Outcome::Failed(Reason::Unavailable), "failed", Some("unavailable")),
    (Outcome::Failed(Reason::Unknown), "failed", Some("unknown")),
];

impl WayBack {
    /// Gives the address that tells the application an outcome.
    pub fn with(&self, outcome: Outcome) -> String {
        let (word, reason) = outcome.words();
        let reason = reason.map_or_else(String::new, |reason| format!("&reason={reason}"));
        format!("{}outcome={word}{reason}", self.address)
    }

    /// Gives what a page shows of it to somebody who can leave with an outcome.
    pub(crate) fn shown(&self, locale: Locale, outcome: Outcome) -> Back {
        Back {
            label: text(locale).back_to.with(&self.application),
            address: self.with(outcome),
            is_way_on: matches!(outcome, Outcome::Failed(_)),
        }
    }
}

impl Outcome {
    /// Gives the words for `outcome` and `reason`.
    pub fn words(self) -> (&'static str, Option<&'static str>) {
        let found = WORDS.iter().find(|(outcome, ..)| *outcome == self);
        found.map_or(("cancelled", None), |(_, word, reason)| (word, *reason))
    }

    /// Reads the words; nothing if they are none of ours.
    pub fn from_words(word: &str, reason: Option<&str>) -> Option<Self> {
        let found = WORDS.iter().find(|(_, of, because)| *of == word && *because == reason);
        found.map(|(outcome, ..)| *outcome)
    }

    /// Gives what an application is told by somebody who leaves at a state from which nothing was changed since they were
    /// sent here. What can be mended on the spot, such as a wrong code, is no failure: whoever leaves all the same gave up.
    pub(crate) fn at(flow: &Flow, allowance: Option<&Allowance>) -> Self {
        let none_left = matches!(allowance, Some(Allowance::Reached(_)));
        let failed = match flow {
            Flow::Done(_) => return Self::Cancelled,
            Flow::Enter(enter) => enter.refusal.as_ref().and_then(reason),
            Flow::AwaitCode(awaiting) => {
                // The code can still be entered, whatever else was refused.
                let not_checked = matches!(awaiting.notice, Some(Notice::NotChecked { .. }));
                return if not_checked { Self::Failed(Reason::Unavailable) } else { Self::Cancelled };
            }
            Flow::Restart(restart) => match restart.reason {
                RestartReason::Taken => Some(Reason::Taken),
                RestartReason::Unknown => Some(Reason::Unknown),
                RestartReason::BeginLost | RestartReason::NotChanged => Some(Reason::Unavailable),
                RestartReason::WrongCode | RestartReason::Expired | RestartReason::Over => {
                    restart.refusal.as_ref().and_then(reason)
                }
            },
        };
        match failed {
            Some(reason) => Self::Failed(reason),
            None if none_left => Self::Failed(Reason::Limit),
            None => Self::Cancelled,
        }
    }
}

fn reason(refusal: &Refusal) -> Option<Reason> {
    match refusal {
        Refusal::LimitReached(_) | Refusal::OwnLimit(_) => Some(Reason::Limit),
        Refusal::NotAllowed => Some(Reason::NotAllowed),
        Refusal::Unavailable { .. } => Some(Reason::Unavailable),
        Refusal::Malformed(_)
        | Refusal::NotAcceptable
        | Refusal::AlreadyYours
        | Refusal::OlderForm
        | Refusal::SignInAgain => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_outcome_is_read_back_from_its_words_and_nothing_else_is() {
        for (outcome, word, reason) in WORDS {
            assert_eq!(outcome.words(), (word, reason));
            assert_eq!(Outcome::from_words(word, reason), Some(outcome));
        }
        for (word, reason) in
            [("failed", None), ("changed", Some("taken")), ("failed", Some("x")), ("", None)]
        {
            assert_eq!(Outcome::from_words(word, reason), None, "{word} {reason:?}");
        }
    }
}
