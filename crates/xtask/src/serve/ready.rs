//! Waiting until a server answers.

use std::{
    io::{BufRead, BufReader, Write},
    net::TcpStream,
    thread,
    time::Duration,
};

use crate::{
    error::{Error, Result},
    process::{self, Process},
};

/// How often the server is asked, a tenth of a second apart.
const ATTEMPTS: u32 = 300;

/// Waits until a server on this machine answers a GET of `path` with 200; fails as soon as it has ended.
pub(crate) fn wait(server: &mut Process, what: &'static str, port: u16, path: &str) -> Result<()> {
    for _ in 0..ATTEMPTS {
        process::not_interrupted()?;
        if let Some(status) = server.ended() {
            return Err(Error::Ended { what, status });
        }
        if answers(port, path) {
            return Ok(());
        }
        thread::sleep(Duration::from_millis(100));
    }
    Err(Error::Silent { what, address: format!("http://localhost:{port}{path}") })
}

fn answers(port: u16, path: &str) -> bool {
    let ask = || -> std::io::Result<String> {
        let mut connection = TcpStream::connect(("localhost", port))?;
        connection.set_read_timeout(Some(Duration::from_secs(2)))?;
        write!(connection, "GET {path} HTTP/1.1\r\nHost: localhost:{port}\r\nConnection: close\r\n\r\n")?;
        let mut status = String::new();
        BufReader::new(connection).read_line(&mut status)?;
        Ok(status)
    };
    ask().is_ok_and(|status| status.starts_with("HTTP/1.1 200"))
}
