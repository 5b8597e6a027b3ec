//! The session cookie: an opaque id and nothing else.

use tower_sessions::{Expiry, Session, SessionManagerLayer, cookie::SameSite, session::Error};

use crate::{Sessions, SignedIn};

/// Under which key of a record it says who is signed in.
pub(crate) const SIGNED_IN: &str = "signed_in";

/// Gives the layer that lends each request its session. `name`: what the cookie is called; `secure`: people reach the
/// server by https.
///
/// `SameSite=Lax`: the return from the provider's sign-in is a cross-site navigation and must find the session.
pub fn layer(sessions: Sessions, name: String, secure: bool) -> SessionManagerLayer<Sessions> {
    SessionManagerLayer::new(sessions)
        .with_name(name)
        .with_secure(secure)
        .with_http_only(true)
        .with_same_site(SameSite::Lax)
        .with_path("/")
        .with_expiry(Expiry::OnSessionEnd)
}

/// Starts the session of a person under a new id, so that an id known before sign-in is worth nothing after it.
///
/// # Errors
/// The store cannot be reached, or the record cannot be written.
pub async fn begin(session: &Session, signed_in: &SignedIn) -> Result<(), Error> {
    session.cycle_id().await?;
    session.insert(SIGNED_IN, signed_in.to_record()).await?;
    // The layer would save it as well, but could not say so if that failed.
    session.save().await
}

/// Gives who is signed in; nothing if nobody is. The cookie of a session that is over stays where it is: another tab may have
/// signed in meanwhile, and an answer that comes late would take the new session's away.
///
/// # Errors
/// The store cannot be reached, or the record cannot be read.
pub async fn read(sessions: &Sessions, session: &Session) -> Result<Option<SignedIn>, Error> {
    match session.id() {
        Some(id) => Ok(sessions.who(id).await?),
        None => Ok(None),
    }
}

/// Ends the session and gives who was signed in.
///
/// # Errors
/// The store cannot be reached, or the record cannot be read.
pub async fn end(sessions: &Sessions, session: &Session) -> Result<Option<SignedIn>, Error> {
    let signed_in = read(sessions, session).await?;
    if session.id().is_some() {
        session.flush().await?;
    }
    Ok(signed_in)
}
