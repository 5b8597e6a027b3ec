//! What the server remembers of a person who signed in.

use contact::Timestamp;
use identity::Caller;

/// A person who is signed in. Lives on the server; the browser holds only an opaque id.
#[derive(Clone, Debug)]
pub struct SignedIn {
    /// Who calls the identity service, and by what right.
    pub caller: Caller,
    /// The name to greet the person by: the provider's `name`, else `preferred_username`.
    pub name: Option<String>,
    /// The person's language as the provider has it (`locale`), such as `fi` or `en_GB`.
    pub locale: Option<String>,
    /// The person's time zone as the provider has it (`zoneinfo`), an IANA name.
    pub zone: Option<String>,
    /// When the person last proved who they are (`auth_time`, else `iat`).
    pub authenticated_at: Timestamp,
}
