//! What only the browser can do: send a form without leaving the page, read the monotonic clock, move the focus.

mod send;
mod web_otp;

use std::time::Duration;

use contact::Kind;
use leptos::{ev::SubmitEvent, prelude::*, server_fn::ServerFn, task::spawn_local};
use wasm_bindgen::{JsCast, JsValue};
use web_sys::{Element, HtmlElement, HtmlFormElement, HtmlInputElement};

pub(crate) use web_otp::{listen_for_code, stop_listening};

use crate::{
    Answer, Reading, Resend,
    components::presses::{Guard, Presses},
    handover::{self, Handover},
    locale::in_language,
    text::Text,
};

/// How long a person who types does not, before the server reads what there is.
const PAUSE: Duration = Duration::from_millis(300);

/// How long a live region is empty, so that the same sentence is news again; and how long a press is waited for.
const A_MOMENT: Duration = Duration::from_millis(100);

/// How long two clicks may be apart and still be one press for the person; systems ask for half a second at the most.
const DOUBLE_CLICK: Duration = Duration::from_millis(600);

/// Sends a form's own fields to the form's own address and takes over what it is answered. The form stays as it is
/// when there is no answer, so that the same press can be made again.
pub(crate) fn submit(event: &SubmitEvent, presses: Presses, action: &'static str, guard: Option<&Guard>) {
    let Some(form) = event.target().and_then(|target| target.dyn_into::<HtmlFormElement>().ok()) else {
        return;
    };
    event.prevent_default();
    if untrack(|| presses.is_held(action)) {
        return;
    }
    // What was said of the press before is over, whatever comes of this one.
    presses.trouble.set(None);
    if guard.is_some_and(|allows| !allows()) {
        return;
    }
    presses.busy.set(Some(action));
    let typed = value("code");
    spawn_local(async move {
        let answer = send::form(&form, &presses.address_of(action)).await;
        presses.busy.set(None);
        if action == Resend::PATH {
            presses.resting.set(Some(action));
            later(DOUBLE_CLICK, Box::new(move || presses.resting.set(None)));
        }
        match answer {
            Ok(Answer::Step(step)) => presses.take(*step, now(), &typed),
            Ok(Answer::Leave(path)) => leave(&path),
            Err(trouble) => {
                presses.trouble.set(Some(trouble));
                // What is said at the top is seen where the button is at the bottom.
                later(Duration::ZERO, Box::new(show_trouble));
            }
        }
    });
}

fn show_trouble() {
    if let Ok(Some(trouble)) = document().query_selector(".trouble") {
        trouble.scroll_into_view();
    }
}

/// Gives milliseconds on the monotonic clock of this page.
pub(crate) fn now() -> u64 {
    window().performance().map_or(0, |performance| whole(performance.now()))
}

/// Gives when the page's own state was received, on the monotonic clock: the first byte of the document.
pub(crate) fn page_received_at() -> u64 {
    let entry =
        window().performance().map(|performance| performance.get_entries_by_type("navigation").get(0));
    entry
        .and_then(|entry| js_sys::Reflect::get(&entry, &JsValue::from_str("responseStart")).ok())
        .and_then(|start| start.as_f64())
        .map_or_else(now, whole)
}

#[expect(
    clippy::cast_possible_truncation,
    clippy::cast_sign_loss,
    reason = "no page is open for a million years"
)]
fn whole(millis: f64) -> u64 {
    millis as u64
}

/// Gives what a field holds; nothing if it is not there.
pub(crate) fn value(field: &str) -> String {
    input(field).map(|input| input.value()).unwrap_or_default()
}

/// Fills a field in.
pub(crate) fn set_value(field: &str, value: &str) {
    if let Some(input) = input(field) {
        input.set_value(value);
    }
}

/// Has the server read what is typed into a field, once the person pauses. Until it has, nothing is said of it.
pub(crate) fn read(field: &'static str, presses: Presses, reading: RwSignal<Reading>) {
    let typed = value(field);
    reading.set(Reading::default());
    let ask = move || {
        let Some(form) = input(field)
            .filter(|input| !typed.is_empty() && input.value() == typed)
            .and_then(|input| input.form())
        else {
            return;
        };
        spawn_local(async move {
            // Without an answer the page says what it says without script: nothing.
            if let Some(read) = send::read_contact(&form, presses).await {
                show_reading(field, typed, reading, read);
            }
        });
    };
    later(PAUSE, Box::new(ask));
}

/// Shows what the server read, if it is still what is typed. It moves what stands below it: never a button under a finger, where
/// the press would be lost.
fn show_reading(field: &'static str, typed: String, reading: RwSignal<Reading>, read: Reading) {
    if matches!(document().query_selector("button:active"), Ok(Some(_))) {
        later(A_MOMENT, Box::new(move || show_reading(field, typed, reading, read)));
    } else if value(field) == typed {
        reading.set(read);
    }
}

/// Runs a function after a time. It is boxed, so that the machinery is compiled once (docs/performance.md).
fn later(time: Duration, run: Box<dyn FnOnce()>) {
    set_timeout(run, time);
}

