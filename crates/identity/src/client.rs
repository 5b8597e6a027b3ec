//! The calls, and what each answer means.

use std::sync::Arc;

use contact::{Choices, Contact, Kind, VerificationCode};
use serde_json::{Map, Value};
use upstream::Upstream;

use crate::dialect::Dialect;
use crate::fault::{Call, Missing, Reason};
use crate::transport::{Answer, Transport};
use crate::{
    Begun, Caller, Fault, Finished, Notice, Settings, SettingsError, User, VerificationToken, duration, user,
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

    /// Gives the server that is called, to ask whether it answers.
    pub fn upstream(&self) -> &Upstream {
        self.0.transport.upstream()
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
        let language = Some((words.language.as_str(), language));
        self.begun(&self.0.transport.send(Call::Begin, &words.path, caller, language, &body).await?)
    }

    pub(crate) fn begun(&self, answer: &Answer) -> Result<Begun, Fault> {
        let words = &self.0.dialect.begin;
        let meaning = &words.answers;
        match answer.status() {
            status if meaning.sent.contains(&status) => self.sent(answer),
            status if meaning.not_acceptable.contains(&status) => Ok(Begun::NotAcceptable),
            status if meaning.already_yours.contains(&status) => Ok(Begun::AlreadyYours),
            status if meaning.limit_reached.contains(&status) => {
                let retry_after = duration::retry_after(answer.headers(), &words.retry_after);
                Ok(Begun::LimitReached { retry_after })
            }
            status => Err(refusal(Call::Begin, status, &meaning.refused, &meaning.no_such_user)),
        }
    }

    fn sent(&self, answer: &Answer) -> Result<Begun, Fault> {
        let words = &self.0.dialect.begin;
        let body = object_of(answer, Call::Begin)?;
        let token = body
            .get(&words.verification_token)
            .and_then(Value::as_str)
            .and_then(|text| VerificationToken::parse(text).ok())
            .ok_or_else(|| {
                unreadable(Call::Begin, "verification token", "dialect.begin.verification_token")
            })?;
        let lifetime = duration::lifetime(words, answer.headers(), &body).unwrap_or_else(|| {
            let seconds = words.default_lifetime;
            tracing::warn!(
                seconds,
                members = "dialect.begin.expires_in, dialect.begin.expires_at",
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
        self.finished(&self.0.transport.send(Call::Finish, &words.path, caller, None, &body).await?)
    }

    pub(crate) fn finished(&self, answer: &Answer) -> Result<Finished, Fault> {
        let meaning = &self.0.dialect.finish.answers;
        match answer.status() {
            status if meaning.changed.contains(&status) => self.changed(answer),
            status if meaning.not_accepted.contains(&status) => Ok(Finished::NotAccepted),
            status if meaning.over.contains(&status) => Ok(Finished::Over),
            status if meaning.taken.contains(&status) => Ok(Finished::Taken),
            status => Err(refusal(Call::Finish, status, &meaning.refused, &[])),
        }
    }

    fn changed(&self, answer: &Answer) -> Result<Finished, Fault> {
        let body = object_of(answer, Call::Finish)?;
        let user = user::user(&self.0.dialect.user, &body);
        // Whoever has just changed a contact has one: an object without any is no user.
        if user.contacts.emails.is_empty() && user.contacts.mobiles.is_empty() {
            return Err(unreadable(Call::Finish, "contact of the user", "dialect.user"));
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
        self.read(&self.0.transport.read(Call::User, path, caller).await?)
    }

    pub(crate) fn read(&self, answer: &Answer) -> Result<User, Fault> {
        let words = &self.0.dialect.user;
        let meaning = &words.answers;
        if !meaning.read.contains(&answer.status()) {
            return Err(refusal(Call::User, answer.status(), &meaning.refused, &meaning.no_such_user));
        }
        let user = user::user(words, &object_of(answer, Call::User)?);
        if !user.names_contacts {
            tracing::warn!(
                members = "dialect.user.emails, dialect.user.mobiles, dialect.user.flat_email, dialect.user.flat_mobile",
                "the answer for a person has no member for contacts; they are shown as having none"
            );
        }
        Ok(user)
    }

    /// Asks the service to send a notice to a contact of the person. Only for API clients. It is sent once; whether to
    /// try again after a fault is up to the caller.
    ///
    /// # Errors
    /// A fault: after one that [may have acted](Fault::may_have_acted) the notice may arrive; after any other it was not
    /// sent. With people's own tokens it is [not available](Fault::is_not_available).
    pub async fn notify(&self, caller: &Caller, notice: &Notice) -> Result<(), Fault> {
        if self.0.transport.uses_user_token() {
            return Err(Fault::new(Call::Notice, Reason::NotAvailable));
        }
        let words = &self.0.dialect.notice;
        let (path, body) = match notice {
            Notice::Email { to, subject, text } => {
                let members = [(&words.to, to), (&words.subject, subject), (&words.text, text)];
                (&words.email_path, object(members.map(|(name, value)| (name, value.as_str().into()))))
            }
            Notice::Sms { to, text } => (
                &words.sms_path,
                object([(&words.to, to.as_str().into()), (&words.text, text.as_str().into())]),
            ),
        };
        let status = self.0.transport.send(Call::Notice, path, caller, None, &body).await?.status();
        let meaning = &words.answers;
        if meaning.sent.contains(&status) {
            return Ok(());
        }
        Err(refusal(Call::Notice, status, &meaning.refused, &meaning.no_such_user))
    }
}

/// Gives the fault that a status is which means nothing that a person can cause.
fn refusal(call: Call, status: u16, refused: &[u16], no_such_user: &[u16]) -> Fault {
    let reason = if refused.contains(&status) {
        Reason::Refused(status)
    } else if no_such_user.contains(&status) {
        Reason::NoSuchUser(status)
    } else {
        Reason::Status(status)
    };
    Fault::new(call, reason)
}

fn unreadable(call: Call, what: &'static str, members: &'static str) -> Fault {
    Fault::new(call, Reason::Unreadable(Missing { what, members }))
}

fn object_of(answer: &Answer, call: Call) -> Result<Map<String, Value>, Fault> {
    answer.object().ok_or_else(|| unreadable(call, "JSON object", "is base_url that of the instance?"))
}

fn object<const N: usize>(members: [(&String, Value); N]) -> Map<String, Value> {
    members.into_iter().map(|(name, value)| (name.clone(), value)).collect()
}
