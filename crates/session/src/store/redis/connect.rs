//! The way to the server.

use std::{sync::Arc, time::Duration};

use arc_swap::ArcSwap;
use redis::{
    Client, ErrorKind, IntoConnectionInfo, RedisError, RedisResult, ServerErrorKind, TlsCertificates,
    aio::{ConnectionManager, ConnectionManagerConfig},
    io::tcp::{TcpSettings, socket2::TcpKeepalive},
};
use secrecy::{ExposeSecret, SecretString};

use crate::store::{Result, StoreFault};

/// After this silence a connection is asked whether it is still there.
const KEEPALIVE: Duration = Duration::from_secs(10);

/// Where the server is, and how long it may take.
#[derive(Debug)]
pub struct RedisSettings {
    /// `redis://`, `rediss://` (TLS), `unix://`; user, password and database in it as usual.
    pub url: SecretString,
    /// What all our names there begin with.
    pub namespace: String,
    /// The certificates (PEM) of whoever vouches for the server, in place of the system's.
    pub ca: Option<Vec<u8>>,
    /// How long one command may take.
    pub timeout: Duration,
    /// How long a connection may take.
    pub connect_timeout: Duration,
}

/// A connection that is made when it is first needed, and anew whenever it broke or leads to no primary.
pub(super) struct Link {
    client: Client,
    config: ConnectionManagerConfig,
    current: ArcSwap<ConnectionManager>,
}

impl Link {
    pub(super) fn new(settings: &RedisSettings) -> Result<Self> {
        let info = settings.url.expose_secret().into_connection_info().map_err(StoreFault::new)?;
        let info = info.set_tcp_settings(tcp(settings));
        let client = match &settings.ca {
            Some(ca) => {
                let certificates = TlsCertificates { client_tls: None, root_cert: Some(ca.clone()) };
                Client::build_with_tls(info, certificates)
            }
            None => Client::open(info),
        };
        let client = client.map_err(StoreFault::new)?;
        // One attempt a call: a page says at once that something is down, and the next one tries again.
        let config = ConnectionManagerConfig::new()
            .set_number_of_retries(0)
            .set_response_timeout(Some(settings.timeout))
            .set_connection_timeout(Some(settings.connect_timeout));
        let current = ArcSwap::new(connection(&client, &config)?);
        Ok(Self { client, config, current })
    }

    /// Makes a call, and once more where that is worth it. Every call can be made twice (see [`Store`](crate::Store)).
    pub(super) async fn call<T, F>(&self, call: impl Fn(ConnectionManager) -> F) -> Result<T>
    where
        F: Future<Output = RedisResult<T>>,
    {
        let current = self.current.load_full();
        let answer = match call(ConnectionManager::clone(&current)).await {
            Err(error) if broke(&error) => call(ConnectionManager::clone(&current)).await,
            Err(error) if is_no_primary(&error) => call(self.other_than(&current)?).await,
            answer => answer,
        };
        answer.map_err(StoreFault::new)
    }

    /// Leaves a connection, unless somebody else did so already, and gives the one in its place.
    fn other_than(&self, left: &Arc<ConnectionManager>) -> Result<ConnectionManager> {
        self.current.compare_and_swap(left, connection(&self.client, &self.config)?);
        Ok(ConnectionManager::clone(&self.current.load()))
    }
}

fn connection(client: &Client, config: &ConnectionManagerConfig) -> Result<Arc<ConnectionManager>> {
    let connection = ConnectionManager::new_lazy_with_config(client.clone(), config.clone());
    connection.map(Arc::new).map_err(StoreFault::new)
}

/// Tells whether the connection broke: the server may have been started anew.
fn broke(error: &RedisError) -> bool {
    error.is_io_error() && !error.is_timeout()
}

/// Tells whether the server did nothing since it is not the primary: it may have been made a replica, and the address
/// lead to another one by now. Nobody closes a connection that was open then.
fn is_no_primary(error: &RedisError) -> bool {
    use ServerErrorKind::{BusyLoading, MasterDown, ReadOnly};
    matches!(error.kind(), ErrorKind::Server(ReadOnly | MasterDown | BusyLoading))
        // As Redis 6.2 says it of a script.
        || error.detail().is_some_and(|detail| detail.contains("-READONLY"))
}

/// A server that is gone without a word must be noticed, or nobody would connect to the one in its place.
fn tcp(settings: &RedisSettings) -> TcpSettings {
    let keepalive =
        TcpKeepalive::new().with_time(KEEPALIVE).with_interval(settings.timeout.max(Duration::from_secs(1)));
    let tcp = TcpSettings::default().set_nodelay(true).set_keepalive(keepalive);
    #[cfg(target_os = "linux")]
    let tcp = tcp.set_user_timeout(settings.timeout + settings.connect_timeout);
    tcp
}
