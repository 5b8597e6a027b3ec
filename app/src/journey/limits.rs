//! What stands between a press and the service: the operator's lists, and limits of our own.

use contact::{BeginOutcome, Choices, Contact, Flow, Kind, OwnLimit, Stops, Timestamp};
use identity::VerificationToken;
use session::{Asker, Limit, Reached};

use super::{Journey, Visit};
use crate::{Allowance, text::server::text};

/// How many codes are few enough to be told. Beyond that the figure helps nobody, and the service's own limit may be
/// nearer.
const WORTH_TELLING: u32 = 5;

impl Journey {
    /// Asks the service to send a code, once, if lists and limits leave it open. A place in the limits is taken before
    /// the call, and given back if surely nothing was sent.
    pub(super) async fn call_begin(
        &self,
        visit: &Visit,
        contact: &Contact,
        choices: Choices,
    ) -> (BeginOutcome, Option<VerificationToken>) {
        if !self.0.destinations.admit(contact) {
            tracing::info!(reference = %visit.reference, "a code was not sent: the destination is not allowed");
            return (BeginOutcome::NotAllowed, None);
        }
        let spent = match self.0.sends.spend(asker(visit), contact, self.now()) {
            Ok(spent) => spent,
            Err(Reached { which, until }) => {
                tracing::warn!(reference = %visit.reference, limit = ?which, "a code was not sent: a limit is reached");
                let stops = if which == Limit::Destination { Stops::Contact } else { Stops::Kind };
                return (BeginOutcome::OwnLimit(OwnLimit { until, stops }), None);
            }
        };
        let (outcome, token) = self.ask_for_code(visit, contact, choices).await;
        if outcome.sent_nothing() {
            self.0.sends.give_back(&spent);
        }
        (outcome, token)
    }

    /// Gives how many codes the person may ask for from a state on. A limit that the last press ran into goes before
    /// ours: the service has its own. `write` writes a time for the person.
    pub(super) fn allowance(
        &self,
        visit: &Visit,
        kind: Kind,
        flow: &Flow,
        write: impl Fn(Timestamp) -> String,
    ) -> Option<Allowance> {
        let now = self.now();
        let met = flow.limit_ends_at().filter(|until| *until > now);
        let contact = match flow {
            // The limit may have been that of the contact alone, and another one can be entered.
            Flow::Enter(_) if met.is_some() => return None,
            Flow::Enter(_) => None,
            Flow::AwaitCode(awaiting) => Some(&awaiting.contact),
            Flow::Restart(restart) => Some(&restart.contact),
            Flow::Done(_) => return None,
        };
        let text = text(visit.locale);
        let reached = |until| Allowance::Reached(text.next_code.with(&write(until)));
        if let Some(until) = met {
            return Some(reached(until));
        }
        Some(match self.0.sends.allowance(asker(visit), kind, contact, now)? {
            session::Allowance::Left { messages, .. } if messages > WORTH_TELLING => return None,
            session::Allowance::Left { messages, within } => {
                let left = contact.map_or(text.allowance, |_| text.of(kind).allowance);
                Allowance::Left(left(messages, within))
            }
            session::Allowance::Reached(Reached { until, .. }) => reached(until),
        })
    }
}

fn asker(visit: &Visit) -> Asker<'_> {
    Asker { subject: &visit.signed_in.caller.subject, network: visit.network }
}
