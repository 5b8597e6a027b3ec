//! Taking connections, and ending in order: nobody is cut off in the middle of a press.

use std::{convert::Infallible, io, net::SocketAddr, pin::pin, sync::Arc, time::Duration};

use axum::{Router, body::Body, extract::ConnectInfo};
use http::{Request, Response};
use hyper::{body::Incoming, server::conn::http1, service::service_fn};
use hyper_util::{
    rt::{TokioIo, TokioTimer},
    server::graceful::GracefulShutdown,
};
use tokio::{
    net::{TcpListener, TcpStream},
    sync::Semaphore,
};
use tokio_io_timeout::TimeoutStream;
use tower::Service as _;

use crate::{config::Bounds, metrics::Present};

/// How long to wait when no connection can be taken since the process has too many files open.
const BREATH: Duration = Duration::from_millis(500);

/// Serves until `told_to_end` is ready. Then no new connection is taken, requests under way are answered, and those that
/// are not after the time that the bounds give are cut off.
pub async fn serve(
    listener: TcpListener,
    router: Router,
    bounds: Bounds,
    told_to_end: impl Future<Output = ()>,
) {
    let graceful = GracefulShutdown::new();
    let places = Arc::new(Semaphore::new(bounds.connections));
    let mut http = http1::Builder::new();
    http.timer(TokioTimer::new()).header_read_timeout(bounds.keep_alive);

    let mut told_to_end = pin!(told_to_end);
    loop {
        let next = async { (Arc::clone(&places).acquire_owned().await, accept(&listener).await) };
        let (place, (stream, peer)) = tokio::select! {
            next = next => next,
            () = &mut told_to_end => break,
        };
        let router = router.clone();
        let answer = service_fn(move |request| answer(router.clone(), request, peer));
        // Who stops reading would else keep a place for ever: an answer that is not taken is never over.
        let mut stream = TimeoutStream::new(stream);
        stream.set_write_timeout(Some(bounds.keep_alive));
        let connection = graceful.watch(http.serve_connection(TokioIo::new(Box::pin(stream)), answer));
        let present = Present::connection();
        tokio::spawn(async move {
            // Browsers hang up as they like; what was answered, or was not, stands in the log of requests.
            if let Err(error) = connection.await {
                tracing::debug!(%error, "a connection ended early");
            }
            drop((place, present));
        });
    }
    drop(listener);
    tracing::info!("told to end: no new connections are taken");
    if tokio::time::timeout(bounds.shutdown, graceful.shutdown()).await.is_err() {
        tracing::warn!("some connections did not end in time and are cut off");
    }
}

async fn answer(
    mut router: Router,
    mut request: Request<Incoming>,
    peer: SocketAddr,
) -> Result<Response<Body>, Infallible> {
    request.extensions_mut().insert(ConnectInfo(peer));
    router.call(request.map(Body::new)).await
}

/// Takes the next connection. What fails with the connection alone is passed over; what fails with the process (too many
/// open files) is waited out.
async fn accept(listener: &TcpListener) -> (TcpStream, SocketAddr) {
    loop {
        match listener.accept().await {
            Ok((stream, peer)) => {
                // An answer goes out at once. Where that cannot be set, it goes out a little later.
                let _: io::Result<()> = stream.set_nodelay(true);
                return (stream, peer);
            }
            Err(error) if is_of_the_connection(&error) => {}
            Err(error) => {
                tracing::error!(%error, "no connection can be taken");
                tokio::time::sleep(BREATH).await;
            }
        }
    }
}

fn is_of_the_connection(error: &io::Error) -> bool {
    use io::ErrorKind::{ConnectionAborted, ConnectionRefused, ConnectionReset};
    matches!(error.kind(), ConnectionAborted | ConnectionRefused | ConnectionReset)
}
