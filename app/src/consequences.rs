//! What follows from a change besides the new contact, said to the person before it is made.

use contact::{Kind, KnownContact};

use crate::{Locale, Offer, Policy, text::server::text};

/// Gives which contacts are removed; nothing if there are none.
pub(crate) fn removed(locale: Locale, contacts: &[KnownContact]) -> Option<String> {
    let list = contacts.iter().map(|contact| contact.value.as_str()).collect::<Vec<_>>().join(", ");
    (!contacts.is_empty()).then(|| text(locale).removed.with(&list))
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
        Some(others) => removed(locale, others),
        None => Some(sentences.others_removed.to_owned()),
    };
    let told = primary.into_iter().chain(removed).collect::<Vec<_>>();
    (!told.is_empty()).then(|| told.join(" "))
}
