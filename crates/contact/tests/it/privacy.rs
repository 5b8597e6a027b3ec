//! Nothing personal shows itself where a developer or a log would print it.

use contact::{
    AwaitCode, BeginOutcome, Choices, Contact, Contacts, Done, Enter, FinishOutcome, Flow, FlowId, Kind,
    KnownContact, Notice, Refusal, Restart, RestartReason, Timestamp, VerificationCode,
};

const ADDRESS: &str = "ann@example.com";
const NUMBER: &str = "+358501234567";

fn id() -> FlowId {
    FlowId::from_random(0)
}

fn contacts() -> Contacts {
    let known = |value: &str| vec![KnownContact { value: value.to_owned(), verified: true }];
    Contacts { emails: known(ADDRESS), mobiles: known(NUMBER) }
}

/// Every state that holds something personal, in its `Debug` form.
fn states(contact: &Contact) -> Vec<String> {
    let choices = Choices::default();
    let enter = Enter { id: id(), typed: ADDRESS.into(), choices, refusal: Some(Refusal::AlreadyYours) };
    let awaiting = AwaitCode {
        id: id(),
        contact: contact.clone(),
        choices,
        expires_at: Timestamp::from_millis(0),
        notice: Some(Notice::AnotherPending),
    };
    let done = Done {
        id: id(),
        contact: contact.clone(),
        choices,
        contacts: contacts(),
        at: Timestamp::from_millis(1),
    };
    let reason = RestartReason::WrongCode;
    let restart = Restart { id: id(), contact: contact.clone(), choices, reason, refusal: None };
    vec![
        format!("{enter:?} {:?}", Flow::Enter(enter.clone())),
        format!("{awaiting:?} {:?}", Flow::AwaitCode(awaiting.clone())),
        format!("{done:?} {:?}", Flow::Done(done.clone())),
        format!("{restart:?} {:?}", Flow::Restart(restart.clone())),
        format!("{contact:?} {:?}", contacts()),
        format!("{:?} {:?}", FinishOutcome::Changed(contacts()), BeginOutcome::NotAcceptable),
    ]
}

#[test]
fn no_address_number_or_typed_text_is_in_what_a_log_would_print() {
    let email = Contact::parse(Kind::Email, ADDRESS).unwrap();
    let mobile = Contact::parse(Kind::Mobile, NUMBER).unwrap();
    for printed in states(&email).into_iter().chain(states(&mobile)) {
        assert!(!printed.contains("ann") && !printed.contains("example.com"), "{printed}");
        assert!(!printed.contains("50123"), "{printed}");
    }
}

#[test]
fn no_code_is_in_what_a_log_would_print() {
    let code = VerificationCode::parse("123456").unwrap();
    assert!(!format!("{code:?} {:?}", VerificationCode::parse("123456")).contains('1'));
    assert!(!VerificationCode::parse("98765").unwrap_err().to_string().contains("98765"));
}

#[test]
fn no_problem_repeats_what_was_typed() {
    for typed in ["ann smith@example.com", "ann@example", "ann@"] {
        let problem = Contact::parse(Kind::Email, typed).unwrap_err();
        assert!(!format!("{problem} {problem:?}").contains("ann"), "{problem}");
    }
    for typed in ["+358 9 1234 5678", "050 1234567", "+999 123 45 67"] {
        let problem = Contact::parse(Kind::Mobile, typed).unwrap_err();
        assert!(!format!("{problem} {problem:?}").contains("123"), "{problem}");
    }
}
