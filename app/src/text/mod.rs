//! Every sentence of the pages, typed: a language that lacks one does not compile, and one that no page uses is a warning
//! that the tests deny. A sentence with a thing in it has a place for it, so nothing is put together by hand.
//!
//! The browser gets the sentences of one language, with the page. What the server alone says is in [`server`].

mod sentence;

#[cfg(feature = "ssr")]
mod ar;
#[cfg(feature = "ssr")]
mod en;
#[cfg(feature = "ssr")]
mod fi;
#[cfg(feature = "ssr")]
pub(crate) mod server;
#[cfg(feature = "ssr")]
mod sv;

#[cfg(feature = "ssr")]
use std::sync::OnceLock;

use contact::Kind;

#[cfg(feature = "ssr")]
pub(crate) use sentence::with;
pub(crate) use sentence::{Plain, Sentences, With};

#[cfg(feature = "ssr")]
use crate::Locale;

/// Gives the sentences of a language.
#[cfg(feature = "ssr")]
pub(crate) fn text(locale: Locale) -> &'static Text {
    match locale {
        Locale::En => &en::TEXT,
        Locale::Fi => &fi::TEXT,
        Locale::Sv => &sv::TEXT,
        Locale::Ar => &ar::TEXT,
    }
}

/// Gives the sentences of a language as they travel to the browser: one a line, in the order of the fields. They are put
/// together once.
#[cfg(feature = "ssr")]
pub(crate) fn lines(locale: Locale) -> &'static str {
    static LINES: [OnceLock<String>; Locale::ALL.len()] = [const { OnceLock::new() }; Locale::ALL.len()];
    LINES[locale as usize].get_or_init(|| list(text(locale)).join("\n"))
}

#[cfg(feature = "ssr")]
fn list(text: &'static Text) -> Vec<&'static str> {
    let mut list = Vec::new();
    text.tell(&mut list);
    list
}

/// Takes the sentences that came with the page.
#[cfg(any(feature = "hydrate", test))]
pub(crate) fn taken(lines: &'static str) -> &'static Text {
    Box::leak(Box::new(Text::take(&mut lines.split('\n'))))
}

sentence::sentences! {
    /// The sentences that both kinds of contact share, and those of each.
    struct Text {
        error_prefix: Plain,
        problem: Plain,
        steps_label: Plain,
        step_of: With,
        step_enter: Plain,
        step_code: Plain,
        step_done: Plain,
        back_to_contacts: Plain,
        listed: ListedText,
        enter: EnterText,
        code: CodeText,
        restart: RestartText,
        trouble: TroubleText,
        email: KindText,
        mobile: KindText,
    }

    /// What a contact in a list is.
    struct ListedText {
        primary: Plain,
        verified: Plain,
        unverified: Plain,
    }

    /// The first step.
    struct EnterText {
        choices: Plain,
        send: Plain,
        sending: Plain,
        will_send_to: With,
        did_you_mean: With,
        use_suggestion: Plain,
        not_acceptable: With,
        already_yours: With,
        limit_until: With,
        limit: Plain,
        contact_limit: With,
        own_limit: With,
        older_form: Plain,
        sign_in_again: Plain,
        unavailable: With,
    }

    /// The second step.
    struct CodeText {
        title: Plain,
        sent_to: With,
        once: Plain,
        label: Plain,
        hint: Plain,
        works_until: With,
        time_left: Plain,
        five_minutes_left: Plain,
        one_minute_left: Plain,
        thirty_seconds_left: Plain,
        over: Plain,
        over_resend: Plain,
        verify: Plain,
        verifying: Plain,
        resend: Plain,
        cancel: Plain,
        cancelling: Plain,
        empty: Plain,
        too_short: With,
        too_long: Plain,
        superseded: Plain,
        older_form: Plain,
        another_pending: With,
        still_works: Plain,
        not_checked: With,
    }

    /// The step after a code that is of no use any more: for each reason a heading and what follows.
    struct RestartText {
        wrong_code: Reason,
        expired: Reason,
        over: Reason,
        taken: Reason,
        begin_lost: Reason,
        not_changed: Reason,
        unknown: Reason,
        look_again: Plain,
    }

    /// Why a code is of no use any more.
    struct Reason {
        title: Plain,
        sentence: With,
    }

    /// What can happen between the browser and the server.
    struct TroubleText {
        no_answer: Plain,
        failed: Plain,
        signed_out: Plain,
        sign_in: Plain,
    }

    /// The sentences of one kind of contact.
    struct KindText {
        none: Plain,
        label: Plain,
        hint: Plain,
        primary: Plain,
        primary_hint: Plain,
        replace_all: Plain,
        different: Plain,
        on_its_way: Plain,
        empty: Plain,
        incomplete: Plain,
        malformed: Plain,
        unsuitable: Plain,
        not_allowed: With,
        done: Plain,
        is_verified: With,
        now_listed: Plain,
    }
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

#[cfg(test)]
mod tests {
    use super::{lines, taken, text};
    use crate::Locale;

    fn list(locale: Locale) -> Vec<&'static str> {
        super::list(text(locale))
    }

    /// The name of the place for a thing, if a sentence has one.
    fn place(sentence: &str) -> Option<&str> {
        Some(sentence.split_once('{')?.1.split_once('}')?.0)
    }

    #[test]
    fn what_the_browser_takes_is_what_the_server_says() {
        for locale in Locale::ALL {
            assert_eq!(super::list(taken(lines(locale))), list(locale));
        }
        assert_eq!(
            text(Locale::En).enter.will_send_to.with("a@b.example"),
            "We will send the code to a@b.example"
        );
    }

    #[test]
    fn a_sentence_can_travel_in_a_page() {
        for sentence in Locale::ALL.into_iter().flat_map(list) {
            assert!(!sentence.is_empty() && !sentence.contains(['\n', '<']), "{sentence}");
        }
    }

    #[test]
    fn every_language_puts_the_same_thing_into_a_sentence() {
        for locale in Locale::ALL {
            for (sentence, english) in list(locale).into_iter().zip(list(Locale::En)) {
                assert_eq!(place(sentence), place(english), "{sentence}");
            }
        }
    }

    #[test]
    fn a_number_that_is_given_as_an_example_stays_on_one_line() {
        for text in Locale::ALL.map(text) {
            for sentence in [text.mobile.hint, text.mobile.incomplete] {
                let numbers = sentence.split(' ').filter(|word| word.contains('\u{a0}'));
                let digits = numbers.map(|word| word.matches(char::is_numeric).count()).collect::<Vec<_>>();
                assert!(matches!(digits[..], [11 | 12]), "{sentence}");
            }
        }
    }

    #[test]
    fn the_browser_that_counts_does_not_say_that_nothing_was_changed() {
        for text in Locale::ALL.map(text) {
            let known = text.restart.expired.sentence.with("");
            let nothing_was_changed = known.split_inclusive('.').next().unwrap_or_default();
            assert!(!text.code.over.contains(nothing_was_changed), "{}", text.code.over);
        }
    }

    #[test]
    fn what_is_put_into_a_sentence_from_right_to_left_keeps_its_own_direction() {
        for sentence in list(Locale::Ar) {
            if let Some(thing) = place(sentence).filter(|thing| !["step", "digits"].contains(thing)) {
                assert!(sentence.contains(&format!("\u{2068}{{{thing}}}\u{2069}")), "{sentence}");
            }
        }
    }
}
