//! Answers that are lost, and connections that never were.

use std::net::SocketAddr;
use std::time::Duration;

use identity::{Client, Fault, Settings};
use rstest::rstest;
use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _};
use tokio::net::{TcpListener, TcpStream};
use tokio::task::JoinHandle;

use crate::support::{Service, begin, caller, finish, settings};

/// What a server does with its one connection.
#[derive(Clone, Copy, Debug)]
enum Trouble {
    Hangs,
    ClosesAtOnce,
    ClosesAfterReading,
    ClosesWithinTheBody,
    Trickles,
    TalksNonsense,
    NeverEnds,
}

const HEAD: &[u8] = b"HTTP/1.1 200 OK\r\ncontent-type: application/json\r\n";

async fn server(trouble: Trouble) -> (SocketAddr, JoinHandle<()>) {
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let address = listener.local_addr().unwrap();
    let task = tokio::spawn(async move {
        let (stream, _) = listener.accept().await.unwrap();
        // That the client goes away in the middle is what is tested.
        let _ = make(trouble, stream).await;
    });
    (address, task)
}

async fn make(trouble: Trouble, mut stream: TcpStream) -> std::io::Result<()> {
    if matches!(trouble, Trouble::ClosesAtOnce) {
        return Ok(());
    }
    let mut request = [0; 8192];
    let _ = stream.read(&mut request).await?;
    match trouble {
        Trouble::Hangs => std::future::pending().await,
        Trouble::ClosesAtOnce | Trouble::ClosesAfterReading => Ok(()),
        Trouble::ClosesWithinTheBody => {
            stream.write_all(HEAD).await?;
            stream.write_all(b"content-length: 100\r\n\r\n{\"verificationToken\":").await
        }
        Trouble::Trickles => {
            stream.write_all(HEAD).await?;
            stream.write_all(b"content-length: 1000\r\n\r\n").await?;
            loop {
                stream.write_all(b" ").await?;
                tokio::time::sleep(Duration::from_millis(20)).await;
            }
        }
        Trouble::TalksNonsense => stream.write_all(b"220 mail.example.com ESMTP\r\n\r\n").await,
        Trouble::NeverEnds => {
            stream.write_all(HEAD).await?;
            stream.write_all(b"\r\n{\"verificationToken\":\"").await?;
            loop {
                stream.write_all(&[b'x'; 4096]).await?;
            }
        }
    }
}

fn impatient(address: SocketAddr) -> Settings {
    let mut settings = settings(address);
    settings.limits.connect_timeout = Duration::from_millis(400);
    settings.limits.timeout = Duration::from_millis(400);
    settings
}

#[rstest]
#[case(Trouble::Hangs, "begin: the identity service did not answer in time")]
#[case(Trouble::Trickles, "begin: the identity service did not answer in time")]
#[case(Trouble::ClosesAtOnce, "begin: the answer of the identity service was cut off")]
#[case(Trouble::ClosesAfterReading, "begin: the answer of the identity service was cut off")]
#[case(Trouble::ClosesWithinTheBody, "begin: the answer of the identity service was cut off")]
#[case(Trouble::TalksNonsense, "begin: the answer of the identity service was cut off")]
#[case(Trouble::NeverEnds, "begin: the answer of the identity service is too large")]
#[tokio::test]
async fn a_lost_answer_may_hide_a_message_that_was_sent(#[case] trouble: Trouble, #[case] told: &str) {
    let (address, task) = server(trouble).await;
    let is_slow = matches!(trouble, Trouble::Hangs | Trouble::Trickles);
    let settings = if is_slow { impatient(address) } else { settings(address) };
    let fault = begin(&Client::new(settings).unwrap()).await.unwrap_err();
    task.abort();
    assert_eq!(fault.to_string(), told);
    assert!(fault.may_have_acted());
    assert!(!fault.is_unreachable() && !fault.is_refused() && fault.status().is_none());
}

#[rstest]
#[case::a_page("<!doctype html><title>Sign in</title>")]
#[case::nothing("")]
#[case::a_list("[]")]
#[case::half_an_object("{\"emails\":[{\"address\":")]
#[case::an_object_that_is_no_user("{\"status\":\"ok\"}")]
#[tokio::test]
async fn a_good_status_without_a_readable_body_is_no_success(#[case] body: &str) {
    let service = Service::answering(200, &[("content-type", "text/html")], body).await;
    for fault in [begin(&service.client()).await.unwrap_err(), finish(&service.client()).await.unwrap_err()] {
        assert!(fault.may_have_acted(), "{fault}");
        assert!(fault.to_string().contains("has no readable"), "{fault}");
    }
}

#[tokio::test]
async fn a_verification_token_longer_than_the_guide_says_is_not_taken() {
    for (length, good) in [(2048, true), (2049, false)] {
        let body = format!(r#"{{"verificationToken":"{}"}}"#, "t".repeat(length));
        let service = Service::answering(200, &[], &body).await;
        assert_eq!(begin(&service.client()).await.is_ok(), good);
    }
}

#[tokio::test]
async fn a_service_that_is_down_has_done_nothing() {
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let client = Client::new(settings(listener.local_addr().unwrap())).unwrap();
    drop(listener);
    let faults: [Fault; 2] = [begin(&client).await.unwrap_err(), finish(&client).await.unwrap_err()];
    for fault in faults {
        assert!(fault.is_unreachable() && !fault.may_have_acted(), "{fault}");
        assert!(std::error::Error::source(&fault).is_some(), "the operator learns why");
    }
}

#[tokio::test]
async fn a_redirect_is_not_followed_with_our_credentials() {
    let elsewhere = Service::answering(200, &[], "{}").await;
    let target = elsewhere.settings().base_url;
    let service = Service::answering(307, &[("location", target.as_str())], "").await;
    assert_eq!(begin(&service.client()).await.unwrap_err().status(), Some(307));
    assert!(elsewhere.requests().is_empty());
}

#[rstest]
#[case::down(503)]
#[case::refused(403)]
#[tokio::test]
async fn a_failed_read_changes_nothing(#[case] status: u16) {
    let service = Service::answering(status, &[], "").await;
    let fault = service.client().user(&caller()).await.unwrap_err();
    assert!(!fault.may_have_acted());
    assert_eq!((fault.status(), fault.call()), (Some(status), "user"));
}
