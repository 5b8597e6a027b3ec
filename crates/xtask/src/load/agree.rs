//! Whether what people were told is what the service's ledger says, journey by journey.

use std::collections::HashMap;

use serde_json::Value;

use super::{
    journey::{Journey, Press, list},
    page::Told,
    person::Person,
};

/// What the ledger has of one person.
#[derive(Default)]
struct Entries<'a> {
    begins: Vec<&'a Value>,
    finishes: Vec<&'a Value>,
    changes: Vec<&'a Value>,
    listed: Option<&'a Value>,
}

/// Compares all journeys with the ledger and the people as they are now; gives a sentence for each disagreement.
pub(super) fn disagreements(journeys: &[Journey], ledger: &Value, people: &Value) -> Vec<String> {
    let mut entries: HashMap<&str, Entries<'_>> = HashMap::new();
    for entry in list(ledger, "begins") {
        entries.entry(user(entry)).or_default().begins.push(entry);
    }
    for entry in list(ledger, "finishes") {
        entries.entry(user(entry)).or_default().finishes.push(entry);
    }
    for entry in list(ledger, "changes") {
        entries.entry(user(entry)).or_default().changes.push(entry);
    }
    for person in list(people, "people") {
        entries.entry(person["id"].as_str().unwrap_or_default()).or_default().listed = Some(person);
    }
    let nothing = Entries::default();
    let compared = journeys.iter().flat_map(|journey| {
        let entries = entries.get(journey.person.id.as_str()).unwrap_or(&nothing);
        let told = move |what| format!("{}: {what}; was told {:?}", journey.person.id, journey.presses);
        entries.compare(journey).into_iter().map(told)
    });
    compared.collect()
}

fn user(entry: &Value) -> &str {
    entry["user"].as_str().unwrap_or_default()
}

impl Entries<'_> {
    fn compare(&self, journey: &Journey) -> Vec<String> {
        let begun = |wanted: fn(Told) -> bool| {
            journey
                .presses
                .iter()
                .filter(|press| matches!(press, Press::Begin(told) if wanted(*told)))
                .count()
        };
        let finished = |wanted: fn(Told) -> bool| {
            journey
                .presses
                .iter()
                .filter(|press| matches!(press, Press::Finish(told) if wanted(*told)))
                .count()
        };
        let mut found = Vec::new();
        let mut claim = |holds: bool, what: String| {
            if !holds {
                found.push(what);
            }
        };
        if let Some(error) = &journey.broken {
            claim(false, format!("the browser had no answer ({error})"));
        }
        if let Some((first, second)) = journey.unequal {
            claim(false, format!("a double press was answered in two ways ({first:?}, {second:?})"));
        }

        // One press, one call.
        let (presses, calls) = (begun(|_| true), self.begins.len());
        claim(calls <= presses, format!("{calls} begins for {presses} presses"));
        let (presses, calls) = (finished(|_| true), self.finishes.len());
        claim(calls <= presses, format!("{calls} finishes for {presses} presses"));

        // What was told of a message.
        let sent = self.begins.iter().filter(|begin| begin["outcome"] == "sent").count();
        let told_sent = begun(|told| told == Told::EnterCode);
        let may = begun(|told| matches!(told, Told::BeginLost) || is_open(told));
        claim(
            (told_sent..=told_sent + may).contains(&sent),
            format!("{sent} messages were sent, {told_sent} were told, {may} may have been"),
        );

        // What was told of a code that was wrong.
        let wrong = self.finishes.iter().filter(|finish| finish["outcome"] == "wrong_code").count();
        let told_wrong = finished(|told| told == Told::WrongCode);
        // A limit that was met before stands above the reason.
        let may =
            finished(|told| matches!(told, Told::NotChanged | Told::Unknown | Told::Limit) || is_open(told));
        claim(
            (told_wrong..=told_wrong + may).contains(&wrong),
            format!("{wrong} codes were wrong, {told_wrong} were told, {may} may have been"),
        );

        // What was told of the change.
        let is_done = journey.ending == Told::Done;
        claim(
            journey.ending != Told::AlreadyYours,
            "was told that nothing was changed, and it was".to_owned(),
        );
        claim(journey.ending != Told::Unknown, "was never told what became of it".to_owned());
        let changes = self.changes.len();
        claim(
            changes == usize::from(is_done),
            format!("{changes} changes, and the end was {:?}", journey.ending),
        );
        if let Some(change) = self.changes.first() {
            claim(
                is_as_wished(change, &journey.person),
                format!("another change than was wished for: {change}"),
            );
            let last = self.finishes.last().map(|finish| &finish["verification"]);
            claim(last == Some(&change["verification"]), "a code was entered after the change".to_owned());
        }
        claim(
            self.listed.is_none_or(|person| has_verified(person, &journey.person) == is_done),
            format!("the account does not hold what the end ({:?}) says", journey.ending),
        );
        found
    }
}

