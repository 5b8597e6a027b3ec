//! What the forms of one page share: the step they are about, and whether one of them is on its way.

#![cfg_attr(not(feature = "hydrate"), expect(dead_code, reason = "the browser alone presses"))]

use contact::{Flow, Timestamp};
use leptos::prelude::*;

use crate::{Addresses, Step, browser};

/// Asked before a form is sent; the answer no keeps it.
pub(crate) type Guard = Box<dyn Fn() -> bool>;

/// Why a press has no answer. It may have been taken all the same; pressing again is safe, since it is the same press.
#[derive(Clone, Debug, PartialEq)]
pub(crate) enum Trouble {
    /// None came: there was no connection, it broke, or it took too long.
    NoAnswer,
    /// The server answered with something else than an answer.
    Failed,
    /// The person was signed out meanwhile; nothing was done.
    SignedOut {
        /// Where to sign in and come back.
        sign_in: String,
    },
}

/// A reading of the server's clock.
#[derive(Clone, Copy)]
pub(crate) struct Heard {
    /// What the server's clock said.
    pub(crate) now: Timestamp,
    /// When it was heard, in milliseconds on the monotonic clock of the page.
    pub(crate) at: u64,
}

/// The state that the forms of a page share.
#[derive(Clone, Copy)]
pub(crate) struct Presses {
    /// The step that is shown.
    pub(crate) step: RwSignal<Step>,
    /// The addresses of our pages and forms.
    addresses: StoredValue<Addresses>,
    /// What the server's clock said last, and when that was heard.
    pub(crate) heard: StoredValue<Heard>,
    /// The address that a form is on its way to, if one is.
    pub(crate) busy: RwSignal<Option<&'static str>>,
    /// The address of a button that rests: a new code was asked for a moment ago, the button for it is in the same place
    /// again, and the second click of a double one is meant for the first.
    pub(crate) resting: RwSignal<Option<&'static str>>,
    /// Why the last press has no answer.
    pub(crate) trouble: RwSignal<Option<Trouble>>,
}

impl Presses {
    /// Takes what came with the page: its step, and the addresses of our pages and forms.
    pub(crate) fn new(step: Step, addresses: Addresses) -> Self {
        Self {
            addresses: StoredValue::new(addresses),
            heard: StoredValue::new(Heard { now: step.now, at: browser::page_received_at() }),
            step: RwSignal::new(step),
            busy: RwSignal::new(None),
            resting: RwSignal::new(None),
            trouble: RwSignal::new(None),
        }
    }

    /// Gives the address of a page or form of ours.
    pub(crate) fn address_of(&self, path: &str) -> String {
        self.addresses.with_value(|addresses| addresses.of(path))
    }

    /// Tells whether a button cannot be pressed now.
    pub(crate) fn is_held(&self, action: &str) -> bool {
        self.busy.get().is_some() || self.resting.get() == Some(action)
    }

    /// Takes the step that a press was answered with, heard at that time. `typed`: what the field for the code held when the
    /// press was made.
    pub(crate) fn take(&self, step: Step, at: u64, typed: &str) {
        let shown = self.step.get_untracked();
        if shown.person != step.person {
            // Somebody else signed in meanwhile: this page is not theirs.
            return browser::reload();
        }
        if let (Flow::AwaitCode(before), Flow::AwaitCode(now)) = (&shown.flow, &step.flow)
            && before.expires_at != now.expires_at
            && browser::value("code") == typed
        {
            // Another code: the field stays in its place, and would keep what was typed of the one before. What was typed since
            // may well be of this one.
            browser::set_value("code", "");
        }
        self.heard.set_value(Heard { now: step.now, at });
        self.trouble.set(None);
        self.step.set(step);
    }

    /// Takes what a look at the server's state gave. What tells nothing new says only what time it is: the page stays as it
    /// is.
    pub(crate) fn look(&self, mut step: Step, at: u64, typed: &str) {
        if step.now < self.heard.get_value().now {
            return; // An answer that came later knows more.
        }
        let shown = self.step.get_untracked();
        if is_news(&shown, &step) {
            // What somebody is filling in stays theirs. Whatever another tab did, the server says when they press.
            if let (Flow::Enter(_), Flow::Enter(_)) = (&shown.flow, &step.flow) {
                step.flow = shown.flow;
            }
            self.take(step, at, typed);
        } else {
            self.heard.set_value(Heard { now: step.now, at });
            // Of any other press it is still true that nothing came of it.
            if matches!(self.trouble.get_untracked(), Some(Trouble::SignedOut { .. })) {
                self.trouble.set(None);
            }
        }
    }
}

/// Tells whether a look found something else than what is shown.
fn is_news(shown: &Step, found: &Step) -> bool {
    match (&shown.flow, &found.flow) {
        // The countdown tells of the end; and a page that is there for the next change shows none that is done.
        (before @ Flow::AwaitCode(_), now @ Flow::Restart(_))
        | (before @ Flow::Enter(_), now @ Flow::Done(_)) => before.id() != now.id(),
        _ => shown.mark != found.mark,
    }
}
