//! The pages, the components they are made of, and the server functions that their forms post to.
//!
//! Compiled twice: for the server (`ssr`), which renders every page and runs the functions, and for the browser
//! (`hydrate`), which takes the rendered page over. Each side's own code is a module of its own; what is common says
//! only what a page looks like.
//!
//! There is no router in the browser: the server routes, and within `/email` and `/mobile` the steps change in place.

// The type of a view holds the types of all that is in it.
#![recursion_limit = "256"]
#![expect(unreachable_pub, reason = "the macros of components and server functions make public items")]

mod addresses;
mod codec;
mod components;
mod functions;
mod handover;
mod locale;
mod pages;
mod state;
mod steps;
mod text;

#[cfg(feature = "ssr")]
mod consequences;
#[cfg(feature = "ssr")]
mod document;
#[cfg(feature = "ssr")]
mod frame;
#[cfg(feature = "ssr")]
mod journey;
#[cfg(feature = "ssr")]
mod notices;
#[cfg(feature = "ssr")]
mod way_back;

#[cfg(feature = "hydrate")]
mod browser;
#[cfg(not(feature = "hydrate"))]
#[path = "browser/absent.rs"]
mod browser;

pub use addresses::Addresses;
#[cfg(feature = "ssr")]
pub use frame::{Frame, Links};
pub use functions::{Begin, Cancel, Edit, Finish, Look, Read, Resend};
pub use locale::{Locale, Wishes};
pub use state::{
    Allowance, Answer, Back, ChangeView, ContactsView, Offer, Page, PageState, Policy, Reading, SignInFirst,
    Step, Underway, View,
};
#[cfg(feature = "ssr")]
pub use way_back::{Outcome, Reason, WayBack};

/// What the server builds the application from.
#[cfg(feature = "ssr")]
pub mod ssr {
    pub use crate::codec::server::encode;
    pub use crate::document::{Assets, ClientFiles, Document, File, document};
    pub use crate::journey::{
        Event, Journey, JourneySettings, Notices, Setback, SignInProblem, Stop, Untold, Visit, Who, Witness,
    };
    pub use crate::notices::{HandedOver, PlainPage, plain_document};
}

/// Takes the rendered page over: what stands in `<main>`. Called by the page's own script once the module is there.
#[cfg(feature = "hydrate")]
#[wasm_bindgen::prelude::wasm_bindgen]
pub fn hydrate() {
    use leptos::prelude::*;
    let Some((handover::Handover { page, addresses, view }, text)) = browser::handover() else { return };
    let Some(main) = browser::main() else { return };
    leptos::mount::hydrate_from(
        main,
        move || view! { <pages::change::ChangePage text page addresses view /> },
    )
    .forget();
    browser::tell_that_the_page_is_live();
}
