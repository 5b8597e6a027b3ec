//! `GET /metrics`, on a listener of its own: for those who watch, and nobody else.

use std::{io, net::SocketAddr, time::Duration};

use ::metrics::{counter, describe_counter, describe_gauge, describe_histogram, gauge};
use axum::{Router, routing::get};
use contact::Kind as ContactKind;
use http::header::CONTENT_TYPE;
use metrics_exporter_prometheus::{BuildError, Matcher, PrometheusBuilder, PrometheusHandle};
use metrics_process::Collector;
use tokio::{net::TcpListener, time::sleep};

use super::{
    CATALOGUE, Metric,
    catalogue::{AUDIT_LINES_LOST, BUILD, CONNECTIONS, Kind, PROBLEMS, REQUESTS},
    count_of,
};
use crate::{events, problem::Problem};

/// The text format of Prometheus.
const TEXT: &str = "text/plain; version=0.0.4; charset=utf-8";

/// What was measured is put in order this often, if nobody asks: until then it is kept one by one.
const UPKEEP: Duration = Duration::from_secs(5);

/// Nothing can be counted.
#[derive(Debug, thiserror::Error)]
pub enum ListenError {
    /// The address cannot be listened on.
    #[error(
        "cannot listen on {0}; end the program that has it, or choose another address as `metrics.listen` \
         (CONTACT_CHANGE_METRICS__LISTEN)"
    )]
    Address(SocketAddr, #[source] io::Error),
    /// Somebody in this process counts already.
    #[error("the metrics cannot be kept")]
    Recorder(#[from] BuildError),
}

/// Begins to count, and answers whoever asks, until the program ends. Must be called within a tokio runtime, and before
/// anything happens that is to be counted.
///
/// # Errors
/// The address cannot be listened on.
pub async fn listen(
    address: SocketAddr,
    version: &'static str,
    commit: &'static str,
) -> Result<(), ListenError> {
    let failed = |error| ListenError::Address(address, error);
    let listener = TcpListener::bind(address).await.map_err(failed)?;
    let bound = listener.local_addr().map_err(failed)?;
    let handle = recorder()?;
    begin_at_zero();
    gauge!(BUILD, "version" => version, "commit" => commit).set(1.0);

    let upkeep = handle.clone();
    tokio::spawn(async move {
        loop {
            sleep(UPKEEP).await;
            upkeep.run_upkeep();
        }
    });
    let router = Router::new().route("/metrics", get(async move || scrape(&handle)));
    tracing::info!(address = %bound, "metrics can be read");
    tokio::spawn(async move { axum::serve(listener, router).await });
    Ok(())
}

fn scrape(handle: &PrometheusHandle) -> ([(http::HeaderName, &'static str); 1], String) {
    Collector::default().collect();
    ([(CONTENT_TYPE, TEXT)], handle.render())
}

fn recorder() -> Result<PrometheusHandle, BuildError> {
    let mut builder = PrometheusBuilder::new();
    for Metric { name, kind, .. } in CATALOGUE {
        if let Kind::Histogram(bounds) = kind {
            builder = builder.set_buckets_for_metric(Matcher::Full((*name).to_owned()), bounds)?;
        }
    }
    let handle = builder.install_recorder()?;
    for Metric { name, kind, meaning, .. } in CATALOGUE {
        let meaning = meaning.replace('`', "");
        match kind {
            Kind::Counter => describe_counter!(*name, meaning),
            Kind::Gauge => describe_gauge!(*name, meaning),
            Kind::Histogram(_) => describe_histogram!(*name, meaning),
        }
    }
    Ok(handle)
}

/// Begins every counter whose labels are known, so that the first time that something happens is seen as a growth.
fn begin_at_zero() {
    for words in events::ALL {
        let kinds: &[_] =
            if words.has_kind { &[Some(ContactKind::Email), Some(ContactKind::Mobile)] } else { &[None] };
        for kind in kinds {
            count_of(words, *kind).absolute(0);
        }
    }
    for word in Problem::WORDS {
        counter!(PROBLEMS, "problem" => word).absolute(0);
    }
    counter!(AUDIT_LINES_LOST).absolute(0);
    for gauge in [gauge!(REQUESTS), gauge!(CONNECTIONS)] {
        gauge.set(0.0);
    }
    for upstream in ["service", "provider"] {
        gauge!(upstream::RESTING, "upstream" => upstream).set(0.0);
    }
}
