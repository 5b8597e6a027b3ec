//! Starting and stopping: the loopback addresses, and a runtime of its own, so that a stop ends everything at once,
//! calls that never answer too.

use crate::connection::{Doorman, Knife};
use crate::mail::Mailer;
use crate::router::router;
use crate::service::Service;
use crate::settings::Settings;
use std::io;
use std::net::{Ipv4Addr, Ipv6Addr, SocketAddr};
use std::sync::Arc;
use std::time::Duration;
use tokio::net::TcpListener;
use tokio::runtime::{Builder, Runtime};
use url::Url;

/// How long a stop waits for work that cannot be interrupted.
const PATIENCE: Duration = Duration::from_secs(5);

/// A sandbox that runs until it is shut down or dropped.
pub struct Running {
    url: Url,
    runtime: Option<Runtime>,
}

impl Running {
    /// Its address, which is the issuer of its sign-ins too: `http://localhost:<port>` unless set otherwise.
    pub fn url(&self) -> &Url {
        &self.url
    }

    /// Stops it. Connections that are open are closed without an answer. The port is free afterwards.
    pub async fn shutdown(mut self) {
        if let Some(runtime) = self.runtime.take() {
            let stopped = tokio::task::spawn_blocking(move || runtime.shutdown_timeout(PATIENCE)).await;
            if let Err(error) = stopped {
                tracing::warn!(%error, "the sandbox did not stop in good order");
            }
        }
    }
}

impl Drop for Running {
    fn drop(&mut self) {
        if let Some(runtime) = self.runtime.take() {
            runtime.shutdown_background();
        }
    }
}

/// Starts a sandbox on the loopback addresses, 127.0.0.1 and, where the machine has it, `[::1]`.
///
/// # Errors
/// The port is taken (`AddrInUse`), the mail catcher's address is not `host:port` (`InvalidInput`), or the machine
/// gives no runtime.
pub async fn start(settings: Settings) -> io::Result<Running> {
    let mailer = settings.smtp.as_deref().map(Mailer::new).transpose()?;
    let runtime =
        Builder::new_multi_thread().worker_threads(1).thread_name("sandbox").enable_all().build()?;
    let mut running =
        Running { url: Url::parse("http://localhost").map_err(io::Error::other)?, runtime: None };
    let handle = runtime.handle().clone();
    // From here on a failure ends the runtime with `running`, in the background as it must be in async code.
    running.runtime = Some(runtime);

    let port = settings.port;
    let listeners = handle.spawn(bind(port)).await.map_err(io::Error::other)??;
    let port = listeners.first().map_or(Ok(port), |one| one.local_addr().map(|address| address.port()))?;
    running.url = match settings.public_url.clone() {
        Some(url) => url,
        None => Url::parse(&format!("http://localhost:{port}")).map_err(io::Error::other)?,
    };
    let issuer = running.url.as_str().trim_end_matches('/').to_owned();
    let service = Arc::new(Service::new(settings, issuer, mailer));
    for listener in listeners {
        let app = router(service.clone()).into_make_service_with_connect_info::<Knife>();
        handle.spawn(async move { axum::serve(Doorman(listener), app).await });
    }
    Ok(running)
}

/// Listens on the same port of both loopback addresses, so that `localhost` works whichever it means.
async fn bind(port: u16) -> io::Result<Vec<TcpListener>> {
    let mut tries = 0;
    loop {
        tries += 1;
        let four = TcpListener::bind(SocketAddr::from((Ipv4Addr::LOCALHOST, port))).await?;
        let six = (Ipv6Addr::LOCALHOST, four.local_addr()?.port());
        match TcpListener::bind(SocketAddr::from(six)).await {
            Ok(six) => return Ok(vec![four, six]),
            // A free port was asked for, and this one is free on one address only: another one then.
            Err(error) if error.kind() == io::ErrorKind::AddrInUse && port == 0 && tries < 20 => {}
            Err(error) if error.kind() == io::ErrorKind::AddrInUse => return Err(error),
            // A machine without IPv6.
            Err(_) => return Ok(vec![four]),
        }
    }
}
