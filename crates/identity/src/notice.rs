//! A notice to a contact of a person, sent by the service.

use std::fmt;

/// What is sent, and where to. Never shows itself.
#[derive(Clone)]
pub enum Notice {
    /// An email.
    Email {
        /// The address.
        to: String,
        /// The subject.
        subject: String,
        /// What it says.
        text: String,
    },
    /// A text message.
    Sms {
        /// The number.
        to: String,
        /// What it says.
        text: String,
    },
}

impl fmt::Debug for Notice {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(match self {
            Self::Email { .. } => "Notice::Email([REDACTED])",
            Self::Sms { .. } => "Notice::Sms([REDACTED])",
        })
    }
}
