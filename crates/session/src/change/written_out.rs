//! The one place where a verification token is written out: into what is sealed.

use identity::VerificationToken;
use serde::{Deserialize, Deserializer, Serialize, Serializer, de::Error};

#[expect(clippy::ref_option, reason = "serde calls it with a reference to the field")]
pub(super) fn serialize<S: Serializer>(
    token: &Option<VerificationToken>,
    serializer: S,
) -> Result<S::Ok, S::Error> {
    token.as_ref().map(VerificationToken::expose).serialize(serializer)
}

pub(super) fn deserialize<'de, D: Deserializer<'de>>(
    deserializer: D,
) -> Result<Option<VerificationToken>, D::Error> {
    let text = Option::<String>::deserialize(deserializer)?;
    text.map(|text| VerificationToken::parse(&text)).transpose().map_err(D::Error::custom)
}
