//! The two calls, and what their answers mean here. Nothing is sent again by itself: a *begin* costs a message and a
//! *finish* costs the code. A lost *finish* is settled by reading the account.

use std::time::Duration;

use contact::{AwaitCode, BeginOutcome, Choices, Contact, FinishOutcome, LimitReached, VerificationCode};
use identity::{Begun, Fault, Finished, User, VerificationToken};
use upstream::chain;

use super::{Journey, Visit};

/// The shortest time of a limit that is told.
const WORTH_SAYING: Duration = Duration::from_secs(10);

impl Journey {
    /// Asks the service to send a code, once.
    pub(super) async fn call_begin(
        &self,
        visit: &Visit,
        contact: &Contact,
        choices: Choices,
    ) -> (BeginOutcome, Option<VerificationToken>) {
        let caller = &visit.signed_in.caller;
        let outcome = match self.0.service.begin(caller, contact, choices, visit.locale.tag()).await {
            Ok(Begun::Sent { token, lifetime }) => {
                return (BeginOutcome::Sent { expires_at: self.now().after(lifetime) }, Some(token));
            }
            Ok(Begun::NotAcceptable) => BeginOutcome::NotAcceptable,
            Ok(Begun::AlreadyYours) => BeginOutcome::AlreadyYours,
            Ok(Begun::LimitReached { retry_after }) => {
                // One that is over before the person has read of it would leave them with an answer that says nothing.
                let until =
                    retry_after.filter(|wait| *wait >= WORTH_SAYING).map(|wait| self.now().after(wait));
                BeginOutcome::LimitReached(LimitReached { until })
            }
            Err(fault) => {
                report(visit, "begin", &fault);
                if fault.may_have_acted() {
                    BeginOutcome::Lost
                } else {
                    BeginOutcome::Unavailable { reference: visit.reference.clone() }
                }
            }
        };
        (outcome, None)
    }

    /// Enters the code, once. Gives what it came to and, if that is that the contact was changed, the language that the
    /// service writes to the person in.
    pub(super) async fn call_finish(
        &self,
        visit: &Visit,
        awaiting: &AwaitCode,
        token: &VerificationToken,
        code: &VerificationCode,
    ) -> (FinishOutcome, Option<String>) {
        let outcome = match self.0.service.finish(&visit.signed_in.caller, token, code).await {
            Ok(Finished::Changed(user)) => return (FinishOutcome::Changed(user.contacts), user.locale),
            // The service need not say why; our own clock tells whether the time was over.
            Ok(Finished::NotAccepted | Finished::Over) if self.now() >= awaiting.expires_at => {
                FinishOutcome::Expired
            }
            Ok(Finished::NotAccepted) => FinishOutcome::WrongCode,
            Ok(Finished::Over) => FinishOutcome::Over,
            Ok(Finished::Taken) => FinishOutcome::Taken,
            Err(fault) => {
                report(visit, "finish", &fault);
                if fault.may_have_acted() {
                    return self.read_what_became(visit, awaiting).await;
                }
                FinishOutcome::Unavailable { reference: visit.reference.clone() }
            }
        };
        (outcome, None)
    }

    async fn read_what_became(&self, visit: &Visit, awaiting: &AwaitCode) -> (FinishOutcome, Option<String>) {
        match self.account(visit).await {
            Ok(user) if user.contacts.has_verified(&awaiting.contact) => {
                (FinishOutcome::Changed(user.contacts), user.locale)
            }
            Ok(user) if user.names_contacts => (FinishOutcome::NotChanged, None),
            Ok(_) | Err(_) => (FinishOutcome::Unknown, None),
        }
    }

    /// Reads what the account holds. If that fails, the operator is told here; what it means is up to the caller.
    pub(super) async fn account(&self, visit: &Visit) -> Result<User, Fault> {
        let read = self.0.service.user(&visit.signed_in.caller).await;
        read.inspect_err(|fault| report(visit, "user", fault))
    }
}

/// Tells the operator of a failed call: once, whole, and nothing personal.
fn report(visit: &Visit, call: &'static str, fault: &Fault) {
    tracing::error!(
        call,
        reference = %visit.reference,
        may_have_acted = fault.may_have_acted(),
        fault = %chain(fault),
        "a call to the identity service failed"
    );
}
