//! The words of the service. The change calls are not published in full: their names and statuses are assumptions, so
//! they are data in this one place, and configuration can override each of them.

mod member;
mod words;

use std::time::Duration;

use http::HeaderName;
use serde::Deserialize;

pub use member::{Member, MemberKind};
pub use words::{
    BeginAnswers, BeginDialect, FinishAnswers, FinishDialect, NoticeAnswers, NoticeDialect, UserAnswers,
    UserDialect,
};

use member::{Words, dialect};

dialect! {
    /// All names, paths and statuses that calls and answers are made of. In a path `{userId}` stands for the subject.
    #[derive(Default)]
    Dialect {
        /// *begin*: sends a code.
        begin: BeginDialect,
        /// *finish*: enters it.
        finish: FinishDialect,
        /// Reading the person.
        user: UserDialect,
        /// Sending a notice to a contact of the person.
        notice: NoticeDialect,
    }
}

/// What stands for the subject in a path.
pub(crate) const USER_ID: &str = "{userId}";

/// Why a dialect says nothing.
#[derive(Debug, PartialEq, Eq)]
pub(crate) enum Nonsense {
    /// A path does not start with a slash or does not name the person.
    Path(String),
    /// A status has two meanings.
    Ambiguous(&'static str, u16),
    /// Something is the name of no header.
    Header(String),
}

impl Dialect {
    /// Gives every member in the order of the calls: what documentation, schemas and comparisons are made of.
    pub fn members() -> Vec<Member> {
        let mut members = Vec::new();
        Self::default().describe("", "", &mut members);
        members
    }

    /// Gives the first thing that makes no sense.
    pub(crate) fn nonsense(&self) -> Option<Nonsense> {
        self.unusable_path()
            .map(|path| Nonsense::Path(path.to_owned()))
            .or_else(|| self.ambiguous().map(|(call, status)| Nonsense::Ambiguous(call, status)))
            .or_else(|| self.unusable_header().map(|name| Nonsense::Header(name.to_owned())))
    }

    fn ambiguous(&self) -> Option<(&'static str, u16)> {
        let Self { begin, finish, user, notice } = self;
        let (begin, finish, user, notice) = (&begin.answers, &finish.answers, &user.answers, &notice.answers);
        let calls: [(_, &[&Vec<u16>]); 4] = [
            (
                "begin",
                &[
                    &begin.sent,
                    &begin.not_acceptable,
                    &begin.already_yours,
                    &begin.limit_reached,
                    &begin.refused,
                    &begin.no_such_user,
                ],
            ),
            (
                "finish",
                &[&finish.changed, &finish.not_accepted, &finish.over, &finish.taken, &finish.refused],
            ),
            ("user", &[&user.read, &user.refused, &user.no_such_user]),
            ("notice", &[&notice.sent, &notice.refused, &notice.no_such_user]),
        ];
        calls.into_iter().find_map(|(call, meanings)| Some((call, twice(meanings)?)))
    }

    fn unusable_path(&self) -> Option<&str> {
        let Self { begin, finish, user, notice } = self;
        [&begin.path, &finish.path, &user.path, &user.profile_path, &notice.email_path, &notice.sms_path]
            .into_iter()
            .find(|path| !path.starts_with('/') || !path.contains(USER_ID))
            .map(String::as_str)
    }

    fn unusable_header(&self) -> Option<&str> {
        [&self.begin.language, &self.begin.retry_after]
            .into_iter()
            .find(|name| HeaderName::try_from(name.as_str()).is_err())
            .map(String::as_str)
    }
}

impl BeginDialect {
    /// Gives how long a code is taken to work when the answer does not tell.
    pub(crate) fn default_lifetime(&self) -> Duration {
        Duration::from_secs(self.default_lifetime.into())
    }
}

/// Gives the first status that stands in more than one place.
fn twice(meanings: &[&Vec<u16>]) -> Option<u16> {
    let mut statuses: Vec<u16> = meanings.iter().copied().flatten().copied().collect();
    statuses.sort_unstable();
    statuses.windows(2).find(|pair| pair[0] == pair[1]).map(|pair| pair[0])
}
