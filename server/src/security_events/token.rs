//! What a Security Event Token says (RFC 8417): whose contact was changed and which kind it is, and neither the old one nor
//! the new one. Who has to know asks the identity service, which also knows what they may know.

use contact::Timestamp;
use serde_json::{Value, json};
use session::outbox::Change;

/// The kind of event (OpenID RISC Profile 1.0, section 2.5). RISC names the subject by the old address or number; here it
/// is named by issuer and subject (RFC 9493, section 3.2.2), since an address that somebody has given up is nobody's to
/// spread.
const IDENTIFIER_CHANGED: &str = "https://schemas.openid.net/secevent/risc/event-type/identifier-changed";

/// Whom tokens come from, and who vouches for the subjects in them.
pub(super) struct Parties {
    /// `public_url`.
    pub(super) issuer: String,
    /// `provider.issuer`.
    pub(super) provider: String,
}

/// Gives the claims for a change. They are the same in every attempt: `id` is that of the event, `audience` the address that
/// it is pushed to.
pub(super) fn claims(parties: &Parties, audience: &str, id: u128, change: &Change) -> Value {
    let at = seconds(change.at);
    let subject = json!({ "format": "iss_sub", "iss": parties.provider, "sub": change.subject.as_str() });
    let event = json!({
        "kind": change.kind.as_str(),
        "primary": change.primary,
        "replaced_all": change.replaced_all,
    });
    json!({
        "iss": parties.issuer,
        "aud": audience,
        "jti": format!("{id:032x}"),
        "iat": at,
        "toe": at,
        "txn": change.reference,
        "sub_id": subject,
        "events": { IDENTIFIER_CHANGED: event },
    })
}

fn seconds(time: Timestamp) -> u64 {
    time.as_millis() / 1000
}
