//! What follows from a change besides the new contact, said to the person before it is made.

use contact::{Kind, KnownContact};

use crate::{Locale, Offer, Policy, journey::listed, text::server::text};

/// Gives which contacts of a kind are removed; nothing if there are none.
pub(crate) fn removed(locale: Locale, kind: Kind, contacts: &[KnownContact]) -> Option<String> {
    let list = contacts.iter().map(|contact| listed(locale, kind, &contact.value)).collect::<Vec<_>>();
    let sentences = text(locale);
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
    let removed = match others {
        _ if policy.replace_all != Offer::Always => None,
        Some(others) => removed(locale, kind, others),
        None => Some(sentences.others_removed.to_owned()),
    };
    let told = primary.into_iter().chain(removed).collect::<Vec<_>>();
    (!told.is_empty()).then(|| told.join(" "))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn both(locale: Locale, kind: Kind, values: [&str; 2]) -> Option<String> {
        removed(locale, kind, &values.map(|value| KnownContact { value: value.to_owned(), verified: true }))
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
