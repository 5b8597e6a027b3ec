//! Where a request came from.

use std::{
    convert::Infallible,
    net::{IpAddr, Ipv4Addr, SocketAddr},
};

use app::ssr::Who;
use axum::extract::{ConnectInfo, FromRequestParts};
use http::request::Parts;
use identity::Subject;
use session::Network;

use crate::{Site, request_id::RequestId};

/// Gives the network that a request came from. Where the connection is not known, all callers are one.
pub(crate) fn of(parts: &Parts, site: &Site) -> Network {
    let peer = parts.extensions.get::<ConnectInfo<SocketAddr>>();
    let peer = peer.map_or(IpAddr::V4(Ipv4Addr::UNSPECIFIED), |ConnectInfo(address)| address.ip());
    site.trusted_proxies.caller(peer, &parts.headers).into()
}

/// Which request it is, and where it came from: for the record of what happens.
pub(crate) struct Source {
    request: RequestId,
    network: Network,
}

impl Source {
    /// Gives to whom it happened; nothing for somebody of whom nothing is known.
    pub(crate) fn who<'event>(&'event self, subject: Option<&'event Subject>) -> Who<'event> {
        Who { request: self.request.as_str(), subject, network: Some(self.network) }
    }
}

impl FromRequestParts<Site> for Source {
    type Rejection = Infallible;

    async fn from_request_parts(parts: &mut Parts, site: &Site) -> Result<Self, Infallible> {
        let request = RequestId::from_request_parts(parts, site).await?;
        Ok(Self { request, network: of(parts, site) })
    }
}
