//! Who a call is about, and by whose right it is made.

use std::{fmt, sync::Arc};

use async_trait::async_trait;
use secrecy::SecretString;
use serde::{Deserialize, Serialize};

/// The longest subject, in ASCII characters (OpenID Connect Core 1.0, section 2, `sub`).
const MAX_SUBJECT: usize = 255;

/// The id of a person at the identity service: the `sub` of OpenID Connect. It becomes one segment of a path, so what
/// could lead to another path cannot be one.
#[derive(Clone, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct Subject(String);

/// Why a text is not a subject.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("a subject has 1 to 255 ASCII characters that can be seen, and is not a relative path")]
pub struct SubjectProblem;

impl Subject {
    /// Takes the `sub` of a validated ID token: 1 to 255 visible ASCII characters (`OpenID` Connect Core 1.0,
    /// section 2; at this service 24 hexadecimal digits), and neither `.` nor `..`.
    ///
    /// # Errors
    /// Tells that the text is none.
    pub fn parse(text: &str) -> Result<Self, SubjectProblem> {
        let visible = text.bytes().all(|byte| byte.is_ascii_graphic());
        let fits = (1..=MAX_SUBJECT).contains(&text.len());
        if visible && fits && text != "." && text != ".." {
            Ok(Self(text.to_owned()))
        } else {
            Err(SubjectProblem)
        }
    }

    /// Gives the id as the provider writes it.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl TryFrom<String> for Subject {
    type Error = SubjectProblem;

    fn try_from(text: String) -> Result<Self, SubjectProblem> {
        Self::parse(&text)
    }
}

impl From<Subject> for String {
    fn from(subject: Subject) -> Self {
        subject.0
    }
}

impl fmt::Display for Subject {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(&self.0)
    }
}

/// On whose behalf a call is made.
#[derive(Clone, Debug)]
pub struct Caller {
    /// The person.
    pub subject: Subject,
    /// The person's own access token, for services that are called with it ([`Credentials::UserToken`]).
    ///
    /// [`Credentials::UserToken`]: crate::Credentials::UserToken
    pub access_token: Option<SecretString>,
    /// Who can get another one, if anybody.
    pub renewal: Option<Arc<dyn Renewal>>,
}

/// Whoever keeps the tokens of a person, and can get another access token in the place of one that works no more.
#[async_trait]
pub trait Renewal: fmt::Debug + Send + Sync {
    /// Takes the token that the service did not accept, and gives another one; nothing if there is none to be had. Why, the
    /// operator was told.
    async fn renew(&self, refused: &SecretString) -> Option<SecretString>;

    /// Tells whether a renewal was refused, so that only a new sign-in brings another token.
    fn needs_sign_in(&self) -> bool;
}
