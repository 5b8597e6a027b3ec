//! The way to the server.

use std::time::Duration;

use redis::{
    Client, IntoConnectionInfo, TlsCertificates,
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

/// Gives a connection that is made when it is first needed, and anew whenever it broke.
pub(super) fn connect(settings: &RedisSettings) -> Result<ConnectionManager> {
    let info = settings.url.expose_secret().into_connection_info().map_err(StoreFault::new)?;
    let info = info.set_tcp_settings(tcp(settings));
    let client = match &settings.ca {
        Some(ca) => {
            let certificates = TlsCertificates { client_tls: None, root_cert: Some(ca.clone()) };
            Client::build_with_tls(info, certificates)
        }
        None => Client::open(info),
    };
    // One attempt a call: a page says at once that something is down, and the next one tries again.
    let config = ConnectionManagerConfig::new()
        .set_number_of_retries(0)
        .set_response_timeout(Some(settings.timeout))
        .set_connection_timeout(Some(settings.connect_timeout));
    ConnectionManager::new_lazy_with_config(client.map_err(StoreFault::new)?, config).map_err(StoreFault::new)
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
