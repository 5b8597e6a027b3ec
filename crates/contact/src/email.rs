//! Email addresses. The code that arrives is the real check: whatever may be right is accepted.

use std::fmt;

use serde::{Deserialize, Serialize};
use thiserror::Error;

/// An email address, well-formed.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct EmailAddress {
    /// As the service is sent it: the domain in lower-case ASCII.
    address: String,
    /// As people read it, if that is something else: the domain in its own script.
    #[serde(default)]
    readable: Option<String>,
}

impl EmailAddress {
    /// Gives the address as the service is sent it: the name as it was typed, the domain in lower case and, if it is
    /// internationalised, as A-labels (`xn--…`, RFC 5890): every mail system takes these, few take anything else.
    pub fn as_str(&self) -> &str {
        &self.address
    }

    /// Gives the domain, in lower-case ASCII.
    pub fn domain(&self) -> &str {
        self.address.rsplit_once('@').map_or("", |(_, domain)| domain)
    }

    /// Gives the address as people read it: an internationalised domain in its own script (U-labels, RFC 5890).
    pub fn readable(&self) -> &str {
        self.readable.as_deref().unwrap_or(&self.address)
    }
}

impl fmt::Debug for EmailAddress {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str("EmailAddress(…)")
    }
}

/// Why what was typed is not an email address.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Error, Serialize, Deserialize)]
pub enum EmailProblem {
    /// Nothing was typed.
    #[error("no email address was given")]
    Empty,
    /// There is no `@`, or nothing before or behind it, or no dot in the domain.
    #[error("an email address has a name, an @ and a domain")]
    Incomplete,
    /// It is longer than 254 octets (RFC 5321, section 4.5.3.1.3, less the angle brackets), or its name than 64
    /// (section 4.5.3.1.1).
    #[error("an email address has at most 254 characters, 64 of them before the @")]
    TooLong,
    /// Something in it cannot stand there.
    #[error("the email address is not well-formed")]
    Malformed,
}

#[cfg(feature = "parse")]
mod parse {
    use email_address::EmailAddress as Syntax;
    use idna::AsciiDenyList;
    use idna::uts46::{DnsLength, Hyphens, Uts46};

    use super::{EmailAddress, EmailProblem};
    use crate::typing::{half_width, is_invisible, trimmed};

    /// The longest address, in octets (RFC 5321, section 4.5.3.1.3, less the angle brackets).
    const MAX_ADDRESS: usize = 254;
    /// The longest name before the `@`, in octets (RFC 5321, section 4.5.3.1.1).
    const MAX_NAME: usize = 64;
    /// The longest text that is looked at, in octets: an address with a name beside it.
    const MAX_TYPED: usize = 1024;

    impl EmailAddress {
        /// Reads an email address from what a person typed or pasted: `ann@example.com`, with white space around it,
        /// as `mailto:ann@example.com` or as `Ann <ann@example.com>`; internationalised ones too (RFC 6531, UTS #46).
        ///
        /// # Errors
        /// Gives what is wrong with it.
        pub fn parse(typed: &str) -> Result<Self, EmailProblem> {
            if typed.len() > MAX_TYPED {
                return Err(EmailProblem::TooLong);
            }
            let typed: String = typed.chars().map(half_width).collect();
            let bare = bare_address(&typed);
            if bare.is_empty() {
                return Err(EmailProblem::Empty);
            }
            let (name, domain) = bare.rsplit_once('@').ok_or(EmailProblem::Incomplete)?;
            if name.is_empty() || domain.is_empty() {
                return Err(EmailProblem::Incomplete);
            }
            let (ascii, unicode) = domain_labels(domain)?;
            if !is_name(name) {
                return Err(EmailProblem::Malformed);
            }
            let address = format!("{name}@{ascii}");
            if name.len() > MAX_NAME || address.len() > MAX_ADDRESS {
                return Err(EmailProblem::TooLong);
            }
            let readable = (unicode != ascii).then(|| format!("{name}@{unicode}"));
            Ok(Self { address, readable })
        }
    }

    /// Gives what is left without what comes along when an address is copied.
    fn bare_address(typed: &str) -> &str {
        let mut text = trimmed(typed).trim_end_matches(['.', ',', ';']);
        if let Some(inside) = text.strip_suffix('>') {
            text = inside.rsplit_once('<').map_or(text, |(_, address)| trimmed(address));
        }
        match text.split_at_checked("mailto:".len()) {
            Some((scheme, rest)) if scheme.eq_ignore_ascii_case("mailto:") => {
                rest.split_once('?').map_or(rest, |(address, _)| address)
            }
            _ => text,
        }
    }

    /// Gives a domain as A-labels and as U-labels, both in lower case.
    fn domain_labels(domain: &str) -> Result<(String, String), EmailProblem> {
        let ascii = Uts46::new()
            .to_ascii(domain.as_bytes(), AsciiDenyList::STD3, Hyphens::CheckFirstLast, DnsLength::Verify)
            .map_err(|_| EmailProblem::Malformed)?;
        let (_, last) = ascii.rsplit_once('.').ok_or(EmailProblem::Incomplete)?;
        // No top-level domain is a number (RFC 3696, section 2): that is an IP address or a slip.
        if last.chars().all(|character| character.is_ascii_digit()) {
            return Err(EmailProblem::Malformed);
        }
        let (unicode, _) = Uts46::new().to_unicode(ascii.as_bytes(), AsciiDenyList::STD3, Hyphens::Allow);
        Ok((ascii.to_string(), unicode.into_owned()))
    }

    /// Tells whether this may stand before the `@`: a dot-atom or a quoted string (RFC 5321, section 4.1.2), with any
    /// character beyond ASCII that shows something (RFC 6531, section 3.3) or joins letters.
    fn is_name(name: &str) -> bool {
        let hidden = |c: char| c.is_control() || c.is_whitespace() || (is_invisible(c) && !is_joiner(c));
        // Beyond ASCII the rule is ours; for the rest, a letter stands in for each such character.
        let stand_in: String =
            name.chars().take(MAX_NAME).map(|c| if c.is_ascii() { c } else { 'x' }).collect();
        !name.contains(hidden) && Syntax::is_valid_local_part(&stand_in)
    }

    /// Tells whether a character joins letters or keeps them apart, which Persian and Hindi words need.
    fn is_joiner(character: char) -> bool {
        matches!(character, '\u{200C}' | '\u{200D}')
    }
}
