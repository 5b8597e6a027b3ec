//! Whether a port is free, asked before minutes are spent on building.

use std::{
    io::ErrorKind,
    net::{Ipv4Addr, Ipv6Addr, SocketAddr, TcpListener, TcpStream},
    time::Duration,
};

use crate::error::{Error, Result};

/// Fails if someone listens on this port of this machine, or if we may not. `option` is what chooses another.
pub(crate) fn check_free(port: u16, option: &'static str) -> Result<()> {
    let loopbacks =
        [SocketAddr::from((Ipv4Addr::LOCALHOST, port)), SocketAddr::from((Ipv6Addr::LOCALHOST, port))];
    let patience = Duration::from_millis(500);
    if loopbacks.iter().any(|address| TcpStream::connect_timeout(address, patience).is_ok()) {
        return Err(Error::PortTaken { port, option });
    }
    match TcpListener::bind((Ipv4Addr::LOCALHOST, port)) {
        Ok(_) => Ok(()),
        Err(error) if error.kind() == ErrorKind::AddrInUse => Err(Error::PortTaken { port, option }),
        Err(source) => Err(Error::PortRefused { port, option, source }),
    }
}

/// A port that was free a moment ago.
pub(crate) fn free_port() -> Result<u16> {
    let listener = TcpListener::bind((Ipv4Addr::LOCALHOST, 0)).and_then(|listener| listener.local_addr());
    listener.map(|address| address.port()).map_err(|source| Error::PortRefused {
        port: 0,
        option: "another machine",
        source,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_port_is_free_until_someone_listens_on_it() {
        let listener = TcpListener::bind((Ipv4Addr::LOCALHOST, 0)).unwrap();
        let port = listener.local_addr().unwrap().port();
        let told = check_free(port, "--app-port").unwrap_err().to_string();
        assert_eq!(told, format!("Port {port} is taken; choose another with --app-port."));
        drop(listener);
        assert!(check_free(port, "--app-port").is_ok());
    }
}
