//! The pages, the components they are made of, and the server functions that their forms post to.
//!
//! Compiled twice: for the server (`ssr`), which renders every page and runs the functions, and for the browser
//! (`hydrate`), which takes the rendered page over. Each side's own code is a module of its own; what is common says
//! only what a page looks like.
//!
//! There is no router in the browser: the server routes, and within `/email` and `/mobile` the steps change in place.

#![expect(unreachable_pub, reason = "the macros of components and server functions make public items")]

mod components;
mod frame;
mod functions;
mod locale;
mod pages;
mod state;
mod steps;
mod text;
mod way_back;

#[cfg(feature = "ssr")]
mod document;
#[cfg(feature = "ssr")]
mod journey;
#[cfg(feature = "ssr")]
mod notices;

#[cfg(feature = "hydrate")]
mod browser;
#[cfg(not(feature = "hydrate"))]
#[path = "browser/absent.rs"]
mod browser;

pub use frame::{Frame, Links};
pub use functions::{Begin, Cancel, Edit, Finish, Look, Resend};
pub use locale::{Locale, Wishes};
pub use state::{
    Allowance, Answer, ChangeView, ContactsView, Offer, Page, PageState, Policy, Step, Underway, View, Within,
};
pub use way_back::{Outcome, Reason, WayBack};

/// What the server builds the application from.
#[cfg(feature = "ssr")]
pub mod ssr {
    pub use crate::document::{Assets, document};
    pub use crate::journey::{Journey, JourneySettings, Visit};
    pub use crate::notices::{HandedOver, PlainPage, plain_document};
}

/// Takes the rendered page over. Called by the page's own script once the module is there.
#[cfg(feature = "hydrate")]
#[wasm_bindgen::prelude::wasm_bindgen]
pub fn hydrate() {
    leptos::mount::hydrate_body(pages::App);
    browser::tell_that_the_page_is_live();
}
