//! The arrows of the flow. Total functions: what cannot happen has no arguments to be called with.

use std::time::Duration;

use crate::{
    AwaitCode, BeginOutcome, Choices, Contact, Contacts, Done, Enter, FinishOutcome, Flow, FlowId, Notice,
    Refusal, Restart, RestartReason, Timestamp,
};

impl Flow {
    /// Gives the first state, with nothing typed.
    pub fn start(id: FlowId) -> Self {
        Self::Enter(Enter { id, typed: String::new(), choices: Choices::default(), refusal: None })
    }

    /// Gives the id of this state.
    pub fn id(&self) -> &FlowId {
        match self {
            Self::Enter(Enter { id, .. })
            | Self::AwaitCode(AwaitCode { id, .. })
            | Self::Done(Done { id, .. })
            | Self::Restart(Restart { id, .. }) => id,
        }
    }

    /// Gives the state at a time: a code whose time is over is no longer awaited, a limit that has ended is no news. The
    /// id stays, so that a form which was on the screen when the time ran out can still ask for a new code.
    #[must_use]
    pub fn at(mut self, now: Timestamp) -> Self {
        if self.limit_ends_at().is_some_and(|until| until <= now) {
            self = self.silent();
        }
        match self {
            Self::AwaitCode(awaiting) if now >= awaiting.expires_at => Self::Restart(Restart {
                id: awaiting.id,
                contact: awaiting.contact,
                choices: awaiting.choices,
                reason: RestartReason::Expired,
                refusal: limit(awaiting.notice),
            }),
            other => other,
        }
    }

    /// Gives the state without what was said of a press that was made long ago: what could not be done then may be done now.
    /// A limit says itself until when it holds. What was refused for want of a sign-in is forgotten: whoever signs in later need
    /// not be who typed it.
    #[must_use]
    pub fn without_news(self) -> Self {
        match self {
            Self::Enter(Enter { id, refusal: Some(Refusal::SignInAgain), .. }) => Self::start(id),
            other if other.limit_ends_at().is_none() => other.silent(),
            other => other,
        }
    }

    /// Gives the state with nothing said of the last press.
    fn silent(mut self) -> Self {
        match &mut self {
            Self::Enter(Enter { refusal, .. }) | Self::Restart(Restart { refusal, .. }) => {
                *refusal = None;
            }
            Self::AwaitCode(awaiting) => awaiting.notice = None,
            Self::Done(_) => {}
        }
        self
    }

    /// Gives the state for a person who comes to change a contact: a change that is done makes room for the next one.
    /// The id stays, so that the empty form belongs to the flow.
    #[must_use]
    pub fn afresh(self) -> Self {
        match self {
            Self::Done(done) => Self::start(done.id),
            other => other,
        }
    }

    /// Gives when the limit ends that the last press ran into, if it did and if that is known.
    pub fn limit_ends_at(&self) -> Option<Timestamp> {
        let refusal = match self {
            Self::Enter(Enter { refusal, .. }) | Self::Restart(Restart { refusal, .. }) => refusal.as_ref(),
            Self::AwaitCode(AwaitCode { notice: Some(Notice::NotResent(refusal)), .. }) => Some(refusal),
            Self::AwaitCode(_) | Self::Done(_) => None,
        };
        match refusal {
            Some(Refusal::LimitReached(limit)) => limit.until,
            Some(Refusal::OwnLimit(limit)) => Some(limit.until),
            _ => None,
        }
    }

    /// Gives the contact whose code is awaited, if one is.
    pub fn pending(&self) -> Option<&Contact> {
        match self {
            Self::AwaitCode(AwaitCode { contact, .. }) => Some(contact),
            Self::Enter(_) | Self::Done(_) | Self::Restart(_) => None,
        }
    }
}

impl Enter {
    /// What *begin* came to, for the contact that was entered.
    /// `next` names the state that follows.
    pub fn begun(self, next: FlowId, contact: Contact, choices: Choices, outcome: BeginOutcome) -> Flow {
        match sent(next, &contact, choices, outcome) {
            Ok(flow) => flow,
            Err((id, refusal)) => {
                let typed = contact.readable().to_owned();
                Flow::Enter(Self { id, typed, choices, refusal: Some(refusal) })
            }
        }
    }

    /// The press is refused before any call. The id stays: nothing was spent.
    #[must_use]
    pub fn refused(self, typed: String, choices: Choices, refusal: Refusal) -> Self {
        Self { typed, choices, refusal: Some(refusal), ..self }
    }
}

impl Flow {
    /// Tells whether what the account holds says more than is known here.
    pub fn can_settle(&self) -> bool {
        matches!(self, Self::Restart(restart) if restart.can_settle())
    }
}

impl Restart {
    /// Tells whether what the account holds says more than is known here.
    pub fn can_settle(&self) -> bool {
        matches!(self.reason, RestartReason::Unknown | RestartReason::NotChanged)
    }

