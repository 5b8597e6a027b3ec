//! What stands around every page of this server.

use app::{Addresses, Frame, Locale, ssr};
use http::{Method, Uri};

use crate::{Site, start::Start};

/// What comes with the answer of the provider is said once; the page is the same without it.
pub(crate) const CALLBACK: &str = "/sign-in/callback";

impl Site {
    /// Gives what stands around the page that answers a request. `start`: the application that sent the person here, if
    /// one did.
    pub(crate) fn frame(&self, locale: Locale, method: &Method, uri: &Uri, start: Option<&Start>) -> Frame {
        let look = self.theme.look();
        Frame {
            service: look.name(locale).map(str::to_owned),
            logo: look.logo().map(|path| self.public_url.address(&path)),
            links: look.links().clone(),
            here: self.here(method, uri),
            addresses: self.addresses(start),
            way_back: start.map(|start| start.way_back(locale)),
        }
    }

    /// Gives the addresses of our pages and forms, on the way from an application and back if one sent the person here.
    pub(crate) fn addresses(&self, start: Option<&Start>) -> Addresses {
        Addresses::new(self.public_url.base(), start.map(Start::sealed))
    }

    /// Gives what pages call the client's files and the operator's colours.
    pub(crate) fn look(&self) -> ssr::Assets {
        let file = |file: &ssr::File| ssr::File {
            path: self.public_url.address(&file.path),
            integrity: file.integrity.clone(),
        };
        let ssr::Assets { style, client, .. } = self.assets.names();
        ssr::Assets {
            style: style.as_ref().map(file),
            theme: self.theme.look().style().map(|path| self.public_url.address(&path)),
            client: client
                .as_ref()
                .map(|files| ssr::ClientFiles { script: file(&files.script), module: file(&files.module) }),
        }
    }

    /// Gives the address of the page, less the language that was asked for: a path of this server, with its query. A
    /// page that answers something else than a GET has none of its own.
    pub(crate) fn here(&self, method: &Method, uri: &Uri) -> String {
        let path = uri.path();
        let is_ours = self.public_url.origin().join(path).is_some();
        if !matches!(*method, Method::GET | Method::HEAD) || !is_ours {
            return self.public_url.address("/");
        }
        let query = uri.query().filter(|_| path != CALLBACK).unwrap_or_default();
        let is_kept = |pair: &&str| !pair.is_empty() && pair.split('=').next() != Some("ui_locales");
        let kept: Vec<&str> = query.split('&').filter(is_kept).collect();
        let path = self.public_url.address(path);
        if kept.is_empty() { path } else { format!("{path}?{}", kept.join("&")) }
    }
}
