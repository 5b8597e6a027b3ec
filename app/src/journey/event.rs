//! What happens to people, for whoever keeps the record of it: each thing is told once, where it is known.
//!
//! An event holds what happened as the domain has it. What may be written of it, and in which form, is decided by the
//! witness alone, so nothing personal has to be thought of here.

use std::time::Duration;

use contact::{BeginOutcome, Contact, FinishOutcome, Kind};
use identity::Subject;
use session::{Limit, Network};

use super::{Journey, Visit};

/// Something that happened. What a call came to is told besides that it was made: if only the one is there, the server
/// ended between the two.
#[derive(Clone, Copy)]
pub enum Event<'event> {
    /// Somebody signed in.
    SignedIn,
    /// Somebody did not come to be signed in.
    SignInFailed(SignInProblem),
    /// Somebody who was signed in has to sign in once more, since the last time is too long ago for what they want.
    StepUpAsked,
    /// Somebody signed out.
    SignedOut,
    /// The provider ended the sessions of somebody (OpenID Connect Back-Channel Logout 1.0).
    EndedByProvider,
    /// What was typed is no contact of this kind, so nothing was asked for.
    Mistyped(Kind),
    /// No code was asked for: lists or limits of our own are against it.
    Stopped(&'event Contact, Stop),
    /// A code is about to be asked for.
    Asked(&'event Contact),
    /// What asking for a code came to.
    Begun(&'event Contact, &'event BeginOutcome),
    /// A code is about to be entered.
    Entered(&'event Contact),
    /// What entering a code came to. `after`: the time since the code was sent, where that is known.
    Finished {
        /// The new contact.
        contact: &'event Contact,
        /// What it came to.
        outcome: &'event FinishOutcome,
        /// The time since the code was sent.
        after: Option<Duration>,
    },
    /// A change was given up; with the contact whose code was awaited, if one was.
    Cancelled(Kind, Option<&'event Contact>),
    /// A contact of the account was told of a change. `to`: as the service lists it.
    NoticeSent {
        /// The kind of the contact that was told.
        kind: Kind,
        /// The contact that was told.
        to: &'event str,
    },
    /// A contact of the account could not be told of a change. `to`: as the service lists it.
    NoticeFailed {
        /// The kind of the contact that was to be told.
        kind: Kind,
        /// The contact that was to be told.
        to: &'event str,
        /// Whether the notice may have been sent all the same ([`identity::Fault::may_have_acted`]).
        may_have_acted: bool,
    },
    /// A change took contacts of this kind away that were never read, so they could not be told of it.
    PreviousNotKnown(Kind),
    /// An application was told of a change.
    ApplicationTold {
        /// What the operator calls the application.
        application: &'event str,
        /// The kind of the contact that was changed.
        kind: Kind,
    },
    /// An application was not told of a change, and will not be.
    ApplicationNotTold {
        /// What the operator calls the application.
        application: &'event str,
        /// The kind of the contact that was changed.
        kind: Kind,
        /// Why.
        why: Untold,
    },
}

/// Why an application is not told of a change.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Untold {
    /// It did not take it for as long as it was tried.
    GivenUp,
    /// Too much waits for it already.
    Full,
    /// It could not be kept until it was told.
    Store,
}

/// Why somebody did not come to be signed in.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum SignInProblem {
    /// The provider said no, or the person did there.
    Refused,
    /// The answer does not belong to a sign-in that this browser has under way.
    NotUnderWay,
    /// The provider cannot be reached, or does not do what it must.
    Provider,
    /// What the provider sent does not prove who it is.
    NotProven,
    /// The session could not be kept.
    Store,
}

/// What of our own is against sending a code.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Stop {
    /// The operator's lists of countries and domains.
    Lists,
    /// A limit.
    Limit(Limit),
}

/// To whom something happened, and on which request.
#[derive(Clone, Copy)]
pub struct Who<'event> {
    /// The id of the request.
    pub request: &'event str,
    /// The person; nothing if it is not known who it is.
    pub subject: Option<&'event Subject>,
    /// The network that the person is in; nothing if it was not they who made the request.
    pub network: Option<Network>,
}

/// Who keeps the record of what happens.
pub trait Witness: Send + Sync {
    /// Takes what has just happened.
    fn saw<'event>(&self, who: Who<'event>, event: Event<'event>);
}

impl<'event> From<&'event Visit> for Who<'event> {
    fn from(visit: &'event Visit) -> Self {
        Self {
            request: &visit.reference,
            subject: Some(&visit.signed_in.caller.subject),
            network: Some(visit.network),
        }
    }
}

impl Journey {
    /// Tells the witness what has just happened on a visit.
    pub(super) fn record(&self, visit: &Visit, event: Event<'_>) {
        self.0.witness.saw(visit.into(), event);
    }
}
