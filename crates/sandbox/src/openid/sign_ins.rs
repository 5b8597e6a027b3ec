//! Who is signed in at the provider, and which codes and tokens applications hold for it.

use crate::clock::later;
use crate::service::random_token;
use jiff::Timestamp;
use std::collections::HashMap;

/// How long a code can be redeemed, in seconds.
const CODE_LIFETIME: u32 = 60;

/// How long tokens work, in seconds.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Lifetimes {
    pub(crate) access: u32,
    pub(crate) refresh: u32,
}

/// All sign-ins. Secrets are the keys.
#[derive(Debug, Default)]
pub(crate) struct SignIns {
    sessions: HashMap<String, Session>,
    grants: HashMap<String, Grant>,
    codes: HashMap<String, Code>,
    access: HashMap<String, Access>,
    refresh: HashMap<String, Refresh>,
}

/// A browser in which a person is signed in.
#[derive(Clone, Debug)]
pub(crate) struct Session {
    /// The person.
    pub(crate) sub: String,
    /// When they signed in.
    pub(crate) auth_time: Timestamp,
}

/// What a person granted to an application by one sign-in.
#[derive(Clone, Debug)]
pub(crate) struct Grant {
    pub(crate) client: String,
    pub(crate) sub: String,
    pub(crate) scopes: Vec<String>,
    /// Claims asked for one by one for userinfo.
    pub(crate) claims: Vec<String>,
    pub(crate) auth_time: Timestamp,
    pub(crate) nonce: Option<String>,
    /// The browser's session.
    pub(crate) session: String,
}

/// An authorization code.
#[derive(Debug)]
struct Code {
    grant: String,
    redirect_uri: String,
    challenge: Option<String>,
    expires: Timestamp,
    spent: bool,
}

#[derive(Debug)]
struct Access {
    grant: String,
    expires: Timestamp,
}

#[derive(Debug)]
struct Refresh {
    grant: String,
    expires: Timestamp,
    spent: bool,
}

/// New tokens for a grant.
pub(crate) struct Tokens {
    pub(crate) grant: Grant,
    pub(crate) access: String,
    /// Only with `offline_access`.
    pub(crate) refresh: Option<String>,
}

impl SignIns {
    /// Signs a person in, in a browser. Returns the browser's secret: the same as before if they were signed in
    /// there already.
    pub(crate) fn sign_in(&mut self, sub: &str, browser: Option<&str>, now: Timestamp) -> String {
        let before = browser.filter(|secret| self.session(secret).is_some_and(|known| known.sub == sub));
        let secret = before.map_or_else(random_token, ToOwned::to_owned);
        self.sessions.insert(secret.clone(), Session { sub: sub.to_owned(), auth_time: now });
        secret
    }

    /// The session of a browser.
    pub(crate) fn session(&self, secret: &str) -> Option<&Session> {
        self.sessions.get(secret)
    }

    /// Ends a browser's session, with its grants that are not for offline use.
    pub(crate) fn sign_out(&mut self, secret: &str) {
        self.sessions.remove(secret);
        self.end_grants(|grant| grant.session == secret);
    }

    /// Ends all sessions of a person. Returns how many.
    pub(crate) fn sign_out_everywhere(&mut self, sub: &str) -> usize {
        let before = self.sessions.len();
        self.sessions.retain(|_, session| session.sub != sub);
        self.end_grants(|grant| grant.sub == sub);
        before - self.sessions.len()
    }

    /// Applications that hold a grant in a browser's session.
    pub(crate) fn clients_of(&self, session: &str) -> Vec<String> {
        let mut clients: Vec<String> = self
            .grants
            .values()
            .filter(|grant| grant.session == session)
            .map(|grant| grant.client.clone())
            .collect();
        clients.sort();
        clients.dedup();
        clients
    }

    fn end_grants(&mut self, ends: impl Fn(&Grant) -> bool) {
        self.grants.retain(|_, grant| !ends(grant) || grant.is_offline());
    }

    /// Makes a code for a grant.
    pub(crate) fn code(
        &mut self,
        grant: Grant,
        redirect_uri: &str,
        challenge: Option<&str>,
        now: Timestamp,
    ) -> String {
        let (id, code) = (random_token(), random_token());
        self.grants.insert(id.clone(), grant);
        self.codes.insert(
            code.clone(),
            Code {
                grant: id,
                redirect_uri: redirect_uri.to_owned(),
                challenge: challenge.map(ToOwned::to_owned),
                expires: later(now, CODE_LIFETIME),
                spent: false,
            },
        );
        code
    }

