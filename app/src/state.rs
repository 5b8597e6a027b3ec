//! What a page shows: made by the server and, where there is something to do, sent with the page and taken over by the
//! browser. Nothing in it is secret to the person it is made for.

use contact::{Contact, Contacts, Flow, FlowId, Kind, Timestamp};
use serde::{Deserialize, Serialize};

use crate::Locale;

/// The pages of the application.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Page {
    /// `/`: what the account holds.
    Contacts,
    /// `/email` and `/mobile`: a change of one kind of contact.
    Change(Kind),
}

impl Page {
    /// Gives the path of the page.
    pub fn path(self) -> &'static str {
        match self {
            Self::Contacts => "/",
            Self::Change(Kind::Email) => "/email",
            Self::Change(Kind::Mobile) => "/mobile",
        }
    }
}

/// Everything that a page shows.
#[derive(Clone, Debug)]
pub struct PageState {
    /// The language of the page.
    pub locale: Locale,
    /// The name to greet the person by.
    pub name: Option<String>,
    /// The way back to the application that sent the person here, if one did.
    pub back: Option<Back>,
    /// What this page in particular shows.
    pub view: View,
}

/// What one of the pages shows.
#[expect(clippy::large_enum_variant, reason = "there is one for each page, and it goes nowhere")]
#[derive(Clone, Debug)]
pub enum View {
    /// The page `/`.
    Contacts(ContactsView),
    /// The pages `/email` and `/mobile`.
    Change(ChangeView),
}

/// What the account holds.
#[derive(Clone, Debug)]
pub struct ContactsView {
    /// The contacts; nothing if the service could not be asked.
    pub contacts: Option<Contacts>,
    /// What the operator leaves to the person.
    pub policy: Policy,
    /// The changes, one a kind.
    pub changes: Vec<Underway>,
}

/// A change as the page `/` needs to know it.
#[derive(Clone, Debug)]
pub struct Underway {
    /// The kind of contact.
    pub kind: Kind,
    /// The state of the flow, for the forms that begin it.
    pub flow: FlowId,
    /// The contact whose code is awaited, if one is.
    pub pending: Option<Contact>,
}

/// A change of one kind of contact.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct ChangeView {
    /// The kind of contact.
    pub kind: Kind,
    /// The heading of the page: a contact is changed or, where there is none yet, added. To the browser it goes as a
    /// sentence.
    #[serde(skip)]
    pub title: &'static str,
    /// What the operator leaves to the person.
    pub policy: Policy,
    /// Which contacts are removed if the new one replaces them, as a sentence for the person; nothing if there are none.
    pub removed: Option<String>,
    /// What else is to be known before a code is asked for, in sentences for the person: what the operator decided, and that
    /// they have to sign in again, or have done so.
    pub notes: Option<String>,
    /// In which country a number in national writing is read, as a sentence for the person; nothing if in none.
    pub home: Option<String>,
    /// Where the person stands.
    pub step: Step,
}

/// Where the person stands in a change, and the times and figures that belong to it.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Step {
    /// A mark of the person whose change it is, the same on every node and telling nothing of them.
    pub person: u64,
    /// A mark of what is told here: another one is news.
    pub mark: u64,
    /// The state of the flow.
    pub flow: Flow,
    /// When this was made, by the server's clock: what is left is counted from here, not from the device's clock.
    pub now: Timestamp,
    /// The clock time at which the code stops working, written for the person.
    pub ends_at: Option<String>,
    /// The clock time at which a limit ends, written for the person.
    pub limit_ends_at: Option<String>,
    /// The contact as it is shown back, if that is not as it stands: a number in groups, with its country.
    pub shown_back: Option<String>,
    /// What else is to be said. Where a code is awaited: what follows from the change, and that the code took the place of an
    /// earlier one. Where a code is of no use any more: why the last press came to nothing. Where the change is done: which
    /// contact is the primary one.
    pub notes: Option<String>,
    /// The address that was likely meant, if the one that a code was sent to looks like a slip.
    pub meant: Option<String>,
    /// How many codes the person may still ask for; nothing where no limit is set.
    pub allowance: Option<Allowance>,
    /// The way back to the application that sent the person here, if one did.
    pub back: Option<Back>,
}

/// What the server reads in the field for a new contact, before anything is sent.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Reading {
    /// The contact that a code would be sent to, as it is shown back: a number in groups, with its country. Nothing if it
    /// is none, or none yet.
    pub contact: Option<String>,
    /// The address that was likely meant, if a slip is likely.
    pub meant: Option<String>,
}

/// The way back to an application, for somebody who takes it from here.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Back {
    /// What the link says: it names the application.
    pub label: String,
    /// Where it leads, with what the application is told.
    pub address: String,
    /// Whether the change cannot be made now, so that the page offers the way as one of its own.
    pub is_way_on: bool,
}

/// How many codes the person may still ask for, as a sentence for them.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Allowance {
    /// So many, one at the least.
    Left(String),
    /// None before a time.
    Reached(String),
}

impl Step {
    /// Gives the address that shows this step again: what is done is asked for by its id, so that the page by itself
    /// is there for the next change.
    pub(crate) fn path(&self, kind: Kind) -> String {
        let page = Page::Change(kind).path();
        match &self.flow {
            Flow::Done(done) => format!("{page}?done={}", done.id),
            Flow::Enter(_) | Flow::AwaitCode(_) | Flow::Restart(_) => page.to_owned(),
        }
    }
}

/// What a script is told when nobody is signed in any more.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct SignInFirst {
    /// Where to sign in and come back.
    pub sign_in: String,
}

/// What a press of a button is answered with.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub enum Answer {
    /// The next step, on the same page.
    Step(Box<Step>),
    /// The person goes to this address: the change was given up, or they have to sign in again first.
    Leave(String),
}

/// What the operator leaves to the person about the new contact.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Policy {
    /// Whether it becomes the primary one.
    #[serde(default)]
    pub primary: Offer,
    /// Whether it replaces all previous ones of its kind.
    #[serde(default)]
    pub replace_all: Offer,
}

/// Who decides one of the choices.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Offer {
    /// The person.
    #[default]
    Offer,
    /// The operator: yes.
    Always,
    /// The operator: no.
    Never,
}

impl Offer {
    /// Gives what holds when the person's box says `chosen`.
    pub fn decide(self, chosen: bool) -> bool {
        match self {
            Self::Offer => chosen,
            Self::Always => true,
            Self::Never => false,
        }
    }
}
