//! Traces, by OpenTelemetry: a request followed through this server to those that it calls. Off unless `[traces]` says where to.
//!
//! What is exported was written for it, here and in `upstream`. What the log and the libraries write is for others, and none of
//! it leaves.

mod export;
mod spans;

use opentelemetry::{KeyValue, global};
use opentelemetry_otlp::{
    ExporterBuildError, Protocol, SpanExporter, WithExportConfig as _, WithHttpConfig as _,
};
use opentelemetry_sdk::{
    Resource,
    propagation::TraceContextPropagator,
    trace::{Sampler, SdkTracerProvider},
};

use crate::config::Traces;
use export::Courier;

pub(crate) use spans::{answered, happened, kept, of_request, of_store};

/// What the program is called in traces.
const SERVICE: &str = "contact-change";

/// Takes the spans of the whole process and sends them, until it is told to end.
pub struct Tracer(SdkTracerProvider);

/// Nothing can be traced.
#[derive(Debug, thiserror::Error)]
pub enum TracerError {
    /// The client of the receiver cannot be made.
    #[error("the configuration of [traces] cannot be used")]
    Settings(#[from] upstream::TlsProblem),
    /// A variable of OpenTelemetry's own (`OTEL_…`) cannot be used.
    #[error("the spans cannot be sent")]
    Exporter(#[from] ExporterBuildError),
}

impl Tracer {
    /// Begins. Must be called within a tokio runtime.
    ///
    /// # Errors
    /// The client of the receiver cannot be made.
    pub fn start(settings: &Traces) -> Result<Self, TracerError> {
        let exporter = SpanExporter::builder()
            .with_http()
            .with_http_client(Courier::new(settings)?)
            .with_protocol(Protocol::HttpBinary)
            .with_endpoint(settings.endpoint.as_str())
            .build()?;
        let version = KeyValue::new("service.version", env!("CARGO_PKG_VERSION"));
        let provider = SdkTracerProvider::builder()
            .with_batch_exporter(exporter)
            .with_sampler(Sampler::ParentBased(Box::new(Sampler::TraceIdRatioBased(settings.share))))
            .with_resource(Resource::builder().with_service_name(SERVICE).with_attribute(version).build())
            .build();
        global::set_text_map_propagator(TraceContextPropagator::new());
        global::set_tracer_provider(provider.clone());
        Ok(Self(provider))
    }

    /// Sends what is left, and ends.
    pub async fn end(self) {
        // It waits for the receiver, so it must not keep the runtime from calling it.
        let ended = tokio::task::spawn_blocking(move || self.0.shutdown()).await;
        if !matches!(ended, Ok(Ok(()))) {
            tracing::warn!("the last spans may not have been taken");
        }
    }
}
