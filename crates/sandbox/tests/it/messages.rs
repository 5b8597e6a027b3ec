//! The messages as their receivers see them.

use crate::support::{ALICE, DAAVID, EVA, Sandbox};
use rstest::rstest;
use sandbox::{Limits, Settings};
use serde_json::{Value, json};
use std::net::Ipv4Addr;
use tokio::io::{AsyncBufReadExt as _, AsyncWriteExt as _, BufReader};
use tokio::net::TcpListener;

#[rstest]
#[case(ALICE, "Your verification code", "It works once, for 10 minutes.")]
#[case(DAAVID, "Vahvistuskoodisi", "Se toimii kerran, 10 minuutin ajan.")]
#[case(EVA, "Din verifieringskod", "Den fungerar en gång, i 10 minuter.")]
#[tokio::test]
async fn a_code_comes_in_the_persons_language_with_the_line_for_the_browser_at_its_end(
    #[case] person: &str,
    #[case] subject: &str,
    #[case] sentence: &str,
) {
    let sandbox = Sandbox::new().await;
    sandbox.begun(person, json!({ "email": "new@example.org" })).await;
    let message = &sandbox.json("/outbox.json?to=new@example.org").await[0];
    let code = message["code"].as_str().unwrap();
    assert!(code.len() == 6 && code.bytes().all(|digit| digit.is_ascii_digit()));
    assert_eq!(message["channel"], "email");
    assert_eq!(message["subject"], subject);
    let text = message["text"].as_str().unwrap();
    assert!(text.contains(sentence), "{text}");
    assert_eq!(text.lines().last().unwrap(), format!("@localhost #{code}"));
    assert!(message["sentAt"].as_str().unwrap().parse::<jiff::Timestamp>().is_ok());
}

#[rstest]
#[case(ALICE, 60, "for one minute.")]
#[case(ALICE, 61, "for 2 minutes.")]
#[case(DAAVID, 60, "toimii kerran, minuutin ajan.")]
#[case(EVA, 30, "i en minut.")]
#[tokio::test]
async fn a_code_says_how_long_it_works(#[case] person: &str, #[case] seconds: u32, #[case] sentence: &str) {
    let limits = Limits { code_lifetime_seconds: seconds, ..Limits::default() };
    let sandbox = Sandbox::with(Settings { limits, ..Settings::default() }).await;
    sandbox.begun(person, json!({ "email": "new@example.org" })).await;
    let message = &sandbox.json("/outbox.json").await[0];
    assert!(message["text"].as_str().unwrap().contains(sentence), "{message}");
}

#[rstest]
#[case("sv", "Din verifieringskod")]
#[case("ar, sv-FI;q=0.5", "Din verifieringskod")]
#[case("ar", "Vahvistuskoodisi")]
#[case("*", "Vahvistuskoodisi")]
#[tokio::test]
async fn a_code_comes_in_the_language_that_the_application_wishes_for_if_there_is_one(
    #[case] wished: &str,
    #[case] subject: &str,
) {
    let sandbox = Sandbox::new().await;
    let body = json!({ "email": "new@example.org" });
    let call = sandbox.call(DAAVID, "change-contact/begin", &body).header("accept-language", wished);
    assert_eq!(call.send().await.unwrap().status(), 200);
    assert_eq!(sandbox.json("/outbox.json").await[0]["subject"], subject);
}

#[tokio::test]
async fn a_text_message_has_no_subject_and_the_newest_message_comes_first() {
    let sandbox = Sandbox::new().await;
    sandbox.begun(ALICE, json!({ "email": "new@example.org" })).await;
    sandbox.begun(ALICE, json!({ "mobile": "+447700900999" })).await;
    let messages = sandbox.json("/outbox.json").await;
    assert_eq!(messages[0]["channel"], "sms");
    assert_eq!(messages[0]["to"], "+447700900999");
    assert_eq!(messages[0]["subject"], Value::Null);
    assert_eq!(messages[1]["channel"], "email");
}

#[tokio::test]
async fn the_outbox_page_shows_what_was_sent_and_lets_no_message_break_it() {
    let sandbox = Sandbox::new().await;
    let body = json!({ "subject": "<b>Hello</b>", "text": "<script>alert(1)</script>" });
    let sent = sandbox.call(ALICE, "email/send", &body).send().await.unwrap();
    assert_eq!(sent.status(), 204);
    let page = sandbox.get("/outbox").await.text().await.unwrap();
    assert!(page.contains("alice@example.org"));
    assert!(page.contains("&lt;script&gt;alert(1)&lt;/script&gt;"));
    assert!(!page.contains("<script>alert"));
}

#[tokio::test]
async fn a_notice_goes_to_the_primary_contact_or_to_the_one_given_and_has_no_code() {
    let sandbox = Sandbox::new().await;
    let send = async |user: &str, call: &str, body: Value| {
        sandbox.call(user, call, &body).send().await.unwrap().status().as_u16()
    };
    assert_eq!(send(DAAVID, "sms/send", json!({ "text": "Changed." })).await, 204);
    let body = json!({ "text": "Changed.", "subject": "A change", "to": "old@example.org" });
    assert_eq!(send(DAAVID, "email/send", body).await, 204);
    assert_eq!(send(ALICE, "sms/send", json!({ "text": "Changed." })).await, 400, "Alice has no number");
    let messages = sandbox.json("/outbox.json").await;
    assert_eq!(messages[0]["to"], "old@example.org");
    assert_eq!(messages[0]["code"], Value::Null);
    assert_eq!(messages[1]["to"], "+358501234501");
    let outcomes: Vec<Value> =
        sandbox.ledger("messages").await.iter().map(|entry| entry["outcome"].clone()).collect();
    assert_eq!(outcomes, ["sent", "sent", "no_address"]);
}

#[tokio::test]
async fn an_email_reaches_a_mail_catcher_too() {
    let listener = TcpListener::bind((Ipv4Addr::LOCALHOST, 0)).await.unwrap();
    let smtp = Some(listener.local_addr().unwrap().to_string());
    let sandbox = Sandbox::with(Settings { smtp, ..Settings::default() }).await;
    sandbox.begun(ALICE, json!({ "email": "new@example.org" })).await;
    let mail = catch(&listener).await;
    assert!(mail.contains("To: new@example.org"), "{mail}");
    assert!(mail.contains(&sandbox.code("new@example.org").await));
}

/// Takes one email as a mail server does (RFC 5321), and returns its content.
async fn catch(listener: &TcpListener) -> String {
    let (stream, _) = listener.accept().await.unwrap();
    let (read, mut write) = stream.into_split();
    let mut lines = BufReader::new(read).lines();
    write.write_all(b"220 catcher\r\n").await.unwrap();
    while let Some(line) = lines.next_line().await.unwrap() {
        let answer: &[u8] = if line == "DATA" { b"354 go on\r\n" } else { b"250 ok\r\n" };
        write.write_all(answer).await.unwrap();
        if line == "DATA" {
            break;
        }
    }
    let mut mail = String::new();
    while let Some(line) = lines.next_line().await.unwrap() {
        if line == "." {
            break;
        }
        mail.push_str(&line);
        mail.push('\n');
    }
    write.write_all(b"250 ok\r\n").await.unwrap();
    mail
}
