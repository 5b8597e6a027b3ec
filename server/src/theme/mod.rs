//! The operator's look: a name, a logo, colours and links, put around the pages without a rebuild.
//!
//! The colours are a style sheet of a few lines, made at start and served from here like any other, so the strict policy
//! on content stays as it is.

mod colour;
mod palette;

use std::{
    future::{Ready, ready},
    sync::Arc,
};

use app::{Links, Locale};
use axum::{
    body::Bytes,
    extract::State,
    response::{IntoResponse, Response},
};
use http::header::{CACHE_CONTROL, CONTENT_SECURITY_POLICY, CONTENT_TYPE};
use sha2::{Digest, Sha256};

pub(crate) use colour::Colour;
pub(crate) use palette::{Chosen, DARK, KEYS, LIGHT};

use crate::{Site, config, problem::Problem};

/// The files' addresses name their content, so browsers may keep them for ever.
const FOR_EVER: &str = "public, max-age=31536000, immutable";

/// What a logo may do if it is opened by itself: look as it does.
const LOGO_POLICY: &str = "default-src 'none'; style-src 'unsafe-inline'; sandbox";

/// The operator's look. Cheap to clone.
#[derive(Clone)]
pub(crate) struct Theme(Arc<Inner>);

struct Inner {
    names: config::Names,
    links: Links,
    logo: Option<File>,
    style: Option<File>,
}

struct File {
    address: String,
    content_type: &'static str,
    content: Bytes,
}

impl Theme {
    /// Takes what was configured.
    pub(crate) fn new(theme: &config::Theme) -> Self {
        let logo = theme.logo.as_ref();
        Self(Arc::new(Inner {
            names: theme.names.clone(),
            links: theme.links.clone(),
            logo: logo.map(|logo| File::new("/theme/logo", logo.content_type, logo.content.clone().into())),
            style: theme
                .style
                .as_ref()
                .map(|style| File::new("/theme/style.css", "text/css; charset=utf-8", style.clone().into())),
        }))
    }

    /// Gives the service's name in a language; nothing if the operator gave none.
    pub(crate) fn name(&self, locale: Locale) -> Option<&str> {
        self.0.names.of(locale)
    }

    /// Gives the links at the foot of the pages.
    pub(crate) fn links(&self) -> &Links {
        &self.0.links
    }

    /// Gives the address of the logo.
    pub(crate) fn logo(&self) -> Option<&str> {
        self.0.logo.as_ref().map(|file| file.address.as_str())
    }

    /// Gives the address of the style sheet.
    pub(crate) fn style(&self) -> Option<&str> {
        self.0.style.as_ref().map(|file| file.address.as_str())
    }
}

impl File {
    fn new(path: &str, content_type: &'static str, content: Bytes) -> Self {
        let digest = Sha256::digest(&content);
        let version = u64::from_be_bytes(std::array::from_fn(|index| digest[index]));
        Self { address: format!("{path}?v={version:016x}"), content_type, content }
    }

    fn response(&self) -> Response {
        let headers = [(CONTENT_TYPE, self.content_type), (CACHE_CONTROL, FOR_EVER)];
        (headers, self.content.clone()).into_response()
    }
}

/// `GET /theme/style.css`
pub(crate) fn style(State(site): State<Site>) -> Ready<Result<Response, Problem>> {
    ready(site.theme.0.style.as_ref().map(File::response).ok_or(Problem::NotFound))
}

/// `GET /theme/logo`
pub(crate) fn logo(State(site): State<Site>) -> Ready<Result<Response, Problem>> {
    let logo = site.theme.0.logo.as_ref().ok_or(Problem::NotFound);
    ready(logo.map(|file| ([(CONTENT_SECURITY_POLICY, LOGO_POLICY)], file.response()).into_response()))
}
