//! As much of a browser as counting takes: it keeps cookies, goes where it is sent, and says which codings it reads.

use std::collections::BTreeMap;

use ureq::http::{HeaderMap, header};

use crate::error::{Error, Result};

/// How many redirects are followed; a sign-in has four.
const REDIRECTS: usize = 10;

/// A browser of one person.
pub(super) struct Browser {
    agent: ureq::Agent,
    cookies: BTreeMap<String, String>,
}

/// What a browser got.
pub(super) struct Got {
    /// The headers.
    pub(super) headers: HeaderMap,
    /// The body as it came over the wire.
    pub(super) body: Vec<u8>,
}

impl Browser {
    pub(super) fn new() -> Self {
        let agent = ureq::Agent::config_builder().max_redirects(0).http_status_as_error(false).build();
        Self { agent: agent.into(), cookies: BTreeMap::new() }
    }

    /// Goes to an address, and on to wherever it is sent.
    pub(super) fn open(&mut self, address: &str) -> Result<Got> {
        self.follow(address, None)
    }

    /// Posts a form, and goes on to wherever it is sent.
    pub(super) fn post(&mut self, address: &str, form: &[(&str, &str)]) -> Result<Got> {
        self.follow(address, Some(form))
    }

    fn follow(&mut self, address: &str, mut form: Option<&[(&str, &str)]>) -> Result<Got> {
        let failed = |_| Error::Failed { what: format!("Loading {address}") };
        let mut address = address.to_owned();
        for _ in 0..REDIRECTS {
            let mut response = match form.take() {
                Some(form) => self
                    .agent
                    .post(&address)
                    .header(header::COOKIE, self.cookies())
                    .send_form(form.iter().copied()),
                None => self
                    .agent
                    .get(&address)
                    .header(header::COOKIE, self.cookies())
                    .header(header::ACCEPT, "text/html,*/*;q=0.8")
                    .header(header::ACCEPT_ENCODING, "gzip, deflate, br, zstd")
                    .call(),
            }
            .map_err(failed)?;
            self.keep(response.headers());
            match text(response.headers(), header::LOCATION) {
                Some(onward) => address = absolute(&address, onward),
                None if response.status().is_success() => {
                    let body = response.body_mut().read_to_vec().map_err(failed)?;
                    return Ok(Got { headers: response.headers().clone(), body });
                }
                None => break,
            }
        }
        Err(Error::Failed { what: format!("Loading {address}") })
    }

    fn cookies(&self) -> String {
        let pairs: Vec<String> = self.cookies.iter().map(|(name, value)| format!("{name}={value}")).collect();
        pairs.join("; ")
    }

    fn keep(&mut self, headers: &HeaderMap) {
        for cookie in headers.get_all(header::SET_COOKIE) {
            let pair = cookie.to_str().unwrap_or_default().split(';').next().unwrap_or_default();
            if let Some((name, value)) = pair.split_once('=') {
                self.cookies.insert(name.to_owned(), value.to_owned());
            }
        }
    }
}

impl Got {
    /// The body as a text, whatever coding it came in.
    pub(super) fn text(&self) -> Result<String> {
        let mut plain = Vec::new();
        match text(&self.headers, header::CONTENT_ENCODING) {
            None => plain.clone_from(&self.body),
            Some("br") => brotli::BrotliDecompress(&mut self.body.as_slice(), &mut plain)
                .map_err(|_| Error::Failed { what: "Reading a page in brotli".to_owned() })?,
            Some(coding) => {
                return Err(Error::Unexpected {
                    what: format!("A page in brotli, not in {coding},"),
                    advice: "look at server/src/router.rs",
                });
            }
        }
        Ok(String::from_utf8_lossy(&plain).into_owned())
    }

    /// Whether a browser asks for it again on the next visit.
    pub(super) fn is_asked_for_again(&self) -> bool {
        !text(&self.headers, header::CACHE_CONTROL).is_some_and(|rule| rule.contains("immutable"))
    }
}

fn text(headers: &HeaderMap, name: header::HeaderName) -> Option<&str> {
    headers.get(name)?.to_str().ok()
}

/// The address to which a page at another one leads.
pub(super) fn absolute(page: &str, reference: &str) -> String {
    let origin = page.match_indices('/').nth(2).map_or(page, |(end, _)| page.get(..end).unwrap_or(page));
    if reference.starts_with('/') { format!("{origin}{reference}") } else { reference.to_owned() }
}
