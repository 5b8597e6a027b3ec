//! Where a request came from.

use std::net::{IpAddr, Ipv4Addr, SocketAddr};

use axum::extract::ConnectInfo;
use http::request::Parts;
use session::Network;

use crate::Site;

/// Gives the network that a request came from. Where the connection is not known, all callers are one.
pub(crate) fn of(parts: &Parts, site: &Site) -> Network {
    let peer = parts.extensions.get::<ConnectInfo<SocketAddr>>();
    let peer = peer.map_or(IpAddr::V4(Ipv4Addr::UNSPECIFIED), |ConnectInfo(address)| address.ip());
    site.trusted_proxies.caller(peer, &parts.headers).into()
}
