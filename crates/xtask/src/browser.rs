//! As much of a browser as measuring takes: it keeps cookies, goes where it is sent, and says which codings it reads.

use std::{collections::BTreeMap, time::Duration};

use ureq::http::{HeaderMap, StatusCode, header};

use crate::error::{Error, Result};

/// How many redirects are followed; a sign-in has four.
const REDIRECTS: usize = 10;

/// How long a page may take. Longer than the app takes for any.
const PATIENCE: Duration = Duration::from_secs(90);

/// A browser of one person. A clone is another tab.
#[derive(Clone)]
pub(crate) struct Browser {
    agent: ureq::Agent,
    cookies: BTreeMap<String, String>,
    /// The page that it shows.
    page: String,
    /// The address that stands for all of some nodes, and theirs: each request goes to the next one.
    nodes: Option<(String, Vec<String>)>,
    turn: usize,
}

/// What a browser got.
pub(crate) struct Got {
    /// The status.
    pub(crate) status: StatusCode,
    /// The headers.
    pub(crate) headers: HeaderMap,
    /// The body as it came over the wire.
    pub(crate) body: Vec<u8>,
}

impl Browser {
    pub(crate) fn new() -> Self {
        let agent = ureq::Agent::config_builder()
            .max_redirects(0)
            .http_status_as_error(false)
            .timeout_global(Some(PATIENCE))
            .build();
        let cookies = BTreeMap::new();
        Self { agent: agent.into(), cookies, page: String::new(), nodes: None, turn: 0 }
    }

    /// One that meets another node with each request, as behind a proxy. `public`: the address of them all.
    pub(crate) fn of_nodes(public: &str, nodes: &[String]) -> Self {
        Self { nodes: Some((public.to_owned(), nodes.to_vec())), ..Self::new() }
    }

    /// Goes to an address, and on to wherever it is sent.
    pub(crate) fn open(&mut self, address: &str) -> Result<Got> {
        self.follow(address, None)
    }

    /// Posts a form, and goes on to wherever it is sent.
    pub(crate) fn post(&mut self, address: &str, form: &[(&str, &str)]) -> Result<Got> {
        self.follow(address, Some(form))
    }

    fn follow(&mut self, address: &str, mut form: Option<&[(&str, &str)]>) -> Result<Got> {
        let failed = |_| Error::Failed { what: format!("Loading {address}") };
        let mut address = address.to_owned();
        for _ in 0..REDIRECTS {
            let place = self.place(&address);
            let mut response = match form.take() {
                Some(form) => self
                    .agent
                    .post(&place)
                    .header(header::COOKIE, self.cookies())
                    .header(header::ACCEPT, "text/html,*/*;q=0.8")
                    .header(header::REFERER, &self.page)
                    .header("sec-fetch-site", "same-origin")
                    .send_form(form.iter().copied()),
                None => self
                    .agent
                    .get(&place)
                    .header(header::COOKIE, self.cookies())
                    .header(header::ACCEPT, "text/html,*/*;q=0.8")
                    .header(header::ACCEPT_ENCODING, "gzip, deflate, br, zstd")
                    .call(),
            }
            .map_err(failed)?;
            self.keep(response.headers());
            if let Some(onward) = text(response.headers(), header::LOCATION) {
                address = absolute(&address, onward);
            } else {
                let body = response.body_mut().read_to_vec().map_err(failed)?;
                self.page = address;
                return Ok(Got { status: response.status(), headers: response.headers().clone(), body });
            }
        }
        Err(Error::Failed { what: format!("Loading {address}") })
    }

    /// Opens a page of the app, and signs in as somebody whom the sandbox knows by their id.
    pub(crate) fn sign_in(&mut self, address: &str, sandbox: &str, person: &str) -> Result<Got> {
        let page = self.open(address)?.good()?.text()?;
        let request = Got::field(&page, "request").ok_or_else(|| Error::Unexpected {
            what: "A button for a person on the sandbox's sign-in page".to_owned(),
            advice: "look at crates/sandbox/src/pages",
        })?;
        self.post(
            &format!("{sandbox}/openid/auth/sign-in"),
            &[("request", request.as_str()), ("person", person)],
        )?
        .good()
    }

    /// Where a request for an address goes.
    fn place(&mut self, address: &str) -> String {
        self.turn += 1;
        let Some((public, nodes)) = &self.nodes else { return address.to_owned() };
        match (
            address.strip_prefix(public.as_str()),
            nodes.iter().cycle().nth(self.turn % nodes.len().max(1)),
        ) {
            (Some(path), Some(node)) => format!("{node}{path}"),
            _ => address.to_owned(),
        }
    }

    /// What it sends in `Cookie`.
    pub(crate) fn cookies(&self) -> String {
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
    /// Fails if it is not what was asked for.
    pub(crate) fn good(self) -> Result<Self> {
        if self.status.is_success() {
            return Ok(self);
        }
        Err(Error::Unexpected { what: "A page".to_owned(), advice: "run `cargo xtask serve` to see it" })
    }

    /// The value of the first field of this name on the page.
    pub(crate) fn field(page: &str, name: &str) -> Option<String> {
        let (_, rest) = page.split_once(&format!("name=\"{name}\" value=\""))?;
        Some(rest.split('"').next()?.replace("&amp;", "&"))
    }

    /// The body as a text, whatever coding it came in.
    pub(crate) fn text(&self) -> Result<String> {
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
    pub(crate) fn is_asked_for_again(&self) -> bool {
        !text(&self.headers, header::CACHE_CONTROL).is_some_and(|rule| rule.contains("immutable"))
    }
}

fn text(headers: &HeaderMap, name: header::HeaderName) -> Option<&str> {
    headers.get(name)?.to_str().ok()
}

/// The address to which a page at another one leads.
pub(crate) fn absolute(page: &str, reference: &str) -> String {
    let origin = page.match_indices('/').nth(2).map_or(page, |(end, _)| page.get(..end).unwrap_or(page));
    if reference.starts_with('/') { format!("{origin}{reference}") } else { reference.to_owned() }
}
