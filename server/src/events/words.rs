//! The words for what happens: the same in the audit lines, in the metrics and in `docs/audit.md`.

use app::ssr::{Event, SignInProblem, Stop, Untold};
use contact::{BeginOutcome, FinishOutcome, Stops};
use session::Limit;

/// What one kind of event is called.
#[derive(Debug, PartialEq, Eq)]
pub struct Words {
    /// What happened.
    pub event: &'static str,
    /// How it came out: `done`, `refused` (for a reason that the person can do something about), `failed` (for one that
    /// the operator can), or `unknown`.
    pub outcome: &'static str,
    /// Why it did not come out as wished; empty if it did.
    pub reason: &'static str,
    /// What it means, in Markdown.
    pub meaning: &'static str,
    /// Whether it is about a contact, and so of a kind.
    pub has_kind: bool,
}

/// Makes a constant of every line, and a list of all of them, so that none can be left out of it.
macro_rules! words {
    ($($name:ident: $event:literal $outcome:literal $reason:literal $has_kind:literal, $meaning:literal;)*) => {
        $(static $name: Words = Words {
            event: $event,
            outcome: $outcome,
            reason: $reason,
            meaning: $meaning,
            has_kind: $has_kind,
        };)*
        /// All of them, in the order of a case.
        pub static ALL: &[&Words] = &[$(&$name),*];
    };
}

words! {
    SIGNED_IN: "signed_in" "done" "" false, "the provider proved who it is, and a session began";
    SIGN_IN_REFUSED: "sign_in_failed" "refused" "by_provider" false, "the provider said no, or the person did there";
    SIGN_IN_NOT_UNDER_WAY: "sign_in_failed" "refused" "not_under_way" false,
        "the answer does not belong to a sign-in that this browser has under way: too late, twice, not its own, or none at all. Anybody \
         can send one, so it is counted ([metrics.md](metrics.md)) and leaves no line";
    SIGN_IN_PROVIDER: "sign_in_failed" "failed" "provider" false,
        "the provider cannot be reached, or does not do what it must";
    SIGN_IN_NOT_PROVEN: "sign_in_failed" "failed" "not_proven" false,
        "what the provider sent does not prove who it is";
    SIGN_IN_STORE: "sign_in_failed" "failed" "store" false, "the session could not be kept";
    STEP_UP_ASKED: "step_up_asked" "done" "" false, "the last sign-in is too old for a change; one more is asked for";
    MISTYPED: "refused" "refused" "malformed" true, "what was typed is no address or number; it is not told which";
    LISTED: "refused" "refused" "not_allowed" true, "its country or domain is not one that codes are sent to";
    LIMIT_DESTINATION: "refused" "refused" "limit_destination" true, "a limit of ours: codes to one contact";
    LIMIT_ACCOUNT: "refused" "refused" "limit_account" true, "a limit of ours: codes for one person";
    LIMIT_NETWORK: "refused" "refused" "limit_network" true, "a limit of ours: codes for one network";
    LIMIT_BUDGET: "refused" "refused" "limit_budget" true, "a limit of ours: all codes of the kind";
    BEGUN: "begun" "done" "" true, "the service is about to be asked for a code; what it came to follows";
    SENT: "sent" "done" "" true, "the service has sent a code";
    NOT_ACCEPTABLE: "refused" "refused" "not_acceptable" true, "the service does not accept the address or number";
    ALREADY_YOURS: "refused" "refused" "already_yours" true, "the account has it already, verified";
    LIMIT_SERVICE: "refused" "refused" "limit_service" true, "a limit of the service";
    NOT_SENT: "not_sent" "failed" "unavailable" true, "the service could not do it; surely nothing was sent";
    SENT_LOST: "not_sent" "unknown" "lost" true, "the answer was lost: a message may arrive, its code will not work";
    ENTERED: "entered" "done" "" true, "a code is about to be entered; what it came to follows";
    CHANGED: "changed" "done" "" true, "the account has the contact, verified; also when that was only found later";
    WRONG_CODE: "not_changed" "refused" "wrong_code" true, "the code was wrong, and is spent";
    EXPIRED: "not_changed" "refused" "expired" true, "the time of the code was over";
    OVER: "not_changed" "refused" "over" true, "the service knows nothing of the code any more";
    TAKEN: "not_changed" "refused" "taken" true, "the contact belongs to another account by now";
    NOT_CHECKED: "not_changed" "failed" "unavailable" true,
        "the service could not be asked, or what the change takes away could not be read; the code is unspent";
    NOT_FOUND: "not_changed" "failed" "lost" true, "the answer was lost, and the account does not have the contact";
    UNKNOWN: "not_changed" "unknown" "lost" true,
        "the answer was lost, and the account could not be read; `changed` follows if it was";
    CANCELLED: "cancelled" "done" "" true, "the person gave the change up";
    NOTICE_SENT: "notice_sent" "done" "" true, "a contact of the account was told of the change";
    NOTICE_FAILED: "notice_failed" "failed" "not_sent" true, "it could not be told; surely nothing was sent";
    NOTICE_LOST: "notice_failed" "unknown" "lost" true, "the answer was lost; the notice may have been sent";
    NOTICE_NOT_KNOWN: "notice_failed" "failed" "not_known" true,
        "the service refuses to have the account read, so the contacts that were replaced are not known; only those of the other kind are told";
    APPLICATION_TOLD: "application_told" "done" "" true, "an application was told of the change";
    APPLICATION_GIVEN_UP: "application_not_told" "failed" "given_up" true,
        "an application did not take it for as long as `events.retry_for`; it is not told any more";
    APPLICATION_FULL: "application_not_told" "failed" "queue_full" true,
        "too many events wait for an application already; it is not told of this one";
    APPLICATION_STORE: "application_not_told" "failed" "store" true,
        "word of the change could not be kept; if the change could not be either, it is when the change is found";
    SIGNED_OUT: "signed_out" "done" "" false, "the person signed out";
    ENDED_BY_PROVIDER: "ended_by_provider" "done" "" false, "the provider ended the person's sessions";
}

