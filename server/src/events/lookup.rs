//! The name that the audit has for a contact or a person: for an operator who has the one in hand and looks for the case.

use contact::{Contact, Country, Kind};
use identity::Subject;

use crate::{chain, config::Settings};

/// Gives the name of a contact, in any writing that the pages take; or, if it is to be one, of a subject.
///
/// # Errors
/// It is none, or there is no secret of which the names of the running server are made.
pub fn pseudonym(settings: &Settings, text: &str, is_subject: bool) -> Result<String, String> {
    if !settings.audit.names_last(&settings.session) {
        return Err(
            "neither audit.secret nor session.secret is set: each start of the server then has names of its \
                    own; set one of them"
                .to_owned(),
        );
    }
    let names = settings.audit.pseudonyms(&settings.session).map_err(|error| chain(&error))?;
    if is_subject {
        return Ok(names.subject(&Subject::parse(text).map_err(|problem| chain(&problem))?));
    }
    let kind = if text.contains('@') { Kind::Email } else { Kind::Mobile };
    let region = settings.policy.region.as_ref().map(Country::as_str);
    let contact = Contact::parse_in(kind, text, region).map_err(|problem| chain(&problem))?;
    Ok(names.contact(&contact))
}
