//! One request, one answer: nothing is sent twice, nothing is followed, nothing endless is read.

use std::fmt;
use std::time::Duration;

use reqwest::header::{ACCEPT, ACCEPT_LANGUAGE, HeaderMap, HeaderValue};
use reqwest::{Certificate, Method, RequestBuilder, redirect, retry};
use secrecy::ExposeSecret as _;
use serde_json::{Map, Value};
use tracing::Instrument as _;
use url::Url;

use crate::dialect::USER_ID;
use crate::fault::{Call, Reason};
use crate::{Caller, Credentials, Fault, Settings, SettingsError, Subject};

/// An idle connection is given up after this: earlier than servers do (5 s at the least), so that no call goes into a
/// connection that is just being closed. Such a call would be lost, and is never sent again.
const IDLE: Duration = Duration::from_secs(4);

/// Sends requests to one service.
#[derive(Clone)]
pub(crate) struct Transport {
    http: reqwest::Client,
    base_url: Url,
    credentials: Credentials,
    max_body: usize,
}

/// An answer with its body.
pub(crate) struct Answer {
    pub(crate) status: u16,
    pub(crate) headers: HeaderMap,
    body: Vec<u8>,
}

impl Transport {
    /// Takes the settings, checked.
    pub(crate) fn new(settings: &Settings) -> Result<Self, SettingsError> {
        let certificates = match &settings.root_certificates {
            Some(pem) => certificates(pem)?,
            None => Vec::new(),
        };
        let http = reqwest::Client::builder()
            .user_agent(concat!("contact-change/", env!("CARGO_PKG_VERSION")))
            .default_headers(HeaderMap::from_iter([(ACCEPT, HeaderValue::from_static("application/json"))]))
            .connect_timeout(settings.connect_timeout)
            .timeout(settings.request_timeout)
            .pool_idle_timeout(IDLE)
            // Credentials go where the operator said and nowhere else, whatever an answer or the environment says.
            .redirect(redirect::Policy::none())
            .no_proxy()
            .referer(false)
            .retry(retry::never());
        let http = if certificates.is_empty() { http } else { http.tls_certs_merge(certificates) };
        Ok(Self {
            http: http.build().map_err(SettingsError::HttpClient)?,
            base_url: settings.base_url.clone(),
            credentials: settings.credentials.clone(),
            max_body: settings.max_body,
        })
    }

    /// Tells whether the calls are made with the person's own token.
    pub(crate) fn uses_user_token(&self) -> bool {
        matches!(self.credentials, Credentials::UserToken)
    }

    /// Makes one call: a POST with a body, a GET without. `language` is wished for in what the call brings about
    /// (RFC 9110, section 12.5.4).
    pub(crate) async fn call(
        &self,
        call: Call,
        path: &str,
        caller: &Caller,
        language: Option<&str>,
        body: Option<Map<String, Value>>,
    ) -> Result<Answer, Fault> {
        let method = if body.is_some() { Method::POST } else { Method::GET };
        let request = self.http.request(method, self.address(path, &caller.subject));
        let request = self.authorised(request, caller).ok_or(Fault::new(call, Reason::NoAccessToken))?;
        let request = match language {
            Some(language) => request.header(ACCEPT_LANGUAGE, language),
            None => request,
        };
        let request = match body {
            Some(body) => request.json(&body),
            None => request,
        };
        let span = tracing::info_span!("identity", call = call.name(), status = tracing::field::Empty);
        self.send(call, request).instrument(span).await
    }

    async fn send(&self, call: Call, request: RequestBuilder) -> Result<Answer, Fault> {
        let mut response = request.send().await.map_err(|error| Fault::from_http(call, error))?;
        let status = response.status().as_u16();
        tracing::Span::current().record("status", status);
        let headers = response.headers().clone();
        let mut body = Vec::new();
        // What comes with a failure may quote a contact, and nothing in it is needed: it is left unread.
        while response.status().is_success()
            && let Some(chunk) = response.chunk().await.map_err(|error| Fault::from_http(call, error))?
        {
            if body.len() + chunk.len() > self.max_body {
                return Err(Fault::new(call, Reason::TooLarge));
            }
            body.extend_from_slice(&chunk);
        }
        Ok(Answer { status, headers, body })
    }

    /// Gives the address of a call. The subject becomes one segment, percent-encoded (RFC 3986, section 3.3).
    fn address(&self, path: &str, subject: &Subject) -> Url {
        let mut url = self.base_url.clone();
        if let Ok(mut segments) = url.path_segments_mut() {
            segments.pop_if_empty();
            segments
                .extend(path.split('/').skip(1).map(|segment| segment.replace(USER_ID, subject.as_str())));
        }
        url
    }

    fn authorised(&self, request: RequestBuilder, caller: &Caller) -> Option<RequestBuilder> {
        match &self.credentials {
            Credentials::ApiClient { id, secret } => {
                Some(request.basic_auth(id, Some(secret.expose_secret())))
            }
            Credentials::UserToken => {
                let token = caller.access_token.as_ref()?;
                Some(request.bearer_auth(token.expose_secret()))
            }
        }
    }
}

impl Answer {
    /// Gives the JSON object that the body is.
    pub(crate) fn object(&self) -> Option<Map<String, Value>> {
        serde_json::from_slice(&self.body).ok()
    }
}

impl fmt::Debug for Transport {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter
            .debug_struct("Transport")
            .field("base_url", &self.base_url.as_str())
            .field("credentials", &self.credentials)
            .finish_non_exhaustive()
    }
}

fn certificates(pem: &str) -> Result<Vec<Certificate>, SettingsError> {
    match Certificate::from_pem_bundle(pem.as_bytes()) {
        Ok(certificates) if !certificates.is_empty() => Ok(certificates),
        _ => Err(SettingsError::RootCertificates),
    }
}
