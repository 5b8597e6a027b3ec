//! What becomes of a press.

use std::sync::Arc;

use contact::{
    BeginOutcome, Choices, Contact, ContactProblem, Country, Enter, Flow, FlowId, Kind, Notice, Refusal,
    VerificationCode, likely_address,
};
use session::{ChangeError, Held, Press, Standing, next_id};
use upstream::chain;

use super::{Event, Journey, Visit, countries::shown_back};
use crate::{Answer, Page, Reading};

/// What a form asks for, with what was typed into it.
pub(crate) enum Ask {
    /// Send a code.
    Begin { typed: String, choices: Choices },
    /// Enter the code.
    Finish { typed: String },
    /// Send a new code.
    Resend,
    /// Go back to the field.
    Edit,
    /// Give the change up.
    Cancel,
}

impl Ask {
    fn press(&self) -> Press {
        match self {
            Self::Begin { typed, choices } => Press::Begin(typed.clone(), *choices),
            Self::Finish { .. } => Press::Finish,
            Self::Resend => Press::Resend,
            Self::Edit => Press::Edit,
            Self::Cancel => Press::Cancel,
        }
    }
}

impl Journey {
    /// Answers a press: at most one call to the service that acts, and none if the press came before or too late. If it is not
    /// known what became of the change, the account is read first.
    ///
    /// # Errors
    /// The change cannot be opened, or cannot be kept: then nothing was done.
    pub(crate) async fn answer(
        self: &Arc<Self>,
        visit: &Visit,
        kind: Kind,
        form: FlowId,
        ask: Ask,
    ) -> Result<Answer, ChangeError> {
        let mut change = self.0.changes.open(&visit.signed_in.caller.subject, kind).await?;
        let flow = change.flow().clone().at(self.now());
        change.update(flow).await?;

        let press = ask.press();
        let standing = change.standing(&form, &press);
        match standing {
            Standing::Repeat => {}
            // Whatever is pressed may leave the only state that knows of a change.
            _ if !self.may_leave(visit, &mut change).await? => {}
            Standing::Older => self.overtaken(visit, &mut change, kind, ask).await?,
            Standing::Current => self.take(visit, &mut change, kind, form, ask).await?,
        }
        let known = change.known();
        // The other change may be looked at next, and nobody waits for one while they hold one.
        drop(change);
        self.send_due(visit, kind, &known);
        if press == Press::Cancel && matches!(known.flow, Flow::Enter(_)) {
            let back = self.back(visit, kind, &known, None).await;
            let leave = || visit.addresses.of(Page::Contacts.path());
            return Ok(Answer::Leave(back.map_or_else(leave, |back| back.address)));
        }
        if matches!(known.flow, Flow::Enter(Enter { refusal: Some(Refusal::SignInAgain), .. })) {
            return Ok(Answer::Leave(visit.addresses.step_up(Page::Change(kind).path())));
        }
        Ok(Answer::Step(Box::new(self.step(visit, kind, known).await)))
    }

    async fn take(
        &self,
        visit: &Visit,
        change: &mut Held,
        kind: Kind,
        form: FlowId,
        ask: Ask,
    ) -> Result<(), ChangeError> {
        match (change.flow().clone().afresh(), ask) {
            // It was found a moment ago that it is made: that is what they are told.
            (_, Ask::Cancel) if matches!(change.flow(), Flow::Done(_)) => Ok(()),
            (flow, Ask::Cancel) => {
                change.pressed(form, Press::Cancel, Flow::start(next_id())).await?;
                self.record(visit, Event::Cancelled(kind, flow.pending()));
                Ok(())
            }
            (Flow::Enter(enter), Ask::Begin { typed, choices }) => {
                self.begin(visit, change, kind, form, enter, typed, choices).await
            }
            // Nothing waits any more, so another contact may be begun: one of the list that is not verified yet.
            (Flow::Restart(restart), Ask::Begin { typed, choices }) => {
                let enter = Enter { id: restart.id, typed: String::new(), choices, refusal: None };
                self.begin(visit, change, kind, form, enter, typed, choices).await
            }
            (Flow::AwaitCode(awaiting), Ask::Finish { typed }) => match VerificationCode::parse(&typed) {
                Err(problem) => {
                    change.told(Flow::AwaitCode(awaiting.noticed(Notice::Malformed(problem)))).await
                }
                Ok(code) => self.finish(visit, change, form, awaiting, code).await,
            },
            (Flow::AwaitCode(awaiting), Ask::Edit) => {
                change.pressed(form, Press::Edit, awaiting.entered_again(next_id())).await
            }
            (Flow::Restart(restart), Ask::Edit) => {
                change.pressed(form, Press::Edit, restart.entered_again(next_id())).await
            }
            (Flow::AwaitCode(awaiting), Ask::Resend) => {
                let (contact, choices) = (awaiting.contact.clone(), awaiting.choices);
                let next = |outcome| awaiting.begun(next_id(), outcome);
                self.send(visit, change, form, Press::Resend, contact, choices, next).await
            }
            (Flow::Restart(restart), Ask::Resend) => {
                let (contact, choices) = (restart.contact.clone(), restart.choices);
                let next = |outcome| restart.begun(next_id(), outcome);
                self.send(visit, change, form, Press::Resend, contact, choices, next).await
            }
            // The time ran out on the way here: the state says so, and nothing is sent.
            (Flow::Restart(_), Ask::Finish { .. }) => Ok(()),
            (_, ask) => self.overtaken(visit, change, kind, ask).await,
        }
    }

