//! A call that the ledger writes down: what came in, and what a fault makes of it.

use super::caller::Caller;
use super::refusal::Refusal;
use crate::dialect::Words;
use crate::faults::Fault;
use crate::service::Service;
use crate::world::World;
use axum::http::{HeaderMap, StatusCode};
use jiff::Timestamp;

/// A call on a user.
pub(crate) struct Incoming<'a> {
    pub(crate) service: &'a Service,
    /// The user in the path.
    pub(crate) user: &'a str,
    pub(crate) headers: &'a HeaderMap,
    /// The words of the call.
    pub(crate) words: &'a Words,
    /// What is to go wrong with it.
    pub(crate) fault: Option<&'a Fault>,
}

impl Incoming<'_> {
    /// Who calls. 401 when that is not known.
    pub(crate) fn caller(&self, world: &World, now: Timestamp) -> Result<Caller, Refusal> {
        Caller::of(self.headers, self.service, world, now)
    }

    /// Does the work, unless a fault keeps the call from it.
    pub(crate) fn unless_kept<T>(&self, work: impl FnOnce() -> Result<T, Refusal>) -> Result<T, Refusal> {
        match self.fault.filter(|fault| !fault.acts()) {
            // The fault layer answers in place of this.
            Some(fault) => Err(Refusal::new(StatusCode::OK, fault.outcome(), "Not done.")),
            None => {
                work().map_err(|refusal| refusal.said(self.words, &self.service.settings.dialect.headers))
            }
        }
    }

    /// The status that goes out, if any does. `good` is that of a success.
    pub(crate) fn status<T>(&self, result: &Result<T, Refusal>, good: StatusCode) -> Option<u16> {
        let truly = result.as_ref().map_or_else(|refusal| refusal.status, |_| good).as_u16();
        self.fault.map_or(Some(truly), |fault| fault.answered(truly))
    }
}