    /// Redeems a code, once, and whatever the outcome. A second time ends the grant (RFC 6749, section 4.1.2).
    /// `challenge` is made from the verifier that was sent; `lifetimes`: how long the tokens work.
    pub(crate) fn redeem(
        &mut self,
        client: &str,
        code: &str,
        redirect_uri: &str,
        challenge: Option<&str>,
        now: Timestamp,
        lifetimes: Lifetimes,
    ) -> Result<Tokens, &'static str> {
        let code = self.codes.get_mut(code).ok_or("The code is not known.")?;
        if code.spent {
            self.grants.remove(&code.grant);
            return Err("The code was used before. Its tokens no longer work.");
        }
        let grant = self.grants.get(&code.grant).ok_or("The sign-in has ended.")?;
        if grant.client != client {
            return Err("The code is for another client.");
        }
        code.spent = true;
        if code.expires <= now {
            return Err("The code has run out.");
        }
        if code.redirect_uri != redirect_uri {
            return Err("redirect_uri is not the one of the authorization request.");
        }
        match (code.challenge.as_deref(), challenge) {
            (Some(_), None) => return Err("code_verifier is missing."),
            (None, Some(_)) => return Err("There was no code_challenge for this code_verifier."),
            (Some(known), Some(sent)) if known != sent => return Err("code_verifier is wrong."),
            (None, None) | (Some(_), Some(_)) => {}
        }
        let id = code.grant.clone();
        self.tokens(&id, now, lifetimes)
    }

    /// Exchanges a refresh token for new tokens. A second time ends the grant (RFC 9700, section 4.14.2).
    pub(crate) fn renew(
        &mut self,
        client: &str,
        token: &str,
        now: Timestamp,
        lifetimes: Lifetimes,
    ) -> Result<Tokens, &'static str> {
        let refresh = self.refresh.get_mut(token).ok_or("The refresh token is not known.")?;
        let grant = self.grants.get(&refresh.grant).ok_or("The sign-in has ended.")?;
        if grant.client != client {
            return Err("The refresh token is for another client.");
        }
        if refresh.spent {
            self.grants.remove(&refresh.grant);
            return Err("The refresh token was used before. Its sign-in has ended.");
        }
        if refresh.expires <= now {
            return Err("The refresh token has run out.");
        }
        refresh.spent = true;
        let id = refresh.grant.clone();
        self.tokens(&id, now, lifetimes)
    }

    fn tokens(&mut self, id: &str, now: Timestamp, lifetimes: Lifetimes) -> Result<Tokens, &'static str> {
        let grant = self.grants.get(id).cloned().ok_or("The sign-in has ended.")?;
        let access = random_token();
        let expires = later(now, lifetimes.access);
        self.access.insert(access.clone(), Access { grant: id.to_owned(), expires });
        let refresh = grant.is_offline().then(random_token);
        if let Some(token) = refresh.clone() {
            let expires = later(now, lifetimes.refresh);
            self.refresh.insert(token, Refresh { grant: id.to_owned(), expires, spent: false });
        }
        Ok(Tokens { grant, access, refresh })
    }

    /// Authorization codes, access tokens and refresh tokens, whether they still work or not.
    pub(crate) fn secrets(&self) -> [Vec<&str>; 3] {
        fn all<T>(held: &HashMap<String, T>) -> Vec<&str> {
            held.keys().map(String::as_str).collect()
        }
        [all(&self.codes), all(&self.access), all(&self.refresh)]
    }

    /// The grant behind an access token that works.
    pub(crate) fn access(&self, token: &str, now: Timestamp) -> Option<&Grant> {
        let access = self.access.get(token).filter(|access| access.expires > now)?;
        self.grants.get(&access.grant)
    }

    /// When an access token runs out.
    pub(crate) fn access_expires(&self, token: &str) -> Option<Timestamp> {
        self.access.get(token).map(|access| access.expires)
    }
}

impl Grant {
    fn is_offline(&self) -> bool {
        self.scopes.iter().any(|scope| scope == "offline_access")
    }
}
