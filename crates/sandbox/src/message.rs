//! The messages the sandbox sends, in the receiver's language, as the receiver sees them.

use crate::clock::iso;
use crate::contact::{Contact, Kind};
use jiff::Timestamp;
use serde::Serialize;

/// A message in the outbox.
#[derive(Clone, Debug, Serialize)]
#[serde(rename_all = "camelCase")]
pub(crate) struct Message {
    /// How it goes out.
    pub(crate) channel: Channel,
    /// The address or number.
    pub(crate) to: String,
    /// The subject; a text message has none.
    pub(crate) subject: Option<String>,
    /// What it says.
    pub(crate) text: String,
    /// The code in it; a notice has none.
    pub(crate) code: Option<String>,
    /// When, in ISO 8601, UTC.
    pub(crate) sent_at: String,
}

/// How a message goes out.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "lowercase")]
pub(crate) enum Channel {
    /// Email.
    Email,
    /// Text message.
    Sms,
}

impl From<Kind> for Channel {
    fn from(kind: Kind) -> Self {
        match kind {
            Kind::Email => Self::Email,
            Kind::Mobile => Self::Sms,
        }
    }
}

/// The languages that messages are written in.
const LANGUAGES: [&str; 3] = ["en", "fi", "sv"];

/// Gives the first language of an `Accept-Language` header (RFC 9110, section 12.5.4) that messages are written in. Those
/// that call write the one they wish for; weights are not looked at. That the header counts is assumed.
pub(crate) fn wished_language(header: &str) -> Option<&'static str> {
    header.split(',').find_map(|range| {
        let primary = range.trim().split(['-', '_', ';']).next()?;
        LANGUAGES.into_iter().find(|language| language.eq_ignore_ascii_case(primary))
    })
}

/// What a code message is made of.
pub(crate) struct Code<'a> {
    /// Where it goes.
    pub(crate) contact: &'a Contact,
    /// The six digits.
    pub(crate) digits: &'a str,
    /// `en`, `fi` or `sv`; anything else is English.
    pub(crate) language: &'a str,
    /// How long it works, in seconds.
    pub(crate) lifetime: u32,
    /// The host in the last line.
    pub(crate) host: &'a str,
}

impl Code<'_> {
    /// The message. Its last line is bound to a host, so that browsers can offer the code there
    /// (Origin-bound one-time codes delivered via SMS, WICG).
    pub(crate) fn message(&self, now: Timestamp) -> Message {
        let code = self.digits;
        let minutes = self.lifetime.div_ceil(60);
        let time = match (self.language, minutes) {
            ("fi", 1) => "minuutin".to_owned(),
            ("fi", _) => format!("{minutes} minuutin"),
            ("sv", 1) => "en minut".to_owned(),
            ("sv", _) => format!("{minutes} minuter"),
            (_, 1) => "one minute".to_owned(),
            _ => format!("{minutes} minutes"),
        };
        let (subject, text) = match self.language {
            "fi" => (
                "Vahvistuskoodisi",
                format!(
                    "Vahvistuskoodisi on {code}. Se toimii kerran, {time} ajan. \
                     Jos et pyytänyt koodia, voit jättää tämän viestin huomiotta."
                ),
            ),
            "sv" => (
                "Din verifieringskod",
                format!(
                    "Din verifieringskod är {code}. Den fungerar en gång, i {time}. \
                     Om du inte bad om koden kan du bortse från det här meddelandet."
                ),
            ),
            _ => (
                "Your verification code",
                format!(
                    "Your verification code is {code}. It works once, for {time}. \
                     If you did not ask for it, you can ignore this message."
                ),
            ),
        };
        let channel = Channel::from(self.contact.kind());
        Message {
            channel,
            to: self.contact.value().to_owned(),
            subject: (channel == Channel::Email).then(|| subject.to_owned()),
            text: format!("{text}\n\n@{} #{code}", self.host),
            code: Some(code.to_owned()),
            sent_at: iso(now),
        }
    }
}