fn input(id: &str) -> Option<HtmlInputElement> {
    document().get_element_by_id(id)?.dyn_into().ok()
}

/// Tells that the step on the page is another one: by the title, by the address, and by the focus, which goes to the
/// problem if there is one, else to the heading. `back`: where the way back leads now, if there is one.
pub(crate) fn show_step(title: &str, address: &str, back: Option<&str>) {
    document().set_title(title);
    if let Ok(history) = window().history() {
        // An address that cannot be replaced costs a reload its memory of what was done, and nothing else.
        let _: Result<(), JsValue> = history.replace_state_with_url(&JsValue::NULL, "", Some(address));
    }
    show_address(address);
    if let (Some(back), Ok(Some(link))) = (back, document().query_selector(".top__back a")) {
        // A link that cannot be set tells what was true when the page was loaded.
        let _: Result<(), JsValue> = link.set_attribute("href", back);
    }
    let heading = || document().query_selector("h1").ok().flatten();
    focus(document().get_element_by_id("problem").or_else(heading));
}

/// Leads the links to other languages to where the person is now.
fn show_address(address: &str) {
    let Ok(links) = document().query_selector_all(".foot [hreflang]") else { return };
    for link in (0..links.length()).filter_map(|index| links.get(index)?.dyn_into::<Element>().ok()) {
        let tag = link.get_attribute("hreflang").unwrap_or_default();
        // A link that cannot be set leads to the page as it was loaded.
        let _: Result<(), JsValue> = link.set_attribute("href", &in_language(address, &tag));
    }
}

/// Tells of a problem with a field that the page found by itself: by the title, and by the focus, which goes to the
/// field that the problem describes. Where the focus is already, nothing would be heard of it: then a live region says
/// it, each time anew.
pub(crate) fn show_problem(prefix: &str, field: &str, problem: String, heard: RwSignal<Option<String>>) {
    let title = document().title();
    if !title.starts_with(prefix) {
        document().set_title(&format!("{prefix}{title}"));
    }
    heard.set(None);
    if document().active_element().is_some_and(|active| active.id() == field) {
        later(A_MOMENT, Box::new(move || heard.set(Some(problem))));
    }
    focus_on(field);
}

/// Moves the focus to an element, if it is there.
pub(crate) fn focus_on(id: &str) {
    focus(document().get_element_by_id(id));
}

/// Moves the focus from an element that is about to go, if it is there at all, to the first of those that remain.
pub(crate) fn hand_focus_over(from: &str, to: &[&str]) {
    if document().active_element().is_some_and(|active| active.id() == from) {
        focus(to.iter().find_map(|id| document().get_element_by_id(id)));
    }
}

fn focus(target: Option<Element>) {
    if let Some(target) = target.and_then(|target| target.dyn_into::<HtmlElement>().ok()) {
        // An element that cannot take the focus leaves it where it is.
        let _: Result<(), JsValue> = target.focus();
    }
}

/// Looks where the change stands whenever the page comes back into sight: the device may have slept, and its clocks
/// with it; another tab may have gone on. A look that fails changes nothing.
pub(crate) fn on_return(kind: Kind, presses: Presses) {
    let look = move |event: web_sys::Event| {
        // A page that is shown for the first time has just come.
        let is_new = js_sys::Reflect::get(&event, &JsValue::from_str("persisted")) == Ok(JsValue::FALSE);
        if is_new || presses.busy.get_untracked().is_some() || document().hidden() {
            return;
        }
        let typed = value("code");
        spawn_local(async move {
            if let Some(step) = send::look(kind, presses).await
                && presses.busy.get_untracked().is_none()
            {
                presses.look(step, now(), &typed);
            }
        });
    };
    for event in ["visibilitychange", "pageshow"] {
        // It listens as long as the page is there.
        window_event_listener_untyped(event, look);
    }
}

/// Gives what the server hands over with the page.
pub(crate) fn handover() -> Option<(Handover, &'static Text)> {
    Handover::read(&document().get_element_by_id(handover::ID)?.text_content()?)
}

/// Gives the part of the page that is taken over.
pub(crate) fn main() -> Option<HtmlElement> {
    document().get_element_by_id("main")?.dyn_into().ok()
}

/// Marks the page as taken over. The script that came with the page looks for the mark; what hides while nothing counts
/// is shown again.
pub(crate) fn tell_that_the_page_is_live() {
    if let Some(page) = document().document_element() {
        // A mark that cannot be set leaves what counts hidden; the clock time is there.
        let _: Result<(), JsValue> = page.set_attribute("data-live", "");
        let _: Result<(), JsValue> = page.remove_attribute("data-plain");
    }
}

/// Loads the page anew.
pub(crate) fn reload() {
    // A reload that is refused leaves the page as it is, and the server takes none of its forms.
    let _: Result<(), JsValue> = window().location().reload();
}

fn leave(path: &str) {
    // A navigation that is refused leaves the person on a page that still works.
    let _: Result<(), JsValue> = window().location().assign(path);
}
