//! One line of the audit: who did what, how it came out and why, with nothing in it that names anybody.

use app::ssr::{Event, Who};
use contact::{Contact, Kind, Timestamp};
use serde::Serialize;
use session::Pseudonyms;

use super::Words;

/// One line. What is not known, or does not apply, is left out.
#[derive(Serialize)]
pub(super) struct Line<'event> {
    time: String,
    event: &'static str,
    outcome: &'static str,
    #[serde(skip_serializing_if = "str::is_empty")]
    reason: &'static str,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) kind: Option<Kind>,
    request: &'event str,
    #[serde(skip_serializing_if = "Option::is_none")]
    subject: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    contact: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    network: Option<String>,
}

impl<'event> Line<'event> {
    /// Takes what happened, to whom, and when; people are named by `names`.
    pub(super) fn of(who: &Who<'event>, event: &Event<'_>, names: &Pseudonyms, now: Timestamp) -> Self {
        let Words { event: word, outcome, reason, .. } = Words::of(event);
        let of = |contact: &Contact| (contact.kind(), Some(names.contact(contact)));
        let about = match event {
            Event::SignedIn
            | Event::SignInFailed(_)
            | Event::StepUpAsked
            | Event::SignedOut
            | Event::EndedByProvider => None,
            Event::Mistyped(kind) | Event::Cancelled(kind, None) => Some((*kind, None)),
            Event::Stopped(contact, _)
            | Event::Asked(contact)
            | Event::Begun(contact, _)
            | Event::Entered(contact)
            | Event::Finished { contact, .. }
            | Event::Cancelled(_, Some(contact)) => Some(of(contact)),
            Event::NoticeSent { kind, to } | Event::NoticeFailed { kind, to, .. } => {
                Some((*kind, Some(names.listed(*kind, to))))
            }
        };
        let (kind, contact) = about.unzip();
        Self {
            time: written(now),
            event: word,
            outcome,
            reason,
            kind,
            request: who.request,
            subject: who.subject.map(|subject| names.subject(subject)),
            contact: contact.flatten(),
            network: who.network.map(|network| names.network(network)),
        }
    }

    /// Writes the line as one JSON object.
    pub(super) fn json(&self) -> String {
        // Texts and enums can always be written.
        serde_json::to_string(self).unwrap_or_default()
    }

    /// Puts the line into the log, under the target `audit`.
    pub(super) fn log(&self) {
        let Self { event, outcome, reason, kind, request, subject, contact, network, .. } = self;
        tracing::info!(
            target: "audit",
            event,
            outcome,
            reason = Some(*reason).filter(|reason| !reason.is_empty()),
            kind = kind.map(Kind::as_str),
            request,
            subject,
            contact,
            network,
        );
    }
}

/// Writes a time in UTC (RFC 3339).
fn written(time: Timestamp) -> String {
    let millis = i64::try_from(time.as_millis()).unwrap_or(i64::MAX);
    format!("{:.3}", jiff::Timestamp::from_millisecond(millis).unwrap_or(jiff::Timestamp::MAX))
}
