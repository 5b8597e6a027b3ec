//! Why nothing was sent, in words.

use contact::{ContactProblem, EmailProblem, Kind, MobileProblem, Refusal, Stops};

use crate::text::Text;

/// Gives the sentence. `typed` is the contact it is about; `limit_ends_at` the time a limit ends, if that is known.
pub(crate) fn refusal_sentence(
    text: &'static Text,
    kind: Kind,
    refusal: &Refusal,
    typed: &str,
    limit_ends_at: Option<&str>,
) -> String {
    let sentences = &text.enter;
    match refusal {
        Refusal::Malformed(problem) => malformed(text, kind, *problem).to_owned(),
        Refusal::NotAcceptable => sentences.not_acceptable.with(typed),
        Refusal::AlreadyYours => sentences.already_yours.with(typed),
        // The service does not say whether its limit is on the contact or on the account.
        Refusal::LimitReached(_) => {
            limit_ends_at.map_or_else(|| sentences.limit.to_owned(), |time| sentences.limit_until.with(time))
        }
        Refusal::NotAllowed => text.of(kind).not_allowed.with(typed),
        Refusal::OwnLimit(limit) => {
            let sentence = match limit.stops {
                Stops::Contact => sentences.contact_limit,
                Stops::Kind => sentences.own_limit,
            };
            sentence.with(limit_ends_at.unwrap_or_default())
        }
        Refusal::OlderForm => sentences.older_form.to_owned(),
        Refusal::SignInAgain => sentences.sign_in_again.to_owned(),
        Refusal::Unavailable { reference } => sentences.unavailable.with(reference),
    }
}

fn malformed(text: &'static Text, kind: Kind, problem: ContactProblem) -> &'static str {
    let sentences = text.of(kind);
    match problem {
        ContactProblem::Email(EmailProblem::Empty) | ContactProblem::Mobile(MobileProblem::Empty) => {
            sentences.empty
        }
        ContactProblem::Email(EmailProblem::Incomplete)
        | ContactProblem::Mobile(MobileProblem::NoCountry) => sentences.incomplete,
        ContactProblem::Email(EmailProblem::Malformed) | ContactProblem::Mobile(MobileProblem::Invalid) => {
            sentences.malformed
        }
        ContactProblem::Email(EmailProblem::TooLong) | ContactProblem::Mobile(MobileProblem::NotMobile) => {
            sentences.unsuitable
        }
    }
}
