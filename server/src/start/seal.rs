//! What must be remembered from the start link to the return, sealed into the addresses of the pages. So each tab has its
//! own, nothing is stored, and nobody can make one or change one.

use axum_extra::extract::cookie::{Cookie, Key};
use base64::{
    Engine,
    engine::general_purpose::{STANDARD, URL_SAFE_NO_PAD},
};
use cookie::CookieJar;

use crate::config::CookieKeys;

/// What the seal is for: one that was made for a cookie does not open here, nor the other way round.
const NAME: &str = "start";

/// Encrypts and authenticates a text. The result can stand in a query as it is.
pub(super) fn seal(key: &Key, text: String) -> String {
    let mut jar = CookieJar::new();
    jar.private_mut(key).add(Cookie::new(NAME, text));
    let sealed = jar.get(NAME).and_then(|cookie| STANDARD.decode(cookie.value()).ok());
    URL_SAFE_NO_PAD.encode(sealed.unwrap_or_default())
}

/// Gives what was sealed; nothing if that was done neither with the present key nor with the one before it or after it.
pub(super) fn open(keys: &CookieKeys, sealed: &str) -> Option<String> {
    let sealed = STANDARD.encode(URL_SAFE_NO_PAD.decode(sealed).ok()?);
    let open = |key| CookieJar::new().private(key).decrypt(Cookie::new(NAME, sealed.clone()));
    let opened = open(&keys.current).or_else(|| keys.other.as_ref().and_then(open))?;
    Some(opened.value().to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_was_sealed_before_the_secret_changed_opens_until_the_old_one_is_taken_away() {
        let [old, new] = [7, 8].map(|octet| Key::from(&[octet; 64]));
        let sealed = seal(&old, "a way back".to_owned());
        let keys = |current: &Key, other: Option<&Key>| CookieKeys {
            current: current.clone(),
            other: other.cloned(),
        };
        assert_eq!(open(&keys(&old, None), &sealed).as_deref(), Some("a way back"));
        assert_eq!(open(&keys(&new, Some(&old)), &sealed).as_deref(), Some("a way back"));
        assert_eq!(open(&keys(&new, None), &sealed), None);
    }

    #[test]
    fn a_seal_that_was_made_for_something_else_does_not_open() {
        let key = Key::from(&[7; 64]);
        let mut jar = CookieJar::new();
        jar.private_mut(&key).add(Cookie::new("session", "a way back"));
        let cookie = STANDARD.decode(jar.get("session").expect("a cookie").value()).expect("base64");
        let keys = CookieKeys { current: key, other: None };
        assert_eq!(open(&keys, &URL_SAFE_NO_PAD.encode(cookie)), None);
    }
}
