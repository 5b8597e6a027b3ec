//! What stands around every page, besides its sentences: the operator's name, logo and links, and the way back to the
//! application that sent the person here.

use crate::{Addresses, WayBack, text::server::ServerText};

/// What stands around a page.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Frame {
    /// The service's name in the language of the page; the application's own if the operator gave none.
    pub service: Option<String>,
    /// The address of the logo, which then stands in the place of the name.
    pub logo: Option<String>,
    /// Where the links at the foot lead.
    pub links: Links,
    /// The address of the page: path and query, less the language that was asked for. A page that the person changes
    /// something on, or that shows their contacts, has its own.
    pub here: String,
    /// The addresses of our pages and forms.
    pub addresses: Addresses,
    /// The way back; nothing if no application sent the person here.
    pub way_back: Option<WayBack>,
}

/// The operator's own pages, or addresses to write to.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Links {
    /// Help.
    pub support: Option<String>,
    /// What becomes of the person's data.
    pub privacy: Option<String>,
    /// How accessible the pages are, and where to complain.
    pub accessibility: Option<String>,
}

impl Frame {
    /// Gives the service's name.
    pub(crate) fn service<'name>(&'name self, text: &'name ServerText) -> &'name str {
        self.service.as_deref().unwrap_or(text.service)
    }

    /// Tells whether the page is shown in a frame of another page.
    pub(crate) fn is_framed(&self) -> bool {
        self.way_back.as_ref().is_some_and(|way_back| way_back.framed)
    }

    /// Gives the address of the form that signs out; nothing where that is not ours to do. Nobody goes back from there.
    pub(crate) fn sign_out(&self) -> Option<String> {
        (!self.is_framed()).then(|| self.addresses.plain("/sign-out"))
    }
}
