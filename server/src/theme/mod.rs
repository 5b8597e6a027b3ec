//! The operator's look: a name, a logo, colours and links, put around the pages without a rebuild.
//!
//! The colours are a style sheet of a few lines, made at start and served from here like any other, so the strict policy
//! on content stays as it is. Another look can take the place of the first one while the server runs.

mod colour;
mod palette;

use std::sync::Arc;

use app::{Links, Locale};
use arc_swap::ArcSwap;
use axum::{
    body::Bytes,
    extract::State,
    response::{IntoResponse, Response},
};
use http::{
    Uri,
    header::{CACHE_CONTROL, CONTENT_SECURITY_POLICY, CONTENT_TYPE},
};
use sha2::{Digest, Sha256};

pub(crate) use colour::Colour;
pub(crate) use palette::{Chosen, DARK, KEYS, LIGHT};

use crate::{Site, config, problem::Problem};

/// The files' addresses name their content, so browsers may keep them for ever.
const FOR_EVER: &str = "public, max-age=31536000, immutable";

/// What a logo may do if it is opened by itself: look as it does.
const LOGO_POLICY: &str = "default-src 'none'; style-src 'unsafe-inline'; sandbox";

/// The operator's look, whichever it is at the moment. Cheap to clone; all clones have the same.
#[derive(Clone)]
pub(crate) struct Theme(Arc<ArcSwap<Look>>);

/// One look.
pub(crate) struct Look {
    names: config::Names,
    links: Links,
    logo: Option<File>,
    style: Option<File>,
}

struct File {
    path: &'static str,
    /// The query of its address.
    version: String,
    content_type: &'static str,
    content: Bytes,
}

impl Theme {
    /// Takes what was configured.
    pub(crate) fn new(theme: &config::Theme) -> Self {
        Self(Arc::new(ArcSwap::from_pointee(Look::new(theme))))
    }

    /// Takes another one in its place.
    pub(crate) fn replace(&self, theme: &config::Theme) {
        self.0.store(Arc::new(Look::new(theme)));
    }

    /// Gives the look of now.
    pub(crate) fn look(&self) -> Arc<Look> {
        self.0.load_full()
    }
}

impl Look {
    fn new(theme: &config::Theme) -> Self {
        let logo = theme.logo.as_ref();
        Self {
            names: theme.names.clone(),
            links: theme.links.clone(),
            logo: logo.map(|logo| File::new("/theme/logo", logo.content_type, logo.content.clone().into())),
            style: theme
                .style
                .as_ref()
                .map(|style| File::new("/theme/style.css", "text/css; charset=utf-8", style.clone().into())),
        }
    }

    /// Gives the service's name in a language; nothing if the operator gave none.
    pub(crate) fn name(&self, locale: Locale) -> Option<&str> {
        self.names.of(locale)
    }

    /// Gives the links at the foot of the pages.
    pub(crate) fn links(&self) -> &Links {
        &self.links
    }

    /// Gives the address of the logo.
    pub(crate) fn logo(&self) -> Option<String> {
        self.logo.as_ref().map(File::address)
    }

    /// Gives the address of the style sheet.
    pub(crate) fn style(&self) -> Option<String> {
        self.style.as_ref().map(File::address)
    }
}

impl File {
    fn new(path: &'static str, content_type: &'static str, content: Bytes) -> Self {
        let digest = Sha256::digest(&content);
        let version = u64::from_be_bytes(std::array::from_fn(|index| digest[index]));
        Self { path, version: format!("v={version:016x}"), content_type, content }
    }

    fn address(&self) -> String {
        format!("{}?{}", self.path, self.version)
    }

    /// Answers a request for it. A page of before, or of a node that has another look still, asks for another version: it gets
    /// this one, and keeps it for no longer than the page.
    fn response(&self, uri: &Uri) -> Response {
        let response = ([(CONTENT_TYPE, self.content_type)], self.content.clone());
        if uri.query() == Some(self.version.as_str()) {
            ([(CACHE_CONTROL, FOR_EVER)], response).into_response()
        } else {
            response.into_response()
        }
    }
}

/// `GET /theme/style.css`
pub(crate) async fn style(State(site): State<Site>, uri: Uri) -> Result<Response, Problem> {
    site.theme.look().style.as_ref().map(|file| file.response(&uri)).ok_or(Problem::NotFound)
}

/// `GET /theme/logo`
pub(crate) async fn logo(State(site): State<Site>, uri: Uri) -> Result<Response, Problem> {
    let look = site.theme.look();
    let logo = look.logo.as_ref().ok_or(Problem::NotFound)?;
    Ok(([(CONTENT_SECURITY_POLICY, LOGO_POLICY)], logo.response(&uri)).into_response())
}
