//! What the server hands over to the browser with a page: the state and the sentences, in a block of data that no
//! browser runs. The first line is the state, in its compact form and then in hexadecimal; a sentence a line follows, the
//! heading first.

use serde::{Deserialize, Serialize};

#[cfg(feature = "ssr")]
use crate::Locale;
#[cfg(any(feature = "hydrate", test))]
use crate::text::Text;
use crate::{Addresses, ChangeView, text};

/// The id of the block.
pub(crate) const ID: &str = "handover";

/// The state that the browser takes over.
#[derive(Serialize, Deserialize)]
pub(crate) struct Handover {
    /// The title of the page without its step: its heading and the service's name.
    pub(crate) page: String,
    /// The addresses of our pages and forms.
    pub(crate) addresses: Addresses,
    /// What the page shows.
    pub(crate) view: ChangeView,
}

impl Handover {
    /// Gives the content of the block.
    ///
    /// # Errors
    /// The state cannot be written, which no state of ours is.
    #[cfg(feature = "ssr")]
    pub(crate) fn write(&self, locale: Locale) -> Result<String, postcard::Error> {
        let (state, sentences) = (postcard::to_allocvec(self)?, text::lines(locale));
        let title = self.view.title;
        let mut block = String::with_capacity(2 * state.len() + 2 + title.len() + sentences.len());
        for byte in state {
            for half in [byte >> 4, byte & 0xf] {
                block.push(char::from(b"0123456789abcdef"[usize::from(half)]));
            }
        }
        for lines in [title, sentences] {
            block.push('\n');
            block.push_str(lines);
        }
        Ok(block)
    }

    /// Reads the content of the block; nothing if it is none. The sentences stay as long as the page does.
    #[cfg(any(feature = "hydrate", test))]
    pub(crate) fn read(block: &str) -> Option<(Self, &'static Text)> {
        let (state, sentences) = block.split_once('\n')?;
        let pairs = state.as_bytes().chunks_exact(2);
        let bytes: Option<Vec<u8>> =
            pairs.map(|pair| u8::from_str_radix(str::from_utf8(pair).ok()?, 16).ok()).collect();
        let sentences: &'static str = sentences.to_owned().leak();
        let (title, lines) = sentences.split_once('\n')?;
        let mut handover: Self = postcard::from_bytes(&bytes?).ok()?;
        handover.view.title = title;
        Some((handover, text::taken(lines)))
    }
}

#[cfg(test)]
mod tests {
    use contact::{Contact, Flow, FlowId, Kind, Timestamp};

    use super::*;
    use crate::{Allowance, Back, Policy, Step};

    #[test]
    fn what_the_browser_reads_is_what_the_server_wrote() {
        let contact = Contact::parse(Kind::Email, "ann@example.org").unwrap();
        let step = Step {
            person: u64::MAX,
            mark: 1,
            flow: Flow::start(FlowId::from_random(7)),
            now: Timestamp::from_millis(1_700_000_000_000),
            ends_at: None,
            limit_ends_at: Some("1:00 pm".to_owned()),
            shown_back: Some(contact.to_string()),
            notes: Some("Koodi on uusi.".to_owned()),
            meant: None,
            allowance: Some(Allowance::Left("…".to_owned())),
            back: Some(Back {
                label: "Takaisin".to_owned(),
                address: "https://shop.example/?outcome=failed&reason=limit".to_owned(),
                is_way_on: true,
            }),
        };
        let view = ChangeView {
            kind: Kind::Email,
            title: "Lisää sähköpostiosoite",
            policy: Policy::default(),
            removed: Some("Poistettavat: päivi@example.fi".to_owned()),
            notes: None,
            home: None,
            step,
        };
        let addresses = Addresses::new("/account", Some("sealed"));
        let handover = Handover { page: "Lisää sähköpostiosoite – Tili".to_owned(), addresses, view };
        let (read, text) = Handover::read(&handover.write(Locale::Fi).unwrap()).unwrap();
        assert_eq!(
            format!("{:?}", (read.page, read.addresses, read.view)),
            format!("{:?}", (handover.page, handover.addresses, handover.view))
        );
        assert_eq!(text.step_code, "Koodi");
        assert!(Handover::read("no block of ours").is_none());
    }
}