impl Words {
    /// Gives the words for what happened.
    pub fn of(event: &Event<'_>) -> &'static Self {
        match event {
            Event::SignedIn => &SIGNED_IN,
            Event::SignInFailed(SignInProblem::Refused) => &SIGN_IN_REFUSED,
            Event::SignInFailed(SignInProblem::NotUnderWay) => &SIGN_IN_NOT_UNDER_WAY,
            Event::SignInFailed(SignInProblem::Provider) => &SIGN_IN_PROVIDER,
            Event::SignInFailed(SignInProblem::NotProven) => &SIGN_IN_NOT_PROVEN,
            Event::SignInFailed(SignInProblem::Store) => &SIGN_IN_STORE,
            Event::StepUpAsked => &STEP_UP_ASKED,
            Event::SignedOut => &SIGNED_OUT,
            Event::EndedByProvider => &ENDED_BY_PROVIDER,
            Event::Mistyped(_) => &MISTYPED,
            Event::Stopped(_, stop) => stopped(*stop),
            Event::Asked(_) => &BEGUN,
            Event::Begun(_, outcome) => begun(outcome),
            Event::Entered(_) => &ENTERED,
            Event::Finished { outcome, .. } => finished(outcome),
            Event::Cancelled(..) => &CANCELLED,
            Event::NoticeSent { .. } => &NOTICE_SENT,
            Event::NoticeFailed { may_have_acted: false, .. } => &NOTICE_FAILED,
            Event::NoticeFailed { may_have_acted: true, .. } => &NOTICE_LOST,
            Event::PreviousNotKnown(_) => &NOTICE_NOT_KNOWN,
            Event::ApplicationTold { .. } => &APPLICATION_TOLD,
            Event::ApplicationNotTold { why: Untold::GivenUp, .. } => &APPLICATION_GIVEN_UP,
            Event::ApplicationNotTold { why: Untold::Full, .. } => &APPLICATION_FULL,
            Event::ApplicationNotTold { why: Untold::Store, .. } => &APPLICATION_STORE,
        }
    }
}

fn stopped(stop: Stop) -> &'static Words {
    match stop {
        Stop::Lists => &LISTED,
        Stop::Limit(Limit::Destination) => &LIMIT_DESTINATION,
        Stop::Limit(Limit::Account) => &LIMIT_ACCOUNT,
        Stop::Limit(Limit::Network) => &LIMIT_NETWORK,
        Stop::Limit(Limit::Budget) => &LIMIT_BUDGET,
    }
}

fn begun(outcome: &BeginOutcome) -> &'static Words {
    match outcome {
        BeginOutcome::Sent { .. } => &SENT,
        BeginOutcome::NotAcceptable => &NOT_ACCEPTABLE,
        BeginOutcome::AlreadyYours => &ALREADY_YOURS,
        BeginOutcome::LimitReached(_) => &LIMIT_SERVICE,
        // What is of our own is told as `Stopped`, where it is known which one it is.
        BeginOutcome::NotAllowed => &LISTED,
        BeginOutcome::OwnLimit(limit) if limit.stops == Stops::Contact => &LIMIT_DESTINATION,
        BeginOutcome::OwnLimit(_) => &LIMIT_ACCOUNT,
        BeginOutcome::Unavailable { .. } => &NOT_SENT,
        BeginOutcome::Lost => &SENT_LOST,
    }
}

fn finished(outcome: &FinishOutcome) -> &'static Words {
    match outcome {
        FinishOutcome::Changed(_) => &CHANGED,
        FinishOutcome::WrongCode => &WRONG_CODE,
        FinishOutcome::Expired => &EXPIRED,
        FinishOutcome::Over => &OVER,
        FinishOutcome::Taken => &TAKEN,
        FinishOutcome::NotChanged => &NOT_FOUND,
        FinishOutcome::Unknown => &UNKNOWN,
        FinishOutcome::Unavailable { .. } => &NOT_CHECKED,
    }
}
