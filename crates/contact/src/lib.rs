//! The domain: what a contact is, what a verification code is, and the one flow that changes a contact.
//!
//! Pure on purpose: no input or output, no async, no clock. The server and the browser share these types, so
//! what one of them cannot represent the other cannot send.
//!
//! # Glossary
//!
//! | term | meaning |
//! | --- | --- |
//! | contact | an email address or a mobile number |
//! | subject | the id of a person at the identity service: the `sub` of OpenID Connect |
//! | primary | the first contact of its kind in the person's list: the one the service writes to |
//! | begin, finish | the two calls of the identity service: send a code; enter it |
//! | verification code | the six digits that arrive at the new contact; can be entered once |
//! | verification token | names the verification at the service; stays on the server, so it is not in this crate |
//! | press | one use of a button of one form; each press is one call or none |
//!
//! # The flow
//!
//! ```text
//!           begun: sent                    finished: changed
//!   Enter ───────────────▶ AwaitCode ───────────────────────▶ Done
//!    ▲ │ ▲                  │  │  ▲
//!    │ └─┘ begun: refused   │  │  │ begun: sent (a new code)
//!    │                      │  ▼  │
//!    └───── cancel ─────────┘ Restart   finished: anything else, expired, or the answer was lost
//! ```

mod choices;
mod code;
mod contacts;
mod email;
mod flow;
#[cfg(all(feature = "parse", any(test, fuzzing)))]
pub mod fuzz;
mod kind;
mod mobile;
mod outcome;
#[cfg(feature = "parse")]
mod policy;
mod time;
mod transitions;
mod typing;
mod typo;

pub use choices::Choices;
pub use code::{CodeProblem, VerificationCode};
pub use contacts::{Contacts, KnownContact};
pub use email::{EmailAddress, EmailProblem};
pub use flow::{AwaitCode, Done, Enter, Flow, FlowId, Notice, Refusal, Restart, RestartReason};
pub use kind::{Contact, ContactProblem, Kind};
pub use mobile::{MobileNumber, MobileProblem};
pub use outcome::{BeginOutcome, FinishOutcome, LimitReached, OwnLimit, Stops};
#[cfg(feature = "parse")]
pub use policy::{Country, Destinations, Domain, Lists};
pub use time::Timestamp;
pub use typo::likely_address;
