//! Authorities of our own, and the certificate that we show.

use std::fs;
use std::path::PathBuf;
use std::sync::Arc;
use std::time::Duration;

use rcgen::{BasicConstraints, CertificateParams, CertifiedIssuer, IsCa, KeyPair};
use rstest::rstest;
use tempfile::TempDir;
use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _};
use tokio::net::TcpListener;
use tokio::task::JoinHandle;
use tokio_rustls::TlsAcceptor;
use tokio_rustls::rustls::crypto::aws_lc_rs::default_provider;
use tokio_rustls::rustls::pki_types::{PrivateKeyDer, PrivatePkcs8KeyDer};
use tokio_rustls::rustls::server::WebPkiClientVerifier;
use tokio_rustls::rustls::{RootCertStore, ServerConfig};
use upstream::{Bodies, ClientCertificate, Failure, PeerCertificate, Tls, TlsFile, TlsProblem, Upstream};

use crate::support::{later, limits, request};

type Authority = CertifiedIssuer<'static, KeyPair>;

fn authority() -> Authority {
    let mut params = CertificateParams::new(Vec::new()).unwrap();
    params.is_ca = IsCa::Ca(BasicConstraints::Unconstrained);
    CertifiedIssuer::self_signed(params, KeyPair::generate().unwrap()).unwrap()
}

/// A certificate of an authority with its key, both as PEM.
fn certificate(authority: &Authority, name: &str) -> (rcgen::Certificate, KeyPair) {
    let key = KeyPair::generate().unwrap();
    let params = CertificateParams::new(vec![name.to_owned()]).unwrap();
    (params.signed_by(&key, authority).unwrap(), key)
}

/// A server for `localhost` that asks whoever calls for a certificate of `callers`, if that is given.
struct Server {
    url: String,
    certificate: Arc<[u8]>,
    task: JoinHandle<()>,
}

impl Drop for Server {
    fn drop(&mut self) {
        self.task.abort();
    }
}

async fn server(of: &Authority, callers: Option<&Authority>) -> Server {
    let (certificate, key) = certificate(of, "localhost");
    let shown = certificate.der().as_ref().into();
    let key = PrivateKeyDer::Pkcs8(PrivatePkcs8KeyDer::from(key.serialize_der()));
    let provider = Arc::new(default_provider());
    let config = ServerConfig::builder_with_provider(Arc::clone(&provider))
        .with_safe_default_protocol_versions()
        .unwrap();
    let config = match callers {
        None => config.with_no_client_auth(),
        Some(callers) => {
            let mut roots = RootCertStore::empty();
            roots.add(callers.der().clone()).unwrap();
            let verifier = WebPkiClientVerifier::builder_with_provider(Arc::new(roots), provider);
            config.with_client_cert_verifier(verifier.build().unwrap())
        }
    };
    let config = config.with_single_cert(vec![certificate.der().clone()], key).unwrap();
    let acceptor = TlsAcceptor::from(Arc::new(config));
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let url = format!("https://localhost:{}/", listener.local_addr().unwrap().port());
    let task = tokio::spawn(async move {
        loop {
            let (stream, _) = listener.accept().await.unwrap();
            // That a caller is refused is what is tested.
            let Ok(mut stream) = acceptor.accept(stream).await else { continue };
            let _ = stream.read(&mut [0; 4096]).await;
            let _ = stream.write_all(b"HTTP/1.1 204 No Content\r\nconnection: close\r\n\r\n").await;
            let _ = stream.shutdown().await;
        }
    });
    Server { url, certificate: shown, task }
}

/// Files in a folder that goes with the test.
struct Files(TempDir);

impl Files {
    fn new() -> Self {
        Self(TempDir::new().unwrap())
    }

    fn write(&self, name: &str, content: &str) -> PathBuf {
        let path = self.0.path().join(name);
        fs::write(&path, content).unwrap();
        path
    }

    fn client(&self, of: &Authority) -> ClientCertificate {
        let (certificate, key) = certificate(of, "contact-change");
        ClientCertificate {
            certificate: self.write("client.pem", &certificate.pem()),
            key: self.write("client.key", &key.serialize_pem()),
        }
    }
}

