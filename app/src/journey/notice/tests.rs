use contact::{FlowId, Timestamp};

use super::*;

fn known(value: &str, verified: bool) -> KnownContact {
    KnownContact { value: value.to_owned(), verified }
}

fn done(kind: Kind, value: &str) -> Done {
    let contact = Contact::parse(kind, value).expect("a contact");
    let (choices, contacts) = (Choices::default(), Contacts::default());
    Done { id: FlowId::from_random(1), contact, choices, contacts, at: Timestamp::from_millis(1) }
}

#[test]
fn the_verified_contacts_of_the_same_kind_are_told_and_never_the_new_one() {
    let contacts = Contacts {
        emails: vec![
            known("old@example.org", true),
            known("new@example.org", true),
            known("no@example.org", false),
        ],
        mobiles: vec![known("+358401234567", true)],
    };
    let told = receivers(&done(Kind::Email, "new@example.org"), &contacts);
    assert_eq!(told, [(Kind::Email, "old@example.org".to_owned())]);
}

#[test]
fn a_first_number_is_told_to_the_addresses() {
    let contacts = Contacts {
        emails: vec![known("old@example.org", true)],
        mobiles: vec![known("+358401234567", true)],
    };
    let told = receivers(&done(Kind::Mobile, "+358401234567"), &contacts);
    assert_eq!(told, [(Kind::Email, "old@example.org".to_owned())]);
}

#[test]
fn nothing_is_said_to_be_removed_where_there_was_nothing_else() {
    let choices = Choices { primary: true, replace_all: true };
    let first = Done { choices, ..done(Kind::Mobile, "+358401234567") };
    let of = |numbers: &[&str]| Contacts {
        emails: vec![known("old@example.org", true)],
        mobiles: numbers.iter().map(|number| known(number, false)).collect(),
    };
    assert!(!has_replaced(&first, Some(&of(&[]))));
    assert!(!has_replaced(&first, Some(&of(&["+358401234567"]))), "it was there, and is verified now");
    assert!(has_replaced(&first, Some(&of(&["+358401234567", "+358401234568"]))));
    assert!(has_replaced(&first, None));
}

#[test]
fn a_notice_hides_most_of_the_new_contact() {
    assert_eq!(masked(&done(Kind::Email, "new.name@example.org").contact), "n***@example.org");
    assert_eq!(masked(&done(Kind::Mobile, "+358401234567").contact), "***67");
}

fn told(kind: Kind, service: Option<&str>, support: Option<&str>) -> Told {
    let [contact, time] = ["n***@example.org", "noon"].map(str::to_owned);
    let [service, support] = [service, support].map(|one| one.map(str::to_owned));
    Told { kind, contact, service, time, replaced: true, support }
}

#[test]
fn every_language_tells_what_changed_when_and_where_there_is_help() {
    const HELP: &str = "https://help.example.org";
    for locale in Locale::ALL {
        for kind in [Kind::Email, Kind::Mobile] {
            let told = told(kind, Some("The Service"), Some(HELP));
            let words = &text(locale).notice;
            for sentence in [(words.email)(&told), (words.sms)(&told)] {
                for part in [&told.contact, "The Service", &told.time, HELP] {
                    assert!(sentence.contains(part), "{part} in {sentence}");
                }
            }
            let subject = (words.subject)(&told);
            assert!(subject.contains("The Service"));
            // A name in another script does not turn the sentence around that it begins (Unicode Annex 9).
            for sentence in [subject, (words.sms)(&told)] {
                let name = if locale == Locale::Ar { "\u{2068}The Service\u{2069}:" } else { "The Service:" };
                assert!(sentence.starts_with(name), "{sentence}");
            }
        }
    }
}

#[test]
fn a_service_without_a_name_is_called_by_none() {
    let kinds = [Kind::Email, Kind::Mobile];
    for (locale, kind) in Locale::ALL.into_iter().flat_map(|locale| kinds.map(|kind| (locale, kind))) {
        let (told, words) = (told(kind, None, None), &text(locale).notice);
        for sentence in [words.subject, words.email, words.sms].map(|write| write(&told)) {
            let begins = sentence.chars().next();
            assert!(
                begins.is_some_and(|letter| letter.is_alphabetic() && !letter.is_lowercase()),
                "{sentence}"
            );
            assert!(!sentence.contains(text(locale).service), "{sentence}");
            // Nothing is left where the name would stand.
            let hollow = ["  ", " .", " :", "\u{2068}\u{2069}"];
            assert!(!hollow.iter().any(|one| sentence.contains(one)), "{sentence}");
        }
    }
}