/// An answer from which it cannot be seen what came of the press.
fn is_open(told: Told) -> bool {
    matches!(told, Told::Unavailable | Told::Busy | Told::NotSignedIn | Told::OlderPage | Told::Odd)
}

fn is_as_wished(change: &Value, person: &Person) -> bool {
    change["contact"] == person.contact.as_str()
        && change["kind"] == person.kind
        && change["primary"] == person.primary
        && change["replaceAll"] == person.replace_all
}

fn has_verified(listed: &Value, person: &Person) -> bool {
    let (list_name, name) =
        if person.kind == "email" { ("emails", "address") } else { ("mobiles", "number") };
    let is_it = |one: &Value| one[name] == person.contact.as_str() && one["verified"] == true;
    list(listed, list_name).iter().any(is_it)
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    fn journey(presses: &[Press], ending: Told) -> Journey {
        let (person, presses) = (Person::of(1), presses.to_vec());
        Journey { person, presses, ending, broken: None, unequal: None, timings: Vec::new() }
    }

    /// A ledger of the one person, in which one code was sent and so many changes were made.
    fn ledger(changes: usize) -> (Value, Value) {
        let person = Person::of(1);
        let change = json!({
            "user": person.id, "kind": "email", "contact": person.contact, "primary": person.primary,
            "replaceAll": person.replace_all, "verification": "one",
        });
        let listed = json!({ "address": person.contact, "verified": changes > 0 });
        (
            json!({
                "begins": [{ "user": person.id, "outcome": "sent" }],
                "finishes": vec![json!({ "user": person.id, "outcome": "changed", "verification": "one" }); changes],
                "changes": vec![change; changes],
            }),
            json!({ "people": [{ "id": person.id, "emails": [listed] }] }),
        )
    }

    fn found(journey: Journey, changes: usize) -> usize {
        let (ledger, people) = ledger(changes);
        disagreements(&[journey], &ledger, &people).len()
    }

    #[test]
    fn whoever_was_told_the_truth_agrees() {
        let presses = [Press::Begin(Told::EnterCode), Press::Finish(Told::Done)];
        assert_eq!(found(journey(&presses, Told::Done), 1), 0);
        assert_eq!(found(journey(&[Press::Begin(Told::BeginLost)], Told::BeginLost), 0), 0);
    }

    #[test]
    fn whoever_was_told_something_else_does_not() {
        let begun = [Press::Begin(Told::EnterCode)];
        let entered = [begun[0], Press::Finish(Told::NotChanged)];
        assert!(found(journey(&begun, Told::Done), 0) > 0, "told done, and it was not");
        assert!(found(journey(&entered, Told::NotChanged), 1) > 0, "told not changed, and it was");
        assert!(found(journey(&[Press::Begin(Told::NotSent)], Told::NotSent), 0) > 0, "a message was sent");
        assert!(found(journey(&[], Told::EnterContact), 0) > 0, "a call without a press");
        let twice = [begun[0], Press::Finish(Told::Done)];
        assert!(found(journey(&twice, Told::Done), 2) > 0, "changed twice");
    }
}
