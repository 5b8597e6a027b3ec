//! The client of the identity service, and the only code that knows it.
//!
//! Four calls: [`Client::begin`] sends a code, [`Client::finish`] enters it, [`Client::user`] reads the person,
//! [`Client::notify`] sends a notice. What a person can cause is an answer ([`Begun`], [`Finished`]); what only the
//! operator can mend is a [`Fault`]. Begin costs a message and finish costs the code, so neither is ever sent twice;
//! [`Fault::may_have_acted`] tells when the answer is not known and the person has to be read. Only reading is tried again.
//!
//! What the service's guide documents and what is assumed stand side by side in [`Dialect`], as data.

mod answer;
mod client;
mod credentials;
mod dialect;
mod duration;
mod fault;
#[cfg(any(test, fuzzing))]
pub mod fuzz;
mod notice;
mod settings;
mod subject;
mod token;
mod transport;
mod user;

pub use answer::{Begun, Finished, User};
pub use client::Client;
pub use credentials::{ClientCredentials, Credentials, TokenEndpoint};
pub use dialect::{
    BeginAnswers, BeginDialect, Dialect, FinishAnswers, FinishDialect, Member, MemberKind, NoticeAnswers,
    NoticeDialect, UserAnswers, UserDialect,
};
pub use fault::Fault;
pub use notice::Notice;
pub use settings::{Settings, SettingsError};
pub use subject::{Caller, Renewal, Subject, SubjectProblem};
pub use token::{TokenProblem, VerificationToken};
