//! The user and the profile object, as the service documents them.

use crate::clock::iso;
use crate::people::{Listed, Person};
use crate::seed::CREATED;
use crate::service::Service;
use serde::Serialize;
use std::borrow::Cow;
use utoipa::ToSchema;

/// A user, as API clients see one.
#[derive(Debug, Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub(crate) struct UserObject {
    /// 24 lower-case hexadecimal characters; equals the `sub` of sign-ins.
    #[schema(example = "5a0000000000000000000001")]
    id: Cow<'static, str>,
    /// What the user signs in with.
    username: Cow<'static, str>,
    /// The namespace.
    ns_code: &'static str,
    name: NameObject,
    /// Email addresses; the first is the primary one.
    emails: Vec<EmailObject>,
    /// Mobile numbers; the first is the primary one.
    mobiles: Vec<MobileObject>,
    /// Language and country with an underscore.
    #[schema(example = "en_GB")]
    locale: &'static str,
    /// The language of messages to the user.
    #[schema(example = "en")]
    preferred_language: &'static str,
    meta: MetaObject,
}

/// A user, as they see themselves with their own token.
#[derive(Debug, Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub(crate) struct ProfileObject {
    /// Equals the `sub` of sign-ins.
    id: Cow<'static, str>,
    name: NameObject,
    /// Email addresses; the first is the primary one.
    emails: Vec<ProfileEmail>,
    /// Mobile numbers; the first is the primary one.
    mobiles: Vec<ProfileMobile>,
    /// Language and country with an underscore.
    locale: &'static str,
}

/// A name in its parts.
#[derive(Debug, Serialize, ToSchema)]
struct NameObject {
    #[serde(rename = "givenName")]
    given: &'static str,
    #[serde(rename = "middleName")]
    middle: Option<&'static str>,
    #[serde(rename = "familyName")]
    family: &'static str,
}

/// An email address of a user.
#[derive(Debug, Serialize, ToSchema)]
struct EmailObject {
    #[schema(example = "alice@example.org")]
    address: String,
    /// What the user calls it.
    name: Option<String>,
    /// Whether a code sent there came back.
    verified: bool,
    tags: Vec<String>,
}

/// A mobile number of a user.
#[derive(Debug, Serialize, ToSchema)]
struct MobileObject {
    /// E.164.
    #[schema(example = "+447700900101")]
    number: String,
    /// What the user calls it.
    name: Option<String>,
    /// Whether a code sent there came back.
    verified: bool,
    tags: Vec<String>,
}

/// An email address in a profile.
#[derive(Debug, Serialize, ToSchema)]
struct ProfileEmail {
    address: String,
    verified: bool,
}

/// A mobile number in a profile.
#[derive(Debug, Serialize, ToSchema)]
struct ProfileMobile {
    number: String,
    verified: bool,
}

/// When and where the user object was made and changed; times in ISO 8601, UTC.
#[derive(Debug, Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
struct MetaObject {
    created: String,
    last_modified: String,
    location: String,
}

impl UserObject {
    /// The object of a person.
    pub(crate) fn of(person: &Person, service: &Service) -> Self {
        let path = service.settings.dialect.paths.user.replace("{userId}", &person.id);
        Self {
            id: person.id.clone(),
            username: person.username.clone(),
            ns_code: "sandbox",
            name: name(person),
            emails: person.emails.iter().cloned().map(email).collect(),
            mobiles: person.mobiles.iter().cloned().map(mobile).collect(),
            locale: person.locale,
            preferred_language: person.preferred_language,
            meta: MetaObject {
                created: iso(CREATED),
                last_modified: iso(person.modified),
                location: format!("{}{path}", service.issuer),
            },
        }
    }
}

impl ProfileObject {
    /// The profile of a person.
    pub(crate) fn of(person: &Person) -> Self {
        let email = |one: &Listed| ProfileEmail { address: one.value.clone(), verified: one.verified };
        let mobile = |one: &Listed| ProfileMobile { number: one.value.clone(), verified: one.verified };
        Self {
            id: person.id.clone(),
            name: name(person),
            emails: person.emails.iter().map(email).collect(),
            mobiles: person.mobiles.iter().map(mobile).collect(),
            locale: person.locale,
        }
    }
}

fn name(person: &Person) -> NameObject {
    NameObject { given: person.name.given, middle: person.name.middle, family: person.name.family }
}

fn email(one: Listed) -> EmailObject {
    EmailObject { address: one.value, name: one.name, verified: one.verified, tags: one.tags }
}

fn mobile(one: Listed) -> MobileObject {
    MobileObject { number: one.value, name: one.name, verified: one.verified, tags: one.tags }
}
