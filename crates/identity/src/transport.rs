//! Requests to the service: the right address, the right credentials, one answer.

use http::header::{ACCEPT, AUTHORIZATION, CONTENT_TYPE, HeaderName};
use http::{HeaderMap, HeaderValue, Method, Request, Response, StatusCode};
use serde_json::{Map, Value};
use tracing::{Instrument as _, Span};
use upstream::{Bodies, Failure, Upstream};
use url::Url;

use crate::credentials::{Authority, Shown};
use crate::dialect::USER_ID;
use crate::fault::{Call, Reason};
use crate::{Caller, Fault, Settings, SettingsError, Subject};

const JSON: HeaderValue = HeaderValue::from_static("application/json");

/// Sends requests to one service.
#[derive(Clone, Debug)]
pub(crate) struct Transport {
    upstream: Upstream,
    base_url: Url,
    authority: Authority,
}

/// An answer with its body.
pub(crate) struct Answer(Response<Vec<u8>>);

impl Transport {
    /// Takes the settings, checked.
    pub(crate) fn new(settings: &Settings) -> Result<Self, SettingsError> {
        let Settings { base_url, credentials, limits, tls, .. } = settings;
        // What comes with a failure may quote a contact, and nothing in it is needed: it is left unread.
        let upstream = Upstream::new("service", limits.clone(), Bodies::OfSuccess, tls)?;
        Ok(Self { upstream, base_url: base_url.clone(), authority: credentials.clone().into() })
    }

    /// Gives the server that is called.
    pub(crate) fn upstream(&self) -> &Upstream {
        &self.upstream
    }

    /// Tells whether the calls are made with the person's own token.
    pub(crate) fn uses_user_token(&self) -> bool {
        matches!(self.authority, Authority::UserToken)
    }

    /// Makes a call that changes something: once, whatever comes of it. A token that is not accepted is replaced for the
    /// call that the person makes next. `language` is the header for the language that
    /// is wished for, and the language (RFC 9110, section 12.5.4).
    pub(crate) async fn send(
        &self,
        call: Call,
        path: &str,
        caller: &Caller,
        language: Option<(&str, &str)>,
        body: &Map<String, Value>,
    ) -> Result<Answer, Fault> {
        let work = async {
            let shown = self.authority.show(caller).await?;
            let body = serde_json::to_vec(body).map_err(not_sent)?;
            let mut request = self.request(call, Method::POST, path, &caller.subject, &shown, body)?;
            request.headers_mut().insert(CONTENT_TYPE, JSON);
            if let Some((name, language)) = language {
                let name = HeaderName::try_from(name).map_err(not_sent)?;
                request.headers_mut().insert(name, HeaderValue::try_from(language).map_err(not_sent)?);
            }
            let answer = Answer::of(self.upstream.send(request).await)?;
            if answer.0.status() == StatusCode::UNAUTHORIZED {
                self.authority.replace(caller, &shown).await;
            }
            Ok(answer)
        };
        work.instrument(span(call)).await.map_err(|reason| Fault::new(call, reason))
    }

    /// Makes a call that changes nothing, again if there is hope. A token that is not accepted is replaced, once.
    pub(crate) async fn read(&self, call: Call, path: &str, caller: &Caller) -> Result<Answer, Fault> {
        let work = async {
            let shown = self.authority.show(caller).await?;
            let answer = self.read_once(call, path, caller, &shown).await?;
            if answer.0.status() != StatusCode::UNAUTHORIZED {
                return Ok(answer);
            }
            match self.authority.show_another(caller, &shown).await? {
                Some(shown) => self.read_once(call, path, caller, &shown).await,
                None => Ok(answer),
            }
        };
        work.instrument(span(call)).await.map_err(|reason| Fault::new(call, reason))
    }

    async fn read_once(
        &self,
        call: Call,
        path: &str,
        caller: &Caller,
        shown: &Shown,
    ) -> Result<Answer, Reason> {
        let request = self.request(call, Method::GET, path, &caller.subject, shown, Vec::new())?;
        Answer::of(self.upstream.read(request).await)
    }

    fn request(
        &self,
        call: Call,
        method: Method,
        path: &str,
        subject: &Subject,
        shown: &Shown,
        body: Vec<u8>,
    ) -> Result<Request<Vec<u8>>, Reason> {
        Request::builder()
            .method(method)
            .uri(self.address(path, subject).as_str())
            .header(ACCEPT, JSON)
            .header(AUTHORIZATION, &shown.header)
            .extension(upstream::Call(call.name()))
            .body(body)
            .map_err(not_sent)
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
}

impl Answer {
    /// Takes an answer that nobody gave.
    #[cfg(any(test, fuzzing))]
    pub(crate) fn made_up(answer: Response<Vec<u8>>) -> Self {
        Self(answer)
    }

    fn of(answer: Result<Response<Vec<u8>>, Failure>) -> Result<Self, Reason> {
        let answer = answer.map_err(Reason::NoAnswer)?;
        Span::current().record("status", answer.status().as_u16());
        Ok(Self(answer))
    }

    pub(crate) fn status(&self) -> u16 {
        self.0.status().as_u16()
    }

    pub(crate) fn headers(&self) -> &HeaderMap {
        self.0.headers()
    }

    /// Gives the JSON object that the body is.
    pub(crate) fn object(&self) -> Option<Map<String, Value>> {
        serde_json::from_slice(self.0.body()).ok()
    }
}

fn span(call: Call) -> Span {
    tracing::info_span!("identity", call = call.name(), status = tracing::field::Empty)
}

fn not_sent(error: impl std::error::Error + Send + Sync + 'static) -> Reason {
    Reason::NoAnswer(Failure::NotSent(error.into()))
}
