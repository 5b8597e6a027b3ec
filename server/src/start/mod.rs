//! An application sends a person here, and gets them back with the outcome.
//!
//! ```text
//! GET /start?kind=…&return_to=…&state=… ──▶ /email?start=… ──▶ … ──▶ return_to?state=…&outcome=…
//! in a frame:                                                   ──▶ GET /return ──▶ postMessage
//! ```
//!
//! Every address of ours on the way carries the same `start`.

mod frame;
mod link;
mod seal;

use std::{sync::Arc, time::Duration};

use app::{Addresses, Locale, Page, WayBack};
use axum::{
    Extension,
    extract::State,
    response::{IntoResponse, Redirect, Response},
};
use contact::{Kind, Timestamp};
use http::{HeaderMap, Uri};
use serde::{Deserialize, Serialize};
use url::{Url, form_urlencoded};

pub(crate) use frame::{by_itself, cookies_in_frames, hand_over};
pub(crate) use link::LinkProblem;

use crate::{Site, clock, config::Application, language, problem::Problem, visit::parameter};

/// How long the way back is there: as long as a change that nobody touches is remembered.
const LIFETIME: Duration = Duration::from_hours(24);

/// The address at which a frame comes to its end.
const RETURN: &str = "/return";

/// What an application sent a person for, as it is sealed.
#[derive(Clone, Debug, Serialize, Deserialize)]
struct Wish {
    #[serde(rename = "k")]
    kind: Kind,
    /// An address on the application's list.
    #[serde(rename = "r")]
    return_to: String,
    /// What the application wants to be given back.
    #[serde(rename = "s", default, skip_serializing_if = "Option::is_none")]
    state: Option<String>,
    /// The origin of the page around ours, if ours is to be shown in a frame.
    #[serde(rename = "e", default, skip_serializing_if = "Option::is_none")]
    embed: Option<String>,
    #[serde(rename = "t")]
    began: Timestamp,
}

/// A person's way from an application and back to it.
#[derive(Clone, Debug)]
pub(crate) struct Start {
    application: Arc<Application>,
    wish: Wish,
    sealed: String,
    /// What all our addresses begin with.
    base: String,
}

/// `GET /start`: checks the link, and leads to the page of the change, which asks to sign in if need be.
pub(crate) async fn start(
    State(site): State<Site>,
    uri: Uri,
    headers: HeaderMap,
) -> Result<Response, Problem> {
    let (application, mut wish) = link::read(&uri, &site.applications, clock::now())?;
    if frame::is_by_itself(&headers) {
        wish.embed = None;
    }
    // Texts and a number can always be written.
    let sealed = seal::seal(&site.cookie_keys.current, serde_json::to_string(&wish).unwrap_or_default());
    let start = Start { application, wish, sealed, base: site.public_url.base().to_owned() };
    let mut page = site.addresses(Some(&start)).of(Page::Change(start.wish.kind).path());
    if let Some(locales) = language::ui_locales(&uri) {
        page = format!("{page}&ui_locales={}", encoded(&locales));
    }
    let cookies = start.embed().is_some().then(frame::trial);
    Ok((cookies, Extension(start), Redirect::to(&page)).into_response())
}

impl Site {
    /// Gives what an application sent the person for, if an address of ours carries it: as `start`, or within the page
    /// to come back to after sign-in. Nothing if it is a day old, was not sealed here, or is not on the operator's list
    /// any more.
    pub(crate) fn start(&self, uri: &Uri) -> Option<Start> {
        if let Some(sealed) = parameter(uri, "start") {
            return self.opened(&sealed);
        }
        let page: Uri = parameter(uri, "return_to").filter(|_| uri.path() == "/sign-in")?.parse().ok()?;
        self.opened(&parameter(&page, "start")?)
    }

    fn opened(&self, sealed: &str) -> Option<Start> {
        let wish: Wish = serde_json::from_str(&seal::open(&self.cookie_keys, sealed)?).ok()?;
        let application = self.applications.of(&wish.return_to)?;
        let is_listed = wish.embed.as_ref().is_none_or(|origin| application.embed.contains(origin));
        let is_young = clock::now().since(wish.began) <= LIFETIME;
        (is_listed && is_young).then(|| Start {
            application,
            wish,
            sealed: sealed.to_owned(),
            base: self.public_url.base().to_owned(),
        })
    }
}

impl Start {
    /// Gives what every address of ours carries as `start`.
    pub(crate) fn sealed(&self) -> &str {
        &self.sealed
    }

    /// Gives the way back, as the pages show it.
    pub(crate) fn way_back(&self, locale: Locale) -> WayBack {
        let framed = self.embed().is_some();
        let end = || format!("{}&", Addresses::new(&self.base, Some(&self.sealed)).of(RETURN));
        let address = if framed { end() } else { self.address() };
        let application = self.application.names.of(locale).unwrap_or(&self.application.id).to_owned();
        WayBack { application, kind: self.wish.kind, since: self.wish.began, address, framed }
    }

    /// Gives the origin whose page is around ours; nothing if ours stand by themselves.
    pub(crate) fn embed(&self) -> Option<&str> {
        self.wish.embed.as_deref()
    }

    /// Gives the origin to which a form of ours may lead at the end, since browsers hold redirects of forms against
    /// `form-action`; in a frame it is our own.
    pub(crate) fn form_target(&self) -> Option<String> {
        let url = Url::parse(&self.wish.return_to).ok().filter(|_| self.embed().is_none())?;
        Some(url.origin().ascii_serialization())
    }

    /// Gives the address to return to, with `state`, so that the outcome can follow. What its query says stays as it is.
    fn address(&self) -> String {
        let Wish { return_to, state, .. } = &self.wish;
        let mark = if return_to.contains('?') { '&' } else { '?' };
        let state = state.as_deref().map_or_else(String::new, |state| format!("state={}&", encoded(state)));
        format!("{return_to}{mark}{state}")
    }
}

fn encoded(text: &str) -> String {
    form_urlencoded::byte_serialize(text.as_bytes()).collect()
}
