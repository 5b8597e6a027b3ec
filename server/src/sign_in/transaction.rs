//! A sign-in under way, kept by the browser in an encrypted cookie: no store, so nobody can fill one.

use std::time::Duration;

use axum_extra::extract::cookie::{Cookie, PrivateCookieJar, SameSite};
use contact::Timestamp;
use serde::{Deserialize, Serialize};

use super::ReturnTo;
use crate::config::PublicUrl;

/// How long a person may take at the provider.
const LIFETIME: Duration = Duration::from_mins(10);

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
    /// When it was begun.
    pub(super) began: Timestamp,
}

/// `__Secure-`, since `__Host-` would ask for the path `/`, and no other page needs this cookie.
fn name(secure: bool) -> &'static str {
    if secure { "__Secure-sign-in" } else { "sign-in" }
}

/// Gives the cookie to set, or to take away if it has no value.
fn cookie(public_url: &PublicUrl, value: String) -> Cookie<'static> {
    let secure = public_url.is_secure();
    Cookie::build((name(secure), value))
        .http_only(true)
        .same_site(SameSite::Lax)
        .secure(secure)
        .path(public_url.address("/sign-in"))
        .build()
}

impl Transaction {
    /// Puts the transaction into the jar.
    ///
    /// # Errors
    /// It cannot be written, which no value of it brings about.
    pub(super) fn keep(
        &self,
        jar: PrivateCookieJar,
        public_url: &PublicUrl,
    ) -> Result<PrivateCookieJar, serde_json::Error> {
        let mut cookie = cookie(public_url, serde_json::to_string(self)?);
        cookie.set_max_age(Some(LIFETIME.try_into().unwrap_or_default()));
        Ok(jar.add(cookie))
    }

    /// Takes the transaction out of the jar: it is good for one answer. Nothing if there is none, it is older than
    /// ten minutes, or it is not ours. `previous`: the same cookies, as the key before this one reads them.
    pub(super) fn take(
        jar: PrivateCookieJar,
        previous: Option<PrivateCookieJar>,
        public_url: &PublicUrl,
        now: Timestamp,
    ) -> (PrivateCookieJar, Option<Self>) {
        let transaction = [Some(&jar), previous.as_ref()]
            .into_iter()
            .flatten()
            .find_map(|jar| jar.get(name(public_url.is_secure())))
            .and_then(|cookie| serde_json::from_str::<Self>(cookie.value()).ok())
            .filter(|transaction| now.since(transaction.began) <= LIFETIME);
        (jar.remove(cookie(public_url, String::new())), transaction)
    }
}
