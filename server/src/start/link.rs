//! The start link as an application makes it: read, and checked against what the operator listed.

use std::sync::Arc;

use contact::{Kind, Timestamp};
use http::Uri;
use url::{Url, form_urlencoded};

use super::Wish;
use crate::config::{Application, Applications};

/// The longest `state`, in characters.
const LONGEST_STATE: usize = 512;

/// The parameters that mean something here, besides `ui_locales`; others are left alone.
const PARAMETERS: [&str; 4] = ["kind", "return_to", "state", "embed"];

/// What is wrong with a start link. People get a page with the number; nobody is sent anywhere.
#[derive(Debug, PartialEq, Eq, thiserror::Error)]
pub(crate) enum LinkProblem {
    /// 1
    #[error("kind is neither email nor mobile")]
    Kind,
    /// 2
    #[error("return_to is missing")]
    NoReturnTo,
    /// 3
    #[error("return_to is on the list of no application: {0}")]
    ReturnTo(NotListed),
    /// 4
    #[error("state has more than {LONGEST_STATE} characters, or others than printable ASCII")]
    State,
    /// 5
    #[error("embed is not among the origins of the application {0}")]
    Embed(String),
    /// 6
    #[error("{0} is there twice")]
    Twice(&'static str),
}

/// Why an address is on no list. Holds the origin at the most: the rest of an address may tell of the person.
#[derive(Debug, PartialEq, Eq, thiserror::Error)]
pub(crate) enum NotListed {
    #[error("it is no address")]
    NoAddress,
    #[error("no application has an address at {0}")]
    OtherOrigin(String),
    #[error("the application {id} has other addresses at {origin}; every character counts")]
    OtherAddress { id: String, origin: String },
}

impl LinkProblem {
    /// Gives the number that people are told (docs/integrate.md).
    pub(crate) fn number(&self) -> u8 {
        match self {
            Self::Kind => 1,
            Self::NoReturnTo => 2,
            Self::ReturnTo(_) => 3,
            Self::State => 4,
            Self::Embed(_) => 5,
            Self::Twice(_) => 6,
        }
    }
}

/// Reads a start link. A parameter without a value is as if it were not there (RFC 6749, section 3.1).
pub(super) fn read(
    uri: &Uri,
    applications: &Applications,
    now: Timestamp,
) -> Result<(Arc<Application>, Wish), LinkProblem> {
    let [kind, return_to, state, embed] = parameters(uri)?;
    let kind = match kind.as_deref() {
        Some("email") => Kind::Email,
        Some("mobile") => Kind::Mobile,
        _ => return Err(LinkProblem::Kind),
    };
    let return_to = return_to.ok_or(LinkProblem::NoReturnTo)?;
    let application = applications
        .of(&return_to)
        .ok_or_else(|| LinkProblem::ReturnTo(why_not_listed(&return_to, applications)))?;
    if state.as_deref().is_some_and(|state| !is_state(state)) {
        return Err(LinkProblem::State);
    }
    if embed.as_ref().is_some_and(|origin| !application.embed.contains(origin)) {
        return Err(LinkProblem::Embed(application.id.clone()));
    }
    Ok((application, Wish { kind, return_to, state, embed, began: now }))
}

/// Gives the values of [`PARAMETERS`], each once.
fn parameters(uri: &Uri) -> Result<[Option<String>; 4], LinkProblem> {
    let mut values = [const { None }; 4];
    for (name, value) in form_urlencoded::parse(uri.query().unwrap_or_default().as_bytes()) {
        let Some(place) = PARAMETERS.iter().position(|known| *known == name) else { continue };
        if !value.is_empty() && values[place].replace(value.into_owned()).is_some() {
            return Err(LinkProblem::Twice(PARAMETERS[place]));
        }
    }
    Ok(values)
}

/// As in RFC 6749, appendix A.5.
fn is_state(text: &str) -> bool {
    text.len() <= LONGEST_STATE && text.bytes().all(|byte| (0x20..=0x7e).contains(&byte))
}

fn why_not_listed(return_to: &str, applications: &Applications) -> NotListed {
    let Some(origin) = Url::parse(return_to).ok().map(|url| url.origin()).filter(url::Origin::is_tuple)
    else {
        return NotListed::NoAddress;
    };
    let written = origin.ascii_serialization();
    match applications.at(&origin) {
        Some(application) => NotListed::OtherAddress { id: application.id.clone(), origin: written },
        None => NotListed::OtherOrigin(written),
    }
}
