//! What the operator's secret is for: names that tell nothing, and values that nobody else can read or change.
//!
//! Places are named by keyed hashes (HMAC-SHA-256, RFC 2104), so that whoever sees a store does not learn who uses it.
//! Values are sealed with AES-256-GCM (NIST SP 800-38D) for the place that they are kept in, so that none of them can
//! be moved to another one. Both keys are derived from the secret (HKDF-SHA-256, RFC 5869).

use aws_lc_rs::{
    aead::{AES_256_GCM, Aad, MAX_TAG_LEN, NONCE_LEN, Nonce, RandomizedNonceKey},
    digest,
    error::Unspecified,
    hkdf, hmac,
};
use bytes::Bytes;
use contact::{FlowId, Kind, Timestamp};
use identity::Subject;

use crate::store::{self, Kept, Member, Place, StoreFault};

/// What a sealed value ends with: the version of this form.
const FORM: u8 = 1;

/// The keys that are derived from the operator's secret, and from the one before it or after it.
pub struct Keyring {
    current: Keys,
    previous: Option<Keys>,
    next: Option<Keys>,
}

struct Keys {
    naming: hmac::Key,
    sealing: RandomizedNonceKey,
}

/// The library of cryptography refused to work.
#[derive(Debug, thiserror::Error)]
#[error("the keys cannot be derived from session.secret")]
pub struct KeyringError(#[from] Unspecified);

impl Keyring {
    /// Takes the secret, of 32 random bytes or more, and the one that it took the place of, if that is still honoured.
    ///
    /// # Errors
    /// The library of cryptography refuses, which no value brings about.
    pub fn new(secret: &[u8], previous: Option<&[u8]>) -> Result<Self, KeyringError> {
        let previous = previous.map(Keys::derive).transpose()?;
        Ok(Self { current: Keys::derive(secret)?, previous, next: None })
    }

    /// Takes the secret that will take the place of this one as well: whatever other nodes seal with it is opened and found
    /// here, before anything is sealed with it here.
    ///
    /// # Errors
    /// As above.
    pub fn expecting(self, next: &[u8]) -> Result<Self, KeyringError> {
        Ok(Self { next: Some(Keys::derive(next)?), ..self })
    }

    /// Makes keys that nobody else has, for a store that nobody else uses.
    ///
    /// # Errors
    /// As above.
    pub fn random() -> Result<Self, KeyringError> {
        Self::new(&rand::random::<[u8; 32]>(), None)
    }

    /// Gives a number that stands for a person, so that a page can tell that it is not theirs. The same on every node, as below.
    pub fn stand_in(&self, subject: &Subject) -> u64 {
        let hash = self.oldest().place(Kept::Session, &[subject.as_str()]).hash();
        u64::try_from(hash >> 64).unwrap_or_default()
    }

    /// Names the place of a session. Its id is random, so a hash without a key tells nothing.
    pub(crate) fn session(id: i128) -> Place {
        Place::new(Kept::Session, digest::digest(&digest::SHA256, &id.to_be_bytes()).as_ref())
    }

    /// Names the place that is held while the tokens of a session are renewed. As above.
    pub(crate) fn tokens(id: i128) -> Place {
        Place::new(Kept::Tokens, digest::digest(&digest::SHA256, &id.to_be_bytes()).as_ref())
    }

    /// Names the group of a person's sessions.
    pub(crate) fn member(&self, subject: &Subject, since: Timestamp) -> Member {
        Member { group: self.current.sessions_of(subject), since }
    }

    /// Names the groups that a person's sessions may be in: those that began under another secret have another.
    pub(crate) fn groups(&self, subject: &Subject) -> impl Iterator<Item = Place> {
        self.all().map(|keys| keys.sessions_of(subject))
    }

    /// Names the place of a change. Stays the same while the previous secret is honoured, so that what is pending is
    /// found and two nodes mean the same place, whichever of them has the new secret already.
    pub(crate) fn change(&self, subject: &Subject, kind: Kind) -> Place {
        self.oldest().place(Kept::Change, &[kind.as_str(), subject.as_str()])
    }

    /// Names the turn to send the notices of a change. As above.
    pub(crate) fn notices(&self, subject: &Subject, kind: Kind) -> Place {
        self.oldest().place(Kept::Notices, &[kind.as_str(), subject.as_str()])
    }

    /// Names what sends are counted against. As above.
    pub(crate) fn sends(&self, what: &[&str]) -> Place {
        self.oldest().place(Kept::Sends, what)
    }

    /// Names what an application is still to be told. Its id is the operator's and no secret, so there is no key in the name: what
    /// waits is found whatever becomes of the secrets.
    pub(crate) fn events(application: &str) -> Place {
        Place::new(Kept::Events, digest::digest(&digest::SHA256, application.as_bytes()).as_ref())
    }

    /// Gives the name of one thing that an application is told: the same whenever and wherever it is put there.
    pub(crate) fn event(&self, application: &str, subject: &Subject, kind: Kind, state: &FlowId) -> u128 {
        let state = state.to_string();
        self.oldest().place(Kept::Events, &[application, subject.as_str(), kind.as_str(), &state]).hash()
    }

    fn all(&self) -> impl Iterator<Item = &Keys> {
        [Some(&self.current), self.previous.as_ref(), self.next.as_ref()].into_iter().flatten()
    }

    fn oldest(&self) -> &Keys {
        self.previous.as_ref().unwrap_or(&self.current)
    }

    /// Seals a value for its place.
    pub(crate) fn seal(&self, place: Place, value: &[u8]) -> store::Result<Bytes> {
        let mut sealed = Vec::with_capacity(value.len() + MAX_TAG_LEN + NONCE_LEN + 1);
        sealed.extend_from_slice(value);
        let nonce = self
            .current
            .sealing
            .seal_in_place_append_tag(aad(place), &mut sealed)
            .map_err(StoreFault::new)?;
        sealed.extend_from_slice(nonce.as_ref());
        sealed.push(FORM);
        Ok(sealed.into())
    }

    /// Opens a value; nothing if it was not sealed with one of our keys, for this place.
    pub(crate) fn open(&self, place: Place, sealed: &[u8]) -> Option<Vec<u8>> {
        let (form, sealed) = sealed.split_last()?;
        let (sealed, nonce) = sealed.split_last_chunk::<NONCE_LEN>()?;
        self.all().filter(|_| *form == FORM).find_map(|keys| {
            let mut value = sealed.to_vec();
            let nonce = Nonce::from(nonce);
            let opened = keys.sealing.open_in_place(nonce, aad(place), &mut value).ok()?.len();
            value.truncate(opened);
            Some(value)
        })
    }
}

impl Keys {
    fn derive(secret: &[u8]) -> Result<Self, Unspecified> {
        let derived = hkdf::Salt::new(hkdf::HKDF_SHA256, b"contact-change store").extract(secret);
        let mut sealing = [0; 32];
        derived.expand(&[b"sealing"], &AES_256_GCM)?.fill(&mut sealing)?;
        Ok(Self {
            naming: hmac::Key::from(derived.expand(&[b"naming"], hmac::HMAC_SHA256)?),
            sealing: RandomizedNonceKey::new(&AES_256_GCM, &sealing)?,
        })
    }

    fn sessions_of(&self, subject: &Subject) -> Place {
        self.place(Kept::Ended, &[subject.as_str()])
    }

    /// Names a place. Each part is written with its length, so that no two lists of parts are the same text.
    fn place(&self, kept: Kept, parts: &[&str]) -> Place {
        let mut hash = hmac::Context::with_key(&self.naming);
        for part in [kept.as_str()].iter().chain(parts) {
            hash.update(&part.len().to_be_bytes());
            hash.update(part.as_bytes());
        }
        Place::new(kept, hash.sign().as_ref())
    }
}

/// What a value is bound to.
fn aad(place: Place) -> Aad<String> {
    Aad::from(place.to_string())
}
