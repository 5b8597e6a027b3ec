//! What the application that sent a person here is told if they go back now.

use contact::Kind;
use session::Known;

use super::{Journey, Visit, calls::causes};
use crate::{Allowance, Back, Outcome, Reason};

impl Journey {
    /// Gives the way back for somebody at a state of the change of one kind; nothing if no application sent them here.
    pub(super) async fn back(
        &self,
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

    /// Gives the same for the page that lists the contacts. `is_readable`: whether it could.
    pub(super) async fn back_from_contacts(&self, visit: &Visit, is_readable: bool) -> Option<Back> {
        let way_back = visit.way_back.as_ref()?;
        let outcome = match self.outcome_elsewhere(visit, way_back.kind).await {
            Outcome::Cancelled if !is_readable => Outcome::Failed(Reason::Unavailable),
            outcome => outcome,
        };
        Some(way_back.shown(visit.locale, outcome))
    }

    /// Away from the change that was asked for, all that counts is whether it was made. Where that cannot be read, what
    /// the person sees and does here goes on all the same.
    async fn outcome_elsewhere(&self, visit: &Visit, wanted: Kind) -> Outcome {
        match self.known(visit, wanted).await {
            Ok(known) if visit.is_answered_by(&known) => Outcome::Changed,
            Ok(_) => Outcome::Cancelled,
            Err(error) => {
                let (reference, fault) = (&visit.reference, causes(&error));
                tracing::warn!(%reference, %fault, "whether an application was answered cannot be read");
                Outcome::Failed(Reason::Unknown)
            }
        }
    }
}

impl Visit {
    /// Tells whether a contact was changed since the application sent the person here.
    fn is_answered_by(&self, known: &Known) -> bool {
        let since = self.way_back.as_ref().map(|way_back| way_back.since);
        since.is_some_and(|since| known.changed_at.is_some_and(|changed_at| changed_at >= since))
    }
}
