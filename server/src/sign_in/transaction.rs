//! A sign-in under way, kept by the browser in an encrypted cookie: no store, so nobody can fill one.
//!
//! Each has a cookie of its own, named after its `state`, so that two tabs can sign in at the same time and neither
//! ends the other's. A browser that begins many and finishes none keeps the latest few.

use std::time::Duration;

use axum_extra::extract::cookie::{Cookie, PrivateCookieJar, SameSite};
use contact::Timestamp;
use identity::Subject;
use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};

use super::ReturnTo;
use crate::config::PublicUrl;

/// How long a person may take at the provider.
const LIFETIME: Duration = Duration::from_mins(10);

/// How many sign-ins a browser can have under way. Their cookies stay well below what servers take in a header.
const MOST: usize = 4;

/// What must be remembered from the way out to the way back.
#[derive(Serialize, Deserialize)]
pub(super) struct Transaction {
    /// Binds the answer to this browser (RFC 6749, section 10.12).
    pub(super) state: String,
    /// Binds the ID token to this sign-in (OpenID Connect Core 1.0, section 3.1.2.1).
    pub(super) nonce: String,
    /// Binds the code to this server (RFC 7636).
    pub(super) verifier: String,
    /// Where the person wants to go.
    pub(super) return_to: ReturnTo,
    /// Who has to prove anew who they are; nothing for a sign-in of whoever it is.
    pub(super) step_up: Option<Subject>,
    /// When it was begun.
    pub(super) began: Timestamp,
}

/// The cookies of the sign-ins under way, as the key of today and the one before it or after it read them.
pub(super) struct Jar {
    pub(super) current: PrivateCookieJar,
    pub(super) other: Option<PrivateCookieJar>,
    pub(super) public_url: PublicUrl,
}

impl Jar {
    /// What the names begin with. No other host can plant such a cookie, and with it a sign-in of its own, in this browser
    /// (login CSRF; RFC 6265bis, section 4.1.3.2). So its path is `/`, though no other page needs it.
    fn prefix(&self) -> String {
        self.public_url.cookie("sign-in") + "-"
    }

    fn name(&self, state: &str) -> String {
        let digest = Sha256::digest(state);
        let start = u64::from_be_bytes(digest.first_chunk().copied().unwrap_or_default());
        format!("{}{start:016x}", self.prefix())
    }

    /// Gives the cookie to set, or to take away if it has no value.
    fn cookie(&self, name: String, value: String) -> Cookie<'static> {
        Cookie::build((name, value))
            .http_only(true)
            .same_site(SameSite::Lax)
            .secure(self.public_url.is_secure())
            .path("/")
            .build()
    }

    fn read(&self, name: &str) -> Option<Transaction> {
        let mut jars = [Some(&self.current), self.other.as_ref()].into_iter().flatten();
        let cookie = jars.find_map(|jar| jar.get(name))?;
        serde_json::from_str(cookie.value()).ok()
    }

    /// Puts a transaction in, and takes out those that are over, too old to matter, or cannot be read.
    ///
    /// # Errors
    /// It cannot be written, which no value of it brings about.
    pub(super) fn keep(
        mut self,
        transaction: &Transaction,
        headers: &http::HeaderMap,
    ) -> Result<PrivateCookieJar, serde_json::Error> {
        let mut known: Vec<(Timestamp, String)> = self
            .names(headers)
            .into_iter()
            .map(|name| {
                let began = self.read(&name).map(|transaction| transaction.began);
                (began.unwrap_or(Timestamp::from_millis(0)), name)
            })
            .collect();
        known.sort();
        let too_many = (known.len() + 1).saturating_sub(MOST);
        let is_over = |began: &Timestamp| transaction.began.since(*began) > LIFETIME;
        let gone = known.iter().enumerate().filter(|(place, (began, _))| *place < too_many || is_over(began));
        for (_, (_, name)) in gone {
            let removal = self.cookie(name.clone(), String::new());
            self.current = self.current.remove(removal);
        }
        let mut cookie = self.cookie(self.name(&transaction.state), serde_json::to_string(transaction)?);
        cookie.set_max_age(Some(LIFETIME.try_into().unwrap_or_default()));
        Ok(self.current.add(cookie))
    }

    /// Takes out the transaction of an answer with this `state`: it is good for one. Nothing if there is none, it is
    /// older than ten minutes, or it is not ours.
    pub(super) fn take(self, state: Option<&str>, now: Timestamp) -> (PrivateCookieJar, Option<Transaction>) {
        let Some(state) = state else { return (self.current, None) };
        let name = self.name(state);
        let transaction = self
            .read(&name)
            .filter(|transaction| transaction.state == state && now.since(transaction.began) <= LIFETIME);
        let removal = self.cookie(name, String::new());
        (self.current.remove(removal), transaction)
    }

    /// Gives the names of all that the browser sent, readable or not.
    fn names(&self, headers: &http::HeaderMap) -> Vec<String> {
        let prefix = self.prefix();
        // Below a path whose name goes on where ours ends, another one of us has its own.
        let is_ours = |name: &str| {
            let mark = name.strip_prefix(&*prefix);
            mark.is_some_and(|mark| mark.len() == 16 && mark.bytes().all(|digit| digit.is_ascii_hexdigit()))
        };
        axum_extra::extract::CookieJar::from_headers(headers)
            .iter()
            .map(|cookie| cookie.name().to_owned())
            .filter(|name| is_ours(name))
            .collect()
    }
}

