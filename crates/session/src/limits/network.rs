//! The network that a request comes from, as far as one household or one device can be told from another.

use std::{
    fmt,
    net::{IpAddr, Ipv6Addr},
};

/// The bits of an IPv6 address that name the network: the first 64, which one household has at the least (RFC 6177).
const PREFIX: u128 = !0 << 64;

/// An IPv4 address, or the /64 of an IPv6 address.
#[derive(Clone, Copy, PartialEq, Eq, Hash)]
pub struct Network(IpAddr);

impl From<IpAddr> for Network {
    /// Takes the address of a caller. IPv4 written as IPv6 (RFC 4291, section 2.5.5.2) counts as IPv4.
    fn from(address: IpAddr) -> Self {
        Self(match address.to_canonical() {
            IpAddr::V6(address) => Ipv6Addr::from(u128::from(address) & PREFIX).into(),
            address @ IpAddr::V4(_) => address,
        })
    }
}

impl Network {
    /// Writes it for a hash; nobody else gets to see it.
    pub(crate) fn written(self) -> String {
        self.0.to_string()
    }
}

impl fmt::Debug for Network {
    /// Leaves out what is personal.
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str("Network(…)")
    }
}
