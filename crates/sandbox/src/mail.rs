//! Real delivery of emails to a mail catcher, beside the outbox.

use crate::message::{Channel, Message};
use lettre::message::Mailbox;
use lettre::{Address, AsyncSmtpTransport, AsyncTransport, Tokio1Executor};
use std::io;

/// A mail catcher's address.
#[derive(Clone)]
pub(crate) struct Mailer {
    transport: AsyncSmtpTransport<Tokio1Executor>,
}

impl Mailer {
    /// Takes `host:port`. Fails when it is not that.
    pub(crate) fn new(address: &str) -> io::Result<Self> {
        let wrong = || {
            io::Error::new(
                io::ErrorKind::InvalidInput,
                format!(
                    "The mail catcher's address must be host:port, such as localhost:1025, not {address:?}."
                ),
            )
        };
        let (host, port) = address.rsplit_once(':').ok_or_else(wrong)?;
        let port = port.parse().map_err(|_| wrong())?;
        if host.is_empty() {
            return Err(wrong());
        }
        let transport = AsyncSmtpTransport::<Tokio1Executor>::builder_dangerous(host).port(port).build();
        Ok(Self { transport })
    }

    /// Sends an email in the background; a text message is not sent. A failure is logged, without the message.
    pub(crate) fn send(&self, message: Message) {
        if message.channel != Channel::Email {
            return;
        }
        let transport = self.transport.clone();
        tokio::spawn(async move {
            let Some(email) = email(message) else {
                tracing::warn!("an email cannot be sent by SMTP: its address is not one there");
                return;
            };
            // The answer's text is left out: mail servers repeat addresses in it.
            if let Err(error) = transport.send(email).await {
                let (status, timeout) = (error.status().map(u16::from), error.is_timeout());
                tracing::warn!(status, timeout, "the mail catcher did not take an email");
            }
        });
    }
}

fn email(message: Message) -> Option<lettre::Message> {
    let to: Address = message.to.parse().ok()?;
    let from = Address::new("no-reply", "sandbox.example").ok()?;
    lettre::Message::builder()
        .from(Mailbox::new(Some("Sandbox identity service".into()), from))
        .to(Mailbox::new(None, to))
        .subject(message.subject.unwrap_or_default())
        .body(message.text)
        .ok()
}
