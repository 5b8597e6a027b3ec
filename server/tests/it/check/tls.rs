//! An application behind an authority of one's own.

use std::sync::Arc;

use server::check::Verdict;
use tokio::{
    io::{AsyncReadExt as _, AsyncWriteExt as _},
    net::TcpListener,
};
use tokio_rustls::{
    TlsAcceptor,
    rustls::{ServerConfig, crypto::aws_lc_rs::default_provider, pki_types::PrivatePkcs8KeyDer},
};

use super::{checked, finding};
use crate::security_events::key_file;

/// Starts one that answers everything with 204. Gives its address and, as PEM, its certificate, which vouches for itself.
async fn application() -> (String, String) {
    let own = rcgen::generate_simple_self_signed(vec!["localhost".to_owned()]).expect("a certificate");
    let key = PrivatePkcs8KeyDer::from(own.signing_key.serialize_der());
    let config = ServerConfig::builder_with_provider(Arc::new(default_provider()))
        .with_safe_default_protocol_versions()
        .expect("versions")
        .with_no_client_auth()
        .with_single_cert(vec![own.cert.der().clone()], key.into())
        .expect("a configuration");
    let acceptor = TlsAcceptor::from(Arc::new(config));
    let listener = TcpListener::bind("127.0.0.1:0").await.expect("a free port");
    let address = format!("https://localhost:{}/events", listener.local_addr().expect("an address").port());
    tokio::spawn(async move {
        while let Ok((stream, _)) = listener.accept().await {
            // That a caller does not trust it is what is tested.
            let Ok(mut stream) = acceptor.accept(stream).await else { continue };
            let _ = stream.read(&mut [0; 4096]).await;
            let _ = stream.write_all(b"HTTP/1.1 204 No Content\r\nconnection: close\r\n\r\n").await;
            let _ = stream.shutdown().await;
        }
    });
    (address, own.cert.pem())
}

#[tokio::test]
async fn an_application_is_reached_with_the_authority_that_is_configured_for_events() {
    let (folder, (address, certificate)) = (tempfile::tempdir().expect("a folder"), application().await);
    let authority = folder.path().join("authority.pem");
    std::fs::write(&authority, certificate).expect("a file");
    let authority = authority.to_str().expect("a text");
    let events = [("EVENTS__KEY_FILE", &*key_file(&folder)), ("APPLICATIONS__CRM__EVENTS", &*address)];

    let report = checked("http://127.0.0.1:1", &events).await;
    let untrusted = finding(&report, "events for crm");
    assert!(untrusted.verdict == Verdict::Failed && untrusted.detail.contains("certificate"), "{report}");
    assert!(untrusted.advice[0].contains("events.ca_file"), "{report}");

    let trusting = [&events[..], &[("EVENTS__CA_FILE", authority)]].concat();
    let report = checked("http://127.0.0.1:1", &trusting).await;
    assert_eq!(finding(&report, "events for crm").verdict, Verdict::Ok, "{report}");
    assert_eq!(finding(&report, "certificate of crm").verdict, Verdict::Ok, "{report}");
}