#[cfg(test)]
mod tests {
    use axum_extra::extract::cookie::Key;
    use http::{HeaderMap, HeaderValue, header::COOKIE};
    use proptest::{prop_assert_eq, proptest};

    use super::*;

    fn jar(headers: &HeaderMap) -> Jar {
        let current = PrivateCookieJar::from_headers(headers, Key::from(&[7; 64]));
        let public_url = PublicUrl::parse("http://localhost:3000").expect("an address");
        Jar { current, other: None, public_url }
    }

    fn transaction(state: &str) -> Transaction {
        Transaction {
            state: state.to_owned(),
            nonce: "nonce".to_owned(),
            verifier: "verifier".to_owned(),
            return_to: ReturnTo::default(),
            step_up: None,
            began: Timestamp::from_millis(1_800_000_000_000),
        }
    }

    proptest! {
        #[test]
        fn a_cookie_that_was_tampered_with_is_no_sign_in(at in 0_usize..200, with in "[A-Za-z0-9+/=]") {
            let kept = jar(&HeaderMap::new()).keep(&transaction("state"), &HeaderMap::new()).expect("a jar");
            let (name, sealed) = sealed(&kept);
            let at = at % sealed.len();
            let tampered = format!("{}{with}{}", &sealed[..at], &sealed[at + 1..]);
            let mut headers = HeaderMap::new();
            headers.insert(COOKIE, HeaderValue::from_str(&format!("{name}={tampered}")).expect("a header"));
            let (_, found) = jar(&headers).take(Some("state"), transaction("state").began);
            prop_assert_eq!(found.is_some(), tampered == sealed);
        }
    }

    #[test]
    fn a_sign_in_below_a_path_whose_name_goes_on_where_ours_ends_is_left_alone() {
        let mut headers = HeaderMap::new();
        let theirs = "sign-in.contact-test-0123456789abcdef=sealed";
        headers.insert(COOKIE, HeaderValue::from_static(theirs));
        let public_url = PublicUrl::parse("http://localhost:3000/contact").expect("an address");
        let jar = Jar { public_url, ..jar(&headers) };
        let kept = jar.keep(&transaction("state"), &headers).expect("a jar");
        let (name, _) = sealed(&kept);
        assert!(name.starts_with("sign-in.contact-"), "{name}");
        let response = axum::response::IntoResponse::into_response(kept);
        assert_eq!(response.headers().get_all(http::header::SET_COOKIE).iter().count(), 1, "{response:?}");
    }

    /// The name and the value of the one cookie that a jar sets.
    fn sealed(jar: &PrivateCookieJar) -> (String, String) {
        let response = axum::response::IntoResponse::into_response(jar.clone());
        let set = response.headers()[http::header::SET_COOKIE].to_str().expect("a text").to_owned();
        let (pair, _) = set.split_once(';').expect("attributes");
        let (name, value) = pair.split_once('=').expect("a cookie");
        (name.to_owned(), value.replace("%2B", "+").replace("%2F", "/").replace("%3D", "="))
    }
}
