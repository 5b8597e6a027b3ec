//! What becomes of a press.

use contact::{
    AwaitCode, Choices, Contact, ContactProblem, Country, Enter, Flow, FlowId, Kind, Notice, Refusal,
    VerificationCode,
};
use session::{Change, Press, Standing, next_id};

use super::{Journey, Visit};
use crate::{Answer, Outcome, Page};

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
    /// Answers a press: at most one call to the service, and none if the press came before or too late.
    pub(crate) async fn answer(&self, visit: &Visit, kind: Kind, form: FlowId, ask: Ask) -> Answer {
        let mut change = self.0.changes.open(&visit.signed_in.caller.subject, kind).await;
        let flow = change.flow().clone().at(self.now());
        change.update(flow);

        let press = ask.press();
        match change.standing(&form, &press) {
            Standing::Repeat => {}
            Standing::Older => self.overtaken(visit, &mut change, kind, ask),
            Standing::Current => self.take(visit, &mut change, kind, form, ask).await,
        }
        if press == Press::Cancel && matches!(change.flow(), Flow::Enter(_)) {
            let way_back = visit.way_back.as_ref().map(|way_back| way_back.with(Outcome::Cancelled));
            return Answer::Leave(way_back.unwrap_or_else(|| Page::Contacts.path().to_owned()));
        }
        Answer::Step(Box::new(self.step(visit, kind, change.flow().clone())))
    }

    async fn take(&self, visit: &Visit, change: &mut Change, kind: Kind, form: FlowId, ask: Ask) {
        match (change.flow().clone().afresh(), ask) {
            (_, Ask::Cancel) => change.pressed(form, Press::Cancel, Flow::start(next_id())),
            (Flow::Enter(enter), Ask::Begin { typed, choices }) => {
                self.begin(visit, change, kind, form, enter, typed, choices).await;
            }
            // Nothing waits any more, so another contact may be begun: one of the list that is not verified yet.
            (Flow::Restart(restart), Ask::Begin { typed, choices }) => {
                let enter = Enter { id: restart.id, typed: String::new(), choices, refusal: None };
                self.begin(visit, change, kind, form, enter, typed, choices).await;
            }
            (Flow::AwaitCode(awaiting), Ask::Finish { typed }) => match VerificationCode::parse(&typed) {
                Err(problem) => {
                    change.update(Flow::AwaitCode(awaiting.noticed(Notice::Malformed(problem))));
                }
                Ok(code) => self.finish(visit, change, form, code).await,
            },
            (Flow::AwaitCode(awaiting), Ask::Edit) => {
                change.pressed(form, Press::Edit, awaiting.entered_again(next_id()));
            }
            (Flow::Restart(restart), Ask::Edit) => {
                change.pressed(form, Press::Edit, restart.entered_again(next_id()));
            }
            (flow @ (Flow::AwaitCode(_) | Flow::Restart(_)), Ask::Resend) => {
                self.resend(visit, change, form, flow).await;
            }
            // The time ran out on the way here: the state says so, and nothing is sent.
            (Flow::Restart(_), Ask::Finish { .. }) => {}
            (_, ask) => self.overtaken(visit, change, kind, ask),
        }
    }

    #[expect(clippy::too_many_arguments, reason = "the press, the state it was made on, and what was typed")]
    async fn begin(
        &self,
        visit: &Visit,
        change: &mut Change,
        kind: Kind,
        form: FlowId,
        enter: Enter,
        typed: String,
        choices: Choices,
    ) {
        let press = Press::Begin(typed.clone(), choices);
        let choices = self.decided(choices);
        let contact = match self.read(visit, kind, &typed) {
            Ok(contact) => contact,
            Err(problem) => {
                let enter = enter.refused(typed, choices, Refusal::Malformed(problem));
                return change.update(Flow::Enter(enter));
            }
        };
        change.sending(form, press, contact.clone(), choices);
        let (outcome, token) = self.call_begin(visit, &contact, choices).await;
        change.settle(enter.begun(next_id(), contact, choices, outcome), token);
    }

    async fn resend(&self, visit: &Visit, change: &mut Change, form: FlowId, flow: Flow) {
        let (contact, choices) = match &flow {
            Flow::AwaitCode(AwaitCode { contact, choices, .. })
            | Flow::Restart(contact::Restart { contact, choices, .. }) => (contact.clone(), *choices),
            Flow::Enter(_) | Flow::Done(_) => return,
        };
        let previous = change.sending(form, Press::Resend, contact.clone(), choices);
        let (outcome, token) = self.call_begin(visit, &contact, choices).await;
        let next = match flow {
            Flow::AwaitCode(awaiting) => awaiting.begun(next_id(), outcome),
            Flow::Restart(restart) => restart.begun(next_id(), outcome),
            Flow::Enter(_) | Flow::Done(_) => return,
        };
        change.settle(next, token.or(previous));
    }

    async fn finish(&self, visit: &Visit, change: &mut Change, form: FlowId, code: VerificationCode) {
        let Some((awaiting, token)) = change.entering(form) else { return };
        let outcome = self.call_finish(visit, &awaiting, &token, &code).await;
        change.settle(awaiting.finished(next_id(), outcome, self.now()), Some(token));
    }

    /// What holds of the choices under the operator's policy.
    fn decided(&self, choices: Choices) -> Choices {
        Choices {
            primary: self.0.policy.primary.decide(choices.primary),
            replace_all: self.0.policy.replace_all.decide(choices.replace_all),
        }
    }

    /// Reads what a person typed: a number in national writing, too, where it is known in which country.
    fn read(&self, visit: &Visit, kind: Kind, typed: &str) -> Result<Contact, ContactProblem> {
        Contact::parse_in(kind, typed, self.region(visit).as_ref().map(Country::as_str))
    }

    /// A press that was made on a state which was left since: it spends nothing, and the person is told.
    fn overtaken(&self, visit: &Visit, change: &mut Change, kind: Kind, ask: Ask) {
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
        change.update(flow);
    }
}
