//! The access token of a person, for a service that is called with it: renewed when it is about to run out, or when the
//! service does not take it (RFC 6749, section 6), so that nobody has to sign in every hour.
//!
//! It is one renewal at a time for each session, on all nodes together. Whoever waited for somebody else's uses what that came
//! to. One that was begun is brought to its end when the browser hangs up: what was shown to the provider is spent, and what it
//! gave for it would be lost.

use std::{
    fmt,
    sync::atomic::{AtomicBool, Ordering::Relaxed},
    time::Duration,
};

use async_trait::async_trait;
use identity::Renewal;
use opentelemetry::context::FutureExt as _;
use secrecy::{ExposeSecret as _, SecretString};
use session::{HeldTokens, Sessions, SignedIn, TokenLife};
use tokio_util::task::TaskTracker;
use tower_sessions::Session;
use tracing::Instrument as _;

use super::RelyingParty;
use crate::{Site, chain, clock};

/// How long to wait for somebody else's renewal: longer than one takes.
const PATIENCE: Duration = Duration::from_secs(20);

/// A token that is not taken although its session is no older than this is not bettered by another sign-in, which may happen
/// without a word, again and again. Longer than the way back from the provider takes.
const NEW: Duration = Duration::from_secs(10);

/// The tokens of one session.
pub(crate) struct SessionTokens {
    exchange: Exchange,
    renewals: TaskTracker,
    is_refused: AtomicBool,
    has_failed: AtomicBool,
}

/// What an exchange of tokens needs.
#[derive(Clone)]
struct Exchange {
    relying_party: RelyingParty,
    sessions: Sessions,
    session: Session,
}

/// Why a token is renewed.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Cause {
    /// It is about to run out.
    Time,
    /// The service does not take it.
    Service,
}

/// What a renewal came to.
enum Outcome {
    /// There is another token, from us or from somebody else.
    Renewed(Box<SignedIn>),
    /// There is none to be had but by a new sign-in.
    Refused,
    /// It is not known, or nobody would be helped by a new sign-in: the operator was told.
    Failed,
}

impl SessionTokens {
    /// Takes the session of a request. Calls nobody.
    pub(crate) fn of(site: &Site, session: &Session) -> Self {
        Self {
            exchange: Exchange {
                relying_party: site.relying_party.clone(),
                sessions: site.sessions.clone(),
                session: session.clone(),
            },
            renewals: site.renewals.clone(),
            is_refused: AtomicBool::new(false),
            has_failed: AtomicBool::new(false),
        }
    }

    /// Gives who is signed in, with an access token that works as far as is known; nothing if it works no more and the person
    /// has to sign in again. Whoever has no access token is given as they are.
    pub(crate) async fn current(&self, signed_in: SignedIn) -> Option<SignedIn> {
        let now = clock::now();
        let (Some(token), Some(life)) = (&signed_in.caller.access_token, signed_in.token_life) else {
            return Some(signed_in);
        };
        if now < life.renew_at {
            return Some(signed_in);
        }
        let outcome = match signed_in.refresh_token {
            Some(_) => self.renewed(token, Cause::Time).await,
            None => Outcome::Refused,
        };
        match outcome {
            Outcome::Renewed(renewed) => Some(*renewed),
            Outcome::Refused => (now < life.ends_at).then_some(signed_in),
            // Whether it works all the same, the service knows.
            Outcome::Failed => Some(signed_in),
        }
    }

    /// Has another token put in the place of one, whether or not anybody waits for it.
    async fn renewed(&self, seen: &SecretString, cause: Cause) -> Outcome {
        let work = self.exchange.clone().run(seen.clone(), cause);
        let work = upstream::along(work).in_current_span().with_current_context();
        let outcome = self.renewals.spawn(work).await.unwrap_or_else(|error| failed(&error));
        if matches!(outcome, Outcome::Failed) {
            self.has_failed.store(true, Relaxed);
        }
        outcome
    }
}

impl Exchange {
    /// Gets another token in the place of one, unless somebody else has.
    async fn run(self, seen: SecretString, cause: Cause) -> Outcome {
        let (mut kept, held) = match self.sessions.hold(&self.session, PATIENCE).await {
            Ok(Some(held)) => held,
            // They signed out meanwhile.
            Ok(None) => return Outcome::Refused,
            Err(error) => return failed(&error),
        };
        let known = kept.caller.access_token.as_ref().map(SecretString::expose_secret);
        if known != Some(seen.expose_secret()) {
            return Outcome::Renewed(Box::new(kept));
        }
        let Some(refresh_token) = kept.refresh_token.take() else {
            if held.age(clock::now()) < NEW {
                return Outcome::Failed;
            }
            // Until its time is over the token may work, unless the service says that it does not.
            if cause == Cause::Service {
                kept.token_life = Some(TokenLife::over(clock::now()));
                keep(held, &kept).await;
            }
            return Outcome::Refused;
        };
        let outcome = match self.relying_party.renew(&refresh_token, &kept.caller.subject).await {
            Ok(Some(renewed)) => {
                kept.caller.access_token = Some(renewed.access_token);
                kept.token_life = renewed.life;
                // The one that was shown serves on unless there is a new one (RFC 6749, section 6).
                kept.refresh_token = Some(renewed.refresh_token.unwrap_or(refresh_token));
                Outcome::Renewed(Box::new(kept.clone()))
            }
            Ok(None) => {
                tracing::info!("the provider renews a person's access token no more: they sign in again");
                if cause == Cause::Service {
                    kept.token_life = Some(TokenLife::over(clock::now()));
                }
                Outcome::Refused
            }
            Err(failure) => return failed(&failure),
        };
        keep(held, &kept).await;
        outcome
    }
}

async fn keep(held: HeldTokens, kept: &SignedIn) {
    if let Err(error) = held.keep(kept).await {
        tracing::error!(
            reason = chain(&error),
            "what a renewal came to could not be kept: the person will have to sign in again"
        );
    }
}

fn failed(error: &dyn std::error::Error) -> Outcome {
    tracing::warn!(reason = chain(error), "a person's access token could not be renewed");
    Outcome::Failed
}

#[async_trait]
impl Renewal for SessionTokens {
    async fn renew(&self, refused: &SecretString) -> Option<SecretString> {
        // Once for each request: what has just failed is not tried again while a person waits.
        if self.has_failed.load(Relaxed) {
            return None;
        }
        match self.renewed(refused, Cause::Service).await {
            Outcome::Renewed(renewed) => renewed.caller.access_token,
            Outcome::Refused => {
                self.is_refused.store(true, Relaxed);
                None
            }
            Outcome::Failed => None,
        }
    }

    fn needs_sign_in(&self) -> bool {
        self.is_refused.load(Relaxed)
    }
}

impl fmt::Debug for SessionTokens {
    /// Leaves out what is secret.
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.debug_struct("SessionTokens").finish_non_exhaustive()
    }
}
