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
    #[serde(skip_serializing_if = "Option::is_none")]
    application: Option<&'event str>,
}

impl<'event> Line<'event> {
    /// Takes what happened, to whom, and when; people are named by `names`.
    pub(super) fn of(who: &Who<'event>, event: &Event<'event>, names: &Pseudonyms, now: Timestamp) -> Self {
        let Words { event: word, outcome, reason, .. } = Words::of(event);
        let of = |contact: &Contact| (contact.kind(), Some(names.contact(contact)));
        let about = match event {
            Event::SignedIn
            | Event::SignInFailed(_)
            | Event::StepUpAsked
            | Event::SignedOut
            | Event::EndedByProvider => None,
            Event::Mistyped(kind)
            | Event::Cancelled(kind, None)
            | Event::PreviousNotKnown(kind)
            | Event::ApplicationTold { kind, .. }
            | Event::ApplicationNotTold { kind, .. } => Some((*kind, None)),
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
        let application = match event {
            Event::ApplicationTold { application, .. } | Event::ApplicationNotTold { application, .. } => {
                Some(*application)
            }
            _ => None,
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
            application,
        }
    }

    /// Writes the line as one JSON object.
    pub(super) fn json(&self) -> String {
        // Texts and enums can always be written.
        serde_json::to_string(self).unwrap_or_default()
    }

    /// Puts the line into the log, under the target `audit`.
    pub(super) fn log(&self) {
        let Self { event, outcome, reason, kind, request, subject, contact, network, application, .. } = self;
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
            application,
        );
    }
}

/// Writes a time in UTC (RFC 3339).
fn written(time: Timestamp) -> String {
    let millis = i64::try_from(time.as_millis()).unwrap_or(i64::MAX);
    format!("{:.3}", jiff::Timestamp::from_millisecond(millis).unwrap_or(jiff::Timestamp::MAX))
}

#[cfg(test)]
mod tests {
    use identity::Subject;
    use serde_json::{Value, json};

    use super::*;

    fn line(event: &Event<'_>) -> Value {
        let subject = Subject::parse("somebody").expect("a subject");
        let who = Who { request: "5b7c", subject: Some(&subject), network: None };
        let names = Pseudonyms::new(&[1; 32]).expect("keys");
        let line = Line::of(&who, event, &names, Timestamp::from_millis(1_772_442_847_218));
        serde_json::from_str(&line.json()).expect("JSON")
    }

    #[test]
    fn whoever_is_told_of_a_change_has_the_name_that_the_contact_has_everywhere() {
        let told = line(&Event::NoticeSent { kind: Kind::Email, to: "Old@Example.org" });
        let contact = Contact::parse(Kind::Email, "old@example.org").expect("an address");
        let asked = line(&Event::Asked(&contact));
        assert_eq!(told["contact"], asked["contact"]);
        assert_eq!((&told["event"], &told["kind"]), (&json!("notice_sent"), &json!("email")));
        let lost = line(&Event::NoticeFailed { kind: Kind::Mobile, to: "no number", may_have_acted: true });
        assert_eq!((&lost["event"], &lost["outcome"]), (&json!("notice_failed"), &json!("unknown")));
        assert!(!lost.to_string().contains("no number"));
    }

    #[test]
    fn what_is_not_known_is_left_out() {
        let ended = line(&Event::EndedByProvider);
        let subject = ended["subject"].clone();
        let right = json!({
            "time": "2026-03-02T09:14:07.218Z", "event": "ended_by_provider", "outcome": "done", "request": "5b7c",
            "subject": subject,
        });
        assert_eq!(ended, right);
        assert_eq!(line(&Event::StepUpAsked)["subject"], subject);
    }
}
