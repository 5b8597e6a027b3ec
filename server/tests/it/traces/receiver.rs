//! Who takes spans: OTLP over HTTP, as its specification has it (version 1.9, section "OTLP/HTTP"), with the messages of its own
//! definitions.

use std::{
    collections::BTreeMap,
    net::TcpListener as Port,
    sync::{Arc, Mutex},
};

use axum::{Router, body::Bytes, extract::State, response::IntoResponse, routing::post};
use http::{HeaderMap, StatusCode, header::CONTENT_TYPE};
use opentelemetry_proto::tonic::{
    collector::trace::v1::{ExportTraceServiceRequest, ExportTraceServiceResponse},
    common::v1::{KeyValue, any_value::Value},
    trace::v1::{Span as Written, span::SpanKind, status::StatusCode as Verdict},
};
use prost::Message as _;
use tokio::{net::TcpListener, task::JoinHandle};

/// What it was sent, as it was.
type Heard = Arc<Mutex<Vec<(HeaderMap, Bytes)>>>;

/// One that ends with the test.
pub(crate) struct Receiver {
    pub(crate) endpoint: String,
    heard: Heard,
    task: JoinHandle<()>,
}

/// What was written of something that took time.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Span {
    pub(crate) trace: String,
    pub(crate) id: String,
    pub(crate) parent: String,
    pub(crate) name: String,
    pub(crate) kind: SpanKind,
    pub(crate) has_failed: bool,
    pub(crate) attributes: BTreeMap<String, String>,
    /// What happened while it lasted, with its attributes.
    pub(crate) events: Vec<(String, BTreeMap<String, String>)>,
    /// What is said of whoever wrote it.
    pub(crate) resource: BTreeMap<String, String>,
}

impl Receiver {
    pub(crate) fn start() -> Self {
        let port = Port::bind("127.0.0.1:0").expect("a free port");
        port.set_nonblocking(true).expect("a listener");
        Self::start_at(TcpListener::from_std(port).expect("a listener"))
    }

    pub(crate) fn start_at(listener: TcpListener) -> Self {
        let heard = Heard::default();
        let endpoint = format!("http://{}/v1/traces", listener.local_addr().expect("an address"));
        let router = Router::new().route("/v1/traces", post(take)).with_state(Arc::clone(&heard));
        let task = tokio::spawn(async move { axum::serve(listener, router).await.expect("a server") });
        Self { endpoint, heard, task }
    }

    /// All that it was sent, as it was.
    pub(crate) fn heard(&self) -> Vec<(HeaderMap, Bytes)> {
        self.heard.lock().expect("a lock").clone()
    }

    /// All spans that it was sent.
    pub(crate) fn spans(&self) -> Vec<Span> {
        let heard = self.heard();
        let requests = heard.iter().map(|(_, body)| ExportTraceServiceRequest::decode(body.clone()));
        let of_resources = requests.flat_map(|request| request.expect("a request").resource_spans);
        let spans = of_resources.flat_map(|one| {
            let resource = texts(&one.resource.expect("a resource").attributes);
            let written = one.scope_spans.into_iter().flat_map(|scope| scope.spans);
            written.map(move |span| read(&span, &resource)).collect::<Vec<_>>()
        });
        spans.collect()
    }
}

impl Drop for Receiver {
    fn drop(&mut self) {
        self.task.abort();
    }
}

async fn take(State(heard): State<Heard>, headers: HeaderMap, body: Bytes) -> impl IntoResponse {
    let is_protobuf =
        headers.get(CONTENT_TYPE).is_some_and(|value| value.as_bytes() == b"application/x-protobuf");
    if !is_protobuf || ExportTraceServiceRequest::decode(body.clone()).is_err() {
        return (StatusCode::BAD_REQUEST, Vec::new()).into_response();
    }
    heard.lock().expect("a lock").push((headers, body));
    let taken = ExportTraceServiceResponse { partial_success: None }.encode_to_vec();
    ([(CONTENT_TYPE, "application/x-protobuf")], taken).into_response()
}

fn read(span: &Written, resource: &BTreeMap<String, String>) -> Span {
    let events = span.events.iter().map(|event| (event.name.clone(), texts(&event.attributes)));
    Span {
        trace: hexadecimal(&span.trace_id),
        id: hexadecimal(&span.span_id),
        parent: hexadecimal(&span.parent_span_id),
        name: span.name.clone(),
        kind: span.kind(),
        has_failed: span.status.as_ref().is_some_and(|status| status.code() == Verdict::Error),
        attributes: texts(&span.attributes),
        events: events.collect(),
        resource: resource.clone(),
    }
}

fn texts(attributes: &[KeyValue]) -> BTreeMap<String, String> {
    let text = |attribute: &KeyValue| match attribute.value.as_ref()?.value.as_ref()? {
        Value::StringValue(text) => Some(text.clone()),
        Value::IntValue(number) => Some(number.to_string()),
        other => Some(format!("{other:?}")),
    };
    attributes.iter().map(|attribute| (attribute.key.clone(), text(attribute).unwrap_or_default())).collect()
}

fn hexadecimal(bytes: &[u8]) -> String {
    bytes.iter().fold(String::new(), |digits, byte| digits + &format!("{byte:02x}"))
}
