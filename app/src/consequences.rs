//! What follows from a change besides the new contact, said to the person before it is made; and what holds after it.

use contact::{Choices, Done, Kind, KnownContact};

use crate::{Locale, Offer, Policy, journey::listed, text::server::text};

/// Gives which contacts of a kind are removed; nothing if there are none. `others`: those that the account holds, if
/// they are known.
pub(crate) fn removed(locale: Locale, kind: Kind, others: Option<&[KnownContact]>) -> Option<String> {
    let sentences = text(locale);
    let Some(others) = others else { return Some(sentences.of(kind).others_removed.to_owned()) };
    let list = others.iter().map(|contact| listed(locale, kind, &contact.value)).collect::<Vec<_>>();
    (!list.is_empty()).then(|| sentences.removed.with(&list.join(sentences.next_removed)))
}

/// Gives what the operator decided about a contact of a kind; nothing if all is left to the person. `others`: the
/// account's other contacts of the kind, if they are known.
pub(crate) fn decided(
    locale: Locale,
    kind: Kind,
    policy: Policy,
    others: Option<&[KnownContact]>,
) -> Option<String> {
    let sentences = text(locale).of(kind);
    let primary = (policy.primary == Offer::Always).then(|| sentences.becomes_primary.to_owned());
    let removed = (policy.replace_all == Offer::Always).then(|| removed(locale, kind, others)).flatten();
    joined([primary, removed])
}

/// Gives what else is said where a code is awaited: what follows from the change, and that the code took the place of an
/// earlier one. From here on it is not said again before it happens.
pub(crate) fn awaited(locale: Locale, kind: Kind, choices: Choices, is_resent: bool) -> Option<String> {
    let sentences = text(locale);
    joined([
        choices.primary.then(|| sentences.of(kind).becomes_primary.to_owned()),
        choices.replace_all.then(|| sentences.of(kind).others_removed.to_owned()),
        is_resent.then(|| sentences.resent.to_owned()),
    ])
}

/// Gives which contact is the primary one now that a change is done, as the account tells it; nothing if it tells none.
pub(crate) fn primary(locale: Locale, done: &Done) -> Option<String> {
    let kind = done.contact.kind();
    let sentences = text(locale).of(kind);
    if done.is_primary() {
        return Some(sentences.is_primary.to_owned());
    }
    let first = done.contacts.of(kind).first()?;
    Some(sentences.still_primary.with(&listed(locale, kind, &first.value)))
}

/// Puts sentences one after the other; nothing if there are none.
pub(crate) fn joined<const N: usize>(sentences: [Option<String>; N]) -> Option<String> {
    let said = sentences.into_iter().flatten().collect::<Vec<_>>();
    (!said.is_empty()).then(|| said.join(" "))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn both(locale: Locale, kind: Kind, values: [&str; 2]) -> Option<String> {
        let contacts = values.map(|value| KnownContact { value: value.to_owned(), verified: true });
        removed(locale, kind, Some(&contacts))
    }

    #[test]
    fn numbers_that_are_removed_are_shown_in_groups() {
        assert_eq!(
            both(Locale::En, Kind::Mobile, ["+447700900123", "+447700900124"]).as_deref(),
            Some("This removes: +44\u{a0}7700\u{a0}900123, +44\u{a0}7700\u{a0}900124")
        );
    }

    #[test]
    fn from_right_to_left_each_of_them_keeps_its_own_direction() {
        let told = both(Locale::Ar, Kind::Email, ["a@b.example", "c@d.example"]).unwrap_or_default();
        assert!(told.ends_with("\u{2068}a@b.example\u{2069}، \u{2068}c@d.example\u{2069}"), "{told}");
    }
}
