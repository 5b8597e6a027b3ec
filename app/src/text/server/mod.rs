//! What the server alone says: the frame of the pages, the pages that no browser takes over, and whatever counts or
//! tells the time. Sentences that need more than a place for one thing are functions.

mod ar;
mod en;
mod fi;
mod sv;

use contact::Kind;
use session::Span;

use super::{Plain, With};
use crate::Locale;

/// Gives what the server says in a language.
pub(crate) fn text(locale: Locale) -> &'static ServerText {
    match locale {
        Locale::En => &en::TEXT,
        Locale::Fi => &fi::TEXT,
        Locale::Sv => &sv::TEXT,
        Locale::Ar => &ar::TEXT,
    }
}

/// A sentence with how many codes may be asked for, and within which time.
pub(crate) type Codes = fn(u32, Span) -> String;

/// What the server says in a language.
pub(crate) struct ServerText {
    pub(crate) service: Plain,
    pub(crate) skip_to_content: Plain,
    pub(crate) sign_out: Plain,
    /// The link to the application that sent the person here.
    pub(crate) back_to: With,
    pub(crate) frame: FrameText,
    pub(crate) contacts: ContactsText,
    pub(crate) email: KindText,
    pub(crate) mobile: KindText,
    /// How many codes may be asked for, to whatever contact.
    pub(crate) allowance: Codes,
    pub(crate) next_code: With,
    /// With the contacts that are removed, and what stands between two of them.
    pub(crate) removed: With,
    pub(crate) next_removed: Plain,
    /// Beside the button for a code: that one has to sign in first, and that one has.
    pub(crate) sign_in_first: Plain,
    pub(crate) signed_in_again: Plain,
    /// Of a code that took the place of an earlier one.
    pub(crate) resent: Plain,
    /// Of a press that left a change alone that may have been made, with the number of the request.
    pub(crate) not_left: With,
    /// With the country in which a number in national writing is read.
    pub(crate) national_number: With,
    pub(crate) plain: PlainText,
    pub(crate) notice: NoticeText,
    /// A clock time: hour and minute.
    pub(crate) clock: fn(i8, i8) -> String,
    /// A clock time of another day: the time as written by `clock`, the day and the month.
    pub(crate) clock_on: fn(&str, i8, i8) -> String,
}

/// What stands around every page.
pub(crate) struct FrameText {
    pub(crate) languages: Plain,
    pub(crate) support: Plain,
    pub(crate) privacy: Plain,
    pub(crate) accessibility: Plain,
}

/// What the contacts are told that an account had before.
pub(crate) struct NoticeText {
    /// The subject of the email.
    pub(crate) subject: fn(&Told) -> String,
    /// The email, and the text message.
    pub(crate) email: fn(&Told) -> String,
    pub(crate) sms: fn(&Told) -> String,
}

/// What a notice is about.
pub(crate) struct Told {
    /// The kind of the contact that is new.
    pub(crate) kind: Kind,
    /// The new contact, most of it hidden: the notice may be read by somebody who is not to know it.
    pub(crate) contact: String,
    /// What the operator calls the service; nothing if they gave it no name.
    pub(crate) service: Option<String>,
    /// When it was changed, with the day and the time zone.
    pub(crate) time: String,
    /// Whether the previous contacts of the kind were taken away.
    pub(crate) replaced: bool,
    /// Where there is help.
    pub(crate) support: Option<String>,
}

/// The page `/`.
pub(crate) struct ContactsText {
    pub(crate) title: Plain,
    pub(crate) verify_now: Plain,
    pub(crate) unreadable: Plain,
    pub(crate) look_again: Plain,
    pub(crate) pending: With,
    pub(crate) resume: Plain,
}

/// One kind of contact.
pub(crate) struct KindText {
    pub(crate) heading: Plain,
    pub(crate) change: Plain,
    /// The heading of the page of a change.
    pub(crate) title: Plain,
    /// Instead of both where there is none yet.
    pub(crate) add: Plain,
    /// What follows where the operator decided it: of the new contact, and of the others where they are not known.
    pub(crate) becomes_primary: Plain,
    pub(crate) others_removed: Plain,
    /// Which one is the primary one once the change is done: the new one, or another.
    pub(crate) is_primary: Plain,
    pub(crate) still_primary: With,
    /// How many codes may be asked for, to one contact.
    pub(crate) allowance: Codes,
}

/// Pages that have no state: for each a heading, a sentence and the label of the way on; where the way back is the way
/// on, no label.
pub(crate) struct PlainText {
    pub(crate) signed_out: [Plain; 3],
    pub(crate) sign_in_failed: [Plain; 3],
    pub(crate) not_found: [Plain; 3],
    pub(crate) cross_site: [Plain; 3],
    pub(crate) unavailable: [Plain; 3],
    pub(crate) busy: [Plain; 3],
    pub(crate) failed: [Plain; 3],
    pub(crate) bad_link: [Plain; 3],
    pub(crate) by_itself: [Plain; 3],
    pub(crate) handed_over: [Plain; 2],
    pub(crate) reference: With,
    /// With the number of an error.
    pub(crate) link_error: With,
}

impl ServerText {
    /// Gives what is said of a kind of contact.
    pub(crate) fn of(&self, kind: Kind) -> &KindText {
        match kind {
            Kind::Email => &self.email,
            Kind::Mobile => &self.mobile,
        }
    }
}
