//! The server functions: what the forms of `/email` and `/mobile` post to.
//!
//! The browser posts a form's own fields to the form's own address, by script or without; so the argument names are
//! the names of the fields. An answer is data even when it is bad news; `Err` is left for a server that was put
//! together wrongly. Without script the same post is answered with a redirect to the page, which shows the answer.
//!
//! The person is never an argument: who it is comes from the session alone.

#![expect(missing_docs, reason = "the fields of the generated types are the arguments")]

use contact::Kind;
use leptos::{prelude::*, server_fn::codec::GetUrl};

use crate::{Answer, Reading, Step, codec::Negotiated};

/// Sends a code to a new contact. `flow` names the state that the form was made for, `contact` is what was typed;
/// the two boxes are absent when they are not ticked.
///
/// # Errors
/// Only if the server provides no journey.
#[server(prefix = "/api", endpoint = "begin", output = Negotiated)]
pub async fn begin(
    kind: Kind,
    flow: String,
    contact: String,
    #[server(default)] primary: bool,
    #[server(default)] replace_all: bool,
) -> Result<Answer, ServerFnError> {
    use crate::journey::{Ask, pressed};
    let choices = contact::Choices { primary, replace_all };
    pressed(kind, &flow, Ask::Begin { typed: contact, choices }).await
}

/// Enters the code, which can be done once. `flow` names the state that the form was made for.
///
/// # Errors
/// Only if the server provides no journey.
#[server(prefix = "/api", endpoint = "finish", output = Negotiated)]
pub async fn finish(kind: Kind, flow: String, code: String) -> Result<Answer, ServerFnError> {
    use crate::journey::{Ask, pressed};
    pressed(kind, &flow, Ask::Finish { typed: code }).await
}

/// Sends a new code to the same contact, with the same choices.
///
/// # Errors
/// Only if the server provides no journey.
#[server(prefix = "/api", endpoint = "resend", output = Negotiated)]
pub async fn resend(kind: Kind, flow: String) -> Result<Answer, ServerFnError> {
    use crate::journey::{Ask, pressed};
    pressed(kind, &flow, Ask::Resend).await
}

/// Goes back to the field, with what was entered still in it.
///
/// # Errors
/// Only if the server provides no journey.
#[server(prefix = "/api", endpoint = "edit", output = Negotiated)]
pub async fn edit(kind: Kind, flow: String) -> Result<Answer, ServerFnError> {
    use crate::journey::{Ask, pressed};
    pressed(kind, &flow, Ask::Edit).await
}

/// Gives the change up.
///
/// # Errors
/// Only if the server provides no journey.
#[server(prefix = "/api", endpoint = "cancel", output = Negotiated)]
pub async fn cancel(kind: Kind, flow: String) -> Result<Answer, ServerFnError> {
    use crate::journey::{Ask, pressed};
    pressed(kind, &flow, Ask::Cancel).await
}

/// Reads a new contact as it would be sent a code, for a page on which it is being typed. Changes nothing; posted all the same,
/// since an address would put what is typed into every log on the way.
///
/// # Errors
/// Only if the server provides no journey.
#[server(prefix = "/api", endpoint = "read", output = Negotiated)]
pub async fn read(kind: Kind, contact: String) -> Result<Reading, ServerFnError> {
    // A server function is asynchronous, and this one has nothing to wait for.
    std::future::ready(crate::journey::reading(kind, &contact)).await
}

/// Reads where the change stands now, for a page that was out of sight: time has passed there, and another tab may have
/// gone on. Changes nothing.
///
/// # Errors
/// Only if the server provides no journey.
#[server(prefix = "/api", endpoint = "look", input = GetUrl, output = Negotiated)]
pub async fn look(kind: Kind) -> Result<Step, ServerFnError> {
    crate::journey::looked(kind).await
}
