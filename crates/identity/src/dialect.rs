//! The words of the service. The change calls are not published in full: their names and statuses are assumptions, so
//! they are data in this one place, and configuration can override each of them.

use std::time::Duration;

use serde::Deserialize;

/// All names, paths and statuses that calls and answers are made of. In a path `{userId}` stands for the subject.
#[derive(Clone, Debug, Default, PartialEq, Eq, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Dialect {
    /// *begin*: sends a code.
    pub begin: BeginDialect,
    /// *finish*: enters it.
    pub finish: FinishDialect,
    /// Reading the person.
    pub user: UserDialect,
}

/// Declares a part of the dialect: its members, each with its default. Unknown members are errors.
macro_rules! dialect {
    ($(#[$doc:meta])* $name:ident { $($(#[$member_doc:meta])* $member:ident: $type:ty = $default:expr,)* }) => {
        $(#[$doc])*
        #[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
        #[serde(default, deny_unknown_fields)]
        pub struct $name {
            $($(#[$member_doc])* pub $member: $type,)*
        }

        impl Default for $name {
            fn default() -> Self {
                Self { $($member: $default.into(),)* }
            }
        }
    };
}

dialect! {
    /// The words of *begin*.
    BeginDialect {
        /// The path (documented).
        path: String = "/api/rest/v1/user/{userId}/change-contact/begin",
        /// Request: the member for a new email address (assumed).
        email: String = "email",
        /// Request: the member for a new mobile number (assumed).
        mobile: String = "mobile",
        /// Request: make it the primary one, a boolean (assumed).
        primary: String = "primary",
        /// Request: remove the previous ones of its kind, a boolean (assumed).
        replace_all: String = "replaceAll",
        /// Answer: the verification token (assumed).
        verification_token: String = "verificationToken",
        /// Answer: when the code stops working, ISO 8601 (assumed).
        expires_at: String = "expiresAt",
        /// Answer: how many seconds the code works (assumed); where both are there, this one counts.
        expires_in: String = "expiresIn",
        /// How many seconds a code is taken to work when the answer does not tell (assumed).
        default_lifetime: u32 = 600_u32,
        /// What statuses mean (assumed).
        answers: BeginAnswers = BeginAnswers::default(),
    }
}

dialect! {
    /// What the statuses of *begin* mean. Any other is a fault.
    BeginAnswers {
        /// A code is on its way.
        sent: Vec<u16> = [200],
        /// The address or number is not acceptable.
        not_acceptable: Vec<u16> = [400],
        /// The account holds the contact already, verified.
        already_yours: Vec<u16> = [409],
        /// A limit is reached.
        limit_reached: Vec<u16> = [429],
    }
}

dialect! {
    /// The words of *finish*. Its answer is a person, in the words of [`UserDialect`].
    FinishDialect {
        /// The path (documented).
        path: String = "/api/rest/v1/user/{userId}/change-contact/finish",
        /// Request: the verification token (assumed).
        verification_token: String = "verificationToken",
        /// Request: the code (assumed).
        code: String = "code",
        /// What statuses mean (assumed).
        answers: FinishAnswers = FinishAnswers::default(),
    }
}

dialect! {
    /// What the statuses of *finish* mean. Any other is a fault.
    FinishAnswers {
        /// The contact was changed.
        changed: Vec<u16> = [200],
        /// The code was not accepted: wrong, expired or used.
        not_accepted: Vec<u16> = [400],
        /// The verification is unknown or over.
        over: Vec<u16> = [404, 410],
        /// Another account took the contact.
        taken: Vec<u16> = [409],
    }
}

dialect! {
    /// The words of a person (documented).
    UserDialect {
        /// The path for an API client.
        path: String = "/api/rest/v1/user/{userId}",
        /// The path for a person's own token.
        profile_path: String = "/api/rest/v1/user/{userId}/profile",
        /// The list of email addresses, the primary one first.
        emails: String = "emails",
        /// The address, within one of them.
        address: String = "address",
        /// The list of mobile numbers, the primary one first.
        mobiles: String = "mobiles",
        /// The number, within one of them.
        number: String = "number",
        /// Whether an address or a number is verified.
        verified: String = "verified",
        /// The one address, of services before there were lists.
        flat_email: String = "email",
        /// Whether that one is verified.
        flat_email_verified: String = "emailVerified",
        /// The one number, of services before there were lists.
        flat_mobile: String = "mobile",
        /// Whether that one is verified.
        flat_mobile_verified: String = "mobileVerified",
        /// The members that may hold the person's language, the first one found counts.
        locale: Vec<String> = ["locale", "preferredLanguage"].map(String::from),
    }
}

impl BeginDialect {
    /// Gives how long a code is taken to work when the answer does not tell.
    pub(crate) fn default_lifetime(&self) -> Duration {
        Duration::from_secs(self.default_lifetime.into())
    }
}

impl Dialect {
    /// Gives the first status of one call that has two meanings, and the call: such a table says nothing.
    pub(crate) fn ambiguous(&self) -> Option<(&'static str, u16)> {
        let begin = &self.begin.answers;
        let begin = [&begin.sent, &begin.not_acceptable, &begin.already_yours, &begin.limit_reached];
        let finish = &self.finish.answers;
        let finish = [&finish.changed, &finish.not_accepted, &finish.over, &finish.taken];
        twice(begin)
            .map(|status| ("begin", status))
            .or_else(|| twice(finish).map(|status| ("finish", status)))
    }

    /// Gives the first path that does not start with a slash or does not name the person.
    pub(crate) fn unusable_path(&self) -> Option<&str> {
        [&self.begin.path, &self.finish.path, &self.user.path, &self.user.profile_path]
            .into_iter()
            .find(|path| !path.starts_with('/') || !path.contains(USER_ID))
            .map(String::as_str)
    }
}

/// What stands for the subject in a path.
pub(crate) const USER_ID: &str = "{userId}";

/// Gives the first status that stands in more than one place.
fn twice(meanings: [&Vec<u16>; 4]) -> Option<u16> {
    let mut statuses: Vec<u16> = meanings.into_iter().flatten().copied().collect();
    statuses.sort_unstable();
    statuses.windows(2).find(|pair| pair[0] == pair[1]).map(|pair| pair[0])
}
