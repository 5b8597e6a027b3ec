//! What stands between a press and the service: the operator's lists, and limits of our own.

use contact::{BeginOutcome, Contact, Flow, Kind, OwnLimit, Stops, Timestamp};
use session::{Asker, Limit, Reached, Spent, StoreFault};
use upstream::chain;

use super::{Event, Journey, Stop, Visit};
use crate::{Allowance, text::server::text};

/// How many codes are few enough to be told. Beyond that the figure helps nobody, and the service's own limit may be
/// nearer.
const WORTH_TELLING: u32 = 5;

impl Journey {
    /// Takes a place in the limits for a code that is about to be asked for; gives the outcome if lists or limits do not
    /// leave it open.
    ///
    /// # Errors
    /// The limits cannot be read or written.
    pub(super) async fn place(
        &self,
        visit: &Visit,
        contact: &Contact,
    ) -> Result<Result<Spent, BeginOutcome>, StoreFault> {
        if !self.0.destinations.admit(contact) {
            tracing::info!(reference = %visit.reference, "a code was not sent: the destination is not allowed");
            self.record(visit, Event::Stopped(contact, Stop::Lists));
            return Ok(Err(BeginOutcome::NotAllowed));
        }
        let spent = self.0.sends.spend(asker(visit), contact, self.now()).await?;
        Ok(spent.map_err(|Reached { which, until }| {
            tracing::warn!(reference = %visit.reference, limit = ?which, "a code was not sent: a limit is reached");
            self.record(visit, Event::Stopped(contact, Stop::Limit(which)));
            let stops = if which == Limit::Destination { Stops::Contact } else { Stops::Kind };
            BeginOutcome::OwnLimit(OwnLimit { until, stops })
        }))
    }

    /// Gives a place back: surely nothing was sent. If that fails, the person has one code fewer for a while.
    pub(super) async fn give_back(&self, visit: &Visit, place: &Spent) {
        if let Err(fault) = self.0.sends.give_back(place).await {
            tracing::warn!(reference = %visit.reference, fault = %chain(&fault), "a place in the limits was not given back");
        }
    }

    /// Gives how many codes the person may ask for from a state on. A limit that the last press ran into goes before
    /// ours: the service has its own. `write` writes a time for the person.
    pub(super) async fn allowance(
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
        let allowance = match self.0.sends.allowance(asker(visit), kind, contact, now).await {
            Ok(allowance) => allowance?,
            Err(fault) => {
                tracing::warn!(reference = %visit.reference, fault = %chain(&fault), "the limits cannot be read");
                return None;
            }
        };
        Some(match allowance {
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
