//! Pages without state: they say one thing and show the way on. No script belongs to them.

use leptos::prelude::*;

use crate::{
    Frame, Locale, Outcome, Page, Reason,
    components::{back_link::BackLink, layout::Layout},
    document::{Assets, whole},
    text::{Plain, Text, text},
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
    let outcome = outcome(page);
    let details = details(page, text);
    let whole_title = format!("{title} – {}", frame.service(text));
    let way_back = frame.way_back.clone().filter(|_| !matches!(page, PlainPage::HandedOver(_)));
    // What the page is made of goes away with it.
    Owner::new().with(|| {
        let here = Signal::stored(frame.here.clone());
        let body = view! {
            <Layout locale text frame here>
                <BackLink text way_back outcome=Signal::stored(outcome) />
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
        whole(locale, whole_title, assets, true, (), body).to_html()
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

fn said(page: &PlainPage, text: &Text, frame: &Frame) -> Said {
    let plain = &text.plain;
    let here = |[title, sentence, label]: [Plain; 3], path| Said {
        title,
        sentence,
        way_on: WayOn { label: label.to_owned(), address: frame.keep(path), target: None },
    };
    let wanted = frame.way_back.as_ref().map_or(Page::Contacts, |way_back| Page::Change(way_back.kind));
    match page {
        PlainPage::SignedOut => here(plain.signed_out, "/"),
        PlainPage::SignInFailed { .. } => here(plain.sign_in_failed, wanted.path()),
        PlainPage::NotFound => here(plain.not_found, "/"),
        PlainPage::CrossSite => here(plain.cross_site, "/"),
        PlainPage::Failed { .. } => here(plain.failed, "/"),
        PlainPage::BadLink { .. } => here(plain.bad_link, "/"),
        PlainPage::ByItself { address } => {
            let [title, sentence, label] = plain.by_itself;
            let (label, address) = (label.to_owned(), address.clone());
            Said { title, sentence, way_on: WayOn { label, address, target: Some("_blank") } }
        }
        PlainPage::HandedOver(handed) => {
            let [title, sentence] = plain.handed_over;
            let application = frame.way_back.as_ref().map(|way_back| way_back.application.as_str());
            let label = (text.back_to)(application.unwrap_or_default());
            let address = handed.address.clone();
            Said { title, sentence, way_on: WayOn { label, address, target: Some("_top") } }
        }
    }
}

fn details(page: &PlainPage, text: &Text) -> Vec<String> {
    let plain = &text.plain;
    match page {
        PlainPage::BadLink { number, reference } => {
            vec![(plain.link_error)(&number.to_string()), (plain.reference)(reference)]
        }
        PlainPage::SignInFailed { reference, .. } | PlainPage::Failed { reference } => {
            vec![(plain.reference)(reference)]
        }
        _ => Vec::new(),
    }
}

/// What an application is told by somebody who goes back from here.
fn outcome(page: &PlainPage) -> Outcome {
    match page {
        PlainPage::SignInFailed { given_up: false, .. } | PlainPage::Failed { .. } => {
            Outcome::Failed(Reason::Unavailable)
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
