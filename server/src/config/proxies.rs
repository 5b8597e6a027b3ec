//! `trusted_proxies`: whose word is taken for where a request came from.

use std::net::{IpAddr, SocketAddr};

use http::{HeaderMap, HeaderName};
use ipnet::IpNet;

const FORWARDED_FOR: HeaderName = HeaderName::from_static("x-forwarded-for");

/// The networks of the proxies in front of this server.
#[derive(Clone, Debug, Default)]
pub struct Proxies(Vec<IpNet>);

impl Proxies {
    /// Takes addresses and networks (`10.0.0.0/8`, `::1`) with spaces between; nothing if one of them is none.
    pub fn parse(text: &str) -> Option<Self> {
        let network = |text: &str| text.parse().or_else(|_| text.parse::<IpAddr>().map(IpNet::from)).ok();
        text.split_whitespace().map(network).collect::<Option<_>>().map(Self)
    }

    /// Tells whether nobody is trusted.
    pub(crate) fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// Gives the address of the caller: the peer, or if that is a proxy of ours, the nearest hop in `X-Forwarded-For`
    /// that is none. Proxies add the hop that they were called by at the right; what stands to the left of the first one
    /// that is not ours is hearsay.
    pub(crate) fn caller(&self, peer: IpAddr, headers: &HeaderMap) -> IpAddr {
        let lines = headers.get_all(FORWARDED_FOR).iter().rev();
        let hops = lines.flat_map(|line| line.to_str().unwrap_or_default().rsplit(',').map(read_hop));
        let mut caller = peer.to_canonical();
        for hop in hops {
            match hop {
                Some(hop) if self.trust(caller) => caller = hop,
                _ => break,
            }
        }
        caller
    }

    /// Tells whether an address is that of a proxy of ours.
    pub(crate) fn trust(&self, address: IpAddr) -> bool {
        self.0.iter().any(|network| network.contains(&address.to_canonical()))
    }
}

/// Reads one hop, with a port or without.
fn read_hop(text: &str) -> Option<IpAddr> {
    let text = text.trim();
    let with_port = || text.parse::<SocketAddr>().ok().map(|address| address.ip());
    let bare = text.strip_prefix('[').and_then(|text| text.strip_suffix(']')).unwrap_or(text);
    bare.parse().ok().or_else(with_port).map(|address: IpAddr| address.to_canonical())
}

#[cfg(test)]
mod tests {
    use http::HeaderValue;

    use super::*;

    /// The caller that a peer tells of, behind the proxies of `10.0.0.0/8` and `2001:db8::1`.
    fn caller(peer: &str, lines: &[&'static str]) -> String {
        let proxies = Proxies::parse("10.0.0.0/8 2001:db8::1").expect("proxies");
        let mut headers = HeaderMap::new();
        for line in lines {
            headers.append(FORWARDED_FOR, HeaderValue::from_static(line));
        }
        proxies.caller(peer.parse().expect("an address"), &headers).to_string()
    }

    #[test]
    fn a_peer_that_is_no_proxy_of_ours_is_the_caller_whatever_it_says() {
        assert_eq!(caller("192.0.2.1", &["198.51.100.7"]), "192.0.2.1");
        assert_eq!(caller("10.0.0.1", &[]), "10.0.0.1");
    }

    #[test]
    fn behind_our_proxies_the_nearest_hop_that_is_not_ours_is_the_caller() {
        assert_eq!(caller("10.0.0.1", &["198.51.100.7"]), "198.51.100.7");
        assert_eq!(caller("10.0.0.1", &["203.0.113.9, 198.51.100.7, 10.0.0.2"]), "198.51.100.7");
        assert_eq!(caller("10.0.0.1", &["203.0.113.9", "198.51.100.7"]), "198.51.100.7");
        assert_eq!(caller("::ffff:10.0.0.1", &["::ffff:198.51.100.7"]), "198.51.100.7");
        assert_eq!(caller("2001:db8::1", &["198.51.100.7:4711"]), "198.51.100.7");
        assert_eq!(caller("10.0.0.1", &["[2001:db8::5]:4711"]), "2001:db8::5");
    }

    #[test]
    fn a_hop_that_cannot_be_read_ends_the_way() {
        assert_eq!(caller("10.0.0.1", &["198.51.100.7, unknown"]), "10.0.0.1");
        assert_eq!(caller("10.0.0.1", &["198.51.100.7, unknown, 10.0.0.2"]), "10.0.0.2");
    }
}
