//! Names for people, contacts and networks by which an operator can follow a case without learning who it is about.
//!
//! They are keyed hashes (HMAC-SHA-256, RFC 2104; the key by HKDF-SHA-256, RFC 5869): without the key nobody can try which
//! address has a name, though there are few telephone numbers.

use aws_lc_rs::{error::Unspecified, hkdf, hmac};
use contact::{Contact, Kind};
use identity::Subject;

use crate::{KeyringError, Network};

/// How much of a hash is written, in bytes: two of a million people have the same by a chance of one in 10^26.
const WRITTEN: usize = 16;

/// What names people without telling who they are.
pub struct Pseudonyms(hmac::Key);

impl Pseudonyms {
    /// Takes the secret, of 32 random bytes or more, that the key is derived from. The same secret gives the same names.
    ///
    /// # Errors
    /// The library of cryptography refuses, which no value brings about.
    pub fn new(secret: &[u8]) -> Result<Self, KeyringError> {
        Ok(Self(derive(secret)?))
    }

    /// Names a person.
    pub fn subject(&self, subject: &Subject) -> String {
        self.name("subject", subject.as_str())
    }

    /// Names a contact.
    pub fn contact(&self, contact: &Contact) -> String {
        // Mailboxes that differ in case alone are the same nearly everywhere.
        self.name("contact", &contact.as_str().to_lowercase())
    }

    /// Names a contact as the service lists it, which can be anything: by the same name, if it is the same contact.
    pub fn listed(&self, kind: Kind, text: &str) -> String {
        match Contact::parse(kind, text) {
            Ok(contact) => self.contact(&contact),
            Err(_) => self.name("contact", &text.to_lowercase()),
        }
    }

    /// Names a network.
    pub fn network(&self, network: Network) -> String {
        self.name("network", &network.written())
    }

    /// `what`: what is named, so that nothing has the name of something else.
    fn name(&self, what: &str, text: &str) -> String {
        let hash = hmac::sign(&self.0, format!("{what}:{text}").as_bytes());
        let written = hash.as_ref().first_chunk::<WRITTEN>().copied().unwrap_or_default();
        format!("{:032x}", u128::from_be_bytes(written))
    }
}

fn derive(secret: &[u8]) -> Result<hmac::Key, Unspecified> {
    let derived = hkdf::Salt::new(hkdf::HKDF_SHA256, b"contact-change audit").extract(secret);
    Ok(hmac::Key::from(derived.expand(&[b"pseudonyms"], hmac::HMAC_SHA256)?))
}

#[cfg(test)]
mod tests {
    use std::net::{IpAddr, Ipv4Addr};

    use super::*;

    fn address(text: &str) -> Contact {
        Contact::parse(Kind::Email, text).expect("an address")
    }

    #[test]
    fn the_same_has_the_same_name_and_nothing_else_has_it() {
        let names = Pseudonyms::new(&[1; 32]).expect("keys");
        let name = names.contact(&address("new@example.org"));
        assert_eq!(name, names.contact(&address("New@Example.org")));
        assert_eq!(name, names.listed(Kind::Email, "new@EXAMPLE.org"));
        let others = [
            names.contact(&address("now@example.org")),
            names.subject(&Subject::parse("new@example.org").expect("a subject")),
            names.network(IpAddr::V4(Ipv4Addr::LOCALHOST).into()),
            Pseudonyms::new(&[2; 32]).expect("keys").contact(&address("new@example.org")),
        ];
        assert!(!others.contains(&name));
        assert!(name.len() == 2 * WRITTEN && !name.contains("new"), "{name}");
    }
}