    #[expect(clippy::too_many_arguments, reason = "the press, the state it was made on, and what was typed")]
    async fn begin(
        &self,
        visit: &Visit,
        change: &mut Held,
        kind: Kind,
        form: FlowId,
        enter: Enter,
        typed: String,
        choices: Choices,
    ) -> Result<(), ChangeError> {
        let press = Press::Begin(typed.clone(), choices);
        let choices = self.decided(choices);
        match self.read(visit, kind, &typed) {
            // A code for a contact that was chosen by somebody fresh may be asked for again; it goes nowhere else.
            Ok(_) if !visit.is_fresh(self.now(), self.0.fresh_for) => {
                self.record(visit, Event::StepUpAsked);
                change.told(Flow::Enter(enter.refused(typed, choices, Refusal::SignInAgain))).await
            }
            Ok(contact) => {
                let next = |outcome| enter.begun(next_id(), contact.clone(), choices, outcome);
                self.send(visit, change, form, press, contact.clone(), choices, next).await
            }
            Err(problem) => {
                self.record(visit, Event::Mistyped(kind));
                let enter = enter.refused(typed, choices, Refusal::Malformed(problem));
                change.told(Flow::Enter(enter)).await
            }
        }
    }

    /// Sends a code, once, if lists and limits leave it open. `next`: the state that follows from what it came to.
    #[expect(clippy::too_many_arguments, reason = "the press, what is sent, and what follows")]
    async fn send(
        &self,
        visit: &Visit,
        change: &mut Held,
        form: FlowId,
        press: Press,
        contact: Contact,
        choices: Choices,
        next: impl FnOnce(BeginOutcome) -> Flow,
    ) -> Result<(), ChangeError> {
        let place = match self.place(visit, &contact).await? {
            Ok(place) => place,
            Err(refused) => return change.pressed(form, press, next(refused)).await,
        };
        let underway = match change.sending(form, press, contact.clone(), choices).await {
            Ok(underway) => underway,
            Err(error) => {
                self.give_back(visit, &place).await;
                return Err(error);
            }
        };
        // What the change will take away is read while the message is on its way: afterwards nobody can tell. If that fails, it
        // is read before the code is entered.
        self.record(visit, Event::Asked(&contact));
        let call = self.call_begin(visit, &contact, choices);
        let ((outcome, token), previous) = tokio::join!(call, self.previous(visit, choices));
        self.record(visit, Event::Begun(&contact, &outcome));
        let previous = previous.ok().flatten();
        let underway = if token.is_some() { underway.sent(self.now(), previous) } else { underway };
        if outcome.sent_nothing() {
            self.give_back(visit, &place).await;
        }
        tell(visit, underway.settle(next(outcome), token).await);
        Ok(())
    }

    /// What holds of the choices under the operator's policy.
    fn decided(&self, choices: Choices) -> Choices {
        Choices {
            primary: self.0.policy.primary.decide(choices.primary),
            replace_all: self.0.policy.replace_all.decide(choices.replace_all),
        }
    }

    /// Gives what a code would be sent to, as it is shown back, and what was likely meant.
    pub(super) fn reading(&self, visit: &Visit, kind: Kind, typed: &str) -> Reading {
        let Ok(contact) = self.read(visit, kind, typed) else { return Reading::default() };
        let shown = shown_back(visit.locale, &contact).unwrap_or_else(|| contact.readable().to_owned());
        Reading { contact: Some(shown), meant: likely_address(contact.readable()) }
    }

    /// Reads what a person typed: a number in national writing, too, where it is known in which country.
    pub(super) fn read(&self, visit: &Visit, kind: Kind, typed: &str) -> Result<Contact, ContactProblem> {
        Contact::parse_in(kind, typed, self.region(visit).as_ref().map(Country::as_str))
    }

    /// A press that was made on a state which was left since: it spends nothing, and the person is told.
    async fn overtaken(
        &self,
        visit: &Visit,
        change: &mut Held,
        kind: Kind,
        ask: Ask,
    ) -> Result<(), ChangeError> {
        let flow = match (change.flow().clone(), ask) {
            (Flow::AwaitCode(awaiting), Ask::Begin { typed, choices }) => {
                let same = self.decided(choices) == awaiting.choices
                    && self.read(visit, kind, &typed).is_ok_and(|contact| contact == awaiting.contact);
                Flow::AwaitCode(if same { awaiting } else { awaiting.noticed(Notice::AnotherPending) })
            }
            (Flow::AwaitCode(awaiting), Ask::Finish { .. }) => {
                Flow::AwaitCode(awaiting.noticed(Notice::Superseded))
            }
            (Flow::AwaitCode(awaiting), Ask::Resend | Ask::Edit | Ask::Cancel) => {
                Flow::AwaitCode(awaiting.noticed(Notice::OlderForm))
            }
            (Flow::Enter(enter), Ask::Begin { typed, choices }) => {
                Flow::Enter(enter.refused(typed, choices, Refusal::OlderForm))
            }
            (Flow::Restart(_) | Flow::Done(_), Ask::Begin { typed, choices }) => {
                Flow::Enter(Enter { id: next_id(), typed, choices, refusal: Some(Refusal::OlderForm) })
            }
            (Flow::Enter(enter), Ask::Cancel) => Flow::Enter(enter),
            (Flow::Enter(enter), _) => Flow::Enter(Enter { refusal: Some(Refusal::OlderForm), ..enter }),
            (flow @ (Flow::Restart(_) | Flow::Done(_)), _) => flow,
        };
        change.told(flow).await
    }
}

/// What a call came to may not be kept: the person is told what is true all the same, and the operator why. Gives
/// whether it is kept.
pub(super) fn tell(visit: &Visit, kept: Result<(), ChangeError>) -> bool {
    if let Err(error) = &kept {
        tracing::error!(
            reference = %visit.reference,
            fault = %chain(error),
            "what a call came to could not be kept"
        );
    }
    kept.is_ok()
}
