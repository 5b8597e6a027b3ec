//! Every sentence of the application, typed: a language that lacks one does not compile, and one that no page uses is
//! a warning that the tests deny. Sentences with something in them are functions, so nothing is put together by hand.

mod ar;
mod en;
mod fi;
mod sv;

use contact::Kind;

use crate::{Locale, Within};

/// Gives the sentences of a language.
pub(crate) fn text(locale: Locale) -> &'static Text {
    match locale {
        Locale::En => &en::TEXT,
        Locale::Fi => &fi::TEXT,
        Locale::Sv => &sv::TEXT,
        Locale::Ar => &ar::TEXT,
    }
}

/// A sentence.
pub(crate) type Plain = &'static str;
/// A sentence with one thing in it: a contact, a list of contacts, a clock time or a reference.
pub(crate) type With = fn(&str) -> String;
/// A sentence with how many codes may be asked for, and within which time.
pub(crate) type Codes = fn(u32, Within) -> String;

/// The sentences that all pages share, and those of each kind of contact.
pub(crate) struct Text {
    pub(crate) service: Plain,
    pub(crate) skip_to_content: Plain,
    pub(crate) sign_out: Plain,
    pub(crate) error_prefix: Plain,
    pub(crate) problem: Plain,
    pub(crate) steps_label: Plain,
    pub(crate) step_of: fn(usize, usize) -> String,
    pub(crate) step_enter: Plain,
    pub(crate) step_code: Plain,
    pub(crate) step_done: Plain,
    pub(crate) back_to_contacts: Plain,
    /// With the name of an application.
    pub(crate) back_to: With,

    pub(crate) frame: FrameText,
    pub(crate) contacts: ContactsText,
    pub(crate) enter: EnterText,
    pub(crate) code: CodeText,
    pub(crate) restart: RestartText,
    pub(crate) trouble: TroubleText,
    pub(crate) email: KindText,
    pub(crate) mobile: KindText,
    #[cfg(feature = "ssr")]
    pub(crate) plain: PlainText,
    /// A clock time: hour and minute.
    #[cfg(feature = "ssr")]
    pub(crate) clock: fn(i8, i8) -> String,
    /// A clock time of another day: the time as written by `clock`, the day and the month.
    #[cfg(feature = "ssr")]
    pub(crate) clock_on: fn(&str, i8, i8) -> String,
}

/// What stands around every page.
pub(crate) struct FrameText {
    pub(crate) languages: Plain,
    pub(crate) support: Plain,
    pub(crate) privacy: Plain,
    pub(crate) accessibility: Plain,
}

/// The page `/`.
pub(crate) struct ContactsText {
    pub(crate) title: Plain,
    pub(crate) primary: Plain,
    pub(crate) verified: Plain,
    pub(crate) unverified: Plain,
    pub(crate) verify_now: Plain,
    pub(crate) unreadable: Plain,
    pub(crate) look_again: Plain,
    pub(crate) pending: With,
    pub(crate) resume: Plain,
}

/// The first step.
pub(crate) struct EnterText {
    pub(crate) choices: Plain,
    pub(crate) send: Plain,
    pub(crate) sending: Plain,
    pub(crate) will_send_to: With,
    pub(crate) did_you_mean: With,
    pub(crate) use_suggestion: Plain,
    pub(crate) removed: With,
    pub(crate) not_acceptable: With,
    pub(crate) already_yours: With,
    pub(crate) limit_until: With,
    pub(crate) limit: Plain,
    pub(crate) own_limit: With,
    pub(crate) allowance: Codes,
    pub(crate) next_code: With,
    pub(crate) older_form: Plain,
    pub(crate) unavailable: With,
}

/// The second step.
pub(crate) struct CodeText {
    pub(crate) title: Plain,
    pub(crate) sent_to: With,
    pub(crate) once: Plain,
    pub(crate) label: Plain,
    pub(crate) hint: Plain,
    pub(crate) works_until: With,
    pub(crate) time_left: Plain,
    pub(crate) minutes_left: fn(u64) -> String,
    pub(crate) seconds_left: fn(u64) -> String,
    pub(crate) over: Plain,
    pub(crate) over_resend: Plain,
    pub(crate) verify: Plain,
    pub(crate) verifying: Plain,
    pub(crate) resend: Plain,
    pub(crate) cancel: Plain,
    pub(crate) cancelling: Plain,
    pub(crate) empty: Plain,
    pub(crate) too_short: fn(u8) -> String,
    pub(crate) too_long: Plain,
    pub(crate) superseded: Plain,
    pub(crate) older_form: Plain,
    pub(crate) another_pending: With,
    pub(crate) still_works: Plain,
    pub(crate) not_checked: With,
}

/// The step after a code that is of no use any more: for each reason a heading and what follows.
pub(crate) struct RestartText {
    pub(crate) wrong_code: (Plain, With),
    pub(crate) expired: (Plain, With),
    pub(crate) over: (Plain, With),
    pub(crate) taken: (Plain, With),
    pub(crate) begin_lost: (Plain, With),
    pub(crate) not_changed: (Plain, With),
    pub(crate) unknown: (Plain, With),
    pub(crate) look_again: Plain,
}

/// What can happen between the browser and the server.
pub(crate) struct TroubleText {
    pub(crate) offline: Plain,
    pub(crate) timed_out: Plain,
    pub(crate) failed: Plain,
    pub(crate) signed_out: Plain,
    pub(crate) sign_in: Plain,
}

/// The sentences of one kind of contact.
pub(crate) struct KindText {
    pub(crate) heading: Plain,
    pub(crate) none: Plain,
    pub(crate) change: Plain,
    pub(crate) title: Plain,
    pub(crate) label: Plain,
    pub(crate) hint: Plain,
    pub(crate) primary: Plain,
    pub(crate) primary_hint: Plain,
    pub(crate) replace_all: Plain,
    pub(crate) different: Plain,
    pub(crate) not_arrived: Plain,
    pub(crate) empty: Plain,
    pub(crate) incomplete: Plain,
    pub(crate) too_long: Plain,
    pub(crate) malformed: Plain,
    pub(crate) not_mobile: Plain,
    pub(crate) not_allowed: With,
    pub(crate) allowance: Codes,
    pub(crate) done: Plain,
    pub(crate) is_verified: With,
    pub(crate) is_primary: Plain,
    pub(crate) now_listed: Plain,
}

/// Pages that have no state: for each a heading, a sentence and the label of the way on; where the way back is the way
/// on, no label.
#[cfg(feature = "ssr")]
pub(crate) struct PlainText {
    pub(crate) signed_out: [Plain; 3],
    pub(crate) sign_in_failed: [Plain; 3],
    pub(crate) not_found: [Plain; 3],
    pub(crate) cross_site: [Plain; 3],
    pub(crate) failed: [Plain; 3],
    pub(crate) bad_link: [Plain; 3],
    pub(crate) by_itself: [Plain; 3],
    pub(crate) handed_over: [Plain; 2],
    pub(crate) reference: With,
    /// With the number of an error.
    pub(crate) link_error: With,
}

impl Text {
    /// Gives the sentences of a kind of contact.
    pub(crate) fn of(&self, kind: Kind) -> &KindText {
        match kind {
            Kind::Email => &self.email,
            Kind::Mobile => &self.mobile,
        }
    }
}
