//! What the app is held against: an nginx in front of the same sandbox that adds the same credential, the least that a
//! server of this kind does for a page, and the least that one made of the same libraries does for the same work.

use std::{
    fs,
    path::Path,
    process::{Command, Stdio},
};

use crate::{
    error::{Error, Result},
    process::Process,
    serve::{
        port::free_port,
        programs::{self, address},
        ready,
    },
};

/// A server to compare with. It ends when it is dropped.
pub(super) struct Reference {
    _process: Process,
    pub(super) address: String,
}

/// Serves a page to whoever asks, whatever they ask for.
pub(super) fn fixed_page(program: &Path, page: &Path) -> Result<Reference> {
    let port = free_port()?;
    let mut process = Process::start(Command::new(program).arg(port.to_string()).arg(page))?;
    ready::wait(&mut process, "The server of a fixed page", port, "/")?;
    Ok(Reference { _process: process, address: address(port) })
}

/// Hands on what it is asked, and serves the page when it has read the account of `person`.
pub(super) fn relay(program: &Path, sandbox: &str, person: &str, page: &Path) -> Result<Reference> {
    let port = free_port()?;
    let account = format!("/api/rest/v1/user/{person}");
    let mut relay = Command::new(program);
    relay.args([&port.to_string(), sandbox, programs::API_CREDENTIAL, &account]).arg(page);
    let mut process = Process::start(&mut relay)?;
    ready::wait(&mut process, "The relay", port, "/email")?;
    Ok(Reference { _process: process, address: address(port) })
}

/// Starts nginx in front of the sandbox.
pub(super) fn nginx(program: &Path, sandbox: &str, folder: &Path) -> Result<Reference> {
    let (port, path) = (free_port()?, folder.join("nginx.conf"));
    fs::write(&path, configuration(port, sandbox, folder)).map_err(Error::file("written", &path))?;
    let mut nginx = Command::new(program);
    nginx.arg("-p").arg(folder).arg("-c").arg(&path).arg("-e").arg(folder.join("nginx.log"));
    let mut process = Process::start(nginx.stdout(Stdio::null()))?;
    ready::wait(&mut process, "nginx", port, "/.well-known/openid-configuration")?;
    Ok(Reference { _process: process, address: address(port) })
}

/// Connections to the sandbox are kept, as the app keeps them.
fn configuration(port: u16, sandbox: &str, folder: &Path) -> String {
    let sandbox = sandbox.trim_start_matches("http://");
    let credential = programs::API_CREDENTIAL;
    let folder = folder.display();
    let temporary: String = ["client_body", "proxy", "fastcgi", "uwsgi", "scgi"]
        .map(|name| format!("{name}_temp_path {folder}/{name};\n"))
        .concat();
    format!(
        "daemon off;
worker_processes auto;
pid {folder}/nginx.pid;
events {{ worker_connections 1024; }}
http {{
access_log off;
{temporary}
upstream sandbox {{ server {sandbox}; keepalive 256; keepalive_requests 1000000; }}
server {{
listen 127.0.0.1:{port};
keepalive_requests 1000000;
location / {{
proxy_pass http://sandbox;
proxy_http_version 1.1;
proxy_set_header Connection \"\";
proxy_set_header Host {sandbox};
proxy_set_header Authorization \"Basic {credential}\";
}}
}}
}}
"
    )
}