    /// Where the outcome is not known, or was not there when it was looked for, what the account holds now tells it: the
    /// service may have taken its time. Other reasons stand.
    #[must_use]
    pub fn settled(self, contacts: &Contacts, now: Timestamp) -> Flow {
        if !self.can_settle() {
            return Flow::Restart(self);
        }
        if contacts.has_verified(&self.contact) {
            let Self { id, contact, choices, .. } = self;
            Flow::Done(Done { id, contact, choices, contacts: contacts.clone(), at: now })
        } else {
            // That a press could do nothing before this was known is no news any more.
            let was_unknown = self.reason == RestartReason::Unknown;
            let is_old = |refusal: &Refusal| was_unknown && matches!(refusal, Refusal::Unavailable { .. });
            let refusal = self.refusal.filter(|refusal| !is_old(refusal));
            Flow::Restart(Self { reason: RestartReason::NotChanged, refusal, ..self })
        }
    }

    /// What *begin* came to, for the same contact and choices. `next` names the state that follows.
    pub fn begun(self, next: FlowId, outcome: BeginOutcome) -> Flow {
        match sent(next, &self.contact, self.choices, outcome) {
            Ok(flow) => flow,
            Err((id, refusal)) => Flow::Restart(Self { id, refusal: Some(refusal), ..self }),
        }
    }

    /// Back to the field, with what was entered. `next` names the state that follows.
    pub fn entered_again(self, next: FlowId) -> Flow {
        let typed = self.contact.readable().to_owned();
        Flow::Enter(Enter { id: next, typed, choices: self.choices, refusal: None })
    }
}

impl Done {
    /// Tells whether the contact is the primary one of its kind now.
    pub fn is_primary(&self) -> bool {
        self.contacts.of(self.contact.kind()).first().is_some_and(|first| self.contact.is(&first.value))
    }
}

impl AwaitCode {
    /// What *begin* came to when a new code was asked for while this one is good. If none was sent, this one stays.
    /// `next` names the state that follows.
    pub fn begun(self, next: FlowId, outcome: BeginOutcome) -> Flow {
        match sent(next, &self.contact, self.choices, outcome) {
            Ok(flow) => flow,
            Err((id, refusal)) => {
                Flow::AwaitCode(Self { id, notice: Some(Notice::NotResent(refusal)), ..self })
            }
        }
    }

    /// What *finish* came to by now. `next` names the state that follows.
    pub fn finished(self, next: FlowId, outcome: FinishOutcome, now: Timestamp) -> Flow {
        let reason = match outcome {
            FinishOutcome::Changed(contacts) => {
                let Self { contact, choices, .. } = self;
                return Flow::Done(Done { id: next, contact, choices, contacts, at: now });
            }
            FinishOutcome::Unavailable { reference } => {
                return Flow::AwaitCode(Self {
                    id: next,
                    notice: Some(Notice::NotChecked { reference }),
                    ..self
                });
            }
            FinishOutcome::WrongCode => RestartReason::WrongCode,
            FinishOutcome::Expired => RestartReason::Expired,
            FinishOutcome::Over => RestartReason::Over,
            FinishOutcome::Taken => RestartReason::Taken,
            FinishOutcome::NotChanged => RestartReason::NotChanged,
            FinishOutcome::Unknown => RestartReason::Unknown,
        };
        let Self { contact, choices, notice, .. } = self;
        Flow::Restart(Restart { id: next, contact, choices, reason, refusal: limit(notice) })
    }

    /// The same state with something to tell. The id stays: no press was spent.
    #[must_use]
    pub fn noticed(self, notice: Notice) -> Self {
        Self { notice: Some(notice), ..self }
    }

    /// Back to the field, with what was entered. `next` names the state that follows.
    pub fn entered_again(self, next: FlowId) -> Flow {
        let typed = self.contact.readable().to_owned();
        Flow::Enter(Enter { id: next, typed, choices: self.choices, refusal: None })
    }

    /// Gives how long the code still works: zero when its time is over.
    pub fn time_left(&self, now: Timestamp) -> Duration {
        self.expires_at.since(now)
    }
}

/// The limit that a new code has met, if it has: it stands as well when the code that still worked is of no use any more.
fn limit(notice: Option<Notice>) -> Option<Refusal> {
    match notice {
        Some(Notice::NotResent(limit @ (Refusal::LimitReached(_) | Refusal::OwnLimit(_)))) => Some(limit),
        _ => None,
    }
}

/// The state after *begin*: a code is awaited, or the answer was lost, or (as an error) the press was refused.
fn sent(
    id: FlowId,
    contact: &Contact,
    choices: Choices,
    outcome: BeginOutcome,
) -> Result<Flow, (FlowId, Refusal)> {
    let contact = contact.clone();
    match outcome {
        BeginOutcome::Sent { expires_at } => {
            Ok(Flow::AwaitCode(AwaitCode { id, contact, choices, expires_at, notice: None }))
        }
        BeginOutcome::Lost => {
            let reason = RestartReason::BeginLost;
            Ok(Flow::Restart(Restart { id, contact, choices, reason, refusal: None }))
        }
        BeginOutcome::NotAcceptable => Err((id, Refusal::NotAcceptable)),
        BeginOutcome::AlreadyYours => Err((id, Refusal::AlreadyYours)),
        BeginOutcome::LimitReached(limit) => Err((id, Refusal::LimitReached(limit))),
        BeginOutcome::NotAllowed => Err((id, Refusal::NotAllowed)),
        BeginOutcome::OwnLimit(limit) => Err((id, Refusal::OwnLimit(limit))),
        BeginOutcome::Unavailable { reference } => Err((id, Refusal::Unavailable { reference })),
    }
}
