//! Pages without state: they say one thing and show the way on. No script of the application belongs to them.

use leptos::prelude::*;

use crate::{
    Frame, Locale, Outcome, Page, Reason,
    components::layout::Layout,
    document::{Assets, PLAIN, whole},
    text::{
        Plain,
        server::{ServerText, text},
    },
};

/// A page that says one thing.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum PlainPage {
    /// The person signed out.
    SignedOut,
    /// The sign-in did not come to its end.
    SignInFailed {
        /// The request's id.
        reference: String,
        /// Whether that was the person's own doing.
        given_up: bool,
    },
    /// There is no such page.
    NotFound,
    /// A change of state was asked for from another site.
    CrossSite,
    /// What is needed is down for the moment.
    Unavailable {
        /// The request's id.
        reference: String,
        /// The page to try again.
        again: String,
        /// Whether the person wanted something done that surely was not.
        nothing_was_done: bool,
    },
    /// Another press of the same person is still being worked on.
    Busy {
        /// The page to look at again.
        again: String,
    },
    /// Something failed.
    Failed {
        /// The request's id.
        reference: String,
    },
    /// An application sent the person here with a link that cannot be followed.
    BadLink {
        /// What is wrong with it (docs/integrate.md).
        number: u8,
        /// The request's id.
        reference: String,
    },
    /// Nobody can sign in in a frame here, or in this browser.
    ByItself {
        /// Where the same change is begun outside the frame.
        address: String,
    },
    /// The change in a frame has come to its end: whose page stands around it is told.
    HandedOver(HandedOver),
}

/// What the page around a frame is told, and how.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct HandedOver {
    /// The origin of that page; nobody else is told.
    pub origin: String,
    /// The outcome.
    pub outcome: Outcome,
    /// What the application gave to be given back.
    pub state: Option<String>,
    /// Where the person goes if the page does nothing, or runs no script.
    pub address: String,
    /// For the one script of the page.
    pub nonce: String,
}

/// Tells the page around the frame (HTML, section 9.3, `postMessage`). What there is to tell stands beside it as data.
const TELL: &str = "(function(said){\
    if(parent!==window)parent.postMessage(\
    {type:'contact-change',outcome:said.outcome,reason:said.reason,state:said.state},said.to)\
    })(document.currentScript.dataset)";

/// Gives the document of a plain page, as HTML.
pub fn plain_document(page: &PlainPage, locale: Locale, frame: Frame, assets: &Assets) -> String {
    let text = text(locale);
    let Said { title, sentence, way_on } = said(page, text, &frame);
    let details = details(page, text);
    let whole_title = format!("{title} – {}", frame.service(text));
    let way_back = frame.way_back.as_ref().filter(|_| !matches!(page, PlainPage::HandedOver(_)));
    let back = way_back.map(|way_back| way_back.shown(locale, outcome(page)));
    // What the page is made of goes away with it.
    Owner::new().with(|| {
        let body = view! {
            <Layout locale text frame back>
                <h1>{title}</h1>
                <p class="lead">{sentence}</p>
                {details.into_iter().map(|detail| view! { <p>{detail}</p> }).collect_view()}
                <p>
                    <a class="button" href=way_on.address target=way_on.target>
                        {way_on.label}
                    </a>
                </p>
            </Layout>
            {message(page)}
        };
        whole(locale, whole_title, assets, PLAIN, body)
    })
}

struct Said {
    title: Plain,
    sentence: Plain,
    way_on: WayOn,
}

struct WayOn {
    label: String,
    address: String,
    /// Where it opens, if that is not the same place.
    target: Option<&'static str>,
}

fn said(page: &PlainPage, text: &ServerText, frame: &Frame) -> Said {
    let plain = &text.plain;
    let way = |[title, sentence, label]: [Plain; 3], address: &str, target| Said {
        title,
        sentence,
        way_on: WayOn { label: label.to_owned(), address: address.to_owned(), target },
    };
    let ours = |sentences, page: Page| way(sentences, &frame.addresses.of(page.path()), None);
    let wanted = frame.way_back.as_ref().map_or(Page::Contacts, |way_back| Page::Change(way_back.kind));
    match page {
        PlainPage::SignedOut => ours(plain.signed_out, Page::Contacts),
        PlainPage::SignInFailed { .. } => ours(plain.sign_in_failed, wanted),
        PlainPage::NotFound => ours(plain.not_found, Page::Contacts),
        PlainPage::CrossSite => ours(plain.cross_site, Page::Contacts),
        PlainPage::Unavailable { again, nothing_was_done, .. } => {
            let [title, nothing, label] = plain.unavailable;
            let [_, sentence, _] = plain.failed;
            way([title, if *nothing_was_done { nothing } else { sentence }, label], again, None)
        }
        PlainPage::Busy { again } => way(plain.busy, again, None),
        PlainPage::Failed { .. } => ours(plain.failed, Page::Contacts),
        PlainPage::BadLink { .. } => ours(plain.bad_link, Page::Contacts),
        PlainPage::ByItself { address } => way(plain.by_itself, address, Some("_blank")),
        PlainPage::HandedOver(handed) => {
            let [title, sentence] = plain.handed_over;
            let application = frame.way_back.as_ref().map(|way_back| way_back.application.as_str());
            let label = text.back_to.with(application.unwrap_or_default());
            let address = handed.address.clone();
            Said { title, sentence, way_on: WayOn { label, address, target: Some("_top") } }
        }
    }
}

fn details(page: &PlainPage, text: &ServerText) -> Vec<String> {
    let plain = &text.plain;
    match page {
        PlainPage::BadLink { number, reference } => {
            vec![plain.link_error.with(&number.to_string()), plain.reference.with(reference)]
        }
        PlainPage::SignInFailed { reference, .. }
        | PlainPage::Unavailable { reference, .. }
        | PlainPage::Failed { reference } => vec![plain.reference.with(reference)],
        _ => Vec::new(),
    }
}

/// What an application is told by somebody who goes back from here. Where their change could not be looked at, nobody knows
/// whether it was made before.
fn outcome(page: &PlainPage) -> Outcome {
    match page {
        PlainPage::SignInFailed { given_up: false, .. } => Outcome::Failed(Reason::Unavailable),
        PlainPage::Unavailable { .. } | PlainPage::Busy { .. } | PlainPage::Failed { .. } => {
            Outcome::Failed(Reason::Unknown)
        }
        _ => Outcome::Cancelled,
    }
}

fn message(page: &PlainPage) -> Option<impl IntoView + use<>> {
    let PlainPage::HandedOver(handed) = page else { return None };
    let HandedOver { origin, outcome, state, nonce, .. } = handed.clone();
    let (outcome, reason) = outcome.words();
    Some(view! {
        <script
            nonce=nonce
            data-to=origin
            data-outcome=outcome
            data-reason=reason
            data-state=state
            inner_html=TELL
        ></script>
    })
}
