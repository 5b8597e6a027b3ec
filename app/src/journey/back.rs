//! What the application that sent a person here is told if they go back now.

use std::sync::Arc;

use contact::{Flow, Kind, Restart, RestartReason};
use session::{ChangeError, Known};
use upstream::chain;

use super::{Journey, Visit};
use crate::{Allowance, Back, Outcome, Reason};

impl Journey {
    /// Gives the way back for somebody at a state of the change of one kind; nothing if no application sent them here.
    pub(super) async fn back(
        self: &Arc<Self>,
        visit: &Visit,
        kind: Kind,
        known: &Known,
        allowance: Option<&Allowance>,
    ) -> Option<Back> {
        let way_back = visit.way_back.as_ref()?;
        let outcome = if way_back.kind != kind {
            self.outcome_elsewhere(visit, way_back.kind).await
        } else if visit.is_answered_by(known) {
            Outcome::Changed
        } else {
            Outcome::at(&known.flow, allowance)
        };
        Some(way_back.shown(visit.locale, outcome))
    }

    /// Gives the outcome for somebody at the other change. Where it cannot be read, what the person sees and does here goes on
    /// all the same.
    async fn outcome_elsewhere(self: &Arc<Self>, visit: &Visit, wanted: Kind) -> Outcome {
        match self.found_out(visit, wanted).await {
            Ok(known) => visit.outcome_away(&known),
            Err(error) => {
                let (reference, fault) = (&visit.reference, chain(&error));
                tracing::warn!(%reference, %fault, "whether an application was answered cannot be read");
                Outcome::Failed(Reason::Unknown)
            }
        }
    }

    async fn found_out(self: &Arc<Self>, visit: &Visit, kind: Kind) -> Result<Known, ChangeError> {
        let known = self.known(visit, kind).await?;
        if known.flow.can_settle() { Ok(self.find_out(visit, kind).await?.1) } else { Ok(known) }
    }
}

impl Visit {
    /// Gives the way back for the page that lists the contacts. `is_readable`: whether it could.
    pub(super) fn back_from_contacts(&self, changes: &[(Kind, Known)], is_readable: bool) -> Option<Back> {
        let way_back = self.way_back.as_ref()?;
        let (_, known) = changes.iter().find(|(kind, _)| *kind == way_back.kind)?;
        let outcome = match self.outcome_away(known) {
            Outcome::Cancelled if !is_readable => Outcome::Failed(Reason::Unavailable),
            outcome => outcome,
        };
        Some(way_back.shown(self.locale, outcome))
    }

    /// Away from the change that was asked for, all that counts is whether it was made.
    fn outcome_away(&self, known: &Known) -> Outcome {
        match &known.flow {
            _ if self.is_answered_by(known) => Outcome::Changed,
            Flow::Restart(Restart { reason: RestartReason::Unknown, .. }) => Outcome::Failed(Reason::Unknown),
            _ => Outcome::Cancelled,
        }
    }

    /// Tells whether a contact was changed since the application sent the person here.
    fn is_answered_by(&self, known: &Known) -> bool {
        let since = self.way_back.as_ref().map(|way_back| way_back.since);
        since.is_some_and(|since| known.changed_at.is_some_and(|changed_at| changed_at >= since))
    }
}
