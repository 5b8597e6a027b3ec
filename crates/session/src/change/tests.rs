use contact::Kind;

use super::*;

fn awaiting() -> (Change, FlowId) {
    let mut change = Change::default();
    let form = change.flow().id().clone();
    let contact = Contact::parse(Kind::Email, "new@example.org").expect("an address");
    change.sending(
        form,
        Press::Begin("new@example.org".to_owned(), Choices::default()),
        contact.clone(),
        Choices::default(),
    );
    let id = next_id();
    let expires_at = contact::Timestamp::from_millis(1);
    let awaiting =
        AwaitCode { id: id.clone(), contact, choices: Choices::default(), expires_at, notice: None };
    change.settle(Flow::AwaitCode(awaiting), Some(VerificationToken::parse("token").expect("a token")));
    (change, id)
}

#[test]
fn the_same_press_again_is_a_repetition_and_another_one_is_not() {
    let (change, id) = awaiting();
    let Some((form, press)) = change.last_press.clone() else { panic!("a press") };
    assert_eq!(change.standing(&form, &press), Standing::Repeat);
    assert_eq!(
        change.standing(&form, &Press::Begin("other@example.org".to_owned(), Choices::default())),
        Standing::Older
    );
    let otherwise = Choices { replace_all: true, ..Choices::default() };
    assert_eq!(
        change.standing(&form, &Press::Begin("new@example.org".to_owned(), otherwise)),
        Standing::Older
    );
    assert_eq!(change.standing(&form, &Press::Finish), Standing::Older);
    assert_eq!(change.standing(&id, &Press::Finish), Standing::Current);
}

#[test]
fn a_token_serves_once_and_leaves_a_truthful_state_behind() {
    let (mut change, id) = awaiting();
    assert!(change.entering(id.clone(), None).is_some());
    assert!(change.entering(id, None).is_none());
    let Flow::Restart(restart) = change.flow() else { panic!("{:?}", change.flow()) };
    assert_eq!(restart.reason, RestartReason::Unknown);
}

#[test]
fn a_caller_that_never_returns_from_asking_for_a_message_leaves_word_of_it() {
    let (mut change, id) = awaiting();
    let contact = Contact::parse(Kind::Email, "new@example.org").expect("an address");
    assert!(change.sending(id, Press::Resend, contact, Choices::default()).is_some());
    let Flow::Restart(restart) = change.flow() else { panic!("{:?}", change.flow()) };
    assert_eq!(restart.reason, RestartReason::BeginLost);
}

#[test]
fn what_one_change_takes_away_is_not_taken_for_what_the_next_one_does() {
    let (mut change, id) = awaiting();
    let contact = Contact::parse(Kind::Email, "new@example.org").expect("an address");
    change.sent(Timestamp::from_millis(1), Some(Contacts::default()));
    change.sending(id.clone(), Press::Resend, contact.clone(), Choices::default());
    assert!(change.previous().is_some(), "a new code is for the same change");
    let anew = Press::Begin("new@example.org".to_owned(), Choices::default());
    change.sending(id, anew, contact, Choices::default());
    assert!(change.previous().is_none());
}

#[test]
fn a_token_is_kept_only_while_its_code_is_awaited() {
    let (mut change, _) = awaiting();
    change.settle(Flow::start(next_id()), Some(VerificationToken::parse("token").expect("a token")));
    assert!(change.token.is_none());
}

#[test]
fn what_was_changed_is_remembered_whatever_is_begun_since() {
    let (mut change, id) = awaiting();
    let Some((awaiting, _)) = change.entering(id.clone(), None) else { panic!("a token") };
    let now = Timestamp::from_millis(7);
    let outcome = contact::FinishOutcome::Changed(contact::Contacts::default());
    change.settle(awaiting.finished(next_id(), outcome, now), None);
    change.pressed(id, Press::Cancel, Flow::start(next_id()));
    assert_eq!(change.known().changed_at, Some(now));
}

#[test]
fn a_notice_is_due_until_it_is_sent_whatever_is_begun_since() {
    let (mut change, id) = awaiting();
    let contact = Contact::parse(Kind::Email, "new@example.org").expect("an address");
    let due = |to: &str| Due {
        kind: Kind::Email,
        to: to.to_owned(),
        contact: contact.clone(),
        replaced: false,
        at: Timestamp::from_millis(1),
        locale: None,
    };
    let [one, other] = ["one@example.org", "other@example.org"].map(due);
    change.owe(vec![one.clone()]);
    let anew = Press::Begin("new@example.org".to_owned(), Choices::default());
    change.sending(id, anew, contact.clone(), Choices::default());
    change.owe(vec![other.clone()]);
    change.strike_off(&one);
    assert_eq!(change.known().due, [other]);
    assert!(!format!("{:?}", change.known().due).contains("example.org"));
}

/// What a later version may write.
#[derive(Serialize)]
struct Later {
    flow: &'static str,
    due: Vec<Due>,
    changed_at: Timestamp,
}

#[test]
fn of_what_another_version_kept_the_notices_are_still_due() {
    let keyring = Keyring::random().expect("keys");
    let place = keyring.change(&identity::Subject::parse("one").expect("a subject"), Kind::Email);
    let contact = Contact::parse(Kind::Email, "new@example.org").expect("an address");
    let (to, at) = ("one@example.org".to_owned(), Timestamp::from_millis(7));
    let due = vec![Due { kind: Kind::Email, to, contact, replaced: false, at, locale: None }];
    let later = Later { flow: "AwaitsTwoCodes", due: due.clone(), changed_at: at };
    let plain = rmp_serde::to_vec_named(&later).expect("bytes");
    let sealed = keyring.seal(place, &plain).expect("bytes");
    let Ok(Unsealed::Rest(rest)) = Change::unseal(&keyring, place, &sealed) else { panic!("a whole change") };
    let known = rest.known();
    assert!(matches!(known.flow, Flow::Enter(_)), "{known:?}");
    assert_eq!((known.due, known.changed_at), (due, Some(at)));
}

#[test]
fn what_was_kept_is_found_again_in_its_own_place_and_by_its_own_key() {
    let keyring = Keyring::random().expect("keys");
    let [here, there] = ["here", "there"]
        .map(|subject| keyring.change(&identity::Subject::parse(subject).expect("a subject"), Kind::Email));
    let (mut change, id) = awaiting();
    let sealed = change.seal(&keyring, here, Timestamp::from_millis(1)).expect("bytes");
    assert!(!sealed.windows(3).any(|part| part == b"new" || part == b"tok"));
    let Unsealed::Whole(mut again) = Change::unseal(&keyring, here, &sealed).expect("our own") else {
        panic!("another version")
    };
    assert_eq!(again.standing(&id, &Press::Finish), Standing::Current);
    let (_, token) = again.entering(id, None).expect("a token");
    assert_eq!(token.expose(), "token");
    let other = Keyring::random().expect("keys");
    for (keyring, place) in [(&keyring, there), (&other, here)] {
        assert!(matches!(Change::unseal(keyring, place, &sealed), Err(ChangeError::Sealed)));
    }
}