async fn call(upstream: &Upstream, server: &Server) -> Result<u16, Failure> {
    upstream.send(request(&server.url)).await.map(|answer| answer.status().as_u16())
}

fn upstream(tls: &Tls) -> Upstream {
    Upstream::new("test", limits(), Bodies::OfAny, tls).unwrap()
}

#[tokio::test]
async fn an_authority_of_our_own_is_trusted_and_others_are_not() {
    let (ours, theirs, files) = (authority(), authority(), Files::new());
    let authorities = Some(files.write("ca.pem", &ours.pem()));
    let upstream = upstream(&Tls { authorities, ..Tls::default() });
    assert_eq!(call(&upstream, &server(&ours, None).await).await.unwrap(), 204);
    let failure = call(&upstream, &server(&theirs, None).await).await.unwrap_err();
    assert!(matches!(failure, Failure::NoConnection(_)) && failure.sent_nothing(), "{failure:?}");
}

#[tokio::test]
async fn an_answer_comes_with_the_certificate_that_the_server_showed() {
    let (ours, files) = (authority(), Files::new());
    let authorities = Some(files.write("ca.pem", &ours.pem()));
    let server = server(&ours, None).await;
    let answer = upstream(&Tls { authorities, ..Tls::default() }).send(request(&server.url)).await.unwrap();
    assert_eq!(answer.extensions().get(), Some(&PeerCertificate(Arc::clone(&server.certificate))));
}

#[tokio::test]
async fn a_server_that_asks_who_calls_is_shown_our_certificate() {
    let (ours, files) = (authority(), Files::new());
    let authorities = Some(files.write("ca.pem", &ours.pem()));
    let server = server(&ours, Some(&ours)).await;
    let nobody = upstream(&Tls { authorities: authorities.clone(), ..Tls::default() });
    assert!(call(&nobody, &server).await.is_err());
    let known = upstream(&Tls { authorities, client: Some(files.client(&ours)), ..Tls::default() });
    assert_eq!(call(&known, &server).await.unwrap(), 204);
}

#[tokio::test]
async fn certificates_that_were_replaced_are_used_without_a_restart() {
    let (old, new, files) = (authority(), authority(), Files::new());
    let authorities = Some(files.write("ca.pem", &old.pem()));
    let upstream = upstream(&Tls { authorities, client: Some(files.client(&old)), ..Tls::default() });
    let server = server(&new, Some(&new)).await;
    assert!(call(&upstream, &server).await.is_err());

    files.write("ca.pem", "half a certif");
    later(Duration::from_secs(6)).await;
    assert!(call(&upstream, &server).await.is_err(), "what cannot be used changes nothing");

    files.write("ca.pem", &new.pem());
    files.client(&new);
    later(Duration::from_secs(6)).await;
    assert_eq!(call(&upstream, &server).await.unwrap(), 204);
}

#[rstest]
#[case::empty("", TlsFile::Authorities)]
#[case::no_pem("certificate", TlsFile::Authorities)]
#[tokio::test]
async fn authorities_that_are_none_are_refused_at_start(#[case] content: &str, #[case] wrong: TlsFile) {
    let files = Files::new();
    let tls = Tls { authorities: Some(files.write("ca.pem", content)), ..Tls::default() };
    let problem = Upstream::new("test", limits(), Bodies::OfAny, &tls).unwrap_err();
    assert!(
        matches!(&problem, TlsProblem::File(file, _) | TlsProblem::Content(file, _) if *file == wrong),
        "{problem:?}"
    );
}

#[tokio::test]
async fn a_key_that_belongs_to_another_certificate_is_refused_at_start() {
    let (ours, files) = (authority(), Files::new());
    let client = files.client(&ours);
    let tls = |client| Tls { client: Some(client), ..Tls::default() };
    assert!(Upstream::new("test", limits(), Bodies::OfAny, &tls(client.clone())).is_ok());
    files.write("client.key", &KeyPair::generate().unwrap().serialize_pem());
    let problem = Upstream::new("test", limits(), Bodies::OfAny, &tls(client)).unwrap_err();
    assert!(matches!(problem, TlsProblem::Client(_)), "{problem:?}");
}
