//! The three calls, and what each answer means.

use std::sync::Arc;

use contact::{Choices, Contact, Kind, VerificationCode};
use serde_json::{Map, Value};

use crate::dialect::Dialect;
use crate::fault::{Call, Reason};
use crate::transport::{Answer, Transport};
use crate::{
    Begun, Caller, Fault, Finished, Settings, SettingsError, User, VerificationToken, duration, user,
};

/// The client of one identity service. Cheap to clone; all clones share their connections.
#[derive(Clone, Debug)]
pub struct Client(Arc<Inner>);

#[derive(Debug)]
struct Inner {
    transport: Transport,
    dialect: Dialect,
}

impl Client {
    /// Makes the client. Connects to nothing.
    ///
    /// # Errors
    /// Gives the first setting that cannot be used.
    pub fn new(settings: Settings) -> Result<Self, SettingsError> {
        settings.check()?;
        let transport = Transport::new(&settings)?;
        Ok(Self(Arc::new(Inner { transport, dialect: settings.dialect })))
    }

    /// *begin*: asks the service to send a code to `contact`, which will join the caller's account as `choices` say.
    /// One message is spent; never call it again for the same press. `language` is the tag (BCP 47) of the language that
    /// the person reads, and wishes the message in; that the service hears it is assumed.
    ///
    /// # Errors
    /// A fault: after one that [may have acted](Fault::may_have_acted) a message may arrive, but its code is of no
    /// use; after any other nothing was sent.
    pub async fn begin(
        &self,
        caller: &Caller,
        contact: &Contact,
        choices: Choices,
        language: &str,
    ) -> Result<Begun, Fault> {
        let words = &self.0.dialect.begin;
        let member = match contact.kind() {
            Kind::Email => &words.email,
            Kind::Mobile => &words.mobile,
        };
        let body = object([
            (member, contact.as_str().into()),
            (&words.primary, choices.primary.into()),
            (&words.replace_all, choices.replace_all.into()),
        ]);
        let answer =
            self.0.transport.call(Call::Begin, &words.path, caller, Some(language), Some(body)).await?;
        let meaning = &words.answers;
        match answer.status {
            status if meaning.sent.contains(&status) => self.sent(&answer),
            status if meaning.not_acceptable.contains(&status) => Ok(Begun::NotAcceptable),
            status if meaning.already_yours.contains(&status) => Ok(Begun::AlreadyYours),
            status if meaning.limit_reached.contains(&status) => {
                Ok(Begun::LimitReached { retry_after: duration::retry_after(&answer.headers) })
            }
            status => Err(Fault::new(Call::Begin, Reason::Status(status))),
        }
    }

    fn sent(&self, answer: &Answer) -> Result<Begun, Fault> {
        let words = &self.0.dialect.begin;
        let unreadable = |missing| Fault::new(Call::Begin, Reason::Unreadable(missing));
        let body = answer.object().ok_or_else(|| unreadable("JSON object"))?;
        let token = body
            .get(&words.verification_token)
            .and_then(Value::as_str)
            .and_then(|text| VerificationToken::parse(text).ok())
            .ok_or_else(|| unreadable("verification token"))?;
        let lifetime = duration::lifetime(words, &answer.headers, &body).unwrap_or_else(|| {
            let seconds = words.default_lifetime;
            tracing::warn!(
                seconds,
                "the answer to begin does not tell how long the code works; this is assumed"
            );
            words.default_lifetime()
        });
        Ok(Begun::Sent { token, lifetime })
    }

    /// *finish*: enters `code` for the verification that `token` names. A code can be entered once; never call it
    /// again with the same token.
    ///
    /// # Errors
    /// A fault: after one that [may have acted](Fault::may_have_acted) the [user](Self::user) tells whether the
    /// contact was changed; after any other it was not.
    pub async fn finish(
        &self,
        caller: &Caller,
        token: &VerificationToken,
        code: &VerificationCode,
    ) -> Result<Finished, Fault> {
        let words = &self.0.dialect.finish;
        let body =
            object([(&words.verification_token, token.expose().into()), (&words.code, code.as_str().into())]);
        let answer = self.0.transport.call(Call::Finish, &words.path, caller, None, Some(body)).await?;
        let meaning = &words.answers;
        match answer.status {
            status if meaning.changed.contains(&status) => self.changed(&answer),
            status if meaning.not_accepted.contains(&status) => Ok(Finished::NotAccepted),
            status if meaning.over.contains(&status) => Ok(Finished::Over),
            status if meaning.taken.contains(&status) => Ok(Finished::Taken),
            status => Err(Fault::new(Call::Finish, Reason::Status(status))),
        }
    }

    fn changed(&self, answer: &Answer) -> Result<Finished, Fault> {
        let unreadable = |missing| Fault::new(Call::Finish, Reason::Unreadable(missing));
        let body = answer.object().ok_or_else(|| unreadable("JSON object"))?;
        let user = user::user(&self.0.dialect.user, &body);
        // Whoever has just changed a contact has one: an object without any is no user.
        if user.contacts.emails.is_empty() && user.contacts.mobiles.is_empty() {
            return Err(unreadable("contact of the user"));
        }
        Ok(Finished::Changed(user))
    }

    /// Reads the person: the user object for an API client, the profile for a person's own token.
    ///
    /// # Errors
    /// A fault; reading changes nothing, so it may be called again.
    pub async fn user(&self, caller: &Caller) -> Result<User, Fault> {
        let words = &self.0.dialect.user;
        let path = if self.0.transport.uses_user_token() { &words.profile_path } else { &words.path };
        let answer = self.0.transport.call(Call::User, path, caller, None, None).await?;
        if answer.status != 200 {
            return Err(Fault::new(Call::User, Reason::Status(answer.status)));
        }
        let body = answer.object().ok_or(Fault::new(Call::User, Reason::Unreadable("JSON object")))?;
        Ok(user::user(words, &body))
    }
}

fn object<const N: usize>(members: [(&String, Value); N]) -> Map<String, Value> {
    members.into_iter().map(|(name, value)| (name.clone(), value)).collect()
}
